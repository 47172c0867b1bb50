"""Document symbols in running text, and resolutions cited by number as the symbols they have. Knows no report.

A/AC.105/1179 stands for itself; 第73/6号决议, resolution 73/6 and A/RES/73/6 are one document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, from_chinese, to_roman

_ORGANS = (
    "A|S|E|T|ST|DP|CCPR|CEDAW|CERD|CRC|CAT|CMW|CRPD|CED|HRI|FCCC|CBD|TD|UNEP|UNCTAD|HSP|IDB|GC|ISBA|SPLOS|NPT|BWC|CD|"
    "CCW|PBC|ICCD|JIU|AC|SMCC|UNODC|CAC|CTOC|EUR|WFP|UNW|LOS"
)
_SEGMENT = r"[A-Z0-9][A-Za-z0-9&]*(?:\.[A-Za-z0-9]+)*"
SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9/.])(?:{_ORGANS})/(?=[^\s]{{0,40}}\d)(?:{_SEGMENT})(?:[/-]{_SEGMENT})*"
    r"(?: ?\((?:(?:19|20)\d\d|Part [IVX]+(?:/[A-Z][a-z]+\.\d+)?|[IVXLC]+)\)(?: ?[A-Z](?![A-Za-z]))?)?"
)
"""A United Nations document symbol in running text."""

_FURTHER = re.compile(r" ?(?:和|及|以及|与|and|et|y|и) ?(?P<part>(?:Corr|Add|Rev)\.\d+)")
_WORD = r"(?:[Rr]esolutions?|[Rr]ésolutions?|[Rr]esolución|[Rr]esoluciones|[Рр]езолюци[а-я]+)"
_AND = r"(?: ?(?:、|和|及|以及|与) ?| ?,? (?:and|or|et|y|и) | ?, ?)"
_SERIES = rf" ?[A-Z](?![A-Za-z])(?:{_AND}[A-Z](?![A-Za-z]))*"
_NUMBER = (
    rf"(?:\d{{1,4}}/\d{{1,4}}(?:{_SERIES})?|\d{{1,4}} ?\((?:19|20)\d\d\)"
    rf"|\d{{1,4}}(?:{_SERIES})? ?\([IVXLC]+\)\)?(?: [A-Z](?![A-Za-z]))?)"
)
_DATED = r"(?: (?:of|du|de) \d{1,2}(?:er)? (?:de )?[^\W\d]+ (?:de )?\d{4})?"
_DATE_ZH = rf"[\d{CHINESE_NUMERAL}]{{4}}年[\d{CHINESE_NUMERAL}]{{1,3}}月[\d{CHINESE_NUMERAL}]{{1,3}}日"
_LATIN = re.compile(rf"\b{_WORD} (?P<list>{_NUMBER}{_DATED}(?:{_AND}{_NUMBER}{_DATED})*)(?!\d)")
_CHINESE = re.compile(
    rf"第(?P<list>{_NUMBER}号?(?:{_AND}(?:{_DATE_ZH})?第?{_NUMBER}号?)*)号?(?:联大|大会)?决议|(?:大会|联大)(?P<bare>\d{{1,3}}/\d{{1,3}})号?决议"
)
_SESSION = re.compile(
    rf"\((?P<session>[{CHINESE_NUMERAL}]{{1,4}})届\)(?:大会)?第(?P<number>\d{{1,4}})(?P<series>[A-Z]?)号决议"
)
_ONE = re.compile(_NUMBER)
_FORM = re.compile(
    r"(?P<number>\d{1,4})(?:/(?P<of>\d{1,4}))?(?P<series>(?: ?[A-Z]|[^A-Z(]){0,60}?) ?"
    r"(?:\((?P<year>\w+)\)\)?)?(?: (?P<after>[A-Z]))?"
)
_BODIES = re.compile(
    r"(?P<A>General Assembly|(?<!General )Assembly|大会|联大|Assemblée générale|Asamblea General|Генеральн\w+ Ассамбле\w+)"
    r"|(?P<HRC>Human Rights Council|人权理事会|Conseil des droits de l.homme|Consejo de Derechos Humanos"
    r"|Совет\w* по правам человека)"
    r"|(?P<E>Economic and Social\s+Council|经济及社会理事会|经社理事会"
    r"|Conseil économique et social|Consejo Económico y Social)"
    r"|(?P<other>Commission on Human Rights|人权委员会|World Health Assembly|Conference of the Parties|缔约方会议"
    r"|电信大会|无线电通信大会)"
)
_FIRST_SLASHED_SESSION = 31
_FIRST_YEAR = 1946


@dataclass(frozen=True)
class Cited:
    """Words that name documents, and their half-open span in the text.

    Attributes:
        start: where they begin.
        end: where they end.
        symbols: of the documents; none where the words name one whose symbol they do not tell.
    """

    start: int
    end: int
    symbols: tuple[str, ...]


def documents_in(text: str) -> list[Cited]:
    """Return the documents that `text` names by symbol or as resolutions by number, in order; none overlaps another.

    Args:
        text: half width, letters as printed: `corpus.references.folding.Folded.cased`.
    """
    found: list[Cited] = []
    for match in SYMBOL.finditer(text):
        symbol = canonical(match[0])
        found.append(Cited(match.start(), match.end(), (symbol,)))
        further = _FURTHER.match(text, match.end())
        if further:
            found.append(Cited(further.start("part"), further.end(), (f"{symbol}/{further['part']}",)))
        text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    for match in _SESSION.finditer(text):
        session = to_roman(from_chinese(match["session"]) or 1)
        found.append(Cited(match.start(), match.end(), (f"A/RES/{match['number']}({session}){match['series']}",)))
        text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    for pattern in (_LATIN, _CHINESE):
        for match in pattern.finditer(text):
            found += _resolutions(match, text)
    return sorted(found, key=lambda cited: cited.start)


def canonical(symbol: str) -> str:
    """Return a symbol as the United Nations write it: A/RES/1721(XVI)B, S/RES/2769 (2025)."""
    symbol = symbol.rstrip(".")
    if "/RES/" in symbol:
        symbol = re.sub(r"\s+", "", symbol)
        symbol = re.sub(r"(?<=\d)\((?=(?:19|20)\d\d\)$)", " (", symbol)
    return symbol


def parts_of(symbol: str) -> frozenset[str]:
    """Return the symbols that a document has: a joint one (A/79/716-S/2025/18) has two."""
    return frozenset({symbol, *re.split(rf"-(?=(?:{_ORGANS})/)", symbol)})


def _resolutions(match: re.Match[str], text: str) -> Iterator[Cited]:
    """Yield the resolutions of a list, each with the span of its own number; one alone with the words around it."""
    group = "list" if match.groupdict().get("list") else "bare"
    numbers = list(_ONE.finditer(match[group])) if group == "list" else [re.match(r".*", match[group])]
    for number in numbers:
        if number is None:
            continue
        start, end = match.start(group) + number.start(), match.start(group) + number.end()
        if len(numbers) == 1:
            start = match.start()
            end = match.end() if text[match.start()] in "第大联" else end
        yield Cited(start, end, tuple(_symbols(number[0], text[: match.start()])))


def _symbols(printed: str, before: str) -> Iterator[str]:
    """Yield the symbols of one printed number; several where it names several parts (1721 A and B (XVI))."""
    form = _FORM.fullmatch(printed)
    if form is None:
        return
    number, of, year = form["number"], form["of"], form["year"]
    series = re.findall(r"[A-Z]", form["series"] or "") + ([form["after"]] if form["after"] else []) or [""]
    if year and year.isdecimal():
        yield f"S/RES/{number} ({year})"
    elif year:
        yield from (f"A/RES/{number}({year}){letter}" for letter in series)
    elif of:
        root = _root(int(number), before)
        yield from (f"{root}/{number}/{of}{letter}" for letter in series if root)


def _root(session: int, before: str) -> str:
    """Return how the symbol of a resolution numbered `session/…` begins, by the body last named before it."""
    bodies = [m.lastgroup for m in _BODIES.finditer(before)]
    body = bodies[-1] if bodies else None
    if session >= _FIRST_YEAR:
        return "E/RES" if body == "E" else ""
    if body == "HRC":
        return "A/HRC/RES"
    return "A/RES" if body in (None, "A", "E") and session >= _FIRST_SLASHED_SESSION else ""
