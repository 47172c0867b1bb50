"""What stands around a page's text: running heads and feet, and page numbers."""

import re
from collections import Counter

from corpus.marks import mark_of
from corpus.readers.pdf.lines import FOOT_FROM, HEAD_FROM, Line
from corpus.readers.pdf.notes import NotesBefore, Page, page_of

_MAX_HEAD_LINES, _MAX_FOOT_LINES = 3, 4
_MIN_REPEATS = 3
_PAGE_NUMBER = (
    r"(?:[-–—] ?)?(?:\d{1,4}|[ivxlc]{1,6})(?: ?[-–—])?|\d{1,4} ?/ ?\d{1,4}"
    r"|(?:page|第) ?\d{1,4}(?: ?(?:页|of \d+|/ ?\d+))?"
)
_JOB = r"(?:[A-Z]{1,3}\.)?\d{2}-\d{4,6}(?: ?\([A-Z]\))?(?: \d{6})*"
_BAR_CODE = r"\*[\w-]{5,}\*"
_SYMBOL = r"[A-Z]{1,5}(?:/[A-Z0-9][\w.()-]*)+(?: \(\d{4}\))?"
_OWN = re.compile(rf"{_SYMBOL}(?:[-–] ?{_SYMBOL})?")
_FURNITURE = re.compile(rf"(?:(?:{_PAGE_NUMBER}|{_JOB}|{_BAR_CODE}|{_SYMBOL})\s*)+", re.IGNORECASE)
_JOB_LINE = re.compile(rf"{_JOB}|{_BAR_CODE}")


def without_margins(pages: list[list[Line]]) -> list[Page]:
    """Return the pages without running heads, feet and page numbers, their notes apart.

    Args:
        pages: the lines of each page, in reading order.
    """
    repeated: Counter[tuple[str, str]] = Counter()
    for lines in pages:
        repeated.update({(zone, _shape(line)) for zone, line in in_margins(lines)})
    size = body_size([line for lines in pages for line in lines])
    whole: list[Page] = []
    before = NotesBefore()
    for number, lines in enumerate(pages, start=1):
        gone = {
            id(line)
            for zone, line in in_margins(lines)
            if repeated[zone, _shape(line)] >= _MIN_REPEATS or _FURNITURE.fullmatch(line.text)
        }
        gone |= {id(line) for line in _lowest(lines) if _JOB_LINE.fullmatch(line.text)}
        whole.append(page_of(number, [line for line in lines if id(line) not in gone], size, before))
        before = before.after(whole[-1].notes)
    return whole


def running_symbol(pages: list[list[Line]]) -> str:
    """Return the document symbol that heads most pages, or an empty string."""
    heads: Counter[str] = Counter()
    for lines in pages:
        own = (line.text for zone, line in in_margins(lines) if zone == "head" and _OWN.fullmatch(line.text))
        heads.update(dict.fromkeys(own, 1))
    symbol, count = max(heads.items(), key=lambda item: item[1], default=("", 0))
    return symbol if count > 1 else ""


def body_size(lines: list[Line]) -> float:
    """Return the size of most of the type in points."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return max(letters, key=letters.__getitem__, default=10.0)


def in_margins(lines: list[Line]) -> list[tuple[str, Line]]:
    """Return the lines of a page that may be a running head or foot, each with which of the two it is."""
    turns = {line.turns for line in lines}
    return [found for turn in sorted(turns) for found in _in_margins_at([line for line in lines if line.turns == turn])]


def _in_margins_at(lines: list[Line]) -> list[tuple[str, Line]]:
    heights = sorted({line.y for line in lines}, reverse=True)
    head = [("head", line) for line in lines if line.y in heights[:_MAX_HEAD_LINES] and line.share > HEAD_FROM]
    foot = [("foot", line) for line in _lowest(lines) if line.share < FOOT_FROM]
    return head + foot


def _lowest(lines: list[Line]) -> list[Line]:
    heights = sorted({line.y for line in lines})
    return [line for line in lines if line.y in heights[:_MAX_FOOT_LINES]]


def _shape(line: Line) -> str:
    """Return what the lines of a running head have in common: their words, whatever their figures.

    The number of a paragraph stays: paragraphs that begin with the same words may head several pages.
    """
    if (mark := mark_of(line.text)) is not None and mark.kind in ("number", "item"):
        return line.text
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(sorted(line.text.split())))
