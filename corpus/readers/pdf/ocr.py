"""Images of pages to runs of text, by Tesseract where it is installed; nothing is fetched. Knows no line and no number.

Needs the extra `ocr` (pytesseract), the program and its languages. Runs within the limits of the reading process.
"""

import importlib
import math
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2 as pdfium
from lxml import etree

from corpus.errors import ParseError
from corpus.readers.pdf.glyphs import Run, Type

PROGRAM = "tesseract"
INSTALL = "install Tesseract with its languages (Debian: tesseract-ocr and tesseract-ocr-chi-sim) and pip install 'pincite[ocr]'"
_LANGUAGES = {"Han": ("chi_sim", "eng"), "Cyrillic": ("rus",), "Latin": ("eng", "fra", "spa")}
"""What each script that Tesseract tells is read with: the first must be there, of the others those that are."""
_DPI = 300
_MAX_PIXELS = 30_000_000
_PAGES_TO_TELL = 4
_PAGE_TIMEOUT_S = 240
_SAME_SIZE = 0.12
_MIN_LETTERS = 15
"""What is shorter has no size that can be trusted, unless it is much larger."""
_LARGER = 1.25
_SAME_DOCUMENT = 0.25
_MIN_SIZE_LINES = 5
_FIGURES = re.compile(r"(bbox|baseline|x_size|x_wconf) ([-\d. ]+)")
_MARK_MISREAD = re.compile(r"^(\d{1,3})[:,]$")
"""The number of a paragraph at a line's start, whose full stop was told for another sign."""


def program() -> str | None:
    """Return where the program is, or None where it is not installed."""
    return shutil.which(PROGRAM)


class Scan:
    """Reads the pages of one document of images.

    Args:
        document: the document.
        path: names it in errors.

    Raises:
        ParseError: Tesseract, what calls it or the language of the document is not installed.
    """

    def __init__(self, document: pdfium.PdfDocument, path: Path) -> None:
        self._path = path
        self._tesseract = _pytesseract(path)
        self._languages = self._told_languages(document)
        self._size = 0.0

    def runs_of(self, page: pdfium.PdfPage) -> Iterator[Run]:
        """Yield the words of a page's image as runs, each line's in one size."""
        scale = _scale(page)
        image = page.render(scale=scale, grayscale=True).to_pil()
        page_markup = self._called("image_to_pdf_or_hocr", image, lang=self._languages, extension="hocr")
        lines = list(_lines_of(page_markup))
        usual = median(size for _, _, size in lines) / scale if lines else 0.0
        if not self._size and len(lines) >= _MIN_SIZE_LINES:
            self._size = round(usual, 1)
        for words, base, size in lines:
            kind = Type(self._snapped(size / scale, usual), False, False)
            for text, left, right in words:
                yield Run(text, left / scale, right / scale, (image.height - base) / scale, kind)

    def _snapped(self, size: float, usual: float) -> float:
        """Return the size of a line in points: the document's own where it is about that, since what is measured wavers."""
        own = self._size if self._size and abs(usual / self._size - 1) < _SAME_DOCUMENT else usual
        return own if abs(size / usual - 1) < _SAME_SIZE else round(2 * size * own / usual) / 2

    def _told_languages(self, document: pdfium.PdfDocument) -> str:
        """Return the languages to read with, by the script of the first pages that show one."""
        there = set(self._called("get_languages"))
        if "osd" not in there:
            raise ParseError(
                self._path,
                "expected Tesseract to tell scripts apart, found its osd not installed; install tesseract-ocr-osd",
            )
        script = "Latin"
        for number in range(min(_PAGES_TO_TELL, len(document))):
            page = document[number]
            try:
                told = self._tesseract.image_to_osd(
                    page.render(scale=_scale(page), grayscale=True).to_pil(),
                    output_type="dict",
                    timeout=_PAGE_TIMEOUT_S,
                )
                script = told["script"]
                break
            except (self._tesseract.TesseractError, RuntimeError, KeyError):  # too few letters on it to tell
                continue
        wanted = _LANGUAGES.get(script, _LANGUAGES["Han"] if script in ("HanS", "HanT", "Japanese") else ("eng",))
        if wanted[0] not in there:
            package = wanted[0].replace("_", "-")
            raise ParseError(
                self._path,
                f"expected Tesseract's language {wanted[0]}, found it not installed; install tesseract-ocr-{package}",
            )
        return "+".join(name for name in wanted if name in there)

    def _called(self, name: str, *arguments: Any, **options: Any) -> Any:
        if name != "get_languages":
            options["timeout"] = _PAGE_TIMEOUT_S
        try:
            return getattr(self._tesseract, name)(*arguments, **options)
        except (self._tesseract.TesseractError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[-1:] or ["no reason given"]
            raise ParseError(self._path, f"expected Tesseract to read its pages, found: {reason[0]}") from error


def _pytesseract(path: Path) -> Any:
    """Return the library that calls the program, told where that is."""
    found = program()
    try:
        tesseract = importlib.import_module("pytesseract")
    except ImportError as error:
        raise ParseError(path, f"expected the extra ocr to read images of text, found it missing; {INSTALL}") from error
    if found is None:
        raise ParseError(path, f"expected Tesseract to read images of text with, found it missing; {INSTALL}")
    tesseract.pytesseract.tesseract_cmd = found
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    return tesseract


def _scale(page: pdfium.PdfPage) -> float:
    """Return the pixels a point: 300 an inch, fewer where the page is huge."""
    width, height = page.get_size()
    return min(_DPI / 72, math.sqrt(_MAX_PIXELS / max(width * height, 1.0)))


_Line = tuple[list[tuple[str, float, float]], float, float]


def _lines_of(markup: bytes) -> Iterator[_Line]:
    """Yield the lines of a page in hOCR: its words with their left and right edges, its base line and its size, in pixels."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(markup, parser)
    usual = median(sizes) if (sizes := [size for line in root.iter("{*}span") if (size := _size(line))]) else 0.0
    for part in root.iter("{*}p"):
        lines = [line for line in part.iter("{*}span") if _size(line)]
        letters = sum(len("".join(str(piece) for piece in line.itertext()).replace(" ", "")) for line in lines)
        size = median(map(_size, lines)) if lines else usual
        yield from _lines_in(lines, usual if letters < _MIN_LETTERS and size < _LARGER * usual else size)


def _size(line: etree._Element) -> float:
    """Return the size of a line's type in pixels; 0 for what is no line."""
    return _facts(line).get("x_size", [0.0])[0] if (line.get("class") or "").startswith("ocr_") else 0.0


def _lines_in(lines: Iterable[etree._Element], size: float) -> Iterator[_Line]:
    for line in lines:
        facts = _facts(line)
        left, _top, _right, foot = facts["bbox"]
        words: list[tuple[str, float, float]] = []
        for word in line.iter("{*}span"):
            text = "".join(str(part) for part in word.itertext()).strip() if word.get("class") == "ocrx_word" else ""
            if text:
                x0, _, x1, _ = _facts(word)["bbox"]
                words.append((text if words else _MARK_MISREAD.sub(r"\1.", text), x0, x1))
        if words:
            slope, rise = (facts.get("baseline") or [0.0, 0.0])[:2]
            middle = (words[0][1] + words[-1][2]) / 2 - left
            yield words, foot + rise + slope * middle, max(size, 1.0)


def _facts(element: etree._Element) -> dict[str, list[float]]:
    return {name: [float(n) for n in figures.split()] for name, figures in _FIGURES.findall(element.get("title") or "")}
