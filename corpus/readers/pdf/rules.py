"""The thin lines drawn across a page, such as those of tables. Knows no text."""

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.readers.pdf.glyphs import Paper

_MAX_THICKNESS = 3.0
_MIN_LENGTH = 4.0
_SAME_HEIGHT = 1.0
_SAME_RULE = 1.5
_MAX_OBJECTS = 20_000
_MARGIN = 3.0


@dataclass(frozen=True)
class Rule:
    """A thin line from left to right; lengths in points, as in a run."""

    x0: float
    x1: float
    y: float

    def crosses(self, x: float) -> bool:
        """Whether it reaches over `x` to both sides."""
        return self.x0 < x - _MARGIN and self.x1 > x + _MARGIN


def rules_of(page: pdfium.PdfPage, paper: Paper, turns: int) -> list[Rule]:
    """Return the rules of a page as they lie when text set at `turns` stands upright; those that touch are one."""
    found = []
    sides = [ctypes.c_float() for _ in range(4)]
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(drawn, *sides):
            continue
        left, foot, right, top = (side.value for side in sides)
        corners = paper.upright(left, foot, turns), paper.upright(right, top, turns)
        (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*corners, strict=True))
        if y1 - y0 < _MAX_THICKNESS and x1 - x0 > _MIN_LENGTH:
            found.append(Rule(x0, x1, (y0 + y1) / 2))
    return [rule for _, some in groupby(sorted(found, key=_height), key=_height) for rule in _touching(list(some))]


def _height(rule: Rule) -> int:
    return round(rule.y / _SAME_HEIGHT)


def _touching(rules: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.x0):
        if joined and rule.x0 - joined[-1].x1 < _SAME_RULE:
            joined[-1] = Rule(joined[-1].x0, max(joined[-1].x1, rule.x1), joined[-1].y)
        else:
            joined.append(rule)
    return joined
