"""The marks that open a paragraph, an item, a heading, a footnote or an annex, as printed at the start of a line."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import CHINESE_NUMERAL, HEAVENLY_STEMS

MarkKind = Literal["number", "item", "chapter", "section", "footnote", "annex"]

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
ITEM_FORMS = rf"[a-z]|[ivx]{{2,5}}|[0-9]{{1,2}}|[{CHINESE_NUMERAL}]{{1,3}}|[{HEAVENLY_STEMS}]"
_FORMS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("footnote", re.compile(rf"([{SUPERSCRIPTS}]+)\s*(?=\S)")),
    ("number", re.compile(r"(\d{1,5}(?: ?(?:bis|ter|quater))?)\s?[.．](?!\d)\s*(?=\S)")),
    ("item", re.compile(rf"[(（]({ITEM_FORMS})[)）]\s*(?=\S)")),
    ("chapter", re.compile(rf"([{CHINESE_NUMERAL}]{{1,3}})\s?[.．、]\s*(?=\S)")),
    ("chapter", re.compile(r"([IVX]{1,5})\.\s+(?=\S)")),
    ("section", re.compile(r"([A-Z])[.．]\s+(?=\S)")),
)
_ANNEX = re.compile(
    rf"(?P<word>附件|附录|annex|appendix)\s*(?P<number>(?<=[件录])[{CHINESE_NUMERAL}\d]{{1,3}}|(?<=\s)(?:[IVXLC]{{1,6}}|\d{{1,2}}|[A-Z]))?"
    r"(?:\s*$|\s*[.:：—–-]\s*(?P<title>\S.*)$|\s+(?P<bare>[A-Z㐀-鿿].*)$)",
    re.IGNORECASE,
)
_MAX_TITLE_CHARS = 160
_SENTENCE_END = re.compile(r"[。；：！？.;:!?…]['\"”’」』）)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$")


@dataclass(frozen=True)
class Mark:
    """A mark at the start of a block: `12.` is a number with sign `12`, `(c)` an item with sign `c`."""

    kind: MarkKind
    sign: str
    rest: str


def mark_of(text: str) -> Mark | None:
    """Return the mark that opens `text`, or None where it opens with words."""
    text = text.strip()
    annex = _annex_mark(text)
    if annex:
        return annex
    for kind, pattern in _FORMS:
        found = pattern.match(text)
        if found:
            sign = unicodedata.normalize("NFKC", found[1])
            return Mark(kind, sign.replace(" ", ""), text[found.end() :])
    return None


def _annex_mark(text: str) -> Mark | None:
    """Return the mark of an annex's heading: `附件一`, `ANNEX II`, `Annex I. List of participants`; not of a sentence."""
    found = _ANNEX.match(text)
    if not found or len(text) > _MAX_TITLE_CHARS:
        return None
    title = found["title"] or found["bare"] or ""
    if title and (ends_sentence(title) or (found["bare"] and not found["number"])):
        return None
    number = unicodedata.normalize("NFKC", found["number"] or "").upper()
    word = found["word"].capitalize()
    return Mark("annex", f"{word} {number}".strip() if word.isascii() else word + number, title)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends a sentence or a clause that introduces a list."""
    return bool(_SENTENCE_END.search(text.rstrip()))
