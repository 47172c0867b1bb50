"""What a report is once read: blocks as its file gives them, then paragraphs with labels. Knows no file format."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.errors import UnknownParagraph
from corpus.label import Label

BlockKind = Literal["text", "row"]
ParagraphKind = Literal["numbered", "sub", "unnumbered", "row", "footnote", "annex"]


@dataclass(frozen=True)
class Block:
    """One piece of a file in reading order: a paragraph, a heading or a table's row, not yet told apart.

    Attributes:
        text: as printed, line ends joined. The cells of a row are separated by tabs.
        line: 1-based line of the file on which it begins.
        page: 1-based page, where the format has pages.
    """

    text: str
    line: int
    kind: BlockKind = "text"
    page: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """What a citation points at.

    Attributes:
        label: unique in its report.
        text: verbatim, without its number and without note marks. Of a paragraph whose items are set on lines of their
            own, the words before the first item; the cells of a row are separated by tabs.
        heading_path: the headings above it, outermost first, as printed.
        inline: whether this is an item inside the running sentence of its parent, whose text then contains its text.
        footnotes: labels of the notes whose marks stand in it.
        cells: of a row, its cells: what the row is about first.
        line: 1-based line of the source on which it begins.
        page: 1-based page, where the format has pages.
    """

    label: Label
    text: str
    kind: ParagraphKind
    heading_path: tuple[str, ...] = ()
    parent: Label | None = None
    inline: bool = False
    footnotes: tuple[Label, ...] = ()
    cells: tuple[str, ...] = ()
    line: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Finding:
    """One remark of the numbering check: a gap, a repeat or a join over a page break, and where it is."""

    kind: Literal["gap", "repeat", "orphan", "join"]
    where: str
    line: int


@dataclass(frozen=True)
class Report:
    """A numbered report.

    Attributes:
        id: short name, stable across rebuilds; used in links.
        title: as printed.
        symbol: document symbol (A/AC.105/1179), or empty where the report prints none of its own.
        language: ISO 639-1 code.
        date: ISO 8601 date of the report's session or issue, or empty.
        paragraphs: all that can be cited, in document order.
        session_dates: ISO 8601 dates printed under the title.
        symbols: document symbols that the report mentions, in order of first mention.
        findings: the numbering check's remarks.
        content_hash: SHA-256 of the file, hexadecimal.
    """

    id: str
    title: str
    language: str
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    symbol: str = ""
    date: str = ""
    session_dates: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    content_hash: str = ""

    @cached_property
    def _by_place(self) -> dict[tuple[tuple[int, ...], ...], Paragraph]:
        return {p.label.sort_key: p for p in reversed(self.paragraphs)}

    def __contains__(self, label: Label) -> bool:
        return label.sort_key in self._by_place

    def paragraph(self, label: Label) -> Paragraph:
        """Return the paragraph at `label`, written in any equal way (`14(c)(iv)` finds `14(c)(四)`).

        Raises:
            UnknownParagraph: the report has none; the message gives the range of its numbers.
        """
        try:
            return self._by_place[label.sort_key]
        except KeyError:
            raise UnknownParagraph(f"{self.title} has no {label}; it has {numbered_range(self.paragraphs)}") from None


def numbered_range(paragraphs: Iterable[Paragraph]) -> str:
    """Return the span of the body's numbers and the annexes, as a message shows it: `1–52, 附件一–附件三`."""
    body = [p.label for p in paragraphs if p.kind == "numbered" and not p.label.scope]
    annexes = [p.label for p in paragraphs if p.kind == "annex"]
    spans = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in (body, annexes) if run]
    return ", ".join(spans) or "no numbered paragraph"
