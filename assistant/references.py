"""Explicit references in a question: 第30段, 第十二段（e）项, 第40至45段, 附件三, 脚注1, para. 12 (c). Knows no report.

A reference is looked up, never embedded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.label import ORDINALS, Label, Step, StepKind, annex_label
from corpus.numerals import CHINESE_NUMERAL, HEAVENLY_STEMS, from_any, to_chinese, to_roman
from index.text import normalise

_NUMBER = rf"(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{1,6}})"
_ITEM = rf"(?: ?\((?:[a-z]{{1,5}}|\d{{1,2}}|[{CHINESE_NUMERAL}{HEAVENLY_STEMS}]{{1,3}})\)(?:分?[段项款目])?)"
_ITEM_WORD = rf"(?:的?第(?P<nth>{_NUMBER})(?:小?项|分段))"
_ONE = rf"(?P<number>{_NUMBER})(?P<items>{_ITEM}*)"
_TO = r" ?(?:至|到|~|-{1,2}|—|–|to|through) ?"
_AND = r" ?(?:以及|、|和|与|及|或|,? ?and|,? ?or|,) ?"
_ZH = re.compile(
    rf"第{_ONE}(?:段?{_TO}第?(?P<last>{_NUMBER}))?(?:自然)?段(?!落)(?P<after>[a-z](?![a-z0-9])|{_ITEM}*){_ITEM_WORD}?"
    rf"|(?<![\w/])(?P<number2>\d{{1,4}}|[{CHINESE_NUMERAL}]{{2,6}})(?:{_TO}(?P<last2>\d{{1,4}}))?段(?!时)(?P<after2>[a-z](?![a-z0-9])|{_ITEM}*)"
)
_BARE = re.compile(rf"(?:第|(?<![\w./()])(?=.{{1,6}}\())(?P<number>{_NUMBER})(?P<items>{_ITEM}+)(?![a-z0-9])")
_EN = re.compile(
    rf"\b(?:paragraphs?|paras?\.?) ?(?P<number>\d{{1,4}}(?:bis)?)(?P<items>{_ITEM}*)(?:(?:{_TO}| ?- ?)(?P<last>\d{{1,4}}))?"
)
_ANNEX = re.compile(
    rf"(?P<word>附件|附录)(?P<number>[{CHINESE_NUMERAL}]{{1,3}}|\d{{1,2}}|[ivx]{{1,5}}(?![a-z]))?"
    rf"(?P<items>(?:的?第{_NUMBER}[段行条]|{_ITEM}|¶\d+|#\d+)*)"
    r"|\b(?P<word_en>annex|appendix)(?: (?P<number_en>[ivxlc]{1,6}|\d{1,2})\b)?"
    r"(?P<items_en>(?:(?:, ?| )(?:(?:row|para\.?|paragraph) \d+|(?:the )?(?:" + "|".join(ORDINALS) + r") paragraph))?"
    rf"{_ITEM}*)"
)
_NOTE = re.compile(rf"(?:脚注|注释|\bfootnote |\bfn\.? ?|\bnote )(?P<number>{_NUMBER})")
_ARTICLE = re.compile(
    rf"第(?P<number>{_NUMBER})条(?P<inserted>之[{CHINESE_NUMERAL}]+)?(?:第?(?P<clause>{_NUMBER})款)?(?P<items>{_ITEM}*)"
)
_SIGN = re.compile(rf"\(([a-z]{{1,5}}|\d{{1,2}}|[{CHINESE_NUMERAL}{HEAVENLY_STEMS}]{{1,3}})\)")
_OF_ANOTHER_BEFORE = re.compile(r"(?:决议|公约|条约|宪章|议定书|协定|article|art\.)》?的? ?$")
_OF_ANOTHER_AFTER = re.compile(
    r" (?:of|to) (?:its |the )?(?:general assembly |security council )?(?:resolution|decision|charter)"
)
_LIST = re.compile(
    rf"第(?P<first>{_NUMBER}{_ITEM}*)(?P<more>(?:{_AND}第?(?:{_NUMBER}{_ITEM}*|{_ITEM}+))+)段"
    rf"|\b(?:paragraphs?|paras?\.?) ?(?P<first_en>\d{{1,3}}{_ITEM}*)(?P<more_en>(?:{_AND}(?:\d{{1,3}}(?!\d){_ITEM}*|{_ITEM}+))+)"
)
_ALONE = re.compile(r"^(?:段落 ?|[¶§] ?)?(\d{1,4}) ?(?:[.] ?)?([a-z])?$")
_ITEM_APART = re.compile(rf"(第{_NUMBER})段的?第(\([a-z]{{1,5}}\))[项款]?")
_ANNEXES = re.compile(
    rf"(附件|附录)([{CHINESE_NUMERAL}]{{1,2}}|\d{{1,2}})({_TO}|{_AND})(?:附件|附录)?([{CHINESE_NUMERAL}]{{1,2}}|\d{{1,2}})(?![{CHINESE_NUMERAL}\d段行条])"
)
_MAX_RANGE = 500
_BARE_WORDS = ("附件", "附录", "annex", "appendix")


@dataclass(frozen=True)
class Reference:
    """One place that a question names.

    Attributes:
        printed: the words of the question (normalised) that name it.
        labels: what it can mean, as one list of labels to show together; a range has several.
        alternatives: other readings, tried in turn where the labels are not in the report: an item without its number's
            own spelling (`(1)` for `(一)`), or an annex's paragraph for its item.
        certain: whether these words can mean nothing else. Bare ones (`12(c)`, 第三条, 附件) are a reference only where
            a report has the place.
    """

    printed: str
    labels: tuple[Label, ...]
    alternatives: tuple[Label, ...] = ()
    certain: bool = True


def references_in(question: str) -> list[Reference]:
    """Return the places that `question` names, in order; none where it names none.

    Whether a report has the place is for the report to say.
    """
    text = _spelt_out(question)
    found: list[tuple[int, Reference]] = []
    for pattern, read in _READINGS:
        for match in pattern.finditer(text):
            reference = None if _elsewhere(text, match) else read(match)
            if reference:
                certain = pattern not in (_ARTICLE, _BARE) and match[0] not in _BARE_WORDS
                found.append((match.start(), replace(reference, certain=certain)))
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return [reference for _, reference in sorted(found, key=lambda pair: pair[0])]


def rest_of(question: str, references: list[Reference]) -> str:
    """Return the normalised question without the words of its references: what it asks of them."""
    text = _spelt_out(question)
    for reference in references:
        text = text.replace(reference.printed, " ", 1)
    return text.strip()


def _spelt_out(question: str) -> str:
    """Return the question, normalised, each place of a list named by itself: 第12(c)和(d)段 as 第12(c)段、第12(d)段."""
    text = _ALONE.sub(lambda m: f"第{m[1]}{f'({m[2]})' if m[2] else ''}段", normalise(question))
    text = _ITEM_APART.sub(r"\1\2段", text)
    return _ANNEXES.sub(_each_annex, _LIST.sub(_each_of_list, text))


def _each_of_list(match: re.Match[str]) -> str:
    english = match["first"] is None
    first, more = (match["first_en"], match["more_en"]) if english else (match["first"], match["more"])
    number, places = "", []
    for part in [first, *(p for p in re.split(_AND, more) if p)]:
        part = part.removeprefix("第").strip()
        number = part.partition("(")[0].strip() or number
        places.append(number + part[part.find("(") :] if "(" in part else number)
    return " and ".join(f"para. {p}" for p in places) if english else "、".join(f"第{p}段" for p in places)


def _each_annex(match: re.Match[str]) -> str:
    first, last = from_any(match[2]) or 0, from_any(match[4]) or 0
    numbers = range(first, last + 1) if re.fullmatch(_TO, match[3]) else (first, last)
    return "、".join(f"{match[1]}{to_chinese(n)}" for n in numbers if n) or match[0]


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the words around a reference say that it is a place in another document: a resolution's paragraph."""
    return bool(_OF_ANOTHER_BEFORE.search(text[: match.start()]) or _OF_ANOTHER_AFTER.match(text[match.end() :]))


