"""The marks that open a paragraph, an item, a heading, a footnote or an annex, as printed at the start of a line."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.numerals import CHINESE_NUMERAL, DOTTED, HEAVENLY_STEMS

MarkKind = Literal["number", "dotted", "item", "article", "part", "chapter", "section", "unit", "footnote", "annex"]

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
ROMAN_SUPERSCRIPTS = "ⁱᵛˣ"
"""Of the marks of endnotes counted in roman numerals, as Word does."""
ITEM_FORMS = rf"[a-z]|[а-я]|[ivx]{{2,5}}|[0-9]{{1,2}}|[{CHINESE_NUMERAL}]{{1,3}}|[{HEAVENLY_STEMS}]"
_CLOSED_FORMS = r"[a-z]|[ivx]{2,5}|[а-яё]"
_ENCLOSED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_N = rf"(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{1,7}})"
_NO_REFERENCE = r"(?!\s?(?:[、和及至或,]|and |or |to )\s?[(（][^)）]{1,5}[)）])"
"""After the mark of an item: `（四）、（五）项` speaks of items and is none."""
_FORMS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("footnote", re.compile(rf"([{SUPERSCRIPTS}]+|[{ROMAN_SUPERSCRIPTS}]+|\*{{1,3}})\s*(?=\S)")),
    ("article", re.compile(rf"(第\s?{_N}\s?条(?:之[{CHINESE_NUMERAL}]+)?)(?=\s|$)\s*")),
    (
        "article",
        re.compile(
            r"((?:Article|Artículo|Art[ií]culo|[СC]татья)\s(?:premier|\d{1,3}|[IVXLC]{1,7})(?:\s?(?:bis|ter))?)[.:]?(?=\s|$)\s*",
            re.IGNORECASE,
        ),
    ),
    ("part", re.compile(rf"(第[{CHINESE_NUMERAL}]{{1,3}}(?:部分|编|篇))(?=\s|$)\s*")),
    (
        "part",
        re.compile(
            r"((?:Part|Partie|Parte|Часть)\s(?:one|two|three|four|five|six|первая|вторая|третья|четвертая|пятая|\d|[IVX]{1,4})"
            r"|(?:première|deuxième|troisième|quatrième|cinquième|sixième) partie"
            r"|(?:primera|segunda|tercera|cuarta|quinta|sexta) parte)[.:]?(?=\s|$)\s*",
            re.IGNORECASE,
        ),
    ),
    ("chapter", re.compile(rf"(第[{CHINESE_NUMERAL}\d]{{1,3}}章)(?=\s|$)\s*")),
    ("chapter", re.compile(r"((?:Chapter|CHAPTER|Chapitre|Capítulo|Глава)\s(?:\d{1,3}|[IVXLC]{1,7}))[.:]?(?=\s|$)\s*")),
    ("section", re.compile(rf"(第[{CHINESE_NUMERAL}\d]{{1,3}}节)(?=\s|$)\s*")),
    (
        "unit",
        re.compile(
            rf"((?:原则|准则|建议|决[议定]草案|决[议定]|规则|Guideline|Principle|Ligne directrice|Directri[cz]e?|Principio|Principe"
            r"|Руководящий принцип|Принцип|Draft resolution|Draft decision|Decision|Rule)\s?"
            rf"(?:[A-Z]\.)?(?:\d{{1,3}}(?:/\d{{1,4}})?|[{CHINESE_NUMERAL}]{{1,3}}|[IVX]{{1,6}}))(?:\s?[.:：．](?!\d))?(?=\s|$|[㐀-鿿])\s*"
        ),
    ),
    ("dotted", re.compile(rf"({DOTTED})\.?(?=\s)\s*(?=\S)")),
    (
        "number",
        re.compile(
            r"(\d{1,4}(?: ?(?:bis|ter|quater))?)\s?(?:[.．](?:(?!\d|[IVX]+\.\d)|(?=(?:19|20)\d\d\s?年))|、)\s*(?=\S)"
        ),
    ),
    ("item", re.compile(rf"[(（]\s?({ITEM_FORMS})\s?[)）]{_NO_REFERENCE}\s*(?=\S)")),
    ("item", re.compile(rf"([{_ENCLOSED}])\s*(?=\S)")),
    ("item", re.compile(rf"({_CLOSED_FORMS})\)\s+(?=\S)")),
    ("chapter", re.compile(rf"([{CHINESE_NUMERAL}]{{1,3}})\s?[.．、]\s*(?=\S)")),
    ("chapter", re.compile(r"([IVX]{1,6})\.\s+(?=\S)")),
    ("section", re.compile(r"([A-ZА-Я])[.．]\s+(?=\S)")),
)
_ANNEX_WORDS = "附件|附录|annexe?|appendix|appendice|anexo|apéndice|приложение|добавление"
_ANNEX = re.compile(
    rf"(?P<word>{_ANNEX_WORDS})\s?(?P<number>(?<=[件录])[{CHINESE_NUMERAL}\d]{{1,3}}|(?<=[件录\s])(?:[IVXLC]{{1,6}}|\d{{1,2}}|[A-Z]))?"
    r"(?:\s*$|\s*[.:：—–]\s*(?P<title>\S.*)$|\s+(?P<bare>[A-Z㐀-鿿\d].*)$)",
    re.IGNORECASE,
)
_GLOSSARY = re.compile(r"[（(]?(?:有关)?(名词解释|名词注释|名词术语解释|术语解释|用语说明)[）)]?")
"""The heading of the glossary behind a Chinese report, whose numbers are its own."""
_CANONICAL = {"annexe": "Annex", "anexo": "Annex", "приложение": "Annex"}
_CANONICAL |= {"appendice": "Appendix", "apéndice": "Appendix", "добавление": "Appendix"}
_LATIN_TWINS = str.maketrans("асеорх", "aceopx")
"""Russian letters that look like Latin ones: texts mix the two in one list."""
_CAPITAL_TWINS = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
_RUSSIAN_SIGN = re.compile(r"(?<![^\W\d_])(?:[IVXLCХІС]{1,7}|[А-Я](?=[.．]|$))(?![^\W\d_])")
_SIGN_WITHIN = 60
_HAN = re.compile(r"[㐀-鿿]")
_MAX_TITLE_CHARS = 250
_SENTENCE_END = re.compile(r"[。；：！？.;:!?…]['\"”’」』）)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$")
_REMEMBERED = 1 << 15
"""How many blocks' marks are remembered: a document is read several times."""
_CAPITAL = ("article", "part", "chapter", "unit")
_ALONE = ("article", "unit", "annex")


