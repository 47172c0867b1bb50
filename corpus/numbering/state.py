"""How far the numbering of one document has come: headings in force, places of each scope, paragraphs and findings so far."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.block import Block
from corpus.label import Label, Step
from corpus.numbering.document import Document
from corpus.numbering.lists import LOOK_BACK
from corpus.numbering.names import RunNames
from corpus.numbering.outline import Outline
from corpus.numbering.rows import Rows
from corpus.numbering.survey import Survey
from corpus.readers.joiner import Joiner
from corpus.report import Finding, Paragraph, ParagraphKind

ScopeRank = Literal["part", "chapter", "section"]


@dataclass
class Place:
    """How far the numbers of one scope have come.

    Attributes:
        number: the last number; 0 before the first.
        unnumbered: how many paragraphs of its own have no number.
        start: index of its first paragraph.
        first: the first number.
        opened: line of the heading without a mark that the first number stands below; 0 for none.
        listed: the last number of a list 1. 2. 3. inside a paragraph; 0 outside one.
        indent: of the last numbered paragraph, in em.
        listed_indent: of the last number of the list, in em.
        main: the numbered paragraph or article that unmarked text goes on from; None after a heading.
    """

    number: int = 0
    unnumbered: int = 0
    start: int = 0
    first: int = 0
    opened: int = 0
    listed: int = 0
    indent: float | None = None
    listed_indent: float | None = None
    main: Label | None = None


@dataclass
class State:
    """The numbering of one document as far as it has come.

    Attributes:
        survey: the document, looked over.
        joiner: puts halves of paragraphs together.
        language: ISO 639-1 code.
        scopes: headings whose numbers restart below each: their marks then stand in the labels.
        restarted: headings without a mark below which numbers begin again: their names in labels, by their lines.
        overtaken: lines of headings below which a first run stands that is not the main one, and the name of the run that is.
        lenient: whether numbers may also begin again below an unmarked heading in a chapter that none stands in yet.
        findings: remarks of the numbering check.
        unlabelled: texts that cannot be cited.
        document: its blocks, the one being read among them.
        outline: the headings in force.
        rows: the groups of table rows in force.
        paragraphs: those read so far.
        by_label: the same by their labels.
        in_preamble: whether the opening words of a resolution or a treaty came, and no number since.
        quoting: whether a quotation goes on that an earlier block opened.
        listing: whether the last paragraph was a line without a mark, as in a list of names.
        unmarked: the headings without a mark, by their lines.
        run: the scope of the last number.
        bracketed: scope, name and value of the last (1), (2) below a heading that they are cited by.
        run_on: how often numbers ran on into a chapter, section or part taken for a scope of its own.
        dotted: the last number of each series such as 10.1, 10.2, by what stands before its last point.
        open: index of the paragraph that the next unmarked block may go on from, where the reader cannot tell.
    """

    survey: Survey
    joiner: Joiner
    language: str
    scopes: frozenset[ScopeRank] = frozenset()
    restarted: RunNames = field(default_factory=RunNames)
    lenient: bool = False
    overtaken: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unlabelled: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    by_label: dict[Label, Paragraph] = field(default_factory=dict)
    in_preamble: bool = False
    quoting: bool = False
    listing: bool = False
    unmarked: dict[int, str] = field(default_factory=dict)
    run: tuple[str, ...] = ()
    bracketed: tuple[tuple[str, ...], str, int] = ((), "", 0)
    run_on: int = 0
    dotted: dict[str, int] = field(default_factory=dict)
    open: int | None = None
    _articles: set[Label] = field(default_factory=set)
    _article_counts: dict[Label, int] = field(default_factory=dict)
    _counts: dict[Label, int] = field(default_factory=dict)
    _further: dict[Label, int] = field(default_factory=dict)
    _above_numbers: set[Label] = field(default_factory=set)
    _second_signs: set[tuple[Label, str]] = field(default_factory=set)
    _places: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = Document(self.survey.blocks)
        self.outline = Outline(self.unlabelled)
        self.rows = Rows(self.unlabelled)

    @property
    def place(self) -> Place:
        """How far the numbers of the scope in force have come."""
        scope = self.outline.scope
        if scope not in self._places:
            self._places[scope] = Place(start=len(self.paragraphs))
        return self._places[scope]

    def place_at(self, scope: tuple[str, ...]) -> Place | None:
        """Return how far the numbers of `scope` have come, or None where nothing of it was read."""
        return self._places.get(scope)

    @property
    def in_article(self) -> bool:
        """Whether the text goes on from an article."""
        main = self.place.main
        return main is not None and main.steps[0].kind == "article"

    @property
    def counts_in_chinese(self) -> bool:
        """Whether headings are 一、 and （一） here, and paragraphs have no numbers of their own."""
        return self.survey.counts_in_chinese and self.outline.innermost("annex") is None

    @property
    def here(self) -> list[Paragraph]:
        """The last paragraphs read in the scope in force."""
        return self.paragraphs[max(self.place.start, len(self.paragraphs) - LOOK_BACK) :]

    def counts_below(self, owner: Label) -> bool:
        """Whether paragraphs numbered 1. 2. or 一. 二. were read below an article."""
        return owner in self._above_numbers

    def has_second(self, main: Label, sign: str) -> bool:
        """Whether `sign` was read directly below the article or paragraph `main`."""
        return (main, sign) in self._second_signs

    def next_further(self, owner: Label, first: int) -> Label:
        """Return the label of the next paragraph without a mark that goes on from `owner`, counted from `first`."""
        number = max(first, self._further.get(owner, first))
        while (label := Label((*owner.steps, Step("unnumbered", str(number))), owner.scope)) in self.by_label:
            number += 1
        self._further[owner] = number
        return label

    def known(self, label: Label) -> Label | None:
        """Return `label` where a paragraph has it, else None."""
        return label if label in self.by_label else None

    def parent(self, label: Label) -> Label | None:
        """Return the label of what `label` is a part of, where a paragraph has it."""
        return self.known(replace(label, steps=label.steps[:-1]))

    def remark(
        self, kind: Literal["gap", "repeat", "back", "orphan", "join", "missed"], where: str, block: Block
    ) -> None:
        """Keep a finding of the numbering check."""
        self.findings.append(Finding(kind, where, block.line, block.page))

    def end(self) -> None:
        """End all that is in force: the document has no more blocks."""
        self.outline.keep([])
        self.rows.end_groups()

    def put(self, at: int, paragraph: Paragraph) -> None:
        """Replace paragraph `at` with one of its label."""
        self.paragraphs[at] = self.by_label[paragraph.label] = paragraph

    def add(
        self,
        kind: ParagraphKind,
        steps: tuple[Step, ...],
        block: Block,
        text: str,
        scope: tuple[str, ...] | None = None,
        heading: bool = False,
        parent: Label | None = None,
        cells: tuple[str, ...] = (),
    ) -> Paragraph:
        """Add a paragraph below the headings in force and return it.

        Args:
            kind: of the paragraph.
            steps: of its label.
            block: that it was read from.
            text: its words.
            scope: of its label; by default the one in force.
            heading: whether it is the innermost heading itself.
            parent: what it is a part of.
            cells: of a row.
        """
        if kind not in ("row", "footnote"):
            self.outline.end_caption()
        path = self.outline.path[:-1] if heading else self.outline.path
        if kind == "numbered":
            self.outline.count()
        if heading:
            self.outline.cite()
        else:
            self.outline.fill()
        word = "脚注" if self.language == "zh" else "fn"
        label = self._unique(Label(steps, self.outline.scope if scope is None else scope, word), block)
        end = block.page_end if block.page_end is not None else block.page
        paragraph = Paragraph(
            label, text.strip(), kind, path, parent, cells=cells, line=block.line, page=block.page, page_end=end
        )
        self.paragraphs.append(paragraph)
        self.by_label[label] = paragraph
        if len(label.steps) > 1:
            self._second_signs.add((replace(label, steps=label.steps[:1]), label.steps[1].mark))
            if label.steps[1].kind == "number":
                self._above_numbers |= {replace(label, steps=label.steps[:n]) for n in range(1, len(label.steps) + 1)}
        self.listing = self.listing and kind == "unnumbered"
        return paragraph

    def article(self, label: Label, block: Block) -> Label:
        """Return the label of an article whose heading stands alone; where it came before, that of its next occurrence."""
        again = self._first_free(label, self._articles, self._article_counts)
        if again != label:
            self.remark("repeat", str(label), block)
        self._articles.add(again)
        return again

    def _occurrence(self, count: int) -> str:
        return f"第{count}处" if self.language == "zh" else f"occurrence {count}"

    def _first_free(self, label: Label, taken: Container[Label], counts: dict[Label, int]) -> Label:
        """Return `label`, or the label of its first occurrence from the second on that is not taken."""
        again = label
        while again in taken:
            counts[label] = count = counts.get(label, 1) + 1
            again = replace(label, scope=(*label.scope, self._occurrence(count)))
        return again

    def _unique(self, label: Label, block: Block) -> Label:
        """Return `label`, or where the report has printed it before, the label of its next occurrence: `第2处/3`."""
        again = self._first_free(label, self.by_label, self._counts)
        if again != label:
            self.remark("repeat", str(label), block)
        return again
