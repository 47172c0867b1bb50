"""How two documents are compared by their symbols and titles. Knows no library."""

import unicodedata
from difflib import SequenceMatcher

_MIN_TITLE_CHARS = 8
_MAX_TITLE_CHARS = 500
_ALIKE = 0.8


def normal_symbol(symbol: str) -> str:
    """Return a document symbol as two of them are compared: without spaces, in capitals, with ASCII signs."""
    plain = unicodedata.normalize("NFKC", symbol).upper().translate(dict.fromkeys(map(ord, "‐‑‒–—−"), "-"))
    return "".join(plain.split())


def same_title(one: str, other: str) -> bool:
    """Whether two titles are of one document: much the same letters, or one with more words behind."""
    a, b = (plain_title(title) for title in (one, other))
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= max(_MIN_TITLE_CHARS, len(longer) / 2) and longer.startswith(shorter):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def plain_title(title: str) -> str:
    """Return the letters and digits of a title as two of them are compared."""
    folded = unicodedata.normalize("NFKC", title[:_MAX_TITLE_CHARS]).casefold()
    return "".join(filter(str.isalnum, folded))
