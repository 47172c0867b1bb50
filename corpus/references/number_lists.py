"""Lists and ranges of numbers and items, as places are named by them: 12(c)和(d), 40至45, 9 (a), (b) and (c), (i)–(iii).

The pieces of the grammar of places that all its forms share. Knows no word for a place.
"""

import re
from collections.abc import Iterator

from corpus.label import Label, Step
from corpus.numerals import CHINESE_NUMERAL, HEAVENLY_STEMS, follows, from_any, from_roman, to_chinese, to_roman

NUMBER = rf"(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{1,6}})"
MARK = rf"(?:[a-z]{{1,5}}|[а-я]|\d{{1,2}}|[{CHINESE_NUMERAL}{HEAVENLY_STEMS}]{{1,3}})"
ITEM = rf"(?: ?\({MARK}\)(?:分?[段项款目])?)"
LATIN_ITEM = rf"(?: ?\({MARK}\)| [a-z]\)| ?[ivx]{{1,5}}\))"
TO = r"(?: ?(?:至|到|~|-{1,2}|—|–) ?(?:[到至] ?)?| (?:to|through|al?|à|au|по) )"
AND = r"(?: ?(?:以及|、|和|与|及|或) ?| ?,? ?(?:and|or|et|ou|y|e|o|и|или) | ?, ?)"
SIGN = re.compile(rf"\(?({MARK})\)")
_BETWEEN = re.compile(rf"(?P<to>段?{TO})|{AND}")
_PART = re.compile(rf"(?P<number>{NUMBER}(?:bis|ter)?)?(?P<items>(?:{ITEM}|{LATIN_ITEM})*)$")
MAX_RANGE = 500


def listed_labels(text: str) -> list[Label]:
    """Return the labels of a list of numbers and items: `12(c)和(d)`, `3至5`, `12(a)-(c)`."""
    labels: list[Label] = []
    number, signs = "", ()  # type: str, tuple[str, ...]
    for ranged, part in parts_of_list(text):
        match = _PART.match(part.removeprefix("第"))
        if match is None:
            continue
        marks = tuple(SIGN.findall(match["items"]))
        if match["number"] and ranged and number and not marks and not signs:
            first, last = sorted((_value(number) or 0, _value(match["number"]) or 0))
            labels.pop()
            labels += [_numbered(str(n)) for n in range(first, min(last, first + MAX_RANGE) + 1)]
            number = match["number"]
            continue
        if match["number"]:
            number, signs = match["number"], marks
        elif number and marks:
            kept = _kept(signs, marks)
            if ranged and len(marks) == 1 and kept < len(signs):
                run = signs_between(signs[kept], marks[0])[1:]
                labels += [_numbered(number, (*signs[:kept], sign)) for sign in run[:-1]]
            signs = (*signs[:kept], *marks)
        if _value(number) is not None:
            labels.append(_numbered(number, signs))
    return labels


def signs_named(text: str) -> tuple[list[str], bool]:
    """Return the marks of the items that `text` names (第(一)项、第(三)项), and whether they are named without brackets."""
    if not text:
        return [], False
    bare = "(" not in text
    signs: list[str] = []
    for ranged, part in parts_of_list(text.lstrip("、,")):
        marks = SIGN.findall(part) if not bare else re.findall(NUMBER, part)
        if ranged and signs and marks:
            signs += signs_between(signs[-1], marks[0])[1:-1]
        signs += marks if bare or len(marks) < 2 else marks[:1]
    return signs, bare


def signs_between(first: str, last: str) -> list[str]:
    """Return the marks of a list from `first` to `last`: c to e is c, d, e; (i) to (iii) counts in roman."""
    if first.isdecimal() and last.isdecimal():
        return [str(n) for n in range(int(first), min(int(last), int(first) + 98) + 1)]
    roman = from_roman(first), from_roman(last)
    if roman[0] and roman[1] and roman[0] < roman[1] and (first == "i" or len(first + last) > 2):
        return [to_roman(n).lower() for n in range(roman[0], roman[1] + 1)]
    chinese = from_any(first), from_any(last)
    if not first.isascii() and chinese[0] and chinese[1] and chinese[0] < chinese[1]:
        return [to_chinese(n) for n in range(chinese[0], chinese[1] + 1)]
    if len(first) == len(last) == 1 and first in HEAVENLY_STEMS and last in HEAVENLY_STEMS:
        return list(HEAVENLY_STEMS[HEAVENLY_STEMS.index(first) : HEAVENLY_STEMS.index(last) + 1]) or [first, last]
    if len(first) == len(last) == 1 and first < last and first.isalpha() and first not in CHINESE_NUMERAL:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [first, last]


def parts_of_list(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a list, each with whether a range leads to it."""
    at, ranged = 0, False
    for between in _BETWEEN.finditer(text):
        yield ranged, text[at : between.start()].strip()
        at, ranged = between.end(), between["to"] is not None
    yield ranged, text[at:].strip()


def _kept(signs: tuple[str, ...], marks: tuple[str, ...]) -> int:
    """Return how many of the marks of an item stay in the next of its list: none of 12(c) and (d), one of 14(c)(i) and (ii)."""
    for depth in range(len(signs) - 1, -1, -1):
        if follows(marks[0], signs[depth]):
            return depth
    for depth in range(len(signs) - 1, -1, -1):
        if len(signs_between(signs[depth], marks[0])) > 2:
            return depth
    same = [
        d
        for d, sign in enumerate(signs)
        if sign.isascii() == marks[0].isascii() and sign.isdecimal() == marks[0].isdecimal()
    ]
    return same[0] if same else 0


def _value(number: str) -> int | None:
    return from_any(number.removesuffix("bis").removesuffix("ter"))


def _numbered(number: str, signs: tuple[str, ...] = ()) -> Label:
    """Return the label of a numbered paragraph, or of an item of it."""
    suffix = number[-3:] if number.endswith(("bis", "ter")) else ""
    return Label((Step("number", f"{_value(number)}{suffix}"), *(Step("item", sign) for sign in signs)))
