"""The grammar of places: 第12(c)段, 第40至45段, 附件三, 第三条第二款, para. 12 (c), párrafo 8. Knows no report.

Questions and texts name places alike; what only one of them does stands with it, in `assistant.references` and in
`corpus.references.links`. A text is read as `corpus.references.folding` or `index.text` leaves it: half width, lower case,
without white space beside Han characters. Whether a report has a place is for the report to say.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus.label import ORDINALS, Label, Step, StepKind, annex_label
from corpus.numerals import CHINESE_NUMERAL, from_any, to_chinese, to_roman
from corpus.references.number_lists import (
    AND,
    ITEM,
    LATIN_ITEM,
    MARK,
    MAX_RANGE,
    NUMBER,
    SIGN,
    TO,
    listed_labels,
    parts_of_list,
    signs_named,
)

Form = Literal["paragraph", "annex", "article", "note"]
Place = tuple[Label, ...]
"""What one named place can mean, the likeliest first: `(1)` or `(一)`, an annex's paragraph 3 or its third one."""

_ZH = re.compile(
    rf"第(?P<list>{NUMBER}{ITEM}*(?:(?:段?{TO}|{AND})第?(?:{NUMBER}{ITEM}*|{ITEM}+))*)(?:自然)?段(?!落)"
    rf"(?P<after>[a-z](?![a-z0-9])|(?:{ITEM}+(?:(?:{TO}|{AND}){ITEM}+)*)?)(?:的?第(?P<nth>{NUMBER})(?:小?项|分段))?"
)
_FIGURE = r"\d{1,4}(?:bis|ter)?(?!\d|[/.,]\d|%| per cent| million)"
_LATIN = re.compile(
    rf"(?:(?P<items>(?:alinéas?|sous-alinéas?|apartados?|incisos?|подпункт[а-я]*) (?P<marks>\(?{MARK}\)(?:{AND}\(?{MARK}\))*)"
    r" (?:(?:du|des|del|de los|de los) )?)"
    r"|(?<![\w-]))"
    r"(?P<word>paragraphs?|paras?\.?|paragraphes?|párrafos?|párrs?\.|пункт(?:а|е|у|ом|ы|ов|ах|ам|ами)?|пп?\.) ?"
    rf"(?P<list>{_FIGURE}{LATIN_ITEM}*(?:(?:{TO}|{AND})(?:{_FIGURE}{LATIN_ITEM}*|{LATIN_ITEM}+))*)"
)
_ANNEX_WORDS = {
    "附件": "附件",
    "附录": "附录",
    "appendix": "附录",
    "apéndice": "附录",
    "appendice": "附录",
    "добавление": "附录",
}
_ANNEX = re.compile(
    rf"(?P<word>附件|附录)(?P<number>(?:[{CHINESE_NUMERAL}]{{1,3}}|\d{{1,2}})(?![般些个样并起届次])|[ivx]{{1,5}}(?![a-z]))?"
    rf"(?P<items>(?:的?第{NUMBER}[段行条]|{ITEM}|¶\d+|#\d+)*)"
    r"|\b(?P<word_latin>annexe?|appendi(?:x|ce)|anexo|apéndice|(?:приложени|добавлени)[ейяюм]{1,2})(?![a-z])"
    r"(?: (?P<number_latin>[ivxlc]{1,6}|\d{1,2})\b(?!/))?"
    r"(?P<items_latin>(?:(?:, ?| )(?:(?:row|para\.?|paragraph) \d+(?:bis|ter|quater)?|(?:the )?(?:"
    + "|".join(ORDINALS)
    + r") paragraph))?"
    rf"{ITEM}*)"
)
_ANNEXES = re.compile(
    rf"(?P<word>附件|附录)(?P<list>(?:[{CHINESE_NUMERAL}]{{1,2}}|\d{{1,2}})(?:(?:{TO}|{AND})(?:附件|附录)?(?:[{CHINESE_NUMERAL}]{{1,2}}|\d{{1,2}}))+)"
    rf"(?![{CHINESE_NUMERAL}\d段行条])"
    rf"|\b(?P<word_latin>annexes|appendices|anexos|приложени[ийямх]+) (?P<list_latin>[ivxlc]+(?:(?:{TO}|{AND})[ivxlc]+)+)\b"
)
_NOTE = re.compile(rf"(?:脚注|注释|\bfootnote |\bfn\.? ?|\bnote )(?P<number>{NUMBER})(?!/)")
_ARTICLE = re.compile(
    rf"第(?P<number>{NUMBER})条(?P<inserted>之[{CHINESE_NUMERAL}]+)?"
    rf"(?P<clauses>[、,]?第?\(?{NUMBER}\)?款(?:(?:{TO}|{AND})第\(?{NUMBER}\)?款)*)?"
    rf"(?P<items>(?:[、,]?第?{ITEM}|第{NUMBER}项)?(?:(?:{TO}|{AND})(?:第?\({MARK}\)项?|第{NUMBER}项))*{ITEM}*)"
    rf"(?P<point>(?<=项)第{NUMBER}[目段])?"
)
_ARTICLES = re.compile(
    rf"第(?P<first>{NUMBER})(?:条(?P<first_inserted>之[{CHINESE_NUMERAL}]+)?)?{TO}第?(?P<last>{NUMBER})条(?P<last_inserted>之[{CHINESE_NUMERAL}]+)?"
    rf"|第(?P<list>{NUMBER}(?:{AND}第?{NUMBER})+)条"
)


