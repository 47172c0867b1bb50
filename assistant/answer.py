"""What is answered: statements with citations, each checked against its paragraph before anyone sees it."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote as percent_encode
from urllib.parse import unquote

from corpus.errors import PinciteError
from corpus.label import Label, Language
from corpus.report import Paragraph

LINK_SCHEME = "pincite"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_LINK = re.compile(rf"\]\({LINK_SCHEME}://([^\s)]*)\)")
_LINE_START = re.compile(r"^(\s*\d*)([#+.)-])(?=\s)")


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
    """

    paragraph: Paragraph
    report: str
    score: float
    paragraph_id: int = 0
    context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A place in a report and the words that stand there.

    Attributes:
        report: the report's id.
        label: the paragraph's label.
        quote: verbatim from that paragraph; empty where the whole of it is meant.
        heading_path: the headings above it, outermost first.
    """

    report: str
    label: Label
    quote: str
    heading_path: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """The stable link to the cited paragraph: `pincite://report/12%28c%29`."""
        return f"{LINK_SCHEME}://{percent_encode(self.report)}/{percent_encode(str(self.label), safe='')}"

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
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    hits: tuple[Hit, ...] = field(repr=False)

    def __post_init__(self) -> None:
        shown = {(hit.report, hit.paragraph.label): hit.paragraph for hit in self.hits}
        for citation in self.citations:
            paragraph = shown.get((citation.report, citation.label))
            if paragraph is None:
                raise UnsupportedCitation(
                    f"{citation.report} {citation.label} is cited and was not among the paragraphs shown"
                )
            if not citation.quote or citation.quote not in paragraph.text:
                raise UnsupportedCitation(f"{citation.report} {citation.label} does not say {citation.quote!r}")
        for report, label in links_in(self.text):
            if (report, label) not in shown:
                raise UnsupportedCitation(f"{report} {label} is linked to and was not among the paragraphs shown")


def links_in(markdown: str) -> list[tuple[str, Label]]:
    """Return the places that the citations of an answer's text link to: report id and label.

    Raises:
        UnsupportedCitation: a link of the scheme `pincite` holds no report or no label.
    """
    places = []
    for target in _LINK.findall(markdown):
        report, _, label = target.partition("/")
        try:
            places.append((unquote(report), Label.parse(unquote(label))))
        except ValueError as error:
            raise UnsupportedCitation(f"{LINK_SCHEME}://{target} is no link to a paragraph") from error
    return places


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is; tabs between a row's cells become wide spaces."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text.replace("\t", "\u3000"))).replace("\n", " ")
