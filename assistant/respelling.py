"""Dates, numbers and symbols of a question, respelt as the reports spell them: 2018-10-26, 一百九十三个, A/RES/73/6, what's.

Knows the index's words and no paragraph. A date is written out as its language prints it, which the tokenizer reads; a
number or a symbol is changed only where the reports have the other spelling and not this one.
"""

import re
from collections.abc import Callable
from datetime import date

from corpus.numerals import CHINESE_NUMERAL, from_chinese, to_chinese
from index.folder import Index
from index.text import HAN, normalise

_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' if m[3:] else m for m in _MONTHS)}|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<m>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?:日|号)?(?![\d/.-]*\d)"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sign>[/.])(?P<m>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?![\d/-])"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?\b"),
    re.compile(rf"\b{_MONTH} {_DAY}(?!\d)(?:,? (?P<year>(?:19|20)\d\d))?\b"),
    re.compile(
        rf"(?:(?P<year>[{CHINESE_NUMERAL}\d]{{4}})年)?(?P<m>十?[一二三四五六七八九十]|\d{{1,2}})月"
        rf"(?P<day>[一二三]?十?[一二三四五六七八九十]|\d{{1,2}})[日号](?!决议)"
    ),
)  # fmt: skip
_COUNTED_THING = r"(?=[多余]?[个项条名家国位次份种人段届])"
_COUNTED = re.compile(
    rf"(?<![第{CHINESE_NUMERAL}\d])(?P<n>[{CHINESE_NUMERAL}]{{1,7}})(?P<ten>万)?(?:(?=年来)|{_COUNTED_THING})"
)
_DIGITS = re.compile(rf"(?<![\d第/.,-])(?P<n>\d{{1,4}}){_COUNTED_THING}")
_SERIES = r"(?P<series> ?[a-z](?![a-z]))?"
_RESOLUTION = re.compile(rf"(?<![a-z/])(?:a/res/|a/r/)(?P<number>\d{{1,3}}/\d{{1,4}}){_SERIES}")
_NUMBERED = re.compile(
    r"(?P<before>决议|resolution |res\. ?|第)?(?<![\d/a-z.])(?P<number>\d{1,3}/\d{1,4})"
    rf"{_SERIES}(?P<after>号决议|号)?"
)
_LOOSE_SYMBOL = re.compile(r"(?<![a-z\d/])(?P<symbol>(?:[a-z]{1,5}[/. -]?){1,3}[a-z\d./-]*\d)(?![\d/])")
_DOCUMENT_NUMBER = re.compile(r"(?:文件|文号|document |doc\. ?)(?:no\. ?)?(?P<number>\d{3,5})(?![\d年月/])")
_PLAIN = re.compile(r"[^a-z\d]")
_LETTER_FIRST = re.compile(
    rf"(?<![a-z{HAN}])(?P<letter>[a-z])(?:场|组)?的?(?P<thing>专题会议?|专题|小组|部分|分会场)(?![a-z])"
)
_MEETING = re.compile(r"(?<=专题)会(?= ?[a-z](?![a-z\d]))")
_BARE_SESSION = re.compile(
    rf"(?<![第{CHINESE_NUMERAL}\d几每])(?P<n>[二三四五六七八九]?十[一二三四五六七八九]?|\d{{2,3}})届"
    rf"|^(?P<first>[{CHINESE_NUMERAL}]|\d)届"
)
"""A session without 第: of fewer than ten 三届 are more often three of them."""
_POSSESSIVE = re.compile(r"(?P<owner>[a-z]{3,})['’]s\b")
_CONTRACTED = re.compile(r"\b(what|who|where|when|how|there|that|it)['’]s\b")


