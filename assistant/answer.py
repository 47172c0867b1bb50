"""What is answered: statements with citations, each checked against its paragraph before anyone sees it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from corpus.errors import PinciteError
from corpus.label import Label, Language
from corpus.library.address import SCHEME, Address
from corpus.report import Paragraph

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_LINK = re.compile(rf"(?<!\\)\]\(({SCHEME}[^\s)]*)\)")
_LINE_START = re.compile(r"^(\s*\d*)([#+.)-])(?=\s|$)")


class UnsupportedCitation(PinciteError):
    """A citation names a paragraph that was not shown, or quotes what does not stand in it."""

    exit_code = 10


@dataclass(frozen=True)
class Hit:
    """A paragraph that a search found.

    Attributes:
        report: the id of its report.
        score: higher is better; 1 for a paragraph that the question names.
        paragraph_id: the paragraph's id in the records and the index.
        context: what stands above it: its headings and, for an item, the opening words of what it belongs to.
        version: the version of the report that it stands in.
        document: what a question may name its report by: its title and symbol without years, and the countries that it is about.
        year: the year that its report is of: of its date or, where it has none, in its title; 0 where none is known.
    """

    paragraph: Paragraph
    report: str
    score: float
    paragraph_id: int = 0
    context: tuple[str, ...] = ()
    version: int = 1
    document: str = ""
    year: int = 0

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address(self.report, self.paragraph.label, self.version)


@dataclass(frozen=True)
class Citation:
    """A place in a report and the words that stand there.

    Attributes:
        report: the report's id.
        label: the paragraph's label.
        quote: verbatim from that paragraph; empty where the whole of it is meant.
        heading_path: the headings above it, outermost first.
        version: the version of the report that it cites.
    """

    report: str
    label: Label
    quote: str
    heading_path: tuple[str, ...] = ()
    version: int = 1

    @property
    def address(self) -> Address:
        """What it cites."""
        return Address(self.report, self.label, self.version)

    @property
    def link(self) -> str:
        """The stable link to the cited paragraph: `pincite://report/12%28c%29`."""
        return self.address.link

    def chip(self, language: Language) -> str:
        """Return the citation as Markdown: its label as that language shows it, linked to the paragraph."""
        return f"[{self.label.shown(language)}]({self.link})"


@dataclass(frozen=True)
class Answer:
    """An answer whose every citation stands in the paragraphs it was made from; any other cannot be made.

    Checked are the citations, each with a quotation that stands letter for letter in its paragraph, and the links of
    the text, each to one of the paragraphs. `compose.answer_of` writes the text from the very quotations it cites.

    Attributes:
        question: the question as understood.
        text: Markdown; citations are links of the scheme `pincite`.
        citations: in the order of the text.
        abstained: whether the reports do not answer; then `text` says what is missing.
        hits: the paragraphs it was made from or, where it abstained, the nearest ones.
        short: the answer in few words: letter for letter in one of the quotations, or how many paragraphs, items or
            names in rows are cited; empty where there is none.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    hits: tuple[Hit, ...] = field(repr=False)
    short: str = ""

    def __post_init__(self) -> None:
        shown = {hit.address: hit.paragraph for hit in self.hits}
        for citation in self.citations:
            paragraph = shown.get(citation.address)
            if paragraph is None:
                raise UnsupportedCitation(
                    f"{citation.report} {citation.label} is cited and was not among the paragraphs shown"
                )
            if not citation.quote or citation.quote not in paragraph.text:
                raise UnsupportedCitation(f"{citation.report} {citation.label} does not say {citation.quote!r}")
        if self.short and not self._stands(self.short):
            raise UnsupportedCitation(f"the short answer {self.short!r} stands in none of the quotations")
        for address in links_in(self.text):
            if address not in shown:
                raise UnsupportedCitation(f"{address.link} is linked to and was not among the paragraphs shown")

    def _stands(self, short: str) -> bool:
        """Whether a short answer stands in a quotation, or counts what is cited: paragraphs, items of a list, cells."""
        if any(short in c.quote for c in self.citations):
            return True
        cited = {c.address for c in self.citations}
        paragraphs = [hit.paragraph for hit in {hit.address: hit for hit in self.hits if hit.address in cited}.values()]
        of_list = Counter(str(p.parent) for p in paragraphs if p.kind == "sub").values()
        cells = sum(max(0, len(p.cells) - 1) for p in paragraphs)
        return short in {str(n) for n in (len(paragraphs), cells, *of_list)}


def links_in(markdown: str) -> list[Address]:
    """Return the places that the citations of an answer's text link to.

    Raises:
        UnsupportedCitation: a link of the scheme `pincite` holds no report or no label.
    """
    places = []
    for link in _LINK.findall(markdown):
        try:
            places.append(Address.parse(link))
        except ValueError as error:
            raise UnsupportedCitation(f"{link} is no link to a paragraph") from error
    return places


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is; tabs between a row's cells become wide spaces."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text.replace("\t", "\u3000"))).replace("\n", " ")
