"""Opens a PDF and reads its blocks; says what is wrong with one that cannot be read. Knows no number and no label."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.block import Block, ReadProgress
from corpus.errors import ParseError
from corpus.readers.pdf.columns import parts_of
from corpus.readers.pdf.glyphs import Run, paper_of, runs_of
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.margins import running_symbol, without_margins
from corpus.readers.pdf.ocr import INSTALL, Scan
from corpus.readers.pdf.paragraphs import blocks_of
from corpus.readers.pdf.rules import Rule, rules_of

MAX_BYTES = 500_000_000
MAX_PAGES = 20_000
_MIN_LETTERS_A_PAGE = 5
_MAX_UNMAPPED = 0.5
_OCR = f"run OCR on it first, or add it with --ocr (ocr = true in pincite.toml): {INSTALL}"


def read(path: Path, progress: ReadProgress, ocr: bool = False) -> list[Block]:
    """Return the blocks of a PDF; the symbol that runs at the head of its pages comes first.

    Args:
        path: the file.
        progress: called after each page.
        ocr: whether Tesseract is to read a file without a text layer.

    Raises:
        ParseError: the file is empty, damaged, encrypted with a password, too large, or has images of text only
            or letters that it does not name, and with `ocr` what Tesseract lacks.
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
        return _blocks(document, path, progress, ocr)
    except pdfium.PdfiumError as error:
        raise ParseError(path, f"expected a whole PDF, found a damaged page: {error}; save it anew") from error
    finally:
        document.close()


def _blocks(document: pdfium.PdfDocument, path: Path, progress: ReadProgress, ocr: bool) -> list[Block]:
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        raise ParseError(path, f"expected 1 to {MAX_PAGES:,} pages, found {count:,}")
    pages: list[list[Line]] = []
    for i in range(count):
        page = document[i]
        pages.append(lines_of_page(page, i + 1))
        page.close()
        progress(0 if ocr else i + 1, count)
    complaint = _complaint(pages)
    if complaint and ocr:
        pages, read = _read_by_ocr(document, path, pages, progress)
        return [replace(block, ocr=block.page in read) for block in _blocks_of(pages)]
    if complaint:
        raise ParseError(path, f"{complaint}; {_OCR}")
    if ocr:
        progress(count, count)
    return _blocks_of(pages)


def _blocks_of(pages: list[list[Line]]) -> list[Block]:
    symbol = running_symbol(pages)
    own = [Block(symbol, 0, page=1, page_end=1)] if symbol else []
    return own + blocks_of(without_margins(pages))


def _read_by_ocr(
    document: pdfium.PdfDocument, path: Path, pages: list[list[Line]], progress: ReadProgress
) -> tuple[list[list[Line]], set[int]]:
    """Return the lines of each page, those of images as Tesseract reads them, and the numbers of the pages that are such."""
    scan = Scan(document, path)
    told, read = [], set()
    for i, lines in enumerate(pages):
        if _complaint([lines]):
            page = document[i]
            lines = _lines_of_runs(list(scan.runs_of(page)), [], i + 1, page.get_height())
            page.close()
            read.add(i + 1)
        told.append(lines)
        progress(i + 1, len(pages))
    if not any(told):
        raise ParseError(path, "expected images of text, found none that Tesseract can read")
    return told, read


def _complaint(pages: list[list[Line]]) -> str:
    """Return what is expected and found where pages have no letters, or such as only a reader's eyes can tell."""
    count = len(pages)
    letters = sum(len(line.text) for lines in pages for line in lines)
    if letters < _MIN_LETTERS_A_PAGE * count:
        found = "1 page of an image" if count == 1 else f"{count} pages of images"
        return f"expected a PDF with a text layer, found {found}"
    unmapped = sum(run.unmapped for lines in pages for line in lines for run in line.runs)
    if unmapped > _MAX_UNMAPPED * letters:
        found = f"{unmapped:,} of {letters:,} glyphs in fonts that do not say so"
        return f"expected a PDF that says which letters it draws, found {found}"
    return ""


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
        rules = [] if whole else rules_of(page, paper, turns)
        lines += lines_of(runs, number, height, None) if whole else _lines_of_runs(runs, rules, number, height)
    return lines


def _lines_of_runs(runs: list[Run], rules: list[Rule], number: int, height: float) -> list[Line]:
    return [line for part in parts_of(runs, rules, height) for line in lines_of(part.runs, number, height, part.column)]


def _why_not(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return "expected a PDF that opens without a password, found one that asks for it; save it without a password"
    return "expected a PDF, found a file that is damaged or none; open it in a viewer and save it anew"
