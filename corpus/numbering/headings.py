"""Puts headings in force: marked and unmarked ones, annexes, captions. Knows no number of a paragraph."""

import re
from dataclasses import replace

from corpus.block import Block
from corpus.label import Step, annex_label
from corpus.marks import Mark, latin, mark_of
from corpus.numbering.looks import CAPTION
from corpus.numbering.note_marks import note_marks
from corpus.numbering.outline import Family, Heading
from corpus.numbering.state import State
from corpus.numerals import follows

_ASTERISKS = re.compile(r"(?<=\w)\s?\*{1,3}$")
_TIGHT_FIGURE = re.compile(r"(?<=[^\W\d_㐀-鿿]{3})\d{1,2}$")
_LETTER_ALONE = re.compile(r"[A-Z]")


def push(state: State, family: Family, block: Block, mark: Mark | None) -> None:
    """Put a heading in force: what follows stands below it."""
    state.open = None
    state.rows.end_groups()
    state.outline.end_caption()
    heading = Heading(
        without_note_marks(state, block.text.strip()), family, mark.sign if mark else "", block.size, block.level
    )
    heading.scope = _scope_of(state, heading) if mark else ""
    heading.line = block.line
    if family == "unmarked":
        state.unmarked[block.line] = heading.text
        heading.scope = state.restarted.get(block.line, "")
    if family in ("unmarked", "title"):
        state.outline.push_unmarked(heading, replaces=block.whole and family != "title")
    else:
        state.outline.push_marked(heading)
    state.place.main = None
    state.in_preamble = False


def push_marked(state: State, block: Block, mark: Mark) -> None:
    """Put a heading in force that a mark of a chapter, a section, a part or a unit opens."""
    section = state.outline.innermost("section")
    follows_letter = section is not None and follows(mark.sign.lower(), section.sign.lower())
    family: Family = "section" if mark.kind == "chapter" and follows_letter and len(mark.sign) == 1 else mark.kind  # type: ignore[assignment]
    push(state, family, block, mark)
    if is_chinese_chapter(mark) and state.counts_in_chinese:
        state.add("heading", path_steps(state), block, mark.rest, heading=True)


def push_annex(state: State, block: Block, mark: Mark) -> None:
    """Put an annex in force and add it as a paragraph, so that it can be cited as a whole."""
    word = re.match(r"附件|附录|Annex|Appendix", mark.sign)
    above = state.paragraphs[-1] if state.paragraphs else None
    if word is None and above is not None and above.kind == "annex" and above.text == above.label.scope[-1]:
        push_plain(state, block)  # 附件2, then 名词解释: the annex's title
        return
    name = word[0] if word else mark.sign
    label = annex_label(name, mark.sign[len(name) :].strip())
    printed = without_note_marks(state, block.text.strip()) if mark.rest else mark.sign
    heading = Heading(printed, "annex", mark.sign, block.size, None, label.scope[-1])
    state.outline.push_annex(heading, again=state.known(label) is not None and len(state.outline.scope) > 0)
    state.rows.end_groups()
    state.open, state.in_preamble = None, False
    state.place.main = None
    state.add("annex", (), block, mark.rest or mark.sign)
    state.place.start = len(state.paragraphs)
    heading.filled = False  # its title may come next


def push_plain(state: State, block: Block) -> None:
    """Put a heading without a mark in force, or take it for the title of the heading above it that has none."""
    text = without_note_marks(state, block.text.strip())
    above = state.outline.last
    if above is not None and not above.filled and _is_untitled(above, state.language):
        above.text = f"{above.text} {text}"
        return
    annex = state.paragraphs[-1] if state.paragraphs and state.paragraphs[-1].kind == "annex" else None
    untitled = (
        annex is not None and annex.text == annex.label.scope[-1] and above is not None and above.family == "annex"
    )
    if annex is not None and untitled:
        state.put(-1, replace(annex, text=text))
        push(state, "title", block, None)
        state.outline.cite()
    elif above is not None and above.family == "title" and not above.filled and not block.whole:
        push(state, "unmarked", block, None)
    elif _LETTER_ALONE.fullmatch(letter := latin(text)) and (block.centred or block.bold):
        push(state, "unit", block, Mark("unit", letter, ""))
    else:
        push(state, "unmarked", block, None)


def push_caption(state: State, block: Block) -> None:
    """Put a table's caption in force, or take it for one more line of the caption above it."""
    text = without_note_marks(state, block.text.strip())
    above = state.outline.last
    if above is not None and above.family == "caption" and not above.filled and not CAPTION.match(text):
        above.text = f"{above.text} {text}"
        return
    state.outline.push_caption(Heading(text, "caption", size=block.size))


def without_note_marks(state: State, heading: str) -> str:
    """Return a heading without the marks of its notes: raised ones, asterisks, and a figure set tight behind its last word.

    Raised signs that may be exponents and those of no note of the report are kept.
    """
    notes = state.survey.notes
    for mark in reversed(note_marks(heading)):
        if mark.setting in ("word", "figure") and all(sign in notes for sign in mark.signs):
            heading = heading[: mark.start] + heading[mark.end :]
    plain = _ASTERISKS.sub("", heading).rstrip()
    tight = _TIGHT_FIGURE.search(plain)
    return plain[: tight.start()] if tight and tight[0] in notes else plain or heading


def path_steps(state: State) -> tuple[Step, ...]:
    """Return the marks of the headings in force as the steps of a label: 二, then (一); of 第一章 and 一、 the innermost."""
    steps: list[Step] = []
    for heading in state.outline.headings:
        if heading.family == "chapter" and not heading.sign.isascii():
            steps = [step for step in steps if step.kind != "number"]
            steps.append(Step("number", heading.sign.strip("第章")))
        elif heading.family == "item":
            steps.append(Step("item", heading.sign))
    return tuple(steps)


def is_chinese_chapter(mark: Mark) -> bool:
    """Whether a mark is 一. or 一、, which opens a heading or a paragraph."""
    return mark.kind == "chapter" and not mark.sign.startswith("第") and not mark.sign.isascii()


def _scope_of(state: State, heading: Heading) -> str:
    """Return what a heading is called in labels where numbers restart below it, or an empty string."""
    family, sign = heading.family, heading.sign
    if family == "unit":
        return sign.replace("/", "-")
    above = state.outline.above(heading)
    outermost = all(h.family in ("part", "unmarked", "title") for h in above)
    if family not in state.scopes or not outermost:
        return ""
    return f"第{sign}章" if family == "chapter" and not sign.isascii() and not sign.startswith("第") else sign


def _is_untitled(heading: Heading, language: str) -> bool:
    """Whether a heading's mark stands alone, so that the next line is its title: 第一部分, Chapter I, 准则 A.1."""
    mark = mark_of(heading.text)
    if mark is None or mark.rest:
        return False
    return heading.family in ("part", "chapter", "article") or (heading.family == "unit" and language == "zh")
