"""Which lines of a page are rows of a table, and their cells. Knows lines, not what they say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.lines import Line

_SMALLER = 0.94
_MIN_ROWS = 2
_SAME_ROW = 1.3
_NEAR_EM = 2.0
_SAME_EDGE_EM = 0.2
_NEXT_LINE = 1.45
_MIN_WHOLE = 0.6


@dataclass(frozen=True)
class Row:
    """A row of a table: the words of its cells, and the 1-based page it stands on."""

    cells: tuple[str, ...]
    page: int


def is_tabular(line: Line) -> bool:
    """Whether wide gaps set parts of the line apart."""
    return len(line.cells) > 1


def rows_of(lines: list[Line], em: float) -> Iterator[Line | list[Row]]:
    """Yield the lines of a page in order, each run of lines that is a table as its rows.

    Args:
        lines: from top to bottom.
        em: size of the running text in points.
    """
    at = 0
    while at < len(lines):
        end = _table_end(lines, at, em)
        if end > at:
            yield list(_rows(lines[at:end]))
            at = end
        else:
            yield lines[at]
            at += 1


def _table_end(lines: list[Line], start: int, em: float) -> int:
    """Return where the table that begins at `start` ends, or `start` where none does."""
    end = start
    while end < len(lines) and (
        is_tabular(lines[end]) or lines[end].size < _SMALLER * em or _goes_on(lines[start:end], lines[end], em)
    ):
        end += 1
    tabular = sum(is_tabular(line) for line in lines[start:end])
    return end if tabular >= _MIN_ROWS else start


def _goes_on(table: list[Line], line: Line, em: float) -> bool:
    """Whether a line of one part goes on with a cell of the table above it: below a later cell, or close below the first."""
    if sum(map(is_tabular, table)) < _MIN_ROWS:
        return False
    edges = [cell[0].x0 for row in table for cell in row.cells[1:]]
    if any(abs(line.x0 - edge) < _SAME_EDGE_EM * em for edge in edges):
        return True
    first = any(abs(line.x0 - row.x0) < _SAME_EDGE_EM * em for row in table if is_tabular(row))
    close = table[-1].y - line.y < _NEXT_LINE * line.size
    return first and close and line.x1 < min(edges, default=0.0)


def _rows(lines: list[Line]) -> Iterator[Row]:
    """Yield the rows: lines set closer than rows are make one row, cell by cell.

    Where all are set alike and most have all cells, each of those is a row.
    """
    gaps = sorted(a.y - b.y for a, b in pairwise(lines))
    closest = gaps[0] if gaps else 0.0
    cells: list[tuple[float, str]] = []
    before: Line | None = None
    most = max(len(line.cells) for line in lines)
    whole = [line for line in lines if len(line.cells) == most]
    even = all(gap <= _SAME_ROW * max(closest, lines[0].size) for gap in gaps) and len(whole) >= _MIN_WHOLE * len(lines)
    for line in lines:
        apart = before is not None and before.y - line.y > _SAME_ROW * max(closest, line.size)
        if before is not None and (apart or (even and len(line.cells) == most)):
            yield Row(tuple(text for _, text in sorted(cells, key=lambda cell: cell[0])), before.page)
            cells = []
        for runs, text in zip(line.cells, line.cell_texts(), strict=True):
            _put(cells, runs[0].x0, text, line.size)
        before = line
    if before is not None:
        yield Row(tuple(text for _, text in sorted(cells, key=lambda cell: cell[0])), before.page)


def _put(cells: list[tuple[float, str]], x: float, text: str, em: float) -> None:
    """Add words at `x` to the cell that begins there, or as a new one."""
    near = next((i for i, (at, _) in enumerate(cells) if abs(at - x) < _NEAR_EM * em), None)
    if near is None:
        cells.append((x, text))
    else:
        at, words = cells[near]
        cells[near] = (min(at, x), re.sub(r"\s+", " ", f"{words} {text}"))
