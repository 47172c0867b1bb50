"""The number of a list's place as word processors and browsers print it. Knows the names that Word and CSS give the forms."""

from collections.abc import Callable, Mapping

from corpus.numerals import HEAVENLY_STEMS, to_chinese, to_roman

_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_FINANCIAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS_ZH = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def word_number(value: int, form: str) -> str:
    """Return `value` in the form that Word names so (`upperRoman`); a form that is not known is printed in figures."""
    return _written(value, _WORD.get(form, str))


def css_mark(value: int, form: str) -> str:
    """Return the mark of a list's item in the form that HTML or CSS names so, with the signs around it: `3.`, `三、`, `(c)`.

    Small letters and small roman numerals stand in brackets, as references to such items print them; a browser sets a full stop.
    """
    if form in ("none", "disc", "circle", "square"):
        return ""
    han = form in (
        "cjk-ideographic",
        "simp-chinese-informal",
        "trad-chinese-informal",
        "cjk-heavenly-stem",
        "cjk-decimal",
    )
    mark = _written(value, _CSS.get(form, str))
    if form in _BRACKETED and mark.isalpha():
        return f"({mark})"
    return mark + ("、" if han else ".")


def _written(value: int, write: Callable[[int], str]) -> str:
    try:
        return write(value)
    except (ValueError, IndexError):
        return str(value)


def _repeated(letters: str) -> Callable[[int], str]:
    """Return the form that counts a … z, aa, bb as Word does."""

    def write(value: int) -> str:
        if value < 1:
            raise ValueError("expected a place from 1")
        times, letter = divmod(value - 1, len(letters))
        return letters[letter] * (times + 1)

    return write


def _counted(value: int) -> str:
    """Return the form that counts a … z, aa, ab as browsers do."""
    if value < 1:
        raise ValueError("expected a place from 1")
    out = ""
    while value:
        value, letter = divmod(value - 1, 26)
        out = chr(ord("a") + letter) + out
    return out


def _one_of(first: int, signs: int) -> Callable[[int], str]:
    """Return the form that counts `signs` characters from code point `first`."""

    def write(value: int) -> str:
        if not 1 <= value <= signs:
            raise ValueError(f"expected a place from 1 to {signs}")
        return chr(first + value - 1)

    return write


def _ordinal(value: int) -> str:
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _chinese(value: int) -> str:
    return "〇" if value == 0 else to_chinese(value)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": to_roman,
    "lowerRoman": lambda value: to_roman(value).lower(),
    "upperLetter": _repeated(_LETTERS.upper()),
    "lowerLetter": _repeated(_LETTERS),
    "ordinal": _ordinal,
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
            *("taiwaneseCountingThousand", "koreanCounting"),
        ),
        _chinese,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), lambda value: str(value).translate(_DIGITS_ZH)),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional"), lambda value: _chinese(value).translate(_FINANCIAL)
    ),
    "ideographTraditional": _repeated(HEAVENLY_STEMS),
    "ideographZodiac": _repeated(_BRANCHES),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda value: str(value).translate(_FULL_WIDTH)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _one_of(ord("①"), 20)),
    "decimalEnclosedParen": _one_of(ord("⑴"), 20),
    "decimalEnclosedFullstop": _one_of(ord("⒈"), 20),
    "ideographEnclosedCircle": _one_of(ord("㊀"), 10),
    "chicago": _repeated("*†‡§"),
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": _repeated(_RUSSIAN.upper()),
    **dict.fromkeys(("none", "bullet"), lambda _value: ""),
}
_BRACKETED = frozenset({"a", "lower-alpha", "lower-latin", "i", "lower-roman"})
_CSS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "1": str,
    "decimal-leading-zero": lambda value: f"{value:02}",
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), _counted),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), lambda value: _counted(value).upper()),
    **dict.fromkeys(("i", "lower-roman"), lambda value: to_roman(value).lower()),
    **dict.fromkeys(("I", "upper-roman"), to_roman),
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), _chinese),
    "cjk-decimal": lambda value: str(value).translate(_DIGITS_ZH),
    "cjk-heavenly-stem": _repeated(HEAVENLY_STEMS),
}
