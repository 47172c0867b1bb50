"""Ties notes to the paragraphs whose text holds their marks, and puts the paragraphs of a report in order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.items import inline_items
from corpus.label import Label, Step
from corpus.numbering.note_marks import Setting, note_marks
from corpus.numerals import from_roman
from corpus.report import Paragraph


class _Notes:
    """The notes of a report: which a mark stands for, and how far their marks have come in the text."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._labels: dict[tuple[tuple[str, ...], str], Label] = {}
        for p in paragraphs:
            if p.kind == "footnote":
                sign = p.label.steps[0].mark
                self._labels.setdefault((p.label.scope, sign), p.label)
                self._labels.setdefault(((), sign), p.label)
        self._series = _series(list(dict.fromkeys(self._labels.values())))
        self._sizes = Counter(at for at, _rank in self._series.values())
        self._ahead: dict[int, Counter[int]] = {at: Counter() for at in self._sizes}
        self._last = dict.fromkeys(self._sizes, -1)
        self._next = dict.fromkeys(self._sizes, 0)
        for p in paragraphs:
            for mark in self._marks_of(p):
                for label in mark.labels if mark.setting == "word" else ():
                    series, rank = self._series[label]
                    self._ahead[series][rank] += 1

    def taken(self, paragraph: Paragraph) -> list["_TiedMark"]:
        """Return the marks in the text of a paragraph that are marks of notes; paragraphs are asked for in order."""
        marks = self._marks_of(paragraph)
        comes = [[self._take(label, mark) for label in mark.labels] for mark in marks]
        return [mark for mark, each in zip(marks, comes, strict=True) if all(each)]

    def _take(self, label: Label, mark: "_TiedMark") -> bool:
        """Whether a mark is of the note that comes next, or behind a word of one that came before; note that it came."""
        series, rank = self._series[label]
        ahead, last = self._ahead[series], self._last[series]
        self._next[series] = at = self._next_ahead(series)
        if mark.setting == "word":
            comes = rank <= max(last, at)
            ahead[rank] -= 1
        elif mark.setting == "comma":
            comes = rank < max(last + 1, at)
        else:
            comes = rank == last + 1 and rank != at
        if comes:
            self._last[series] = max(last, rank)
        return comes

    def _next_ahead(self, series: int) -> int:
        """Return the first note behind the last one whose mark is still to come behind a word."""
        at = max(self._next[series], self._last[series] + 1)
        while at < self._sizes[series] and not self._ahead[series][at]:
            at += 1
        return at

    def _marks_of(self, paragraph: Paragraph) -> list["_TiedMark"]:
        if paragraph.kind == "footnote" or not self._labels:
            return []
        here = paragraph.label.scope
        found = []
        for mark in note_marks(paragraph.text):
            labels = [self._label_of(here, sign) for sign in mark.signs]
            known = tuple(label for label in labels if label is not None)
            if len(known) == len(labels):
                found.append(_TiedMark(known, mark.start, mark.end, mark.setting))
        return found

    def _label_of(self, here: tuple[str, ...], sign: str) -> Label | None:
        own = (here[:n] for n in range(len(here), -1, -1))
        return next((self._labels[scope, sign] for scope in own if (scope, sign) in self._labels), None)


@dataclass(frozen=True)
class _TiedMark:
    """A mark in a text and the notes it stands for, as in `NoteMark`."""

    labels: tuple[Label, ...]
    start: int
    end: int
    setting: Setting


def tied_to_notes(paragraphs: list[Paragraph], by_label: Mapping[Label, Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs in document order: the items of a sentence after it, the notes of a part at its end.

    Args:
        paragraphs: as read.
        by_label: the same by their labels.
    """
    notes = _Notes(paragraphs)
    whole: list[Paragraph] = []
    pending: list[Paragraph] = []
    noted: dict[Label, Paragraph] = {}
    part: str | None = None
    for paragraph in paragraphs:
        outer = paragraph.label.scope[0] if paragraph.label.scope else ""
        if outer != part and paragraph.kind != "footnote":
            whole += [_owned(note, noted) for note in pending]
            pending, part = [], outer
        if paragraph.kind == "footnote":
            pending.append(paragraph)
            continue
        tied = _with_notes(paragraph, notes)
        noted |= {note: tied for note in tied.footnotes if note not in noted}
        inline = _inline_paragraphs(tied)
        whole += [tied, *(inline if all(item.label not in by_label for item in inline) else ())]
    return (*whole, *(_owned(note, noted) for note in pending))


def _owned(note: Paragraph, noted: Mapping[Label, Paragraph]) -> Paragraph:
    owner = noted.get(note.label)
    return replace(note, heading_path=owner.heading_path, parent=owner.label) if owner else note


def _with_notes(paragraph: Paragraph, notes: _Notes) -> Paragraph:
    """Return the paragraph without note marks in its text, tied to the notes they stand for."""
    taken = notes.taken(paragraph)
    if not taken:
        return paragraph
    starts, ends = [mark.start for mark in taken], [mark.end for mark in taken]
    text = "".join(paragraph.text[a:b] for a, b in zip([0, *ends], [*starts, None], strict=True))
    found = [label for mark in taken for label in mark.labels]
    return replace(paragraph, text=text, footnotes=tuple(dict.fromkeys(found)))


def _series(labels: Sequence[Label]) -> dict[Label, tuple[int, int]]:
    """Return which series each note belongs to, and its place in it from 0: notes that count on, in document order.

    A series may run through several scopes, and a scope may hold several.
    """
    places: dict[Label, tuple[int, int]] = {}
    last: dict[bool, tuple[tuple[int, str], int, int]] = {}
    begun = 0
    for label in labels:
        sign = label.steps[0].mark
        in_figures = sign.isdecimal()
        value = (len(sign), sign) if in_figures else (from_roman(sign) or 0, sign)
        before = last.get(in_figures)
        if before is None or value <= before[0]:
            begun, before = begun + 1, (value, begun, -1)
        last[in_figures] = value, before[1], before[2] + 1
        places[label] = last[in_figures][1:]
    return places


def _inline_paragraphs(paragraph: Paragraph) -> list[Paragraph]:
    """Return the items inside the paragraph's running sentence as paragraphs of their own."""
    if paragraph.kind not in ("numbered", "sub", "unnumbered", "article", "preambular"):
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
