"""A paragraph's text to its sentences and clauses, as spans of the very text, so that a quotation is always verbatim."""

import re

_END = re.compile(r"[。！？!?][”’」』）)\]]*|[.](?=[\"”’)\]]*\s+[A-Z“\"(])[\"”’)\]]*|\n")
_CLAUSE_END = re.compile(r"[；;][”’」』）)\]]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|No|Nos|para|paras|art|arts|vol|chap|sect|Mr|Ms|Mrs|Dr|St|e\.g|i\.e|cf|pp?)|^\d+)\.$"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` in order: each a substring of it, none empty, all its words among them."""
    return _split(text, _END)


def clauses(sentence: str) -> list[str]:
    """Return the parts of `sentence` between semicolons: each a substring of it, all its words among them."""
    return _split(sentence, _CLAUSE_END)


def _split(text: str, end: re.Pattern[str]) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in end.finditer(text):
        if match[0].startswith(".") and _ABBREVIATION.search(text[start : match.start() + 1].lstrip()[-8:]):
            continue
        pieces.append(text[start : match.end()].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return [p for p in pieces if p]
