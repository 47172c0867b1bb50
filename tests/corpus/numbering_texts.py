"""Short documents made up for tests of the numbering: as lines of text, or as blocks where their looks matter."""

from pathlib import Path

from corpus.block import Block
from corpus.label import Label
from corpus.parsing import number
from corpus.readers.text import blocks_of
from corpus.report import Paragraph, Report


def at(report: Report, label: str) -> Paragraph:
    return report.paragraph(Label.parse(label))


def read(text: str) -> Report:
    """Return the report that a text is, its blocks parted by empty lines."""
    return number(blocks_of(text, Path("made-up.txt")), "made-up")


def labels(report: Report) -> list[str]:
    """Return the labels in document order."""
    return [str(p.label) for p in report.paragraphs]


def findings(report: Report) -> list[tuple[str, str, int, int | None]]:
    """Return kind, place, line and page of what the check found."""
    return [(f.kind, f.where, f.line, f.page) for f in report.findings]


def heading(text: str, page: int | None = None, size: float = 1.2) -> Block:
    """Return a line set as a heading is: bold and larger."""
    return Block(text, 0, page=page, page_end=page, bold=True, size=size)


def numbered(*pieces: Block | str) -> Report:
    """Return the report of pieces in reading order; a string is a paragraph of running text."""
    blocks = [Block(piece, 0) if isinstance(piece, str) else piece for piece in pieces]
    return number([Block(**{**vars(b), "line": i}) for i, b in enumerate(blocks, start=1)], "made-up")
