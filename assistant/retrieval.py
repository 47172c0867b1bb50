"""A question to ranked paragraphs: explicit references by look-up, anything else by the index and a second look.

Knows nothing of how an answer is worded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Hit
from assistant.query import Query
from assistant.terms import Term
from index.folder import Index
from index.text import normalise
from index.tokenizer import plain_numbers

CANDIDATES = 30
COVERAGE_WEIGHT = 1.1
"""Weight of the share of the query's terms that a candidate holds, against its fused score."""
ROW_BONUS = 0.45
"""What a row of a list of persons gains where the question asks for persons, and loses where it does not."""
HEAD_BONUS = 0.3
"""What a row gains whose first cell is a term of the question, and not only holds it."""
TITLE_PENALTY = 0.2
"""What an annex's title loses against the paragraphs below it."""
ITEM_BONUS = 0.3
"""What an item gains where the question asks for one item of a list."""
TYPE_WEIGHT = 0.1
"""What a candidate gains for holding the time, number or place that the question asks for."""
LACKING_PENALTY = 0.15
HEADING_SHARE = 0.9


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
        coverage: the share of the query's terms, by weight, that it or the headings above it hold; 0 to 1.
        own: the same of its own words alone.
        cosine: the cosine of the query's embedding and the passage's.
        lacking: the exact terms that neither it nor the headings above it hold.
    """

    hit: Hit
    coverage: float
    own: float
    cosine: float
    lacking: tuple[Term, ...]


def retrieve(
    query: Query,
    index: Index,
    shelf: Shelf,
    reports: Sequence[str] | None,
    allowed: NDArray[np.int64] | None,
    depth: int = 0,
) -> list[Scored]:
    """Return the candidates for an answer to `query`, best first; none for a query without content."""
    if not query.tokens:
        return []
    ranking, cosines = index.search(query.tokens, query.text, max(CANDIDATES, depth), allowed, reports)
    hits = shelf.paragraphs([int(i) for i in ranking.ids])
    scored = [
        _second_look(hit, float(score), float(cosine), query)
        for hit, score, cosine in zip(hits, ranking.scores, cosines, strict=True)
    ]
    return sorted(scored, key=lambda s: -s.hit.score)


def _second_look(hit: Hit, score: float, cosine: float, query: Query) -> Scored:
    own, above = matched(hit.paragraph.text), matched("；".join(hit.context))
    lacking = query.lacking(f"{own}；{above}")
    coverage = max(query.coverage(own), query.coverage(f"{own}；{above}") * HEADING_SHARE)
    final = score + COVERAGE_WEIGHT * coverage - LACKING_PENALTY * len(lacking)
    final += TYPE_WEIGHT * query.asking.served_by(hit.paragraph.text)
    final += _kind_bonus(hit.paragraph.kind, query)
    if hit.paragraph.cells and matched(hit.paragraph.cells[0]).rstrip(":") in {t.word for t in query.terms}:
        final += HEAD_BONUS
    return Scored(replace(hit, score=final), coverage, query.coverage(own), cosine, lacking)


def _kind_bonus(kind: str, query: Query) -> float:
    if kind == "row":
        return ROW_BONUS if query.asking.person else -ROW_BONUS
    if kind == "annex":
        return -TITLE_PENALTY
    return ITEM_BONUS if kind == "sub" and query.asking.item else 0.0


@lru_cache(maxsize=8192)
def matched(text: str) -> str:
    """Return `text` as terms are looked for in it: normalised, its ordinals and years in digits."""
    return plain_numbers(normalise(text.replace("\t", " ")))
