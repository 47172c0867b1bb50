"""What a report is once read: paragraphs with labels, and what its numbering check found. Knows no file format."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus.errors import UnknownParagraph
from corpus.label import Label

ParagraphKind = Literal["numbered", "sub", "article", "unnumbered", "preambular", "row", "footnote", "annex", "heading"]


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
        page: 1-based page on which it begins, where the format has pages.
        page_end: page on which it ends.
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
    page_end: int | None = None


@dataclass(frozen=True)
class Finding:
    """One remark of the numbering check, and where it is.

    Attributes:
        kind: `gap` (numbers left out), `repeat` (a number printed again), `back` (a number below the one before it),
            `orphan` (an item that no paragraph opens a list for), `join` (a paragraph put together over a page's end),
            `missed` (a line that may be a paragraph and was not taken for one), `ocr` (pages whose words were told from images:
            compare them).
        where: the numbers or the label concerned, as printed.
        line: 1-based line, as in `Block`.
        page: 1-based page, where the format has pages.
    """

    kind: Literal["gap", "repeat", "back", "orphan", "join", "missed", "ocr"]
    where: str
    line: int
    page: int | None = None


@dataclass(frozen=True)
class Report:
    """A numbered report.

    Attributes:
        id: short name, stable across rebuilds; used in links. Whoever renames it leaves the old one opening too.
        title: as printed.
        symbol: document symbol (A/AC.105/1179), or empty where the report prints none of its own.
        language: ISO 639-1 code.
        date: ISO 8601 date of the report's session or issue, or empty.
        paragraphs: all that can be cited, in document order.
        session_dates: ISO 8601 dates printed under the title.
        symbols: document symbols that the report mentions, in order of first mention.
        findings: the numbering check's remarks.
        content_hash: SHA-256 of the file, hexadecimal.
        session: the session whose report it is, as printed (第三十八届会议, Eighty-fifth session), or empty.
        version: which version of the report this is, from 1.
        versions: how many the library has of it; the newest has that number.
        unlabelled: what cannot be cited: front matter, table of contents, opening and closing words, headings without text
            below them; only of a report just read.
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
    unlabelled: tuple[str, ...] = field(default=(), repr=False, compare=False)
    session: str = ""
    version: int = 1
    versions: int = 1

    @property
    def entry(self) -> "Entry":
        """The report as a list shows it."""
        return Entry(
            id=self.id,
            title=self.title,
            language=self.language,
            n_paragraphs=len(self.paragraphs),
            symbol=self.symbol,
            date=self.date,
            session=self.session,
            session_dates=self.session_dates,
            symbols=self.symbols,
            findings=self.findings,
            version=self.version,
            versions=self.versions,
        )

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


@dataclass(frozen=True)
class Entry:
    """What a list of reports shows of one: a report without its paragraphs. Attributes are those of `Report`, and these.

    Attributes:
        n_paragraphs: how many paragraphs it has.
        path: where the file lay that it was read from, or empty.
    """

    id: str
    title: str
    language: str
    n_paragraphs: int
    symbol: str = ""
    date: str = ""
    session: str = ""
    session_dates: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    version: int = 1
    versions: int = 1
    path: str = ""


def numbered_range(paragraphs: Iterable[Paragraph]) -> str:
    """Return the span of the body's articles and numbers and of the annexes, as a message shows it: `1–52, 附件一–附件三`."""
    own: dict[str, list[Label]] = {"article": [], "numbered": [], "annex": []}
    for p in paragraphs:
        if p.kind in own and len(p.label.steps) < 2 and (p.kind == "annex" or not p.label.scope):
            own[p.kind].append(p.label)
    spans = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in own.values() if run]
    return ", ".join(spans) or "no numbered paragraph"
