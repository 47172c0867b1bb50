"""Blocks to a numbered report: which block is a heading, a paragraph, an item, a note or a row, and its label.

A number is never guessed: what does not count on from the number before is kept as printed and listed as a finding.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.items import inline_items
from corpus.label import Label, Step, annex_label
from corpus.marks import SUPERSCRIPTS, Mark, ends_sentence, mark_of
from corpus.numerals import follows, opens_list
from corpus.readers.text import Joiner
from corpus.report import Block, Finding, Paragraph, ParagraphKind

_NOTE_MARK = re.compile(rf"(?<=\S)\s?[{SUPERSCRIPTS}]+")
_PERSON_AND_POST = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*)+|[㐀-鿿]+(?:·[㐀-鿿]+)+)\s+(?=[㐀-鿿])")
_BETWEEN_PERSONS = re.compile(r"(?<=[a-z]) (?=[A-Z]\. )")
_BROKEN_HAN = re.compile(r"(?<=[㐀-鿿]) (?=[㐀-鿿])")
_MAX_HEADING_CHARS = 120
_SAME_LEAD_CHARS = 3
_LOOK_BACK = 200


@dataclass
class Heading:
    """A heading in force: its text as printed and its rank; an unmarked heading ranks below every marked one."""

    text: str
    rank: Literal["annex", "title", "chapter", "section", "unmarked"]
    filled: bool = False


_RANKS = ("annex", "title", "chapter", "section")


@dataclass
class Numbering:
    """Reads blocks one after another and keeps the place reached. Call `read` for each, then `finish`."""

    joiner: Joiner
    language: str
    front_matter: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _paragraphs: list[Paragraph] = field(default_factory=list)
    _by_label: dict[Label, Paragraph] = field(default_factory=dict)
    _last_number: int = 0
    _annex_start: int = 0
    _headings: list[Heading] = field(default_factory=list)
    _scope: tuple[str, ...] = ()
    _unnumbered: int = 0
    _rows: int = 0
    _groups: list[str] = field(default_factory=list)
    _last_was_group: bool = False
    _open: int | None = None
    """Index of the paragraph that the next unmarked block may go on from."""

    def read(self, block: Block) -> None:
        """Take the next block of the file."""
        if block.kind == "row":
            self._row(block)
            return
        mark = mark_of(block.text)
        if mark is None:
            self._unmarked(block)
        elif mark.kind == "annex":
            self._annex(block, mark)
        elif mark.kind == "footnote":
            self._footnote(block, mark)
        elif mark.kind in ("chapter", "section"):
            self._push(Heading(block.text, "chapter" if mark.kind == "chapter" else "section"))
        elif mark.kind == "number":
            self._numbered(block, mark)
        else:
            self._item(block, mark)

    def finish(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs in document order: the items of a sentence after it, the notes of a part at its end."""
        whole: list[Paragraph] = []
        noted: dict[Label, Paragraph] = {}
        for paragraph in sorted(self._paragraphs, key=lambda p: p.kind == "footnote"):
            paragraph = self._with_notes(paragraph)
            noted |= {note: paragraph for note in paragraph.footnotes if note not in noted}
            if paragraph.label in noted:
                owner = noted[paragraph.label]
                paragraph = replace(paragraph, heading_path=owner.heading_path, parent=owner.label)
            inline = _inline_paragraphs(paragraph)
            whole += [paragraph, *(inline if all(item.label not in self._by_label for item in inline) else ())]
        scopes = list(dict.fromkeys(p.label.scope for p in self._paragraphs))
        return tuple(sorted(whole, key=lambda p: scopes.index(p.label.scope)))

    @property
    def _footnote_word(self) -> str:
        return "脚注" if self.language == "zh" else "fn"

    def _unique(self, label: Label, block: Block) -> Label:
        """Return `label`, or where the report has printed it before, the label of its next occurrence: `第2处/3`."""
        again, count = label, 2
        while again in self._by_label:
            name = f"第{count}处" if self.language == "zh" else f"occurrence {count}"
            again, count = replace(label, scope=(*label.scope, name)), count + 1
        if again != label:
            self.findings.append(Finding("repeat", str(label), block.line))
        return again

    def _add(
        self,
        kind: ParagraphKind,
        steps: tuple[Step, ...],
        block: Block,
        text: str,
        scope: tuple[str, ...] | None = None,
        **more: object,
    ) -> Paragraph:
        for heading in self._headings:
            heading.filled = True
        label = self._unique(Label(steps, self._scope if scope is None else scope, self._footnote_word), block)
        path = tuple(h.text for h in self._headings)
        paragraph = Paragraph(label, text.strip(), kind, path, line=block.line, page=block.page)
        paragraph = replace(paragraph, **more)  # type: ignore[arg-type]
        self._paragraphs.append(paragraph)
        self._by_label[label] = paragraph
        return paragraph

    def _numbered(self, block: Block, mark: Mark) -> None:
        number, expected = int(mark.sign.rstrip("abeiqrstu")), self._last_number + 1
        if number > expected:
            gone = f"{expected}–{number - 1}" if number - 1 > expected else f"{expected}"
            self.findings.append(Finding("gap", gone, block.line))
        self._last_number = number
        self._add("numbered", (Step("number", mark.sign),), block, mark.rest)
        self._open = len(self._paragraphs) - 1

    def _item(self, block: Block, mark: Mark) -> None:
        parent = self._parent_of_item(mark)
        if parent is None:
            self.findings.append(Finding("orphan", f"({mark.sign})", block.line))
            self._unmarked(block)
            return
        own = parent.label.steps if parent.kind != "unnumbered" else ()
        item = Step("item", mark.sign)
        if Label((*own, item), parent.label.scope) in self._by_label:
            own = parent.label.steps
        self._add("sub", (*own, item), block, mark.rest, scope=parent.label.scope, parent=parent.label)
        self._open = len(self._paragraphs) - 1

    def _parent_of_item(self, mark: Mark) -> Paragraph | None:
        """Return what the item belongs to: the paragraph or item above it that this mark opens or continues a list of."""
        here = reversed(self._paragraphs[self._annex_start :][-_LOOK_BACK:])
        last = above = next((p for p in here if p.kind in ("numbered", "unnumbered", "sub")), None)
        while last is not None and last.kind == "sub":
            parent = self._by_label.get(last.parent) if last.parent else None
            if follows(mark.sign, last.label.steps[-1].mark):
                return parent
            last = parent
        return above if opens_list(mark.sign) else None

    def _annex(self, block: Block, mark: Mark) -> None:
        word = re.match(r"附件|附录|Annex|Appendix", mark.sign)[0]  # type: ignore[index]
        label = annex_label(word, mark.sign[len(word) :].strip())
        self._scope, self._groups, self._open = label.scope, [], None
        self._last_number = self._unnumbered = self._rows = 0
        self._headings = [Heading(mark.sign, "annex")]
        self._add("annex", (), block, mark.sign)
        self._annex_start = len(self._paragraphs)
        self._headings[0].filled = False
        if mark.rest:
            self._push(Heading(mark.rest, "title"))

    def _footnote(self, block: Block, mark: Mark) -> None:
        self._add("footnote", (Step("footnote", mark.sign),), block, mark.rest)

    def _unmarked(self, block: Block) -> None:
        text = block.text.strip()
        if not self._paragraphs and not self._headings:
            self.front_matter.append(block)
            return
        if self._open is not None and not ends_sentence(self._paragraphs[self._open].text):
            broken = self._paragraphs[self._open]
            self._paragraphs[self._open] = replace(broken, text=self.joiner.join(broken.text, text))
            self.findings.append(Finding("join", str(broken.label), block.line))
            return
        self._open = None
        person = _PERSON_AND_POST.match(text) if self._scope else None
        if person and not ends_sentence(text):
            self._rows += 1
            cells = (person[1], text[person.end() :])
            self._add("row", (Step("row", str(self._rows)),), block, "\t".join(cells), cells=cells)
        elif len(text) <= _MAX_HEADING_CHARS and (not ends_sentence(text) or text[-1] in ":："):
            titled = self._scope and not any(h.rank == "title" for h in self._headings) and not self._unnumbered
            self._push(Heading(text, "title" if titled else "unmarked"))
        else:
            self._unnumbered += 1
            self._add("unnumbered", (Step("unnumbered", str(self._unnumbered)),), block, text)
            self._open = len(self._paragraphs) - 1

    def _push(self, heading: Heading) -> None:
        """Put a heading in force: a marked one ends those of its rank or below, an unmarked one the unmarked one before
        it that already has text of its own.
        """
        self._open = None
        if heading.rank == "title" and self._paragraphs[-1].kind == "annex":
            annex = self._paragraphs[-1]
            self._paragraphs[-1] = replace(annex, text=heading.text)
        if heading.rank in _RANKS:
            rank = _RANKS.index(heading.rank)
            self._headings = [h for h in self._headings if h.rank in _RANKS and _RANKS.index(h.rank) < rank]
        elif self._headings and self._headings[-1].rank == "unmarked" and self._headings[-1].filled:
            self._headings.pop()
        self._headings.append(heading)

    def _row(self, block: Block) -> None:
        """Take a line of a table: a group's name, a row, or a further name of the row before."""
        cells = [_BROKEN_HAN.sub("", c.strip()) for c in block.text.split("\t")]
        filled = [name for c in cells for name in _BETWEEN_PERSONS.split(c) if name]
        if len(filled) == 1 and cells[0]:
            lead = filled[0][:_SAME_LEAD_CHARS]
            if not self._last_was_group or not self._groups:
                same = next((i for i, g in enumerate(self._groups) if g.startswith(lead)), None)
                self._groups = self._groups[: max(0, len(self._groups) - 1) if same is None else same]
            self._groups.append(filled[0])
            self._last_was_group = True
            return
        self._last_was_group = False
        if not filled:
            return
        if not cells[0] and self._paragraphs and self._paragraphs[-1].kind == "row":
            last = self._paragraphs.pop()
            all_cells = (*last.cells, *filled)
            self._paragraphs.append(replace(last, cells=all_cells, text="\t".join(all_cells)))
            return
        self._rows += 1
        headings = list(self._headings)
        self._headings += [Heading(group, "unmarked") for group in self._groups]
        self._add("row", (Step("row", str(self._rows)),), block, "\t".join(filled), cells=tuple(filled))
        self._headings = headings

    def _with_notes(self, paragraph: Paragraph) -> Paragraph:
        """Return the paragraph without note marks in its text, tied to the notes they stand for."""
        if paragraph.kind == "footnote":
            return paragraph
        notes = []
        for mark in _NOTE_MARK.findall(paragraph.text):
            sign = mark.strip().translate(str.maketrans(SUPERSCRIPTS, "1234567890"))
            note = next(
                (p.label for p in self._paragraphs if p.kind == "footnote" and p.label.steps[0].mark == sign), None
            )
            if note:
                notes.append(note)
        if not notes:
            return paragraph
        return replace(paragraph, text=_NOTE_MARK.sub("", paragraph.text), footnotes=tuple(notes))


def _inline_paragraphs(paragraph: Paragraph) -> list[Paragraph]:
    """Return the items inside the paragraph's running sentence as paragraphs of their own."""
    if paragraph.kind not in ("numbered", "sub", "unnumbered"):
        return []
    return [
        replace(
            paragraph,
            label=replace(paragraph.label, steps=(*paragraph.label.steps, Step("item", item.sign))),
            text=paragraph.text[item.start : item.end],
            kind="sub",
            parent=paragraph.label,
            inline=True,
            footnotes=(),
        )
        for item in inline_items(paragraph.text)
    ]
