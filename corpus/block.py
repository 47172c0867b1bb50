"""What a reader makes of a file: blocks in reading order, before numbers and headings are told apart. Knows no format."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BlockKind = Literal["text", "heading", "row", "note"]


@dataclass(frozen=True)
class Block:
    """One piece of a file in reading order: a paragraph, a heading, a table's row or a footnote.

    The mark that opens it (`12.`, `(c)`, `第三条`) is part of its text, also where the file counts by itself, as Word's
    automatic numbering does. Raised note marks are superscript characters in the text (`公约²`); a note opens with its own.

    Attributes:
        text: as printed, line ends joined. The cells of a row are separated by tabs.
        line: 1-based line of the file on which it begins; where a format has no lines, 1-based place among its blocks.
        kind: `heading` where the format says so, `text` where only looks and marks can tell; `note` for a footnote.
        page: 1-based page on which it begins, where the format has pages.
        page_end: page on which it ends.
        level: of a heading, its depth as the format says it: 0 for the document's title, 1 for the outermost.
        label: canonical label, where the file gives one of its own.
        whole: whether the reader is sure that it ends here; a text converted from pages may be cut at a page's end.
        bold: whether all of it is set in bold type.
        lead: its leading part that is set apart in bold or italics, where the rest is not; empty otherwise.
        size: size of its type relative to the document's running text, where the format tells: 1.0 is the same.
        indent: left edge of its first line, in em of running text from the left edge of the text; None where unknown.
        hang: the same for its further lines; None where it has only one.
        centred: whether it is set in the middle of the measure.
        ocr: whether its words were told from an image of the page, so that any of them may be wrong.
    """

    text: str
    line: int
    kind: BlockKind = "text"
    page: int | None = None
    page_end: int | None = None
    level: int | None = None
    label: str = ""
    whole: bool = True
    bold: bool = False
    lead: str = ""
    size: float = 1.0
    indent: float | None = None
    hang: float | None = None
    centred: bool = False
    ocr: bool = False


ReadProgress = Callable[[int, int], None]
"""Called with the number of pages (or other parts) read and their total; raises to stop the reader."""
Reader = Callable[[Path, ReadProgress], list[Block]]
"""Reads a file of one format. Raises ParseError where it cannot."""
