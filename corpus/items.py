"""Items inside a running sentence: “…将包括(a)介绍…；(b)编写…”. Knows one paragraph's text and no report."""

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.marks import ITEM_FORMS
from corpus.numerals import CHINESE_NUMERAL, follows, opens_list

_MARK = re.compile(rf"[(（]({ITEM_FORMS})[)）]\s*")
_BEFORE = re.compile(r"\d[a-z]?\s?$|[)）]\s?$|第$|[款段项条]$|(?:paragraphs?|paras?\.?|and|or|to|和|至|或) ?$")
_MIN_ITEM_CHARS = 3


@dataclass(frozen=True)
class InlineItem:
    """An item of a sentence: its mark's sign, and the half-open span of its words in the sentence, in characters."""

    sign: str
    start: int
    end: int


def inline_items(text: str) -> list[InlineItem]:
    """Return the items of the list that runs inside `text`, or an empty list.

    A list is at least two marks of one form that count from one without a gap, each followed by words; a mark that
    belongs to a reference (`第1(b)和(c)段`, `paragraph 9 (a)`) does not begin one.

    Args:
        text: the words of a paragraph or an item.
    """
    marks = [m for m in _MARK.finditer(text) if m.start() > 0]
    for i, first in enumerate(marks):
        if not opens_list(first[1]) or _BEFORE.search(text[max(0, first.start() - 12) : first.start()]):
            continue
        run = [first]
        for mark in marks[i + 1 :]:
            next_in_form = _form(mark[1]) == _form(first[1]) and follows(mark[1], run[-1][1])
            if next_in_form and mark.start() - run[-1].end() >= _MIN_ITEM_CHARS:
                run.append(mark)
        if len(run) > 1 and all(_has_words(text, a.end(), b.start()) for a, b in pairwise(run)):
            ends = [m.start() for m in run[1:]] + [_sentence_end(text, run[-1].end())]
            return [
                InlineItem(mark[1], mark.end(), mark.end() + len(text[mark.end() : end].rstrip()))
                for mark, end in zip(run, ends, strict=True)
            ]
    return []


def _form(sign: str) -> str:
    if sign.isdecimal():
        return "digit"
    return "letter" if sign.isascii() else ("numeral" if sign[0] in CHINESE_NUMERAL else "stem")


def _has_words(text: str, start: int, end: int) -> bool:
    return len(re.sub(r"[\W_]|和|及|以及|and|or", "", text[start:end])) >= _MIN_ITEM_CHARS


def _sentence_end(text: str, start: int) -> int:
    """Return where the last item ends: at the end of the sentence it stands in."""
    end = re.compile(r"[。！？][”’」』）)]*|(?<=[a-z)\]”\"])[.](?=\s+[A-Z]|$)").search(text, start)
    return end.end() if end else len(text)