@dataclass(frozen=True)
class Mention:
    """Words that name one place or several, and their half-open span in the text.

    Attributes:
        start: where they begin.
        end: where they end.
        form: what they call it.
        places: what they name, one for each place of a list or a range.
        named: whether they say more than the bare word: 附件三, and not 附件.
    """

    start: int
    end: int
    form: Form
    places: tuple[Place, ...]
    named: bool = True


def mentions_in(text: str) -> list[Mention]:
    """Return the places that `text` names, in order; none overlaps another."""
    found: list[Mention] = []
    for pattern, form, read in _READINGS:
        for match in pattern.finditer(text):
            places = read(match)
            if places:
                found.append(Mention(match.start(), match.end(), form, places, match[0] not in _ANNEX_WORDS))
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda mention: mention.start)


def paragraph_places(listed: str, after: str = "", nth: str = "") -> tuple[Place, ...]:
    """Return what a list of paragraph numbers names.

    Args:
        listed: numbers and items with what stands between them: `12(c)和(d)`, `40至45`.
        after: an item named behind it: `c`, `(c)`.
        nth: the number of an item that is counted to: `三` of 第12段第三项.
    """
    labels = listed_labels(listed + (f"({after})" if after.isalpha() else after))
    value = from_any(nth)
    if not labels or not value:
        return tuple((label,) for label in labels)
    letter = (_below(labels[-1], Step("item", chr(ord("a") + value - 1))) if value <= 26 else labels[-1],)
    return (*((label,) for label in labels[:-1]), (*letter, _below(labels[-1], Step("item", str(value)))))


def article_places(article: Label, clauses: list[int], signs: list[str], bare: bool = False) -> tuple[Place, ...]:
    """Return what clauses (款) or items (项) of an article name.

    Args:
        article: the article's own label.
        clauses: numbers of its clauses; none where none is named. The first of them may stand in the article itself.
        signs: marks of the items of the only clause, or of the article's own list.
        bare: whether the items are named without brackets, as old treaties name their clauses (本条第二项).
    """
    owners = [_clause(article, clause) for clause in clauses] or [(article,)]
    if not signs:
        return tuple(owners)
    items = [tuple(_below(owner, Step("item", sign)) for owner in owners[-1]) for sign in signs]
    if bare and not clauses:
        items = [
            (*place, *_clause(article, from_any(sign) or 0)[:-1]) for place, sign in zip(items, signs, strict=True)
        ]
    return (*owners[:-1], *items)


def _clause(article: Label, number: int) -> Place:
    """Return what the clause of an article can be: numbered, unnumbered, or the article's own words where it is the first."""
    numbered, unnumbered = (
        _below(article, Step("number", str(number))),
        _below(article, Step("unnumbered", str(number))),
    )
    return (numbered, unnumbered, *((article,) if number == 1 else ()))


def _below(label: Label, *steps: Step) -> Label:
    return Label((*label.steps, *steps), label.scope)


def _chinese(match: re.Match[str]) -> tuple[Place, ...]:
    return paragraph_places(match["list"], match["after"], match["nth"] or "")


def _latin(match: re.Match[str]) -> tuple[Place, ...]:
    listed = match["list"]
    singular = match["word"] in ("paragraph", "paragraphe", "párrafo", "para", "para.", "пункт")
    if singular:  # "in paragraph 5, 12 States …" names one paragraph
        listed = re.split(r", ?(?=\d)", listed)[0]
    labels = listed_labels(listed)
    signs = SIGN.findall(match["marks"] or "")
    if signs and len(labels) == 1:
        labels = [_below(labels[0], Step("item", sign)) for sign in signs]
    return tuple((label,) for label in labels)


