"""Blocks without a mark: headings, captions, halves of a paragraph, and text that goes on from a paragraph or has no number."""

import re
from dataclasses import replace

from corpus.block import Block
from corpus.label import Label, Step
from corpus.marks import SUPERSCRIPTS, ends_sentence
from corpus.numbering.headings import push_caption, push_plain
from corpus.numbering.looks import MAX_PLAIN_HEADING_CHARS, is_caption, is_plain_heading, is_title, is_title_of_unit
from corpus.numbering.state import State
from corpus.numbering.tables import add_row
from corpus.numerals import follows
from corpus.report import ParagraphKind

_CLOSING_WORDS = re.compile(
    r"(?i:in (?:witness|faith)|done (?:at|in|this)|en foi de quoi|fait (?:à|en)|en (?:testimonio|fe) de|hech[oa] en"
    r"|в (?:удостоверение|подтверждение)|совершено)|为此，|(?:本|订于|(?:本.{2,4}共)缮).{0,12}(?:缮|签|订)"
)
"""How the words after the last article of a treaty begin."""
_NOTE_FIGURES = SUPERSCRIPTS + "0123456789 "
_BARE_NUMBER = re.compile(r"(\d{1,3})\s+[A-Z\u4e00-\u9fff]")


def take_unmarked(state: State, block: Block) -> None:
    """Take a block without a mark, or with one that is none."""
    text = block.text.strip()
    if state.open is not None and not block.whole and _is_cut(state, state.paragraphs[state.open].text, text):
        broken = state.paragraphs[state.open]
        state.put(state.open, replace(broken, text=state.joiner.join(broken.text, text), page_end=block.page))
        state.remark("join", str(broken.label), block)
        return
    state.open = None
    cells = _listed_person(state, text) if state.outline.scope and not block.whole else None
    heading = is_plain_heading(state, block) or is_title_of_unit(state, block)
    if cells:
        add_row(state, block, cells)
    elif is_caption(state, block, heading):
        push_caption(state, block)
    elif heading:
        push_plain(state, block)
    else:
        _take_plain(state, block, text)


def _is_cut(state: State, text: str, rest: str) -> bool:
    """Whether a paragraph breaks off before its end and `rest` goes on with it; those of a preamble end with commas."""
    if ends_sentence(text) or (state.in_preamble and text.rstrip(_NOTE_FIGURES)[-1:] in ",，"):
        return False
    return not (rest[:1].isupper() and not ends_sentence(rest) and len(rest) <= MAX_PLAIN_HEADING_CHARS)


def _listed_person(state: State, text: str) -> tuple[str, str] | None:
    """Return the cells of a line that lists a person with a post or an office, or None."""
    above, below = state.document.above, state.document.below
    beside = [block.text.strip() for block in (above, below) if block is not None]
    return state.rows.person_and_post(text) or state.rows.office_and_person(text, *beside)


def _take_plain(state: State, block: Block, text: str) -> None:
    """Take a paragraph without a mark: one more of the paragraph or article above it, or one of the scope's own."""
    state.listing = block.whole and is_title(block)
    place = state.place
    possible = _BARE_NUMBER.match(text)
    if possible and int(possible[1]) == place.number + 1 and place.number:
        state.remark("missed", possible[1], block)
    if place.main is not None and (block.whole or state.in_article):
        _add_further(state, _owner_of_text(state, place.main, block), block, text)
        return
    place.unnumbered += 1
    kind: ParagraphKind = "preambular" if state.in_preamble else "unnumbered"
    state.add(kind, (Step("unnumbered", str(place.unnumbered)),), block, text)
    state.open = len(state.paragraphs) - 1


def _add_further(state: State, owner: Label, block: Block, text: str) -> None:
    """Add what goes on from `owner`: its second paragraph, its third; the first of an article whose heading stood alone."""
    first = 2 if state.known(owner) or not state.counts_below(owner) else 1
    label = state.next_further(owner, first)
    if label.steps[-1].mark == "2" and state.known(owner) is None:
        state.add("article", owner.steps, block, text, scope=owner.scope)
    else:
        state.add("unnumbered", label.steps, block, text, scope=owner.scope, parent=state.known(owner))


def _owner_of_text(state: State, main: Label, block: Block) -> Label:
    """Return what unmarked text below `main` goes on from: the item above it where its list goes on after, else `main`."""
    if not state.paragraphs:
        return main
    last = state.paragraphs[-1]
    while last.parent is not None and last.label.steps[-1].kind == "unnumbered":
        last = state.by_label.get(last.parent, last)
    numbered = len(last.label.steps) > 1 and last.label.steps[1].kind == "number" and last.label.within(main)
    if state.in_article and numbered and not _CLOSING_WORDS.match(block.text.strip()):
        main = Label(last.label.steps[:2], last.label.scope)
    following = next(state.document.marks_ahead(), None)
    if last.kind != "sub" or following is None or following.kind not in ("item", "number"):
        return main
    step = last.label.steps[-1]
    goes_on = follows(following.sign, step.mark) and (following.kind == "item") == (step.kind == "item")
    return last.label if goes_on else main
