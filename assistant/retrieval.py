"""A question to ranked paragraphs: explicit references by look-up, anything else by the index and a second look.

Knows nothing of how an answer is worded.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import Hit
from assistant.query import Query
from assistant.second_look import look_at
from assistant.terms import Term
from index.folder import Index
from index.reranker import Reranker

CANDIDATES = 30
_ORDINAL = re.compile(r"第\d+")
HEAD = 5
"""Among how many candidates, the best ones, one is looked for that lacks nothing where the first one does."""
RERANKED = 20
"""How many candidates a cross-encoder reads, where there is one."""
RERANKER_WEIGHT = 2.0
"""What a candidate gains that a cross-encoder is sure of: as much as everything else together."""


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
    depth: int = 0,
    passages: Collection[int] | None = None,
    reranker: Reranker | None = None,
) -> list[Scored]:
    """Return the candidates for an answer to `query`, best first; none for a query without content."""
    if not query.tokens:
        return []
    found = index.search(query.tokens, query.text, max(CANDIDATES, depth), reports, passages)
    hits = shelf.paragraphs([int(i) for i in found.ranking.ids])
    scored = [
        _second_look(hit, float(score), float(cosine), query, found.trust)
        for hit, score, cosine in zip(hits, found.ranking.scores, found.cosines, strict=True)
    ]
    scored.sort(key=lambda s: -s.hit.score)
    if reranker:
        scored[:RERANKED] = _read_once_more(scored[:RERANKED], query, reranker)
    return _holding_all_first(scored)


def _holding_all_first(scored: list[Scored]) -> list[Scored]:
    """Return `scored`, first of its head one that lacks nothing, where the first lacks an ordinal (第39届).

    A name is no such thing: who is named elsewhere in another role is not who was asked for.
    """
    if not scored or not any(_ORDINAL.match(t.word) for t in scored[0].lacking):
        return scored
    at = next((i for i, s in enumerate(scored[:HEAD]) if not s.lacking), 0)
    if at == 0:
        return scored
    first = replace(scored[at], hit=replace(scored[at].hit, score=scored[0].hit.score))
    return [first, *scored[:at], *scored[at + 1 :]]


def _read_once_more(scored: Sequence[Scored], query: Query, reranker: Reranker) -> list[Scored]:
    """Return `scored` with what a cross-encoder says of each, best first; the last is no worse than it was."""
    read = reranker.scores(query.asked, ["；".join((*s.hit.context, s.hit.paragraph.text)) for s in scored])
    gained = [
        replace(s, hit=replace(s.hit, score=s.hit.score + RERANKER_WEIGHT * float(p)))
        for s, p in zip(scored, read, strict=True)
    ]
    return sorted(gained, key=lambda s: -s.hit.score)


def _second_look(hit: Hit, fused: float, cosine: float, query: Query, trust: float) -> Scored:
    look = look_at(hit, query)
    return Scored(replace(hit, score=fused + look.score(trust)), look.features.coverage, look.own, cosine, look.lacking)