def respelt(question: str, index: Index) -> str:
    """Return `question` with its dates, numbers and symbols as the reports of `index` spell them."""
    text = normalise(question)
    changed = text
    chinese = bool(re.search(f"[{HAN}]", text)) or not re.search("[a-z]", text)
    changed = _POSSESSIVE.sub(lambda m: m[0] if _held(m[0], index) else m["owner"], _CONTRACTED.sub(r"\1 is", changed))
    changed = _BARE_SESSION.sub(lambda m: f"第{m['n'] or m['first']}届", changed)
    changed = _MEETING.sub("会议", _LETTER_FIRST.sub(r"\g<thing>\g<letter>", changed))
    for pattern in _DATES:
        changed = pattern.sub(lambda match: _date(match, chinese), changed)
    for pattern, other in _OTHERS:
        changed = pattern.sub(lambda match, other=other: other(match, index), changed)  # type: ignore[misc]
    return changed if changed != text else question


def _date(match: re.Match[str], chinese: bool) -> str:
    """Return a date as 2018年10月26日 or 26 october 2018; what is no date of the calendar stays as it is."""
    named = match.groupdict()
    month = [m[:3] for m in _MONTHS].index(named["month"][:3]) + 1 if named.get("month") else _value(named["m"])
    day, year = _value(named["day"]), _value(named["year"]) if named["year"] else 0
    try:
        date(year or 2000, month, day)
    except ValueError:
        return match[0]
    if not chinese:
        return f"{day} {_MONTHS[month - 1]}{f' {year}' if year else ''}"
    return f"{f'{year}年' if year else ''}{month}月{day}日"


def _value(printed: str) -> int:
    return int(printed) if printed.isdecimal() else from_chinese(printed) or 0


def _held(token: str, index: Index) -> bool:
    return index.sparse.document_frequency(token) > 0


def _counted(match: re.Match[str], index: Index) -> str:
    value = (from_chinese(match["n"]) or 0) * (10_000 if match["ten"] else 1)
    return str(value) if value > 9 and _held(str(value), index) and not _held(match[0], index) else match[0]


def _in_digits(match: re.Match[str], index: Index) -> str:
    value = int(match["n"])
    if value < 1 or _held(match["n"], index):
        return match[0]
    return to_chinese(value) if _held(to_chinese(value), index) else match[0]


def _resolution(match: re.Match[str], index: Index) -> str:
    """Return A/RES/73/6 as the number of the resolution, where the reports have only that."""
    series = (match["series"] or "").strip()
    number = f"{match['number']}{series}"
    known = _held(f"a/res/{number}", index) or _held(f"a/res/{match['number']}", index)
    return number if not known and _held(number, index) else match[0]


def _numbered(match: re.Match[str], index: Index) -> str:
    """Return resolution 73/6 as its symbol, where the reports have only that."""
    number = f"{match['number']}{(match['series'] or '').strip()}"
    says_so = match["before"] not in (None, "第") or (match["after"] or "").endswith("决议")
    symbol = f"a/res/{number}"
    return f" {symbol} " if says_so and not _held(number, index) and _held(symbol, index) else match[0]


def _symbol(match: re.Match[str], index: Index) -> str:
    """Return a symbol with signs left out or mistaken as the only one of the reports that has its letters and figures."""
    written = match["symbol"].strip(" .-/")
    if _held(written, index) or not re.search(r"[/.-]", written):
        return match[0]
    plain = _PLAIN.sub("", written)
    return _only([s for s in _symbols(written[0], index) if _PLAIN.sub("", s) == plain], match[0])


def _document(match: re.Match[str], index: Index) -> str:
    """Return 文件1179 as the only symbol of the reports that ends in this number."""
    ends = f"/{match['number']}"
    found = [s for letter in "aest" for s in _symbols(letter, index) if s.endswith(ends)]
    return _only(found, match[0])


def _symbols(letter: str, index: Index) -> list[str]:
    return [t for field in ("body", "context") for t in index.sparse.terms_beginning(field, letter) if "/" in t]


def _only(found: list[str], otherwise: str) -> str:
    return f" {found[0]} " if len(set(found)) == 1 else otherwise


_OTHERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Index], str]], ...] = (
    (_COUNTED, _counted),
    (_DIGITS, _in_digits),
    (_RESOLUTION, _resolution),
    (_NUMBERED, _numbered),
    (_LOOSE_SYMBOL, _symbol),
    (_DOCUMENT_NUMBER, _document),
)
