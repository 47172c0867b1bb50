"""A question to ranked paragraphs: explicit references by look-up, anything else by the index and a second look.

Knows nothing of how an answer is worded.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from assistant.answer import Hit
from assistant.query import Query
from index.folder import Index
from index.text import normalise
from index.tokenizer import plain_numbers

CANDIDATES = 30
COVERAGE_WEIGHT = 0.8
"""Weight of the share of the query's terms that a candidate holds, against its fused score."""
PARAPHRASE_WEIGHT = 0.3
ROW_BONUS = 0.3
"""What a row of a list of persons gains where the question asks for persons, and loses where it does not."""
TYPE_WEIGHT = 0.1
"""What a candidate gains for holding the time, number or place that the question asks for."""
HARD_PENALTY = 0.15


class Shelf(Protocol):
    """Where the paragraphs of ids are looked up."""

    def paragraphs(self, ids: Sequence[int]) -> list[Hit]:
        """Return the paragraphs of `ids`, in their order, each as a hit of score 0."""
        ...


@dataclass(frozen=True)
class Scored:
    """A candidate and why it ranks where it does.

    Attributes:
        hit: the paragraph, with its final score.
        coverage: the share of the query's terms, weighted by rarity, that it or what stands above it holds; 0 to 1.
        own: the same of its own words alone.
        cosine: the cosine of the query's embedding and the passage's.
        missing_hard: the hard terms that it lacks.
    """

    hit: Hit
    coverage: float
    own: float
    cosine: float
    missing_hard: tuple[str, ...]


def retrieve(
    query: Query, index: Index, shelf: Shelf, reports: Sequence[str] | None, allowed: np.ndarray | None
) -> list[Scored]:
    """Return the candidates for an answer to `query`, best first."""
    ranking = index.search(query.weights, query.text, CANDIDATES, allowed, reports)
    hits = shelf.paragraphs([int(i) for i in ranking.ids])
    vector = index.embedder.embed_query(query.text)
    cosines = index.dense.vectors(ranking.ids) @ vector if len(hits) else np.empty(0)
    weights = term_weights(query, index)
    scored = [
        _second_look(hit, float(score), float(cosine), query, weights)
        for hit, score, cosine in zip(hits, ranking.scores, cosines, strict=True)
    ]
    return sorted(scored, key=lambda s: -s.hit.score)


def term_weights(query: Query, index: Index) -> dict[str, float]:
    """Return the weight of each term of the query, 0 to 1: its rarity.

    A word that stands nowhere and names no thing weighs `PARAPHRASE_WEIGHT`, since it may be the asker's own word for
    what the report says otherwise.
    """
    weights = {}
    for term, forms in query.terms.items():
        unseen = not any(_frequency(form, index) for form in forms)
        weights[term] = PARAPHRASE_WEIGHT if unseen and not index.tokenizer.names_thing(term) else rarity(forms, index)
    return weights


def rarity(forms: Sequence[str], index: Index) -> float:
    """Return the weight of a term: its inverse document frequency, by its most frequent form; its bigrams' if unseen."""
    n = index.n_passages
    frequency = max((_frequency(form, index) for form in forms), default=0)
    return math.log(1 + (n - frequency + 0.5) / (frequency + 0.5)) / math.log(1 + (n + 0.5) / 0.5)


def _frequency(form: str, index: Index) -> int:
    tokens = index.tokenizer.words(form) or [form]
    return min(index.sparse.document_frequency(t) for t in tokens)


def _second_look(hit: Hit, score: float, cosine: float, query: Query, weights: dict[str, float]) -> Scored:
    own = matched(hit.paragraph.text)
    above = matched(" ".join(hit.paragraph.heading_path))
    total = sum(weights.values()) or 1.0
    own_share = sum(w * presence(query.terms[t], own) for t, w in weights.items()) / total
    whole_share = (
        sum(w * max(presence(query.terms[t], own), 0.7 * presence(query.terms[t], above)) for t, w in weights.items())
        / total
    )
    missing = tuple(t for t in query.hard if presence(query.terms[t], own + " " + above) < 1.0)
    final = score + COVERAGE_WEIGHT * whole_share - HARD_PENALTY * len(missing)
    final += TYPE_WEIGHT * query.asking.served_by(hit.paragraph.text)
    if hit.paragraph.kind == "row":
        final += ROW_BONUS if query.asking.person else -ROW_BONUS
    return Scored(replace(hit, score=final), whole_share, own_share, cosine, missing)


@lru_cache(maxsize=8192)
def matched(text: str) -> str:
    """Return `text` as terms are looked for in it: normalised, its ordinals and years in digits."""
    return plain_numbers(normalise(text.replace("\t", " ")))


def presence(forms: Sequence[str], text: str) -> float:
    """Return how far a term stands in `text` (by `matched`): 1 for one of its forms, else the share of its bigrams."""
    best = 0.0
    for form in forms:
        if form.isascii():
            if re.search(rf"(?<![a-z0-9]){re.escape(form)}", text):
                return 1.0
            continue
        if form in text:
            return 1.0
        if len(form) > 2:
            pairs = [form[i : i + 2] for i in range(len(form) - 1)]
            best = max(best, 0.8 * sum(p in text for p in pairs) / len(pairs))
    return best
