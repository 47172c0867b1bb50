"""Adds the rows of tables to a report, below their captions and the names of their groups. Knows no mark."""

import re
from dataclasses import replace

from corpus.block import Block
from corpus.label import Step
from corpus.numbering.looks import CAPTION
from corpus.numbering.state import State


def take_row(state: State, block: Block) -> None:
    """Take a row: of its own, the name of a group, or the rest of the row before."""
    last = state.paragraphs[-1] if state.paragraphs else None
    more = state.rows.cells_of(block.text, last)
    if more.goes_on and last is not None:
        cells = (*last.cells, *more.cells)
        state.put(-1, replace(last, cells=cells, text="\t".join(cells)))
    elif more.cells:
        add_row(state, block, more.cells)


def add_row(state: State, block: Block, cells: tuple[str, ...]) -> None:
    """Add a row of the table in force."""
    caption = state.outline.innermost("caption")
    printed = CAPTION.match(caption.text) if caption else None
    name = (re.sub(r"\s+", " ", printed[0]),) if printed else ()
    scope = (*state.outline.scope, *name)
    headings = list(state.outline.headings)
    state.outline.headings += state.rows.headings()
    step = Step("row", str(state.rows.next_number(scope)))
    state.add("row", (step,), block, "\t".join(cells), scope=scope, cells=cells)
    state.outline.headings = headings
