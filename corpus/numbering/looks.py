"""What the looks of a block say: a title or a sentence, set apart or running text. Knows no number."""

import re

from corpus.block import Block
from corpus.marks import SUPERSCRIPTS, ends_sentence, mark_of
from corpus.numbering.state import State

CAPTION = re.compile(
    r"(Table|Figure|Box|Tableau|Cuadro|Gráfico|Таблица|Рисунок|表|图)\s?(\d{1,3}|[IVXL]{1,6})(?![\w.])"
)
"""The name of a numbered table or figure."""
MAX_PLAIN_HEADING_CHARS = 150
INDENT_EM = 1.0
_MAX_HEADING_CHARS = 600
_OUTDENT_EM = -1.2
_LARGER, _MUCH_LARGER, _SMALLER = 1.04, 1.06, 0.94


def is_title(block: Block) -> bool:
    """Whether the words of a block are a title rather than a sentence."""
    if block.kind == "heading":
        return True
    text = block.text.strip().rstrip("¹²³⁴⁵⁶⁷⁸⁹⁰*")
    mark = mark_of(block.text)
    named = mark is not None and (mark.kind == "unit" or (mark.kind in ("section", "chapter") and mark.sign.isascii()))
    large = block.bold or block.size > 1 or named
    limit = _MAX_HEADING_CHARS if large else MAX_PLAIN_HEADING_CHARS
    return len(text) <= limit and not ends_sentence(text) and text[-1:] not in ",，、"


def is_set_apart(block: Block) -> bool:
    """Whether a block looks like a heading: bold, larger, or hanging to the left of the text."""
    mark = mark_of(block.text)
    bold_mark = mark is not None and bool(block.lead) and len(block.lead) <= len(block.text) - len(mark.rest)
    hangs = mark is not None and mark.kind in ("number", "dotted") and not (block.bold or block.size > _LARGER)
    outdented = block.indent is not None and block.indent < _OUTDENT_EM and not hangs
    return block.kind == "heading" or block.bold or block.size > _LARGER or bold_mark or outdented


def is_plain_heading(state: State, block: Block) -> bool:
    """Whether the block being read, which has no mark, is a heading."""
    text = block.text.strip()
    if not block.whole:
        return _is_heading_by_words(state, text)
    if not is_title(block) or text[:1] in '•●–—-“"…':
        return False
    if block.kind == "heading" or block.bold or block.size > _MUCH_LARGER:
        return True
    if block.size < _SMALLER:
        return False
    if state.in_preamble or len(text) > MAX_PLAIN_HEADING_CHARS:
        return False
    if state.listing or block.indent is None or block.hang is not None or block.lead:
        return block.centred and block.indent is None
    return (block.indent < INDENT_EM or block.centred) and _has_text_below(state)


def _is_heading_by_words(state: State, text: str) -> bool:
    """Whether the block being read, of plain text, is a heading: no sentence, and no line of a list of names."""
    text = text.rstrip(SUPERSCRIPTS) or text
    if text[-1] in ",，、;；" or (state.in_article and text[-1] in ":："):
        return False
    above = state.outline.last
    untitled = above is not None and above.family == "annex" and not above.filled
    if len(text) > (_MAX_HEADING_CHARS if untitled else MAX_PLAIN_HEADING_CHARS):
        return False
    if text[-1] in ":：":
        return _has_names_below(state) and not _in_list_of_names(state)
    return not ends_sentence(text) and not _in_list_of_names(state)


def _in_list_of_names(state: State) -> bool:
    """Whether the block being read stands among lines without a mark that a paragraph opens with a colon."""
    opening = state.document.opening_of_lines()
    return opening is not None and state.place.main is not None and opening.text.rstrip()[-1:] in set(":：")


def is_title_of_unit(state: State, block: Block) -> bool:
    """Whether the block being read is the title of the heading above it, a principle's or a guideline's mark alone."""
    above = state.outline.last
    if above is None or above.family != "unit" or above.filled or len(above.sign) == 1 or not is_title(block):
        return False
    mark = mark_of(above.text)
    return mark is not None and not mark.rest


def is_caption(state: State, block: Block, heading: bool) -> bool:
    """Whether the block being read is a table's title: it has a number, or goes on from one that has, or a row comes next.

    Args:
        state: the numbering so far.
        block: the block being read.
        heading: whether it is a heading.
    """
    if not is_title(block):
        return False
    if CAPTION.match(block.text.strip()):
        return True
    above, below = state.outline.last, state.document.below
    goes_on = above is not None and above.family == "caption" and not above.filled
    return heading and (goes_on or (block.whole and below is not None and below.kind == "row"))


def _has_text_below(state: State) -> bool:
    """Whether a paragraph or a marked block comes next: what a heading stands above."""
    below = state.document.below
    if below is None or below.kind == "row":
        return False
    return state.document.mark_below is not None or below.bold or not is_title(below)


def _has_names_below(state: State) -> bool:
    """Whether a row, or a line without a mark that is no sentence comes next, as in a list of names."""
    below = state.document.below
    if below is None:
        return False
    return below.kind == "row" or (state.document.mark_below is None and not ends_sentence(below.text))
