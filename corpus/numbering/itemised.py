"""Blocks that (a) or （一） opens: items of a list, headings, or paragraphs of a report that counts in Chinese."""

import re
from dataclasses import replace
from typing import Literal

from corpus.block import Block
from corpus.label import Label, Step
from corpus.marks import Mark, ends_sentence
from corpus.numbering.headings import path_steps, push
from corpus.numbering.lists import MAIN, place_in_list
from corpus.numbering.looks import is_title
from corpus.numbering.restarts import bracketed_again
from corpus.numbering.state import State
from corpus.numbering.text import take_unmarked
from corpus.numerals import HEAVENLY_STEMS, follows, opens_list

_FIRST_SENTENCE = re.compile(r".{2,200}?[。！？；]|.{2,200}?[.!?](?=\s|$)", re.DOTALL)


def take_item(state: State, block: Block, mark: Mark) -> None:
    """Take a block that the mark of an item opens."""
    main = state.place.main
    below_counted = main is not None and main.steps[0].kind == "number" and not main.steps[0].mark.isascii()
    chinese = not mark.sign.isascii() and mark.sign[0] not in HEAVENLY_STEMS
    if chinese and state.counts_in_chinese and not (below_counted and not is_title(block)):
        _take_chinese(state, block, mark)
        return
    if mark.sign.isdecimal() and state.language != "zh":
        bracketed_again(state, int(mark.sign))
    label = listed_label(state, mark.sign, "item")
    if _is_heading(state, block, mark, label):
        push(state, "item", block, mark)
        return
    if label is None:
        state.remark("orphan", f"({mark.sign})", block)
        take_unmarked(state, block)
        return
    parent = state.parent(label) if len(label.steps) > 1 else _last_main(state)
    state.add("sub", label.steps, block, mark.rest, scope=label.scope, parent=parent)
    state.open = len(state.paragraphs) - 1
    if mark.sign.isdecimal() and state.outline.scope and state.restarted.is_used(state.outline.scope[-1]):
        state.bracketed = (state.outline.scope[:-1], state.outline.scope[-1], int(mark.sign))


def listed_label(state: State, sign: str, kind: Literal["item", "number"]) -> Label | None:
    """Return the label of the item being read, or None where it belongs to no list."""
    scope = state.outline.scope
    annex = state.outline.innermost("annex")
    in_annex = annex is not None and annex.scope == scope[-1]
    here = state.here
    label = place_in_list(here, sign, kind, scope, state.place.main, in_annex)
    if label is not None and here and here[-1].kind in MAIN and _opens_roman(state, sign):
        return replace(here[-1].label, steps=(*here[-1].label.steps, Step(kind, sign)))
    return label


def _is_heading(state: State, block: Block, mark: Mark, label: Label | None) -> bool:
    """Whether `(a) Income measure` is a heading: set apart, no sentence, and not one more of the list above it."""
    if not is_title(block):
        return False
    if not (block.bold or block.kind == "heading"):
        return not block.whole and _stands_above_next_number(state)
    above = state.outline.innermost("item")
    if block.kind == "heading" or (above is not None and follows(mark.sign, above.sign)):
        return True
    opened = bool(state.paragraphs) and state.paragraphs[-1].text.rstrip().endswith((":", "："))
    return not opened and (label is None or opens_list(mark.sign))


def _stands_above_next_number(state: State) -> bool:
    """Whether the next numbered paragraph comes right below, and no list is open: plain text shows no other heading."""
    below = state.document.mark_below
    next_number = below is not None and below.kind == "number" and below.sign == str(state.place.number + 1)
    above = state.paragraphs[-1].text.rstrip() if state.paragraphs else ""
    ended = ends_sentence(above) and above[-1:] not in set(":：;；")
    return next_number and state.place.number > 0 and ended


def _take_chinese(state: State, block: Block, mark: Mark) -> None:
    """Take （一） as the heading it is in a document without numbers: alone, or with the paragraph that it opens."""
    if is_title(block):
        push(state, "item", block, mark)
        state.add("heading", path_steps(state), block, mark.rest, heading=True)
        return
    first = _FIRST_SENTENCE.match(block.text)
    push(state, "item", replace(block, text=first[0] if first else block.text), mark)
    steps, own = path_steps(state), state.outline.headings.pop()
    state.place.unnumbered += 1
    state.add("numbered", steps, block, mark.rest)
    own.cited = True
    state.outline.headings.append(own)


def _last_main(state: State) -> Label | None:
    """Return the label of the paragraph that opens the list of items which belong to an annex or a unit itself."""
    here = (p for p in reversed(state.here) if p.kind in MAIN and p.kind != "sub")
    return next((p.label for p in here if p.label.scope == state.outline.scope), None)


def _opens_roman(state: State, sign: str) -> bool:
    """Whether (i) begins a list (i), (ii) although it comes after (h)."""
    if sign != "i":
        return False
    return next((mark.sign for mark in state.document.marks_ahead() if mark.kind in ("item", "number")), "") == "ii"
