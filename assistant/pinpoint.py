"""A paragraph that was found to the item inside its sentence that answers, where one of them does. Knows no index."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Query
from assistant.retrieval import Scored
from assistant.second_look import look_at
from assistant.view import View

AMONG = 5
"""Of how many candidates, the best ones, the items are looked at."""
AS_MUCH = 0.95
"""An item answers where it and the words above it hold this share of what its whole paragraph holds of the question."""
_MARKED = re.compile(r"[(（][^()（）]{1,4}[)）]")


def pinpointed(query: Query, scored: Sequence[Scored], view: View) -> list[Scored]:
    """Return the candidates, in the place of a paragraph with items inside its sentence the one that holds what it holds.

    A question for several things, and one of which no item or several hold as much, keeps the whole paragraph.
    """
    if query.asking.several:
        return list(scored)
    return [_pinpointed(query, one, view) for one in scored[:AMONG]] + list(scored[AMONG:])


def _pinpointed(query: Query, one: Scored, view: View) -> Scored:
    paragraph = one.hit.paragraph
    if paragraph.inline or not _MARKED.search(paragraph.text):
        return one
    items = [item for item in view.items(one.hit.report, paragraph.label) if item.paragraph.inline]
    looks = [look_at(item, query) for item in items]
    held = [look.features.coverage for look in looks]
    best = max(held, default=0.0)
    if best < AS_MUCH * one.coverage or held.count(best) > 1 or not looks:
        return one
    at = held.index(best)
    if looks[at].features.serves < query.asking.served_by(paragraph.text) or looks[at].own == 0:
        return one
    item, look = items[at], looks[at]
    hit = replace(item, score=one.hit.score)
    return replace(one, hit=hit, coverage=look.features.coverage, own=look.own, lacking=look.lacking)
