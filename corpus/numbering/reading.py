"""Blocks to a numbered report: what each block is by its kind and mark, and the paragraph, heading or row it becomes.

A number is never guessed: what does not count on from the number before is kept as printed and listed as a finding.
"""

import re
from dataclasses import dataclass

from corpus.block import Block
from corpus.label import Label, Step
from corpus.marks import Mark
from corpus.numbering.document import closes_quotation, opens_quotation
from corpus.numbering.headings import is_chinese_chapter, push_annex, push_marked
from corpus.numbering.itemised import take_item
from corpus.numbering.looks import is_set_apart, is_title
from corpus.numbering.names import RunNames
from corpus.numbering.notes import tied_to_notes
from corpus.numbering.numbers import take_article, take_counted, take_dotted, take_number
from corpus.numbering.outline import Family, Heading
from corpus.numbering.restarts import in_series, name_of, names_for_next
from corpus.numbering.state import ScopeRank, State
from corpus.numbering.survey import OPENING, Survey
from corpus.numbering.tables import take_row
from corpus.numbering.text import take_unmarked
from corpus.readers.joiner import Joiner
from corpus.report import Finding, Paragraph, ParagraphKind

_CLOSING = re.compile(
    r"(?:\d+(?:st|nd|rd|th) (?:plenary )?meeting\b.{0,40}|第\s?\d+\s?次(?:全体)?会议.{0,20}"
    r"|(?:[A-Z]{1,3}\.)?\d{2}-\d{5}.{0,20}|\*[\w-]{5,}\*)"
)
_CHOICES: tuple[frozenset[ScopeRank], ...] = (
    frozenset(),
    frozenset({"part"}),
    frozenset({"part", "section"}),
    frozenset({"chapter"}),
    frozenset({"chapter", "section"}),
)
_FEWER = 0.7
_RUN_ON = 5
_MAX_READINGS = 4


@dataclass(frozen=True)
class Numbered:
    """A document numbered.

    Attributes:
        paragraphs: in document order: the items of a sentence after it, the notes of a part at its end.
        findings: remarks of the numbering check, in document order.
        unlabelled: texts that cannot be cited: opening and closing words, notes without a mark, headings without text.
    """

    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]
    unlabelled: tuple[str, ...]


def numbered(survey: Survey, joiner: Joiner, language: str) -> Numbered:
    """Number a document.

    Numbers that come again say that some headings are scopes of their own: the first choice of headings that leaves the
    fewest numbers in doubt is taken.

    Args:
        survey: the document, looked over.
        joiner: puts halves of paragraphs together.
        language: ISO 639-1 code.
    """
    best: State | None = None
    tried: set[tuple[frozenset[Family], bool]] = set()
    families: set[Family] = set()
    for scopes, lenient in [(_CHOICES[0], False), (_CHOICES[0], True), *((choice, False) for choice in _CHOICES[1:])]:
        if tried and (frozenset(families & scopes), lenient) in tried:
            continue  # the document has no heading that this choice would make a scope
        state = State(survey, joiner, language, scopes, lenient=lenient)
        _read(state)
        families |= state.outline.families
        tried.add((frozenset(families & scopes), lenient))
        state = _with_names_of_runs(state)
        if best is None or _doubts(state) < _FEWER * _doubts(best):
            best = state
        if not _doubts(best):
            break
    assert best is not None
    return Numbered(tied_to_notes(best.paragraphs, best.by_label), tuple(best.findings), tuple(best.unlabelled))


def _with_names_of_runs(first: State) -> State:
    """Return a document read again where numbers begin again below headings: what stands above them has the name, too."""
    best = first
    for _ in range(_MAX_READINGS):
        named = names_for_next(best)
        series = in_series(named, best.unmarked)
        if not named and not best.overtaken:
            break
        again = State(best.survey, best.joiner, best.language, best.scopes, RunNames(named), best.lenient)
        for line in series:
            again.restarted[line] = name_of(again, Heading(best.unmarked[line], "unmarked", line=line))
        asked = dict(again.restarted)
        _read(again)
        if _doubts(again) > _doubts(best):
            break
        best = again
        if again.restarted == asked and not again.overtaken:
            break
    return best


def _doubts(state: State) -> int:
    found = sum(finding.kind in ("gap", "repeat", "back", "orphan") for finding in state.findings)
    return found + _RUN_ON * state.run_on


def _read(state: State) -> None:
    """Number all blocks."""
    for block, mark in state.document:
        if block.kind == "row":
            take_row(state, block)
        elif block.label:
            _take_labelled(state, block)
        elif block.kind == "note":
            _take_note(state, block, mark)
        else:
            _take_text(state, block, mark)
    state.end()


def _take_text(state: State, block: Block, mark: Mark | None) -> None:
    text = block.text.strip()
    quoted, state.quoting = state.quoting, state.quoting and not closes_quotation(text)
    if mark is None and opens_quotation(text):
        state.quoting = state.document.quotation_ends_ahead()
    if quoted and mark is not None and mark.kind in ("number", "item"):
        mark = None
    below = state.document.mark_below
    if text[-1:] in ":：" and below is not None and below.kind == "item" and OPENING.fullmatch(text):
        take_unmarked(state, block)
    elif OPENING.fullmatch(text) or _CLOSING.fullmatch(text):
        state.in_preamble = bool(OPENING.fullmatch(text))
        state.open = state.place.main = None
        state.unlabelled.append(block.text)
    elif mark is None or (mark.kind in ("part", "section", "unit") and not is_title(block)):
        take_unmarked(state, block)
    elif mark.kind == "footnote":
        _take_note(state, block, mark)
    elif mark.kind == "annex":
        push_annex(state, block, mark)
    elif mark.kind == "article":
        take_article(state, block, mark)
    elif mark.kind == "number":
        take_number(state, block, mark)
    elif mark.kind == "dotted":
        take_dotted(state, block, mark)
    elif mark.kind == "item":
        take_item(state, block, mark)
    elif is_chinese_chapter(mark) and (state.in_article or not (is_title(block) or is_set_apart(block))):
        take_counted(state, block, mark)
    else:
        push_marked(state, block, mark)


def _take_labelled(state: State, block: Block) -> None:
    """Take a paragraph whose label its file gives."""
    label = Label.parse(block.label)
    kinds: dict[str, ParagraphKind] = {
        "number": "numbered",
        "item": "sub",
        "unnumbered": "unnumbered",
        "footnote": "footnote",
    }
    kind: ParagraphKind = "annex"
    if label.steps:
        first, last = label.steps[0], label.steps[-1]
        kind = "article" if len(label.steps) == 1 and first.kind == "article" else kinds.get(last.kind, "row")
    parent = state.parent(label) if len(label.steps) > 1 else None
    state.add(kind, label.steps, block, block.text, scope=label.scope, parent=parent)


def _take_note(state: State, block: Block, mark: Mark | None) -> None:
    if mark is None or mark.kind != "footnote":
        state.unlabelled.append(block.text)
        return
    state.add("footnote", (Step("footnote", mark.sign),), block, mark.rest)