@dataclass(frozen=True)
class Mark:
    """A mark at the start of a block: `12.` is a number with sign `12`, `(c)` an item with sign `c`.

    Attributes:
        sign: what tells it from its neighbours, in NFKC and without spaces (`12`, `6bis`, `c`, `四`, `第18条`, `准则A.2`);
            of an annex its canonical word and number (`Annex II`, `附件一`).
        rest: the words after it.
    """

    kind: MarkKind
    sign: str
    rest: str


@lru_cache(maxsize=_REMEMBERED)
def mark_of(text: str) -> Mark | None:
    """Return the mark that opens `text`, or None where it opens with words."""
    text = text.strip()
    in_latin = latin(text[:_SIGN_WITHIN]) + text[_SIGN_WITHIN:]
    annex = _annex_mark(text, in_latin)
    if annex:
        return annex
    for kind, pattern in _FORMS:
        found = pattern.match(in_latin)
        if found and not (kind in _CAPITAL and text[0].islower()):
            return Mark(kind, _sign(kind, found[1]), text[found.end() :])
    return None


def latin(text: str) -> str:
    """Return `text` with the Russian capitals of numerals and single letters in it as the Latin ones they look like."""
    return _RUSSIAN_SIGN.sub(lambda sign: sign[0].translate(_CAPITAL_TWINS), text)


def stands_alone(text: str) -> bool:
    """Whether `text` is nothing but the mark of an article, a guideline or an annex, whose words or title follow."""
    mark = mark_of(text)
    return mark is not None and mark.kind in _ALONE and not mark.rest


def ends_sentence(text: str) -> bool:
    """Whether `text` ends a sentence or a clause that introduces a list."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def _sign(kind: MarkKind, printed: str) -> str:
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", printed).strip("()"))
    if kind == "article" and not plain.startswith("第"):
        _, number, *suffix = plain.split(" ")
        return " ".join(("Article", "1" if number.lower() == "premier" else number.upper(), *suffix))
    if kind in ("part", "chapter", "unit") and (plain[:1].isascii() or not _HAN.match(plain)):
        return plain
    sign = re.sub(r"\s+", "", plain)
    return sign.translate(_LATIN_TWINS) if kind == "item" else sign


def _annex_mark(text: str, in_latin: str) -> Mark | None:
    """Return the mark of an annex's heading: `附件一`, `ANNEX II`, `Annex I. List of participants`; not of a sentence.

    Args:
        text: the block's.
        in_latin: the same with Latin letters in its number.
    """
    glossary = _GLOSSARY.fullmatch(text)
    if glossary:
        return Mark("annex", glossary[1], "")
    found = _ANNEX.match(in_latin)
    if not found or len(text) > _MAX_TITLE_CHARS or text[0].islower():
        return None
    title = text[found.start("title" if found["title"] else "bare") :] if found["title"] or found["bare"] else ""
    if title and (ends_sentence(title) or (found["bare"] and not found["number"])):
        return None
    number = unicodedata.normalize("NFKC", found["number"] or "").upper()
    word = _CANONICAL.get(found["word"].lower(), found["word"].capitalize())
    return Mark("annex", f"{word} {number}".strip() if word.isascii() else word + number, title)
