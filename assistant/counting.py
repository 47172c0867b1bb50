"""Places that are counted to: 第12段以后的三段, 最后一段, 前五段, the two paragraphs before paragraph 12.

Knows in what order a report's paragraphs stand. A place of the turn before (下一段) is `assistant.conversation`'s business.
"""

import re
from collections.abc import Callable

from assistant.spelling import WORD_NUMBER, word_value
from assistant.view import View
from corpus.label import Label
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.text import normalise

MAX_COUNTED = 50
_A_FEW = 3
_N = rf"(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{1,6}})"
_COUNT_EN = rf"(?:\d{{1,2}}|{WORD_NUMBER})"
_ALONE = r"(?:^|(?<=[,。;:读看示查])|(?:本|该|这份)?报告的?|全文的?)"
_FROM = re.compile(
    rf"第(?P<n>{_N})段(?:的|之|以)?(?P<way>前|后|上|下)面?的?(?P<count>{_N}|几)?个?段"
    rf"|(?:the )?(?P<count_en>{_COUNT_EN} )?(?:next |following |previous )?paragraphs? "
    r"(?P<way_en>after|before|following|preceding) (?:paragraph|para\.?) (?P<n_en>\d{1,4})"
)
_AROUND = re.compile(
    rf"第(?P<n>{_N})段的?前后(?:各(?P<count>{_N})?段|的?段落)?"
    r"|\bparagraphs around (?:paragraph|para\.?) (?P<n_en>\d{1,4})"
)
_LAST = re.compile(
    rf"{_ALONE}(?:最后|末尾|结尾)的?(?P<count>{_N}|几)?个?(?:自然)?段(?!时)"
    rf"|^(?:[a-z ]*)\bthe (?:last|final) (?P<count_en>{_COUNT_EN} )?paragraphs?(?: of the report)?(?=[?.]?$)"
)
_FROM_LAST = re.compile(
    rf"{_ALONE}倒数第(?P<count>{_N})段|^(?:[a-z ]*)\bthe last paragraph but (?P<count_en>one|two|three)\b"
)
_FIRST = re.compile(
    rf"{_ALONE}(?:最前|开头|前)面?的?(?P<count>{_N}|几)个?段(?!时)"
    rf"|^(?:[a-z ]*)\bthe first (?P<count_en>{_COUNT_EN} )?paragraphs?(?: of the report)?(?=[?.]?$)"
)


def counted(question: str, view: View) -> str:
    """Return `question` with the places it counts to named by their labels; as it is where it counts to none there is."""
    text = normalise(question)
    for pattern, places in _KINDS:
        match = pattern.search(text)
        labels = places(match, view)[:MAX_COUNTED] if match else []
        if match and labels:
            named = "、".join(label.shown("zh") for label in labels)
            return f"{text[: match.start()]}{named}{text[match.end() :]}"
    return question


def _value(match: re.Match[str], group: str = "count") -> int | None:
    printed = match.groupdict().get(group)
    english = (match.groupdict().get(f"{group}_en") or "").strip()
    if printed == "几":
        return _A_FEW
    if english:
        return from_any(english) if english.isdecimal() else word_value(english)
    return from_any(printed) if printed else None


def _at(match: re.Match[str], view: View) -> tuple[list[Label], int] | None:
    """Return the paragraphs of the first report that has the one a match begins from, and where in them it stands."""
    label = Label.parse(str(_value(match, "n") or 0))
    for hit in view.at(label)[:1]:
        own = view.own(hit.report)
        at = next((i for i, one in enumerate(own) if one.sort_key == label.sort_key), None)
        return (own, at) if at is not None else None
    return None


def _from(match: re.Match[str], view: View) -> list[Label]:
    found = _at(match, view)
    if found is None:
        return []
    own, at = found
    count = _value(match) or 1
    back = (match["way"] or match["way_en"]) in ("前", "上", "before", "preceding")
    return own[max(0, at - count) : at] if back else own[at + 1 : at + 1 + count]


def _around(match: re.Match[str], view: View) -> list[Label]:
    found = _at(match, view)
    count = _value(match) or 1
    return found[0][max(0, found[1] - count) : found[1] + count + 1] if found else []


def _body(view: View) -> list[Label]:
    """Return the paragraphs of the body of the only report there is to look in; none of several."""
    reports = view.reports if view.reports is not None else tuple(view.titles())
    return [label for label in view.own(reports[0]) if not label.scope] if len(reports) == 1 else []


def _last(match: re.Match[str], view: View) -> list[Label]:
    return _body(view)[-(_value(match) or 1) :]


def _from_last(match: re.Match[str], view: View) -> list[Label]:
    back = (_value(match) or 1) + bool(match["count_en"])
    own = _body(view)
    return own[-back : len(own) - back + 1] if back <= len(own) else []


def _first(match: re.Match[str], view: View) -> list[Label]:
    return _body(view)[: _value(match) or 1]


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], View], list[Label]]], ...] = (
    (_FROM, _from),
    (_AROUND, _around),
    (_FROM_LAST, _from_last),
    (_LAST, _last),
    (_FIRST, _first),
)
