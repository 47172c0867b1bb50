"""Whether the found paragraphs answer at all. What decides is what the question names and they do not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.query import Query
from assistant.retrieval import Scored
from index.folder import Index

MIN_COVERAGE = 0.42
"""Share of the question's terms, weighted by rarity, below which a paragraph is not taken for an answer."""
MIN_COSINE = 0.55
"""Cosine from which a paragraph is taken for an answer whatever words it shares with the question."""


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the key of its wording, and the terms that it names."""

    reason: str
    terms: tuple[str, ...]


def refusal(query: Query, scored: Sequence[Scored], index: Index, weights: Mapping[str, float]) -> Refusal | None:
    """Return why the reports do not answer, or None where the best candidate does."""
    if not scored:
        return Refusal("nothing_near", ())
    best = scored[0]
    absent = tuple(t for t in best.missing_hard if not _stands_anywhere(t, index))
    if absent:
        return Refusal("term_absent", absent)
    if best.missing_hard:
        return Refusal("not_together", best.missing_hard)
    if best.coverage >= MIN_COVERAGE or best.cosine >= MIN_COSINE:
        return None
    absent = tuple(t for t in weights if not any(_stands_anywhere(f, index) for f in query.terms[t]))
    return Refusal("term_absent" if absent else "not_together", absent or tuple(query.terms))


def _stands_anywhere(term: str, index: Index) -> bool:
    tokens = index.tokenizer.words(term) or [term]
    return all(index.sparse.document_frequency(t) > 0 for t in tokens)
