"""The looks of a Word paragraph on the page, relative to the running text: size and edges. Knows no text's meaning."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from lxml import etree

from corpus.block import Block
from corpus.readers.word.package import tag
from corpus.readers.word.styles import indents, number_in

_USUAL_MEASURE = 9000


@dataclass(frozen=True)
class Draft:
    """A block whose looks await the size of the running text: that of its own type, and where its edges are declared."""

    block: Block
    half_points: int = 0
    edges: tuple[etree._Element, ...] = ()
    spaces: int = 0


def finished(draft: Draft, base: int, measure: float) -> Block:
    """Return the block with its looks relative to running text of `base` half points, in lines `measure` em long."""
    block = draft.block
    size = round(draft.half_points / base, 2) if base and draft.half_points else 1.0
    if block.kind in ("row", "note") or block.centred or not base:
        return replace(block, size=size)
    first, left = indents(list(draft.edges), base) if draft.edges else (0.0, 0.0)
    first = (first or 0.0) + draft.spaces
    fits = first + _ems(block.text) * size < measure
    return replace(block, size=size, indent=first, hang=None if fits else left)


def _ems(text: str) -> float:
    """Return about how long a text is set in one line, in em."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def measure_of(body: etree._Element) -> float:
    """Return the length of a line in twentieths of a point, as the last section sets it."""
    for section in reversed(list(body.iter(tag("sectPr")))):
        width = number_in(section.find(tag("pgSz")), "w")
        margins = section.find(tag("pgMar"))
        if width:
            return width - (number_in(margins, "left", "start") or 0) - (number_in(margins, "right", "end") or 0)
    return _USUAL_MEASURE


def most(sizes: Counter[int]) -> int:
    """Return the size that most characters are set in, 0 where there are none."""
    return sizes.most_common(1)[0][0] if sizes else 0
