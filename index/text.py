"""One spelling of a text for matching: what looks different and means the same is made equal.

Only matching uses it. What is shown or quoted is always the report's own text, which never passes through here.
"""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

HAN = r"㐀-䶿一-鿿豈-﫿〇"
"""Ranges of Han characters, for use inside a regular expression's brackets."""

_SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
_SPACED_DIGITS = re.compile(rf"(?<!\d)(?<!\d )\d(?: \d)+(?=[{HAN}])")
_GROUP = re.compile(r"[, ]\d{3}")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[, ]\d{3})+(?![\d,])")
_DASHES = re.compile(r"[‐-―−]")
_QUOTE = re.compile("[‘’“”「」『』\u00ad]")
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": "'", "』": "'", "\u00ad": ""}
)


@lru_cache(maxsize=1)
def _traditional_to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return `text` with its traditional characters simplified (OpenCC, t2s)."""
    simple: str = _traditional_to_simplified().convert(text)
    return simple


def normalise(text: str) -> str:
    """Return `text` as it is matched: half width, simplified, lower case, without spaces that carry no meaning.

    Full-width forms, ligatures and raised figures follow Unicode NFKC; traditional characters become simplified
    (OpenCC, t2s); white space beside a Han character goes (`第 9 段` is `第9段`), and so does the white space or comma
    that groups or spaces out digits (`10,000`, `2 0 1 8`). The result may be shorter or longer than `text`.
    """
    text = unicodedata.normalize("NFKC", text)
    if _QUOTE.search(text):  # here and below: a search costs a fraction of a substitution that finds nothing
        text = text.translate(_QUOTES)
    text = simplified(text).lower()
    text = " ".join(text.split())  # first, so that no pattern meets a run of white space
    text = _DASHES.sub("-", text)
    if " " in text:
        text = _SPACED_DIGITS.sub(lambda m: m[0].replace(" ", ""), _SPACE_BY_HAN.sub("", text))
    if not _GROUP.search(text):
        return text
    return _THOUSANDS.sub(lambda m: m[0].replace(",", "").replace(" ", ""), text)
