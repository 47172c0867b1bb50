"""Numbered paragraphs and articles: which number counts on, which opens a list of its own, which is a heading."""

import re

from corpus.block import Block
from corpus.label import Label, Step
from corpus.marks import Mark
from corpus.numbering.headings import path_steps, push
from corpus.numbering.itemised import listed_label
from corpus.numbering.looks import INDENT_EM, MAX_PLAIN_HEADING_CHARS, is_set_apart, is_title
from corpus.numbering.restarts import begin_again
from corpus.numbering.state import State
from corpus.numbering.text import take_unmarked
from corpus.numerals import from_any
from corpus.report import ParagraphKind

_JUMP = 10


def take_article(state: State, block: Block, mark: Mark) -> None:
    """Take 第三条 or Article 3: with its words a paragraph, alone or with a title a heading."""
    step = Step("article", re.sub(r"\s", "", mark.sign) if not mark.sign.isascii() else mark.sign)
    if not mark.rest or (is_title(block) and is_set_apart(block)):
        push(state, "article", block, mark)
        state.place.main = state.article(Label((step,), state.outline.scope), block)
        return
    innermost = state.outline.innermost("article")
    if innermost is not None:
        state.outline.cut(innermost)
    state.in_preamble = False
    state.place.main = state.add("article", (step,), block, mark.rest).label


def take_counted(state: State, block: Block, mark: Mark) -> None:
    """Take a paragraph numbered 一. or 1. inside an article, or 一. outside one."""
    main = state.place.main
    if main is not None and state.in_article:
        sign = str(from_any(mark.sign)) if "之" in main.steps[0].mark and not mark.sign.isascii() else mark.sign
        first = Label((*main.steps[:1], Step("number", sign)), main.scope)
        label = listed_label(state, sign, "number") or first
        kind: ParagraphKind = "numbered" if len(label.steps) < 3 else "sub"
        state.add(kind, label.steps, block, mark.rest, scope=label.scope, parent=state.parent(label))
        return
    state.in_preamble = False
    if state.outline.scope or not state.counts_in_chinese:
        state.place.number = from_any(mark.sign) or 0
    state.place.main = state.add("numbered", (Step("number", mark.sign),), block, mark.rest).label


def take_number(state: State, block: Block, mark: Mark) -> None:
    """Take a block that 12. opens."""
    value = number_of(mark)
    _end_scope_that_numbers_run_through(state, value)
    if state.in_article:
        _end_article_that_numbers_run_through(state, block, value)
    place = state.place
    if state.in_article:
        take_counted(state, block, mark)
    elif _is_heading(state, block, value):
        push(state, "number", block, mark)
    elif (value != place.number + 1 or _is_nearer_list(state, block, value)) and _is_listed(state, block, value):
        assert place.main is not None
        place.listed, place.listed_indent = value, block.indent
        state.add("sub", (*place.main.steps, Step("item", mark.sign)), block, mark.rest, parent=place.main)
    elif state.survey.counts_in_chinese and path_steps(state) and not state.outline.scope:
        steps = (*path_steps(state), Step("number", mark.sign))
        place.main = state.add("numbered", steps, block, mark.rest).label
        place.number = value
    elif value > place.number + _JUMP and not state.document.has_ahead(value + 1):
        state.remark("missed", mark.sign, block)
        take_unmarked(state, block)
    else:
        begin_again(state, value, block)
        place = state.place
        _check(state, value, mark.sign, block)
        place.number, place.listed, place.indent, state.in_preamble = value, 0, block.indent, False
        place.main = state.add("numbered", (Step("number", mark.sign),), block, mark.rest).label
        state.open = len(state.paragraphs) - 1


