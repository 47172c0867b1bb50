"""Places that only a report's own text names: 前款, 本条第一款, 原则3, guideline A.2, article IX, section B.1 (b) below.

What they mean depends on where the reader stands; that is for `corpus.references.standing` to say. Knows no report.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.label import Label, Step
from corpus.numerals import CHINESE_NUMERAL, from_any
from corpus.references.grammar import Place
from corpus.references.number_lists import AND, ITEM, NUMBER, TO, signs_named

_CLAUSES = rf"第\(?{NUMBER}\)?款(?:(?:{TO}|{AND})第\(?{NUMBER}\)?款)*"
_ITEMS = rf"(?:第{ITEM}|第{NUMBER}项)(?:(?:{TO}|{AND})(?:第?{ITEM}|第{NUMBER}项))*"
_RELATIVE = re.compile(
    rf"(?P<which>前[一两二三四五]?款|本款|本条(?![约例文款件])|前条(?![约例文款件])|前[一两二三四五]?项)(?:的?(?P<clauses>{_CLAUSES}))?(?:的?(?P<items>{_ITEMS}))?"
    rf"|(?<!条)(?P<clauses_alone>{_CLAUSES})(?P<items_alone>{_ITEMS})?"
    rf"|(?<![款条])(?P<items_only>第(?:\({NUMBER}\)|{NUMBER})项(?:(?:{TO}|{AND})第?(?:\({NUMBER}\)|{NUMBER})项)*)"
)
_UNIT_NUMBER = (
    rf"(?:[a-d]\.\d{{1,2}}|\d{{1,2}}(?![\d./])|[ivx]{{1,5}}\b|[{CHINESE_NUMERAL}]{{1,3}}(?![般些个概切样并起旦]))"
)
UNIT = re.compile(
    r"(?P<word>原则|准则|\bguideline |\bprinciple |\bprincipio |\bprincipe |\bdirectriz |\bпринцип[а-я]* )"
    rf"(?P<number>{_UNIT_NUMBER})"
)
_ARTICLE = re.compile(
    r"\b(?:articles?|artículos?|стать(?:я|и|е|ю|ей|ям|ях)|arts?\.) "
    r"(?P<list>(?P<first>(?:\d{1,3}|[ivxlc]{1,7})\b(?: (?:bis|ter|quater)\b)?)"
    rf"(?P<items>(?: ?\(\w{{1,4}}\))*)(?P<more>(?:(?:{TO}|{AND})(?:\d{{1,3}}|[ivxlc]{{1,7}})\b)*))"
)
_SECTION = re.compile(
    rf"\b(?:section|chapter|chap\.|sect\.) (?P<marks>(?:[ivx]+|[a-z])\b(?:\.[a-z0-9]{{1,2}})*(?: ?\([a-z]\))?)"
    rf"|(?<=[上下]文)第?(?P<chapter>[{CHINESE_NUMERAL}]{{1,3}}|\d{{1,2}})[章节](?P<section>[a-z](?![a-z]))?节?"
)


@dataclass(frozen=True)
class Relative:
    """A place counted from the clause that the reader stands in.

    Attributes:
        start: where the words begin.
        end: where they end.
        back: how many clauses before the reader's; empty where the article's own clauses or items are meant.
        which: the word itself: 前款, 本条, 前条, 前项, or empty for a bare 第二款.
        clauses: numbers of the clauses of the article.
        signs: marks of the items.
        bare: whether the items are named without brackets.
    """

    start: int
    end: int
    which: str
    back: tuple[int, ...]
    clauses: tuple[int, ...]
    signs: tuple[str, ...]
    bare: bool


@dataclass(frozen=True)
class Unit:
    """A principle or a guideline: its word, and its number by value."""

    start: int
    end: int
    word: str
    number: str


@dataclass(frozen=True)
class Section:
    """A section by the marks of its headings, outermost first: `b`, `1`, `(b)`."""

    start: int
    end: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Articles:
    """Articles in a European language, each as what it can mean."""

    start: int
    end: int
    places: tuple[Place, ...]


TextPlace = Relative | Unit | Section | Articles


def text_places_in(text: str) -> list[TextPlace]:
    """Return the places that a reader's standing tells, in order; none overlaps another.

    Args:
        text: `corpus.references.folding.Folded.text`, what was read already blotted out with NUL.
    """
    found: list[TextPlace] = []
    for pattern, read in _READINGS:
        for match in pattern.finditer(text):
            place = read(match)
            if place:
                found.append(place)
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda place: place.start)


def unit_number(printed: str) -> str:
    """Return the number of a unit so that 三 and 3 are one: a numeral by its value, A.2 in lower case."""
    value = from_any(printed)
    return str(value) if value else printed.lower()


def _relative(match: re.Match[str]) -> Relative:
    which = match["which"] or ""
    clauses = [from_any(n) or 0 for n in re.findall(NUMBER, match["clauses"] or match["clauses_alone"] or "")]
    if len(clauses) == 2 and re.search(rf"款{TO}", match[0]):
        clauses = list(range(clauses[0], clauses[1] + 1))
    signs, bare = signs_named(match["items"] or match["items_alone"] or match["items_only"] or "")
    counted = re.fullmatch(r"前(.?)[款项]", which)
    back = range(1, (from_any(counted[1]) or 1) + 1) if counted else ()
    return Relative(match.start(), match.end(), which, tuple(back), tuple(clauses), tuple(signs), bare)


def _unit(match: re.Match[str]) -> Unit:
    return Unit(match.start(), match.end(), match["word"].strip(), unit_number(match["number"]))


def _section(match: re.Match[str]) -> Section:
    if match["chapter"]:
        return Section(match.start(), match.end(), tuple(filter(None, (match["chapter"], match["section"]))))
    return Section(match.start(), match.end(), tuple(re.findall(r"\([a-z]\)|[a-z0-9]+", match["marks"])))


def _articles(match: re.Match[str]) -> Articles | None:
    first = _article(match["first"])
    if first is None:
        return None
    marks = re.findall(r"\w+", match["items"])
    steps = [(Step("item", mark),) for mark in marks[:1]]
    labels = [[Label((first, *items)) for items in steps] or [Label((first,))]]
    if marks and marks[0].isdecimal():  # Article 2 (4) is its paragraph 4
        labels[0].append(Label((first, Step("number", marks[0]))))
    for ranged, part in _listed(match["more"]):
        previous = from_any(labels[-1][0].steps[0].mark.split(" ")[1])
        value = from_any(part)
        if value is None or previous is None:
            continue
        numbers = range(previous + 1, value + 1) if ranged else (value,)
        labels += [[Label((Step("article", f"Article {n}"),))] for n in numbers]
    return Articles(match.start(), match.end(), tuple(tuple(readings) for readings in labels))


def _article(printed: str) -> Step | None:
    number, _, suffix = printed.partition(" ")
    value = from_any(number)
    return Step("article", f"Article {value}{f' {suffix}' if suffix else ''}") if value else None


def _listed(text: str) -> list[tuple[bool, str]]:
    parts = re.findall(rf"(?P<to>{TO})|{AND}", text)
    numbers = re.findall(r"\d{1,3}|\b[ivxlc]{1,7}\b", text)
    return [(bool(to), number) for to, number in zip(parts, numbers, strict=False)]


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TextPlace | None]], ...] = (
    (UNIT, _unit),
    (_SECTION, _section),
    (_ARTICLE, _articles),
    (_RELATIVE, _relative),
)
