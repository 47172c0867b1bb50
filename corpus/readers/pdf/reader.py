"""Opens a PDF and reads its blocks; says what is wrong with one that cannot be read. Knows no number and no label."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.block import Block, ReadProgress
from corpus.errors import ParseError
from corpus.readers.pdf.columns import Part, parts_of
from corpus.readers.pdf.glyphs import Run, paper_of, runs_of
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.margins import running_symbol, without_margins
from corpus.readers.pdf.paragraphs import blocks_of
from corpus.readers.pdf.rules import rules_of

MAX_BYTES = 500_000_000
MAX_PAGES = 20_000
_MIN_LETTERS_A_PAGE = 5
_MAX_UNMAPPED = 0.5


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of a PDF; the symbol that runs at the head of its pages comes first.

    Args:
        path: the file.
        progress: called after each page.

    Raises:
        ParseError: the file is empty, damaged, encrypted with a password, too large, or has images of text only
            or letters that it does not name.
    """
    size = path.stat().st_size
    if size == 0:
        raise ParseError(path, "expected a PDF, found an empty file")
    if size > MAX_BYTES:
        raise ParseError(path, f"expected at most {MAX_BYTES // 1_000_000} MB, found {size / 1e6:.0f} MB; split it")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise ParseError(path, _why_not(error)) from error
    try:
        return _blocks(document, path, progress)
    except pdfium.PdfiumError as error:
        raise ParseError(path, f"expected a whole PDF, found a damaged page: {error}; save it anew") from error
    finally:
        document.close()


def _blocks(document: pdfium.PdfDocument, path: Path, progress: ReadProgress) -> list[Block]:
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        raise ParseError(path, f"expected 1 to {MAX_PAGES:,} pages, found {count:,}")
    pages: list[list[Line]] = []
    for i in range(count):
        page = document[i]
        pages.append(lines_of_page(page, i + 1))
        page.close()
        progress(i + 1, count)
    _check_letters(pages, path)
    symbol = running_symbol(pages)
    own = [Block(symbol, 0, page=1, page_end=1)] if symbol else []
    return own + blocks_of(without_margins(pages))


def _check_letters(pages: list[list[Line]], path: Path) -> None:
    """Raise ParseError where the pages have no letters, or such as only a reader's eyes can tell."""
    count = len(pages)
    letters = sum(len(line.text) for lines in pages for line in lines)
    if letters < _MIN_LETTERS_A_PAGE * count:
        found = "1 page of an image" if count == 1 else f"{count} pages of images"
        raise ParseError(path, f"expected a PDF with a text layer, found {found}; run OCR on it first")
    unmapped = sum(run.unmapped for lines in pages for line in lines for run in line.runs)
    if unmapped > _MAX_UNMAPPED * letters:
        found = f"{unmapped:,} of {letters:,} glyphs in fonts that do not say so"
        raise ParseError(path, f"expected a PDF that says which letters it draws, found {found}; run OCR on it first")


def lines_of_page(page: pdfium.PdfPage, number: int) -> list[Line]:
    """Return the lines of a page in reading order: column by column, and last what is set across the others."""
    paper = paper_of(page)
    by_turns: dict[int, list[Run]] = {}
    for run in runs_of(page, paper):
        by_turns.setdefault(run.type.turns, []).append(run)
    lines: list[Line] = []
    most_first = sorted(by_turns, key=lambda turns: -sum(len(run.text) for run in by_turns[turns]))
    for turns in most_first:
        runs, height = by_turns[turns], paper.height_at(turns)
        whole = turns != most_first[0]
        for part in [Part(runs, None)] if whole else parts_of(runs, rules_of(page, paper, turns), height):
            lines += lines_of(part.runs, number, height, part.column)
    return lines


def _why_not(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return "expected a PDF that opens without a password, found one that asks for it; save it without a password"
    return "expected a PDF, found a file that is damaged or none; open it in a viewer and save it anew"
