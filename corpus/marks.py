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
    (
        "annex",
        re.compile(
            rf"((?:附件|附录)\s*[{CHINESE_NUMERAL}\d]{{0,3}}|(?:Annex|Appendix)(?: [IVXLC\d]{{1,6}})?)\s*[.:：]?$"
        ),
    ),
    ("number", re.compile(r"(\d{1,4}(?: ?(?:bis|ter|quater))?)\s?[.．](?!\d)\s*(?=\S)")),
    ("item", re.compile(rf"[(（]({ITEM_FORMS})[)）]\s*(?=\S)")),
    ("chapter", re.compile(rf"([{CHINESE_NUMERAL}]{{1,3}})\s?[.．、]\s*(?=\S)")),
    ("chapter", re.compile(r"([IVX]{1,5})\.\s+(?=\S)")),
    ("section", re.compile(r"([A-Z])[.．]\s+(?=\S)")),
)
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
    for kind, pattern in _FORMS:
        found = pattern.match(text)
        if found:
            sign = unicodedata.normalize("NFKC", found[1])
            return Mark(kind, sign if kind == "annex" else sign.replace(" ", ""), text[found.end() :])
    return None


def opens_with_mark(text: str) -> bool:
    """Whether `text` opens with a mark of any kind."""
    return mark_of(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether `text` ends a sentence or a clause that introduces a list."""
    return bool(_SENTENCE_END.search(text.rstrip()))