def _numbered(match: re.Match[str]) -> Reference | None:
    groups = match.groupdict()
    number = from_any((groups.get("number") or groups.get("number2") or "").removesuffix("bis"))
    last = from_any(groups.get("last") or groups.get("last2") or "")
    if number is None:
        return None
    if last:
        first, last = min(number, last), max(number, last)
        span = range(first, min(last, first + _MAX_RANGE) + 1)
        return Reference(match[0], tuple(Label((Step("number", str(n)),)) for n in span))
    after = groups.get("after") or groups.get("after2") or ""
    signs = _SIGN.findall((groups.get("items") or "") + (f"({after})" if after.isalpha() else after))
    base = (Step("number", str(number) + ("bis" if "bis" in (groups.get("number") or "") else "")),)
    nth = from_any(groups.get("nth") or "")
    if nth:
        letter = Label((*base, Step("item", chr(ord("a") + nth - 1)))) if nth <= 26 else None
        return Reference(match[0], (letter,) if letter else (Label(base),), (Label((*base, Step("item", str(nth)))),))
    return Reference(match[0], (Label((*base, *(Step("item", s) for s in signs))),))


def _article(match: re.Match[str]) -> Reference | None:
    number = from_any(match["number"])
    if not number:
        return None
    article = Step("article", f"第{to_chinese(number)}条{match['inserted'] or ''}")
    items = tuple(Step("item", s) for s in _SIGN.findall(match["items"] or ""))
    clause = from_any(match["clause"] or "")
    if clause is None:
        return Reference(match[0], (Label((article, *items)),))
    readings = [
        Label((article, Step("number", str(clause)), *items)),
        Label((article, Step("unnumbered", str(clause)), *items)),
    ]
    return Reference(match[0], (readings[0],), (readings[1], *((Label((article, *items)),) if clause == 1 else ())))


