"""Where the white between two columns may be: pieces of lines, and the places at which many of them leave a gap."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from corpus.readers.pdf.glyphs import Run

_SAME_LINE_EM = 0.5
_MIN_GAP_EM = 0.9
_BESIDE_EM = 0.8
_BIN = 2.0
_MIN_VOTES = 4
_NEAR_MOST = 0.8
_MAX_GUTTERS = 3
_APART = 25
"""Bins between two gutters: nearer ones are the ragged edge of one column."""


@dataclass
class Piece:
    """Runs on one base line without a wide gap between them; lengths in points."""

    runs: list[Run]
    x0: float
    x1: float
    y: float
    size: float


@dataclass
class Strip:
    """Pieces of a page from top to bottom, and the x of a gutter that all or none of them reach over.

    Attributes:
        cells_between: the heights of pieces of the page that lie over the gutter with others left and right of them.
    """

    pieces: list[Piece]
    gutter: float
    cells_between: list[float]

    @cached_property
    def sides(self) -> tuple[list[Piece], list[Piece]]:
        """The pieces left and right of the gutter; those that reach over it are on neither side."""
        left = [piece for piece in self.pieces if piece.x1 <= self.gutter]
        return left, [piece for piece in self.pieces if piece.x0 >= self.gutter and piece.x1 > self.gutter]

    @cached_property
    def rows(self) -> tuple[list[Piece], list[Piece]]:
        """The same, with the pieces on one height put together."""
        left, right = self.sides
        return _in_rows(left), _in_rows(right)

    @property
    def head(self) -> float:
        """The height of its first base line in points."""
        return self.pieces[0].y

    @property
    def foot(self) -> float:
        """The height of its last base line in points."""
        return self.pieces[-1].y


def pieces_of(runs: list[Run]) -> list[Piece]:
    """Return the pieces that runs make up, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if rows and rows[-1][0].y - run.y < _SAME_LINE_EM * run.type.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    pieces: list[Piece] = []
    for row in rows:
        parts: list[list[Run]] = []
        right = 0.0
        for run in sorted(row, key=lambda run: run.x0):
            if parts and run.x0 - right < _MIN_GAP_EM * run.type.size:
                parts[-1].append(run)
                right = max(right, run.x1)
            else:
                parts.append([run])
                right = run.x1
        pieces += map(_piece, parts)
    return sorted(pieces, key=lambda piece: -piece.y)


def gutters_of(pieces: list[Piece]) -> list[float]:
    """Return the x of places where a gutter may be, that with most gaps first."""
    votes = Counter[int]()
    for piece in pieces:
        next_to = [other.x0 for other in beside(pieces, piece) if other.x0 > piece.x1]
        if next_to:
            votes.update(range(int(piece.x1 // _BIN) + 1, int(min(next_to) // _BIN)))
    found: list[float] = []
    while votes and len(found) < _MAX_GUTTERS:
        most, count = max(votes.items(), key=lambda item: (item[1], -item[0]))
        if count < _MIN_VOTES:
            break
        low = high = most
        while votes[low - 1] >= _NEAR_MOST * count:
            low -= 1
        while votes[high + 1] >= _NEAR_MOST * count:
            high += 1
        found.append((low + high + 1) / 2 * _BIN)
        for at in range(low - _APART, high + _APART + 1):
            votes.pop(at, None)
    return found


def beside(pieces: list[Piece], piece: Piece) -> list[Piece]:
    """Return which of the pieces, set from top to bottom, have letters at the height of those of one."""
    reach = _BESIDE_EM * piece.size
    first = bisect_left(pieces, -piece.y - reach, key=lambda other: -other.y)
    end = bisect_left(pieces, -piece.y + reach, key=lambda other: -other.y)
    return pieces[first:end]


def _in_rows(pieces: list[Piece]) -> list[Piece]:
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and rows[-1][0].y - piece.y < _SAME_LINE_EM * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_piece([run for piece in row for run in piece.runs]) for row in rows]


def _piece(runs: list[Run]) -> Piece:
    main = max(runs, key=lambda run: len(run.text) * run.type.size**2)
    return Piece(runs, min(run.x0 for run in runs), max(run.x1 for run in runs), main.y, main.type.size)
