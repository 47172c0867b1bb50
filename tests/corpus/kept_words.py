"""Which blocks' words a report tells, figures and raised signs among them: for tests that nothing a reader gave is lost."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations

from corpus.block import Block
from corpus.marks import ROMAN_SUPERSCRIPTS, SUPERSCRIPTS, mark_of
from corpus.numerals import from_any
from corpus.report import Report

_POSSIBLE_NOTE_MARK = re.compile(
    rf"(?<=\S)\s?(?:[{SUPERSCRIPTS}]+(?:[,，][{SUPERSCRIPTS}]+)*|[{ROMAN_SUPERSCRIPTS}]+)|(?<=[^\W_][,.;，。；])\d{{1,2}}$"
)
_EXPONENT = re.compile(r"(?:[×^=+]|(?<![^\W\d_])[^\W\d_]|(?:^|[^\d/])(?!(?:19|20)\d\d)\d+)\s?$")
"""What no note's mark stands behind: an operator, a single letter, a number that is no year."""
_PLAIN = str.maketrans(SUPERSCRIPTS + ROMAN_SUPERSCRIPTS, "1234567890ivx")
_MAX_MARKS = 12


def words(text: str) -> str:
    """Return the letters and figures of a text, those of raised signs among them."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def lost(blocks: Sequence[Block], report: Report) -> list[str]:
    """Return the texts of the blocks whose words no paragraph, heading, mark or unlabelled text of the report has.

    A raised sign, or a figure at the very end, may be left out only where a note of the report has that sign.
    """
    labels = "\n".join(words(str(p.label)) for p in report.paragraphs)
    notes = {p.label.steps[0].mark for p in report.paragraphs if p.kind == "footnote"}
    texts = [text for p in report.paragraphs for text in (p.text, *p.cells, *p.heading_path)]
    told = "\n".join(map(words, (*texts, *report.unlabelled)))

    def is_told(text: str) -> bool:
        return words(text) in told or any(words(less) in told for less in without_marks(text, notes))

    def kept(text: str) -> bool:
        if is_told(text):
            return True
        mark = mark_of(text)
        if mark is None or not is_told(mark.rest):
            return False
        return words(mark.sign) in labels or str(from_any(mark.sign)) in labels  # 三. below 第二条之一 is 第二条之一3

    return [
        block.text
        for block in blocks
        if not all(map(kept, block.text.split("\t") if block.kind == "row" else [block.text]))
    ]


def without_marks(text: str, notes: set[str]) -> list[str]:
    """Return `text` with some of what may be marks of `notes` left out, all of it first."""
    marks = [
        mark
        for mark in _POSSIBLE_NOTE_MARK.finditer(text)
        if notes.issuperset(re.split("[,，]", mark[0].strip().translate(_PLAIN)))
        and not _EXPONENT.search(text[: mark.start()])
    ]
    out = []
    for count in range(len(marks), 0, -1):
        if count < len(marks) - 2 and len(marks) > _MAX_MARKS:
            break
        for some in combinations(marks, count):
            less = text
            for mark in reversed(some):
                less = less[: mark.start()] + less[mark.end() :]
            out.append(less)
    return out
