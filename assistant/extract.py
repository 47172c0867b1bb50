"""The sentences of the found paragraphs that answer, as they stand there. Knows no ranking of its own."""

import re

from assistant.query import Query
from assistant.reading.reader import answering_run
from assistant.retrieval import Scored
from assistant.second_look import matched
from assistant.sentences import clauses, sentences
from index.embedder import Embedder

WHOLE_UP_TO_CHARS = 200
CLAUSES_FROM_CHARS = 220
KEEP_SHARE = 0.6
"""A sentence is quoted where it holds this share of what the best one holds."""
LOOKED_BACK_TO_CHARS = 80
"""A sentence is quoted with the next one, which looks back to it, where it is no longer."""
EXACT_WEIGHT = 3.0
"""Value of an exact term against another of the same rarity."""
TYPE_WEIGHT = 0.3
"""Value of holding the kind of thing asked for (a time, a number, a place), against one rare term."""

_LOOKS_BACK = re.compile(r"^(?:他|她|它|该|此外|其中|这|此|同时|另外|并|He |She |It |They |This |These |That |Such )")


def quotes(scored: Scored, query: Query, embedder: Embedder, foreign: bool = False) -> list[str]:
    """Return the parts of a paragraph that answer `query`, in their order, each a substring of its text.

    A short paragraph is quoted whole; of a longer one the sentences that the reader finds to answer and, of a very long one
    of them, the clauses that hold most of the question's terms, but a sentence that answers a question for several things is
    not cut. Where the question is in another language than the paragraph, all sentences that hold much of its terms are quoted.
    """
    text = scored.hit.paragraph.text
    if len(text) <= WHOLE_UP_TO_CHARS:
        return [text]
    whole = sentences(text)
    whole_list = query.asking.several and not any(t.exact for t in query.terms if t.word[:1].isdecimal())
    if foreign:
        chosen = _best(whole, query)
        if _LOOKS_BACK.match(chosen[0]) and chosen[0] != whole[0]:
            chosen.insert(0, whole[0])
    else:
        chosen = _read(whole, query, embedder)
    pieces: list[str] = []
    for sentence in chosen:
        parts = clauses(sentence) if len(sentence) > CLAUSES_FROM_CHARS and not whole_list else []
        pieces += _best(parts, query) if len(parts) > 2 else [sentence]
    return pieces


def _read(whole: list[str], query: Query, embedder: Embedder) -> list[str]:
    """Return the sentences that the reader finds to answer, with the one before where they look back to it."""
    first, last = answering_run(query, whole, embedder)
    if first and _LOOKS_BACK.match(whole[first]) and len(whole[first - 1]) <= LOOKED_BACK_TO_CHARS:
        first -= 1
    return whole[first:last]


def _best(pieces: list[str], query: Query) -> list[str]:
    values = [_value(piece, query) for piece in pieces]
    top = max(values)
    if top <= 0:
        return pieces
    return [piece for piece, value in zip(pieces, values, strict=True) if value >= KEEP_SHARE * top]


def _value(piece: str, query: Query) -> float:
    """Return how far a piece answers: the terms it holds, those that an answer must hold counting most."""
    text = matched(piece)
    value = sum(t.weight * t.presence(text) * (EXACT_WEIGHT if t.exact else 1.0) for t in query.terms)
    return value + TYPE_WEIGHT * query.asking.served_by(piece)