def take_dotted(state: State, block: Block, mark: Mark) -> None:
    """Take a block that 10.4 or 3.II.7 opens: a paragraph where such numbers count on, else a heading or text.

    What stands before the last point names the part of the document, so that these numbers need no scope.
    """
    series, _, last = mark.sign.rpartition(".")
    value, before = int(last), state.dotted.get(series, 0)
    ahead = any(
        other.kind == "dotted" and other.sign == f"{series}.{value + 1}" for other in state.document.marks_ahead()
    )
    counts = value == before + 1 if before else ahead and (value == 1 or not state.survey.has_numbers)
    if is_title(block) and is_set_apart(block):
        push(state, "unmarked", block, None)
    elif not counts and not (before and ahead and before < value <= before + _JUMP):
        take_unmarked(state, block)
    else:
        if value > before + 1:
            state.remark("gap", f"{series}.{before + 1}", block)
        state.dotted[series], state.in_preamble = value, False
        state.place.main = state.add("numbered", (Step("number", mark.sign),), block, mark.rest).label
        state.open = len(state.paragraphs) - 1


def number_of(mark: Mark) -> int:
    """Return the value of a number's mark: 6 of `6bis`."""
    return int(mark.sign.rstrip("abeiqrstu"))


def _end_scope_that_numbers_run_through(state: State, value: int) -> None:
    """Take the heading in force for no scope where numbers run on below it from those above it."""
    unit = state.outline.innermost("unit")
    if unit is None or not unit.scope or value == 1 or state.place.number or state.place.unnumbered:
        return
    scope = state.outline.scope
    outer = state.place_at(scope[: scope.index(unit.scope)])
    if outer is not None and value == outer.number + 1:
        unit.scope = ""


def _end_article_that_numbers_run_through(state: State, block: Block, value: int) -> None:
    """End the article in force where a number goes on from those above it: of a paragraph, or of a heading."""
    article, place = state.outline.innermost("article"), state.place
    if article is None or place.main is None:
        return
    if state.has_second(place.main, str(value - 1)):
        return
    heading = next((h for h in state.outline.headings if h.family == "number"), None)
    goes_on = heading is not None and heading.sign == str(value - 1) and block.bold and is_title(block)
    if goes_on or (value > 1 and value == place.number + 1):
        state.outline.cut(article)
        place.main = None


def _check(state: State, value: int, sign: str, block: Block) -> None:
    last = state.place.number
    if value > last + 1 and not (last == 0 and not state.place.main and not state.paragraphs):
        gone = f"{last + 1}–{value - 1}" if value - 1 > last + 1 else f"{last + 1}"
        state.remark("gap", gone, block)
    elif value <= last and not sign.endswith(("bis", "ter", "quater")):
        again = state.known(Label((Step("number", sign),), state.outline.scope))
        if again is None:
            state.remark("back", sign, block)


def _is_heading(state: State, block: Block, value: int) -> bool:
    """Whether `1. Elements` is a heading: set apart, no sentence, and not the paragraph that a list goes on from."""
    if not is_title(block):
        return False
    below, next_number = state.document.mark_below, state.place.number + 1
    if value == next_number and below is not None and below.kind == "item":
        return False
    if is_set_apart(block):
        return True
    short = len(block.text) <= MAX_PLAIN_HEADING_CHARS
    above_next = below is not None and below.kind == "number" and below.sign == str(next_number) != str(value)
    listed = state.place.listed > 0 and state.place.listed == value - 1
    if not block.whole and above_next and next_number > 1 and not listed:
        return True
    section = state.outline.innermost("section") is not None and not block.whole
    return section and short and value < next_number and state.document.has_ahead(next_number)


def _is_nearer_list(state: State, block: Block, value: int) -> bool:
    """Whether a number that counts on from both a paragraph and the list inside it is the list's."""
    place = state.place
    if not place.listed or value != place.listed + 1:
        return False
    if block.indent is not None and place.indent is not None and place.listed_indent is not None:
        return abs(block.indent - place.listed_indent) < abs(block.indent - place.indent)
    return state.document.has_ahead(value)


def _is_listed(state: State, block: Block, value: int) -> bool:
    """Whether a number belongs to a list 1. 2. 3. inside the paragraph above, whose own number goes on after it."""
    place = state.place
    if place.main is None or place.number == 0:
        return False
    if place.listed and value == place.listed + 1:
        return True
    main = state.by_label.get(place.main)
    opens = main is not None and main.text.rstrip().endswith((":", "："))
    indented = block.indent is not None and block.indent > INDENT_EM
    return value == 1 and (opens or indented) and state.document.has_ahead(place.number + 1)