def _annex(match: re.Match[str]) -> Reference | None:
    english = match["word_en"]
    word, printed = (english.capitalize(), match["number_en"]) if english else (match["word"], match["number"])
    number = from_any(printed or "")
    if printed and not number:
        return None
    chinese = {"Annex": "附件", "Appendix": "附录"}.get(word, word)
    label = annex_label(chinese, to_chinese(number) if number else "")
    latin = annex_label({"附件": "Annex", "附录": "Appendix"}[chinese], to_roman(number) if number else "")
    items = (match["items_en"] if english else match["items"]) or ""
    if not items:
        return Reference(match[0], (label,), (latin,))
    signs = [Step("item", s) for s in _SIGN.findall(items)]
    for place, word in enumerate(ORDINALS, start=1):
        items = re.sub(rf"\b{word} paragraph", f"¶{place}", items)
    nth = re.search(rf"(?:第({_NUMBER})([段行条])|(?:row|para\.?|paragraph) (\d+)|([¶#])(\d+))", items)
    readings: list[Label] = []
    for scope in (label.scope, latin.scope):
        if nth is None:
            readings.append(Label(tuple(signs), scope))
            continue
        mark = str(from_any(nth[1] or nth[3] or nth[5]))
        kinds: tuple[StepKind, ...] = (
            ("row",)
            if nth[2] == "行" or nth[4] == "#" or "row" in items
            else ("unnumbered",)
            if nth[4]
            else ("number", "unnumbered")
        )
        readings += [Label((Step(kind, mark), *signs), scope) for kind in kinds]
    return Reference(match[0], (readings[0],), tuple(readings[1:]))


def _note(match: re.Match[str]) -> Reference | None:
    number = from_any(match["number"])
    return Reference(match[0], (Label((Step("footnote", str(number)),)),)) if number else None


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reference | None]], ...] = (
    (_ANNEX, _annex),
    (_ARTICLE, _article),
    (_ZH, _numbered),
    (_EN, _numbered),
    (_NOTE, _note),
    (_BARE, _numbered),
)
