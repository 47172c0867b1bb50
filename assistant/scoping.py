"""What a question says it is to be answered from: 在第三章里…, 2023年的报告中…, in the section on …, in the English reports …

Only what is unmistakable is taken so, and only where the library has such reports or sections; else the words stay in the
question. Knows no paragraph.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.filter import Filter, Scope, scope_of
from assistant.sections import is_mark
from assistant.view import View
from corpus.library import collections
from corpus.library.likeness import normal_symbol
from corpus.numerals import CHINESE_NUMERAL, from_chinese
from corpus.references.folding import fold
from index.text import HAN, normalise

_IN = r"(?:里面?|裡面?|中|内|之中|当中)(?:[,:]|有没有)?"
_START = r"(?:^|(?<=[,。;:?]))(?:请问)?(?:在|从|根据|按照|依照|据)?"
_NUMBER = rf"(?:[{CHINESE_NUMERAL}]{{1,3}}|\d{{1,2}}|[ivx]{{1,5}}|[a-z])"
_UNIT_ZH = "(?:章|部分|节|節|编|編|篇)"
_MARK_ZH = rf"(?:第{_NUMBER}{_UNIT_ZH}的?)*第{_NUMBER}{_UNIT_ZH}(?:{_NUMBER}节)?|[a-z]节"
_MARK_EN = r"(?:chapter|section|part) (?:[ivx]+|[a-z]|\d{1,2})(?:\.[a-z\d]{1,2})*"
_LANGUAGES = {
    "中文": "zh", "汉语": "zh", "英文": "en", "英语": "en", "法文": "fr", "法语": "fr", "俄文": "ru", "俄语": "ru",
    "西班牙文": "es", "西班牙语": "es", "阿拉伯文": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru",
    "spanish": "es", "arabic": "ar",
}  # fmt: skip
_OF_REPORTS = r"(?:那份|这份|这些|各份|所有)?(?:工作)?(?:报告|文件)"
_SAYS = r"(?=[说提讲谈指写]|怎么|如何|,)"

_SECTION = (
    re.compile(rf"(?:{_START}|在)(?P<what>{_MARK_ZH}){_IN}"),
    re.compile(rf"{_START}(?P<what>{_MARK_ZH})(?=[讲说谈写]了?(?:什么|哪些)|的?(?:全部)?内容|[?。]?$)"),
    re.compile(rf"^(?:what does |show )?(?P<what>{_MARK_EN})(?: says?)?[?.]?$"),
    re.compile(rf"(?:{_START}|在)(?:关于|題為|题为)?[\"“'《「]?(?P<what>[^\"”'》」,。?]{{2,40}}?)[\"”'》」]?的?(?:这|那)?(?:一节|一章|章节){_IN}"),
    re.compile(rf"\b(?:in|under) (?P<what>{_MARK_EN})(?=[,.?]|$| of (?:the|this) report)(?: of (?:the|this) report)?,?"),
    re.compile(
        r"\b(?:in|under) the (?:section|chapter|part) (?:on|about|entitled|titled|called|headed) "
        r"(?:\"(?P<quoted>[^\"]+)\"|(?P<what>[^,?\"]{2,80}?))(?:,|(?=\?|$))"
    ),
)  # fmt: skip
_YEAR = (
    re.compile(rf"{_START}(?P<what>(?:19|20)\d\d|[{CHINESE_NUMERAL}]{{4}})年度?的?{_OF_REPORTS}(?:{_IN}|{_SAYS})"),
    re.compile(r"\b(?:in|from|according to) the (?P<what>(?:19|20)\d\d) (?:annual )?reports?\b,?"),
    re.compile(r"\bin (?:the )?reports? (?:of|from|for) (?P<what>(?:19|20)\d\d)\b,?"),
)
_LANGUAGE = (
    re.compile(rf"{_START}(?P<what>[中汉英法俄]文|[汉英法俄]语|西班牙[文语]|阿拉伯文)版?的?{_OF_REPORTS}{_IN}"),
    re.compile(
        r"\bin the (?P<what>english|chinese|french|russian|spanish|arabic)(?:-language)? "
        r"(?:reports?|documents?|versions?)\b,?"
    ),
)
_COLLECTION = (
    re.compile(rf"{_START}(?:合集|文集)[\"“'《「]?(?P<what>[^\"”'》」,。?]{{1,40}}?)[\"”'》」]?(?:的报告)?{_IN}"),
    re.compile(
        rf"{_START}[\"“'《「]?(?P<what>[^\"”'》」,。?]{{1,40}}?)[\"”'》」]?(?:这个)?(?:合集|文集)的?(?:报告)?{_IN}"
    ),
    re.compile(r"\bin (?:the )?collection ?\"?(?P<what>[^\",?]{1,60}?)\"?(?:,|(?=\?|$))"),
    re.compile(r"\bin the \"?(?P<what>[^\",?]{1,60}?)\"? collection\b,?"),
)
_SYMBOL = r"(?P<what>[a-z]+(?:/[a-z\d.-]*[a-z\d])+)"
_LAWS = ("法", "条例", "办法", "公约", "条约", "协定", "宪章", "细则")
_LAW = rf"(?P<what>[{HAN}]{{0,20}}(?:{'|'.join(_LAWS)}))"
_REPORT = (
    re.compile(rf"{_START}《(?P<what>[^》]{{2,200}})》(?:这份|那份)?(?:报告)?{_IN}"),
    re.compile(rf"{_START}(?P<what>[a-z]+(?:/[a-z\d.-]+)+)(?:这份|那份|号)?(?:报告|文件|决议)?{_IN}"),
    re.compile(rf"\b(?:in|according to) {_SYMBOL}(?=[,?]|$),?"),
    re.compile(rf"(?<=[\d)ivx]) (?:of|in) {_SYMBOL}(?=[,?]|$)"),
    re.compile(rf"^{_SYMBOL}(?:号(?:决议|文件|报告))?(?:,? ?(?=para|annex)|的?(?=第.{{1,12}}段|附件))"),
    re.compile(rf"{_START}{_LAW}(?:{_IN}|(?=第.{{1,4}}[章编节]|(?:哪些|有几|哪几|所有).{{0,3}}(?:条|段|处)))"),
)


@dataclass(frozen=True)
class Kept:
    """A question, and what it is to be answered from.

    Attributes:
        question: without the words that say what from.
        view: what is looked in.
        within: what those words say; nothing where there are none.
        certain: whether the places that the question names are of the report that it names, and of no other.
        first: whether all else is looked in where nothing is found there.
    """

    question: str
    view: View
    within: Filter
    certain: bool = False
    first: bool = False


def kept_to(question: str, view: View) -> Kept:
    """Return `question` without the words that keep it to some reports or sections, and the view that they leave."""
    rest, within = question, Filter()
    for patterns, read in _KINDS:
        folded = fold(rest)
        for pattern in patterns:
            match = pattern.search(folded.text)
            wanted = read(match, within, view) if match else None
            if match is None or wanted is None:
                continue
            scope = scope_of(wanted, view.reports, view.catalogue, view.connection)
            if scope.reports and (scope.passages is None or scope.passages):
                start, end = folded.span(match.start(), match.end())
                rest, within = f"{rest[:start]} {rest[end:]}".strip(" ，,"), wanted
                break
    if not within:
        return Kept(question, view, within)
    return Kept(rest, narrowed(view, scope_of(within, view.reports, view.catalogue, view.connection)), within)


def narrowed(view: View, scope: Scope) -> View:
    """Return a view of what both `view` and `scope` leave."""
    passages = scope.passages if view.passages is None else view.passages
    if scope.passages is not None and view.passages is not None:
        passages = scope.passages & view.passages
    return replace(view, reports=scope.reports, passages=passages)


def _what(match: re.Match[str]) -> str:
    return str(match.groupdict().get("quoted") or match["what"])


def _section(match: re.Match[str], within: Filter, _view: View) -> Filter | None:
    named = _what(match)
    return replace(within, sections=(named,)) if is_mark(named) or len(normalise(named)) > 1 else None


def _year(match: re.Match[str], within: Filter, _view: View) -> Filter | None:
    year = match["what"]
    value = int(year) if year.isdecimal() else from_chinese(year)
    return replace(within, years=(value,)) if value else None


def _language(match: re.Match[str], within: Filter, _view: View) -> Filter | None:
    return replace(within, languages=(_LANGUAGES.get(match["what"], ""),))


def _collection(match: re.Match[str], within: Filter, view: View) -> Filter | None:
    wanted = normalise(match["what"]).strip()
    named = tuple(name for name in collections.every(view.connection) if normalise(name) == wanted)
    return replace(within, collections=named) if named else None


def _report(match: re.Match[str], within: Filter, view: View) -> Filter | None:
    """Return the filter for the reports with this title, symbol or id; a law may go by the end of its title."""
    wanted = normalise(match["what"])
    named = tuple(_named(wanted, view))
    return replace(within, reports=named) if named else None


def _named(wanted: str, view: View) -> Iterator[str]:
    symbol = normal_symbol(wanted)
    for row in view.catalogue.rows.values():
        title = normalise(row.title)
        law = wanted.endswith(_LAWS) and title.endswith(wanted)
        if symbol in (normal_symbol(row.symbol), normal_symbol(row.name)) or wanted == title or law:
            yield str(row.name)


_Read = Callable[[re.Match[str], Filter, View], Filter | None]
_KINDS: Iterable[tuple[tuple[re.Pattern[str], ...], _Read]] = (
    (_REPORT, _report),
    (_COLLECTION, _collection),
    (_YEAR, _year),
    (_LANGUAGE, _language),
    (_SECTION, _section),
)
