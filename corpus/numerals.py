"""Numbers as reports print them: Chinese, roman and Arabic numerals, and letters, each to an integer and back."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")]
_ROMAN += [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
_ROMAN_FORM = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN_TWINS = str.maketrans("aceopx", "асеорх")
DOTTED = r"\d{1,3}[A-Z]?(?:\.[IVX]{1,4})?\.\d{1,3}"
"""Numbers in two or three parts, as programme budgets print them: 10.4, 29A.12, 3.II.7."""
CHINESE_NUMERAL = "〇零一二三四五六七八九十百千两"
"""The characters of a Chinese numeral, for use inside a regular expression's brackets."""


def from_chinese(text: str) -> int | None:
    """Return the value of a Chinese numeral below 10,000 (`一百一十八` 118, `二〇一八` 2018), or None if it is not one."""
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    last_unit = 10_000
    for c in text:
        if c in _UNITS:
            if _UNITS[c] >= last_unit:
                return None
            last_unit = _UNITS[c]
            total += last_unit * (1 if digit is None else digit)
            digit = None
        elif digit is None or digit == 0:
            digit = _DIGITS[c]
        else:
            return None
    return total + (digit or 0)


def to_chinese(value: int) -> str:
    """Return `value` (1 to 9,999) as a Chinese numeral: 12 is 十二, 118 is 一百一十八, 305 is 三百零五."""
    if not 1 <= value < 10_000:
        raise ValueError(f"expected a number from 1 to 9999, found {value}")
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif out and value:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


def from_roman(text: str) -> int | None:
    """Return the value of a roman numeral in either case, or None if it is not a well-formed one."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    value, rest = 0, text.lower()
    for number, sign in _ROMAN:
        while rest.startswith(sign):
            value, rest = value + number, rest[len(sign) :]
    return value


def to_roman(value: int) -> str:
    """Return `value` (1 to 3,999) as a roman numeral in capitals."""
    if not 1 <= value < 4000:
        raise ValueError(f"expected a number from 1 to 3999, found {value}")
    out = ""
    for number, sign in _ROMAN:
        count, value = divmod(value, number)
        out += sign * count
    return out.upper()


def from_any(text: str) -> int | None:
    """Return the value of an Arabic (half or full width), Chinese or roman numeral, or None."""
    if text.isdecimal():
        return int(text)
    chinese = from_chinese(text)
    return chinese if chinese is not None else from_roman(text)


def ordinal_of_mark(mark: str, level: int) -> int | None:
    """Return the place in its list of an item's mark: `c` 3, `四` 4, `iv` 4, `乙` 2, `3` 3; None if it is no mark.

    A single letter can be a letter or a roman numeral; `level` (0 for an item directly below its paragraph) decides,
    since letters stand at the first level and roman numerals below it. Roman numerals of several letters at the first
    level count from 1,000, so that no two marks have one place.
    """
    if mark.isdecimal():
        return int(mark)
    known = _stem(mark) or from_chinese(mark) or (None if mark.isascii() else _cyrillic(mark))
    if known is not None:
        return known
    roman, letter = from_roman(mark), _letter(mark)
    if roman is not None and (level > 0 or letter is None):
        return roman + (0 if level > 0 else 1000)
    return letter


def opens_list(mark: str) -> bool:
    """Whether `mark` is the first of a list: a, i, 1, 一 or 甲."""
    return mark in ("a", "i", "1", "一", "甲")


def follows(mark: str, previous: str) -> bool:
    """Whether `mark` comes next after `previous` in some form they share: b after a, ii after i, and i after h."""
    if mark.isdecimal() and previous.isdecimal():
        return int(mark) == int(previous) + 1
    forms = (_letter, from_roman, from_chinese, _stem, _cyrillic)
    return any((a := value(mark)) is not None and (b := value(previous)) is not None and a == b + 1 for value in forms)


def _letter(mark: str) -> int | None:
    return (len(mark) - 1) * 26 + ord(mark[0]) - ord("a") + 1 if re.fullmatch(r"([a-z])\1*", mark) else None


def _cyrillic(mark: str) -> int | None:
    """Return the place of a Russian letter; of one that a Latin letter looks like, also where that is printed."""
    letter = mark.translate(_LATIN_TWINS)
    return _CYRILLIC.index(letter) + 1 if len(letter) == 1 and letter in _CYRILLIC else None


def _stem(mark: str) -> int | None:
    return HEAVENLY_STEMS.index(mark) + 1 if len(mark) == 1 and mark in HEAVENLY_STEMS else None
