"""The runs of a page to the parts it is read by: text as wide as the page, and columns, the left one first.

Columns are told from a table by their looks alone: full, even lines without a rule across them. Knows no word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from corpus.readers.pdf.glyphs import Run
from corpus.readers.pdf.gutters import Piece, Strip, beside, gutters_of, pieces_of
from corpus.readers.pdf.lines import FOOT_FROM, HEAD_FROM, Column
from corpus.readers.pdf.rules import Rule

_MIN_LINES, _MIN_MORE_LINES = 5, 2
_MIN_WIDTH_EM = 9.0
_WIDEST = 0.9
"""The share of the lines that are no wider than the column: a note beside it makes one wider."""
_FULL, _MIN_FULL = 0.7, 0.5
_EVEN, _MIN_EVEN = 1.3, 0.6
_MIN_LETTERS = 0.65
_SAME_HEIGHT_EM = 0.3
_MIN_ROWS, _MAX_ROWS_SHARE = 2, 0.5
_TITLE = 1.15
_BESIDE_EM = 1.2
_MAX_DEPTH = 3
_MARGIN_EM = 1.8
_MIN_LEADING_EM = 0.8
_NEXT_LINE = 1.6
_OVERHANG_EM = 3.0


@dataclass(frozen=True)
class Part:
    """Runs that are read together, from top to bottom; the column they make up, or None where they have the page's width."""

    runs: list[Run]
    column: Column | None


def parts_of(runs: list[Run], rules: Iterable[Rule], height: float) -> list[Part]:
    """Return the parts of a page in reading order.

    Args:
        runs: all set upright.
        rules: those drawn on the page.
        height: the page's height in points.
    """
    pieces = pieces_of(runs)
    head, text, foot = _without_margins(pieces, height)
    found = list(_divided(text, list(rules), _MAX_DEPTH))
    if len(found) < 2:
        return [Part(runs, None)] if runs else []
    parts = []
    for place, (part, edges) in enumerate([(head, None), *found, (foot, None)]):
        left, right = edges or (min(p.x0 for p in pieces), max(p.x1 for p in pieces))
        parts.append(Part([run for piece in part for run in piece.runs], Column(left, right, place)))
    return [part for part in parts if part.runs]


def _without_margins(pieces: list[Piece], height: float) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Return the pieces of the running head, of the text and of the running foot: white on both sides sets them apart."""
    first, last = 0, len(pieces)
    for at, (above, below) in enumerate(pairwise(pieces), start=1):
        apart = above.y - below.y > _MARGIN_EM * max(above.size, below.size)
        if apart and above.y > HEAD_FROM * height:
            first = at
        elif apart and below.y < FOOT_FROM * height:
            last = min(last, at)
    return pieces[:first], pieces[first:last], pieces[last:]


_Edges = tuple[float, float] | None


def _divided(
    pieces: list[Piece], rules: list[Rule], depth: int, edges: _Edges = None
) -> Iterator[tuple[list[Piece], _Edges]]:
    """Yield the parts that pieces of text make up, each with the edges of its column."""
    for gutter in gutters_of(pieces) if depth else []:
        strips = list(_strips(pieces, gutter))
        sure = [strip for strip in strips if _has_columns(strip, rules, _MIN_LINES)]
        if not sure:
            continue
        wide: list[Piece] = []
        for strip in strips:
            if strip not in sure and not _has_columns(strip, rules, _MIN_MORE_LINES):
                wide += strip.pieces
                continue
            if wide:
                yield wide, edges
                wide = []
            for side in (0, 1):
                inner = (min(p.x0 for s in sure for p in s.sides[side]), max(p.x1 for s in sure for p in s.sides[side]))
                yield from _divided(strip.sides[side], rules, depth - 1, inner)
        if wide:
            yield wide, edges
        return
    if pieces:
        yield pieces, edges


def _strips(pieces: list[Piece], gutter: float) -> Iterator[Strip]:
    """Yield the pieces between two that reach over the gutter, and those that do, from top to bottom.

    A title in larger type does so too, where nothing stands beside it.
    """
    usual = median(piece.size for piece in pieces)
    right = [piece.y for piece in pieces if piece.x0 > gutter]

    def wide(piece: Piece) -> bool:
        if piece.x0 < gutter < piece.x1:
            return True
        if piece.size < _TITLE * usual or piece.x0 > gutter or not right:
            return False
        return min(right) < piece.y and all(abs(y - piece.y) > _BESIDE_EM * piece.size for y in right)

    between = [piece.y for piece in pieces if _is_cell_between(piece, pieces, gutter)]
    for _, some in groupby(pieces, key=wide):
        yield Strip(list(some), gutter, between)


def _is_cell_between(piece: Piece, pieces: list[Piece], gutter: float) -> bool:
    """Whether a piece lies over the gutter as a table's cell does: beside others that it leaves room for."""
    if not piece.x0 < gutter < piece.x1:
        return False
    others = beside(pieces, piece)
    left, right = any(p.x1 < gutter for p in others), any(p.x0 > gutter for p in others)
    little = _OVERHANG_EM * piece.size
    return (left and (right or gutter - piece.x0 < little)) or (right and piece.x1 - gutter < little)


def _has_columns(strip: Strip, rules: list[Rule], min_lines: int) -> bool:
    """Whether the pieces on both sides of a strip's gutter are columns of running text."""
    sides = strip.rows
    if min(map(len, sides)) < min_lines:
        return False
    if any(rule.crosses(strip.gutter) and strip.foot < rule.y < strip.head for rule in rules):
        return False
    gaps = [gap for side in sides for gap in _gaps(side)]
    leading = sorted(gaps)[len(gaps) // 4]
    if leading < _MIN_LEADING_EM * median(row.size for side in sides for row in side):
        return False
    if any(strip.foot - _NEXT_LINE * leading < y < strip.head + _NEXT_LINE * leading for y in strip.cells_between):
        return False
    return all(_runs_on(side, leading) for side in sides) and not _has_rows(sides, leading)


def _runs_on(rows: list[Piece], leading: float) -> bool:
    """Whether the rows of one side are full lines of letters, set one below the other."""
    widths = sorted(row.x1 - row.x0 for row in rows)
    widest = widths[int(_WIDEST * (len(rows) - 1))]
    full = sum(width > _FULL * widest for width in widths)
    even = sum(gap < _EVEN * leading for gap in _gaps(rows))
    text = "".join(run.text for row in rows for run in row.runs if not run.text.isspace()).replace(" ", "")
    return (
        median((row.x1 - row.x0) / row.size for row in rows) >= _MIN_WIDTH_EM
        and full >= _MIN_FULL * len(rows)
        and even >= _MIN_EVEN * (len(rows) - 1)
        and sum(map(str.isalpha, text)) >= _MIN_LETTERS * len(text)
    )


def _has_rows(sides: tuple[list[Piece], list[Piece]], leading: float) -> bool:
    """Whether what begins anew on one side does so at the same height as on the other, as the rows of a table do."""
    starts = [[b for a, b in pairwise(side) if a.y - b.y >= _EVEN * leading] for side in sides]
    both = sum(any(abs(a.y - b.y) < _SAME_HEIGHT_EM * a.size for b in starts[1]) for a in starts[0])
    return both >= _MIN_ROWS and both >= _MAX_ROWS_SHARE * min(map(len, starts))


def _gaps(rows: list[Piece]) -> list[float]:
    return [above.y - below.y for above, below in pairwise(rows)]
