"""The numbers, dates and counts in a text, Arabic, Chinese and English ones made alike. Knows no passage."""

import re

from assistant.second_look import matched
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.text import HAN

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[%％]?")
_CHINESE_NUMBER = re.compile(
    rf"[{CHINESE_NUMERAL}两]+(?=[个次项种位名家届条点份类年天月日人国倍分万亿])|百分之[{CHINESE_NUMERAL}]+"
)
_UNITS = {"万": 10_000, "亿": 100_000_000, "million": 1_000_000, "billion": 1_000_000_000, "thousand": 1_000}
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|million|billion|thousand)")
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        start=2,
    )
} | {
    word: 10 * value
    for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety hundred".split(), start=3)
}
_DAY_TWICE = re.compile(
    r"(\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)),? (?=\d{1,2}(?!\d))",
    re.IGNORECASE,
)
_NO_UNITS = tuple("年月日届次")


def plain_figures(text: str) -> str:
    """Return `text` as it is matched, its numbers in digits alone: 三个, 300万, twelve, 12 per cent are 3个, 3000000, 12, 12%."""
    apart = _DAY_TWICE.sub(r"\1; ", text)  # 10 December 10 is no date: as one, it would lose a number
    plain = _CHINESE_NUMBER.sub(lambda m: _in_digits(m[0]), matched(apart))
    plain = _SCALED.sub(lambda m: _plain(float(m[1].replace(",", "")) * _UNITS[m[2]]), plain)
    plain = re.sub(r"(?<=\d)\s*(?:％|per ?cent\b)", "%", plain)
    return re.sub(r"[a-z]+", lambda m: str(_ENGLISH.get(m[0], m[0])), plain)


def numbers_in(text: str) -> set[str]:
    """Return the numbers in `text`, Arabic, Chinese and English ones alike, as plain decimals; percentages as such."""
    plain = matched(text)
    found = set()
    for number, unit in _SCALED.findall(plain):
        found.add(_plain(float(number.replace(",", "")) * _UNITS[unit]))
    for number in _NUMBER.findall(_SCALED.sub(" ", plain)):
        share = number.rstrip().endswith(("%", "％"))
        digits = number.strip(" %％").replace(",", "").rstrip(".")
        if digits:
            found.add(_plain(float(digits)) + "%" * share)
    for number in _CHINESE_NUMBER.findall(plain):
        value = _in_digits(number)
        if value != number and value != "1":
            found.add(value)
    for word in re.findall(r"[a-z]+", plain.lower()):
        if word in _ENGLISH:
            found.add(str(_ENGLISH[word]))
    return found


def dates_in(text: str) -> set[str]:
    """Return the years, months, days and sessions in `text`, each a number with its unit."""
    return {f"{int(n)}{unit}" for n, unit in re.findall(r"(?<![\d/.])(\d{1,4})\s*(年|月|日|届)", matched(text))}


def miscounts(sentence: str, whole: str) -> bool:
    """Whether `sentence` counts something otherwise than its passages do: 300个国家 for 12个国家."""
    there: dict[str, set[str]] = {}
    for number, thing in _counts(whole):
        there.setdefault(thing, set()).add(number)
    return any(thing in there and number not in there[thing] for number, thing in _counts(sentence))


def _counts(text: str) -> list[tuple[str, str]]:
    found = re.findall(rf"(?<![\d/.])(\d[\d,]*)\s*[个名位项国家]?\s*(?=([{HAN}]{{2}}))", matched(text))
    found += re.findall(r"(?<![\d/.])(\d[\d,]*) (?:[a-z]+ )?(?=([a-z]{4,}))", matched(text))
    return [(number.replace(",", ""), thing) for number, thing in found if not thing.startswith(_NO_UNITS)]


def _in_digits(number: str) -> str:
    """Return a Chinese number in digits, a percentage as such; as it is where it is none."""
    value = from_any(number.removeprefix("百分之").replace("两", "二"))
    return number if value is None else f"{value}{'%' * number.startswith('百分之')}"


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
