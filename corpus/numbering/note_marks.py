"""Where a raised sign in a text may be the mark of a note, and where it is an exponent or part of a name.

Knows the words around the sign, not the notes of the report. Where the two cannot be told apart it is no mark: a note's mark
that stays in a text does no harm, a figure taken out of it does.
"""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.marks import ROMAN_SUPERSCRIPTS, SUPERSCRIPTS

Setting = Literal["word", "figure", "comma", "full size"]

_RUN = rf"(?:[{SUPERSCRIPTS}]+(?:[,，][{SUPERSCRIPTS}]+)*|[{ROMAN_SUPERSCRIPTS}]+(?![\w{SUPERSCRIPTS}]))"
_RAISED = re.compile(rf"(?<=[㐀-鿿，。；：、》”）])\s?{_RUN}(?: (?=[㐀-鿿，。；：、《“（]))?|(?<=\S)\s?{_RUN}")
_PLAIN = str.maketrans(SUPERSCRIPTS + ROMAN_SUPERSCRIPTS, "1234567890ivx")
_MARKS_BEFORE = re.compile(rf"(?:[{SUPERSCRIPTS}{ROMAN_SUPERSCRIPTS}]+[,，]?\s?)+$")
_LOOK_BACK = 60
_WORD = re.compile(r"[^\W\d_]+$")
_MIN_WORD_LETTERS = 3
_HAN_UNIT = re.compile(r"(?:(?<![玉大稻小])米|公里|英里|海里|秒|公尺)$")
_UNITS = frozenset(
    "metre metres meter meters kilometre kilometres kilometer kilometers centimetre centimetres millimetre millimetres second"
    " seconds hour hours feet foot inch inches yards miles mile mètre mètres kilomètre kilomètres centimètre centimètres metro"
    " metros kilómetro kilómetros sec rad mol sin cos tan log exp chi var метр метра метров километр километров".split()
)
"""Words that exponents stand behind."""
_NUMBERED = (
    "article|annex|chapter|conclusion|decision|goal|guideline|item|part|principle|protocol|recommendation|resolution|rule"
    "|section|agenda"
)
_REFERS = re.compile(
    r"(?:(?:^|[\s(（㐀-鿿]|(?:19|20)\d\d\s?[-–—]\s?)(?:19|20)\d\d|\b[A-Z]{1,5}(?:/[\w.()-]+)*/[\w.()-]*\d"
    rf"|\b(?i:{_NUMBERED})\s(?:[A-Z]\.)?(?:\d{{1,2}}|[IVX]{{1,5}}))$"
)
"""A year, a symbol or a numbered name: figures that no exponent stands behind."""
_PHRASE_ENDS = re.compile(r"\s*$|\s?[,.;:)，。；：、）]|\s[^\W\d_]|[㐀-鿿]")
_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]$")
_REFERENCE = re.compile(r"[\dA-Za-z)）]\s?[(（]\w{1,5}[)）]$")
_FULL_SIZE = re.compile(r"(?:(?<=[^\W\d_]{3}[.,;])|(?<=[㐀-鿿][，。；])|(?<=[^\W\d_]{3}\W\d\d[,;]))\d{1,2}$")
_ABBREVIATION = re.compile(
    r"\b(?:sect?s?|section|fig|figs|paras?|art|arts|chap|vol|app|tab|eqs?|nos?|pp|ref|refs|ver|rev|add|corr|ser|suppl|part)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NoteMark:
    """What may be the mark of a note, or of several (`³,⁴`).

    Attributes:
        signs: of the notes, in plain figures or letters.
        start: where the mark begins in the text, with a space before it.
        end: where it ends.
        setting: `word` behind a word or at a clause's end; `figure` behind a figure, where it can also be an exponent, and
            `full size` where it is not raised: these two are marks only of the very note that comes next. `comma` where it is
            not raised but tight behind a comma, at the end of a text.
    """

    signs: tuple[str, ...]
    start: int
    end: int
    setting: Setting


def note_marks(text: str) -> list[NoteMark]:
    """Return what may be marks of notes in `text`, in order."""
    found = [
        NoteMark(tuple(re.split("[,，]", raised[0].strip().translate(_PLAIN))), raised.start(), raised.end(), setting)
        for raised in _RAISED.finditer(text)
        if (setting := _setting(text, raised.start(), raised.end())) is not None
    ]
    last = _FULL_SIZE.search(text[-_LOOK_BACK:])
    if last and not _ABBREVIATION.search(text[-_LOOK_BACK:][: last.start()]):
        start = len(text) - len(last[0])
        found.append(NoteMark((last[0],), start, len(text), "full size" if text[start - 1] in ".。" else "comma"))
    return found


def _setting(text: str, start: int, end: int) -> Setting | None:
    """Return how a raised sign stands in `text`; None where it is no mark of a note."""
    before = _MARKS_BEFORE.sub("", text[max(0, start - _LOOK_BACK) : start]).rstrip()
    last = before[-1:]
    if last in ")）]":
        return _behind_bracket(before, text[end:])
    if last.isalnum() and _REFERS.search(before):
        return "figure" if _PHRASE_ENDS.match(text, end) else None
    if last.isalpha():
        return "word" if _is_word(before) else None
    return "word" if last in set(".,;:!?…，。；：、！？”’\"'»」』》〉") else None


def _is_word(before: str) -> bool:
    word = _WORD.search(before)
    if word is None:
        return False
    if "㐀" <= before[-1] <= "鿿":
        return not _HAN_UNIT.search(before)
    return len(word[0]) >= _MIN_WORD_LETTERS and word[0].casefold() not in _UNITS


def _behind_bracket(before: str, after: str) -> Setting | None:
    """Return how a sign behind a closing bracket stands: behind words or a reference, not behind a sum."""
    inside = _IN_BRACKETS.search(before)
    if inside is None:
        return "word" if _is_word(before.rstrip(")）]")) else None
    if re.search(r"[^\W\d_]{3}|[㐀-鿿]{2}", inside[1]):
        return "word"
    if re.search(r"[=+*×÷<>^−]|\w\s?[-–/]\s?\w", inside[1]) or not _PHRASE_ENDS.match(after):
        return None
    return "figure" if _REFERENCE.search(before) or inside[1].isupper() else None
