"""Runs of a page to lines: put on their base lines, raised note marks told apart. Knows no paragraph."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.marks import SUPERSCRIPTS, mark_of
from corpus.numerals import CHINESE_NUMERAL
from corpus.readers.pdf.glyphs import SPREAD_EM, WORD_GAP_EM, Run

HEAD_FROM, FOOT_FROM = 0.9, 0.092
"""The shares of a page's height above and below which its margins are."""
RAISED = str.maketrans("1234567890", SUPERSCRIPTS)
"""Turns figures into those of a raised note mark."""
_NOTE_SIGN = re.compile(r"\d{1,3}(?:, ?\d{1,3})*|\*{1,3}")
_SMALL = 0.8
_DROP, _RISE = 0.35, 0.75
_RULE = re.compile(r"[_‗]{5,}|[—–]{6,}")
_WIDE = "⺀-〿㐀-鿿豈-﫿＀-￯"
_MARK_ALONE = re.compile(rf"\s*第\s?[\d{CHINESE_NUMERAL} ]{{1,9}}\s?(?:条(?:之[{CHINESE_NUMERAL}]+)?|[编章节])")
_MARK_GAP_EM = 0.4
_SPACE_IN_HAN = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}])")
_NO_SPACE = re.compile(rf"[{_WIDE}]")


@dataclass(frozen=True)
class Column:
    """One of the columns of a page's text: its left and right edge in points, and its 0-based place in reading order."""

    left: float
    right: float
    place: int


@dataclass
class Line:
    """One line of a page: its runs from left to right, the page's 1-based number and its height as the line stands."""

    runs: list[Run]
    page: int
    page_height: float
    column: Column | None = None

    @cached_property
    def text(self) -> str:
        """The words of the line."""
        return _joined(self.runs).strip()

    @cached_property
    def main(self) -> Run:
        """The run that sets the line's height: of most letters in the largest type."""
        return max(self.runs, key=lambda run: len(run.text.strip()) * run.type.size**2)

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return self.runs[-1].x1

    @property
    def y(self) -> float:
        """Base line in points from the page's foot."""
        return self.main.y

    @property
    def share(self) -> float:
        """Height of the base line as a share of the page's: 1.0 at its head."""
        return self.y / self.page_height

    @property
    def turns(self) -> int:
        """The quarter turns it is set at, anticlockwise."""
        return self.main.type.turns

    @property
    def size(self) -> float:
        """Size of its type in points."""
        return self.main.type.size

    @cached_property
    def bold(self) -> bool:
        """Whether all its words are bold; a mark that opens it need not be."""
        wordy = [run for run in self.runs if re.search(r"[^\W\d]{2}", run.text)] or self.runs
        return all(run.type.bold for run in wordy)

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule drawn with characters, as above footnotes."""
        return bool(_RULE.fullmatch(self.text.replace(" ", "")))

    @cached_property
    def cells(self) -> list[list[Run]]:
        """The parts that wide gaps set apart; the gap after a mark such as `12.` does not."""
        parts: list[list[Run]] = [[self.runs[0]]]
        for before, run in pairwise(self.runs):
            wide = run.x0 - before.x1 > SPREAD_EM * self.size
            if wide and not (len(parts) == 1 and _is_mark(_joined(parts[0]))):
                parts.append([run])
            else:
                parts[-1].append(run)
        return parts

    def cell_texts(self) -> list[str]:
        """Return the words of each cell."""
        return [_joined(cell).strip() for cell in self.cells]

    def lead(self) -> str:
        """Return the words at its start that are bold or italic, where the rest is neither."""
        lead: list[Run] = []
        for run in self.runs:
            if not (run.type.bold or run.type.italic):
                break
            lead.append(run)
        return _joined(lead).strip() if len(lead) < len(self.runs) else ""


def lines_of(runs: list[Run], page: int, height: float, column: Column | None = None) -> list[Line]:
    """Return the lines that runs make up, from top to bottom and, on one height, from left to right.

    Args:
        runs: all set at the same turns.
        page: the page's 1-based number.
        height: the page's height in points, as its text stands.
        column: the column that the runs make up, where the page has more than one.
    """
    rows: list[list[Run]] = []
    tops: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.type.size):
        at = _row_at(run, tops)
        if at is None:
            rows.append([run])
            tops.append(run)
        else:
            rows[at].append(run)
    lines = [Line(_with_marks(sorted(row, key=lambda run: run.x0)), page, height, column) for row in rows]
    return sorted((line for line in lines if line.text), key=lambda line: (-line.y, line.x0))


def _row_at(run: Run, tops: list[Run]) -> int | None:
    """Return which row a run belongs to: the nearest whose type reaches to its base line."""
    best, at = 1.0, None
    for i, top in enumerate(tops):
        rise = (run.y - top.y) / top.type.size
        same = run.type.size > _SMALL * top.type.size
        fits = abs(rise) < (0.3 if same else 0) or (not same and -_DROP < rise < _RISE)
        if fits and abs(rise) < best:
            best, at = abs(rise), i
    return at


def _with_marks(row: list[Run]) -> list[Run]:
    """Return the runs of a row with the raised figures among them as superscripts."""
    main = max(row, key=lambda run: len(run.text.strip()) * run.type.size**2)
    for run in row:
        sign = run.text.strip()
        raised = run.type.size < _SMALL * main.type.size and run.y > main.y - 0.05 * main.type.size
        if raised and _NOTE_SIGN.fullmatch(sign):
            run.text = run.text.replace(sign, sign.translate(RAISED))
    return row


def _is_mark(text: str) -> bool:
    mark = mark_of(text.strip() + " x")
    return mark is not None and mark.rest == "x"


def _joined(runs: list[Run]) -> str:
    text = ""
    for i, run in enumerate(runs):
        if i and run.x0 - runs[i - 1].x1 > WORD_GAP_EM * min(run.type.size, runs[i - 1].type.size):
            gap = run.x0 - runs[i - 1].x1 > _MARK_GAP_EM * run.type.size and _MARK_ALONE.fullmatch(text)
            both_wide = _NO_SPACE.match(text[-1:]) and _NO_SPACE.match(run.text) and not gap
            text += "" if text.endswith(" ") or run.text.startswith(" ") or both_wide else " "
        text += run.text
    return _SPACE_IN_HAN.sub(_kept_after_mark, re.sub(r"\s+", " ", text))


def _kept_after_mark(space: re.Match[str]) -> str:
    """Return nothing for a space between wide letters, but where it parts the mark of an article or a chapter from its words."""
    return " " if _MARK_ALONE.fullmatch(space.string[: space.start()]) else ""