def _article(match: re.Match[str]) -> tuple[Place, ...]:
    article = _article_label(match["number"], match["inserted"])
    if article is None:
        return ()
    clauses = _numbers(match["clauses"] or "")
    signs, bare = signs_named(match["items"] or "")
    places = article_places(article, clauses, signs, bare)
    if not match["point"]:
        return places
    [point] = _numbers(match["point"])
    step = Step("number" if match["point"].endswith("目") else "unnumbered", str(point))
    return (*places[:-1], tuple(_below(label, step) for label in places[-1]))


def _numbers(text: str) -> list[int]:
    """Return the numbers of the clauses that `text` names: 第一款、第三款, 第一款至第三款."""
    numbers = [from_any(n) or 0 for n in re.findall(NUMBER, text)]
    ranged = len(numbers) == 2 and re.search(rf"款{TO}", text)
    return list(range(numbers[0], numbers[1] + 1)) if ranged else numbers


def _article_label(number: str, inserted: str | None) -> Label | None:
    value = from_any(number)
    return Label((Step("article", f"第{to_chinese(value)}条{inserted or ''}"),)) if value else None


def _articles(match: re.Match[str]) -> tuple[Place, ...]:
    if match["list"]:
        labels = [_article_label(n, None) for n in re.findall(NUMBER, match["list"])]
        return tuple((label,) for label in labels if label)
    first, last = from_any(match["first"]) or 0, from_any(match["last"]) or 0
    if not 0 < first < last:
        return ()
    numbers = range(first, min(last, first + MAX_RANGE) + 1)
    places = [(Label((Step("article", f"第{to_chinese(n)}条"),)),) for n in numbers]
    for place, inserted in ((0, match["first_inserted"]), (-1, match["last_inserted"])):
        if inserted:
            places[place] = (Label((Step("article", places[place][0].steps[0].mark + inserted),)),)
    return tuple(places)


def _annex(match: re.Match[str]) -> tuple[Place, ...]:
    latin = match["word_latin"]
    printed = match["number_latin"] if latin else match["number"]
    number = from_any(printed or "")
    if printed and not number:
        return ()
    label, other = _annex_labels(latin or match["word"], number)
    items = (match["items_latin"] if latin else match["items"]) or ""
    if not items:
        return ((label, other),)
    signs = [Step("item", s) for s in SIGN.findall(items)]
    for place, word in enumerate(ORDINALS, start=1):
        items = re.sub(rf"\b{word} paragraph", f"¶{place}", items)
    nth = re.search(
        rf"(?:第({NUMBER})([段行条])|(?:row|para\.?|paragraph) (\d+(?:bis|ter|quater)?)|([¶#])(\d+))", items
    )
    readings: list[Label] = []
    for scope in (label.scope, other.scope):
        if nth is None:
            readings.append(Label(tuple(signs), scope))
            continue
        printed_number = nth[1] or nth[3] or nth[5]
        mark = str(from_any(printed_number) or printed_number)
        kinds: tuple[StepKind, ...] = ("number", "unnumbered")
        if nth[2] == "行" or nth[4] == "#" or "row" in items:
            kinds = ("row",)
        elif nth[4]:
            kinds = ("unnumbered",)
        readings += [Label((Step(kind, mark), *signs), scope) for kind in kinds]
    return (tuple(readings),)


def _annex_labels(word: str, number: int | None) -> Place:
    """Return the label of an annex in Chinese and the one in English; equal where it has a number."""
    appendix = _ANNEX_WORDS.get(word, "附件") == "附录" or word.startswith(("добавлени", "appendi"))
    chinese, english = ("附录", "Appendix") if appendix else ("附件", "Annex")
    return annex_label(chinese, to_chinese(number) if number else ""), annex_label(
        english, to_roman(number) if number else ""
    )


def _annexes(match: re.Match[str]) -> tuple[Place, ...]:
    word, numbers = match["word"] or match["word_latin"], []  # type: str, list[int]
    for ranged, part in parts_of_list(match["list"] or match["list_latin"]):
        number = from_any(part.removeprefix("附件").removeprefix("附录")) or 0
        if ranged and numbers:
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
    return tuple(_annex_labels(word, number) for number in numbers if number)


def _note(match: re.Match[str]) -> tuple[Place, ...]:
    number = from_any(match["number"])
    return ((Label((Step("footnote", str(number)),)),),) if number else ()


_READINGS: tuple[tuple[re.Pattern[str], Form, Callable[[re.Match[str]], tuple[Place, ...]]], ...] = (
    (_ANNEXES, "annex", _annexes),
    (_ANNEX, "annex", _annex),
    (_ARTICLES, "article", _articles),
    (_ARTICLE, "article", _article),
    (_ZH, "paragraph", _chinese),
    (_LATIN, "paragraph", _latin),
    (_NOTE, "note", _note),
)
