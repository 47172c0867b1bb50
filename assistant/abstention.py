"""Whether the found paragraphs answer at all. What decides is what the question names and they do not hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query import Query
from assistant.retrieval import Scored

MIN_COVERAGE = 0.42
"""Share of the question's terms, by weight, below which a paragraph is not taken for an answer."""
MIN_COSINE = 0.55
"""Cosine from which a paragraph is taken for an answer whatever words it shares with the question."""


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the key of its wording, and the words that it names."""

    reason: str
    words: tuple[str, ...]


def refusal(query: Query, scored: Sequence[Scored]) -> Refusal | None:
    """Return why the reports do not answer, or None where the best candidate does."""
    if not scored:
        return Refusal("nothing_near", ())
    best = scored[0]
    absent = tuple(t.word for t in best.lacking if not t.seen)
    if absent:
        return Refusal("term_absent", absent)
    if best.lacking:
        return Refusal("not_together", tuple(t.word for t in best.lacking))
    if best.coverage >= MIN_COVERAGE or best.cosine >= MIN_COSINE:
        return None
    absent = tuple(t.word for t in query.terms if not t.seen)
    return Refusal("term_absent", absent) if absent else Refusal("not_together", tuple(t.word for t in query.terms))
