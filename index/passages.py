"""What is indexed of a paragraph: its own words, and the words around it that say what it is about.

An item inside its paragraph's sentence is no passage: its words are indexed with that paragraph's, and it is told from the
others where an answer is chosen (`assistant.pinpoint`).
"""

from dataclasses import dataclass

from corpus.label import Label
from corpus.report import Paragraph, Report

MAX_OPENING_CHARS = 200


@dataclass(frozen=True)
class Passage:
    """One paragraph as the indexes take it.

    Attributes:
        body: its own words; the cells of a row with spaces between them.
        context: the report's title, its heading path and, for an item, the opening words of what it belongs to.
    """

    body: str
    context: str

    @property
    def whole(self) -> str:
        """The context and the words, as one text to embed."""
        return f"{self.context}\n{self.body}" if self.context else self.body


def passages_of(report: Report) -> list[Passage]:
    """Return the passage of each paragraph of `report` that is `indexed`, in the same order."""
    own = {p.label: p for p in report.paragraphs}
    return [
        Passage(p.text.replace("\t", " "), "\n".join(filter(None, (report.title, *p.heading_path, *_openings(p, own)))))
        for p in indexed(report)
    ]


def indexed(report: Report) -> list[Paragraph]:
    """Return the paragraphs of `report` that have a passage of their own."""
    return [p for p in report.paragraphs if not p.inline]


def _openings(paragraph: Paragraph, own: dict[Label, Paragraph]) -> list[str]:
    """Return the opening words of the paragraphs that `paragraph` is an item of, outermost first."""
    openings: list[str] = []
    child, parent = paragraph, own.get(paragraph.parent) if paragraph.parent else None
    while parent is not None:
        openings.insert(0, opening_of(parent, child))
        child, parent = parent, own.get(parent.parent) if parent.parent else None
    return openings


def opening_of(parent: Paragraph, item: Paragraph) -> str:
    """Return the words of `parent` before its first item: what all its items are items of."""
    end = parent.text.find(item.text) if item.inline else len(parent.text)
    return parent.text[: max(0, end)][:MAX_OPENING_CHARS]
