"""The sentences of the found paragraphs that answer, as they stand there. Knows no ranking of its own."""

import re
from collections.abc import Mapping

from assistant.query import Query
from assistant.retrieval import Scored, matched, presence
from assistant.sentences import clauses, sentences

WHOLE_UP_TO_CHARS = 160
CLAUSES_FROM_CHARS = 220
KEEP_SHARE = 0.75
"""A sentence is quoted where it holds this share of what the best one holds."""

_TYPES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "time": (
        re.compile(r"什么时候|哪一?年|哪天|何时|日期|几月|when\b|what (?:year|date)"),
        re.compile(r"\d{4}\s?年|\d月|\d{4}"),
    ),
    "number": (
        re.compile(r"多少|几[个次项位名家届]|how many|how much|number of"),
        re.compile(r"\d|[一二三四五六七八九十两百千]"),
    ),
    "place": (re.compile(r"哪里|哪儿|何地|地点|在哪|where\b"), re.compile(r"[在于][一-鿿]{2,8}|\b(?:in|at) [A-Z]")),
}


def quotes(scored: Scored, query: Query, question: str, weights: Mapping[str, float]) -> list[str]:
    """Return the parts of a paragraph that answer `question`, in their order, each a substring of its text.

    A short paragraph is quoted whole; of a longer one the sentences, and of a very long sentence the clauses, that hold
    most of the question's terms.
    """
    text = scored.hit.paragraph.text
    if len(text) <= WHOLE_UP_TO_CHARS:
        return [text]
    pieces: list[str] = []
    for sentence in _best(sentences(text), query, question, weights):
        parts = clauses(sentence) if len(sentence) > CLAUSES_FROM_CHARS else []
        pieces += _best(parts, query, question, weights) if len(parts) > 2 else [sentence]
    return pieces


def _best(pieces: list[str], query: Query, question: str, weights: Mapping[str, float]) -> list[str]:
    values = [_value(piece, query, question, weights) for piece in pieces]
    top = max(values)
    if top <= 0:
        return pieces
    return [piece for piece, value in zip(pieces, values, strict=True) if value >= KEEP_SHARE * top]


def _value(piece: str, query: Query, question: str, weights: Mapping[str, float]) -> float:
    text = matched(piece)
    value = sum(weights[t] * presence(forms, text) for t, forms in query.terms.items())
    for asks, holds in _TYPES.values():
        if asks.search(question.lower()):
            value += 0.3 if holds.search(piece) else 0.0
    return value
