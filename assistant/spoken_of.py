"""A place that a question names and a report speaks of: the Charter's Article 19, which is no article of the library's.

Knows what was looked up and what the question's words find.
"""

import re

from assistant.answer import Hit
from assistant.candidates import found_for
from assistant.lookup import LookUp
from assistant.query import Query, understand
from assistant.references import Reference, rest_of
from assistant.respelling import respelt
from assistant.retrieval import Scored
from assistant.second_look import matched
from assistant.view import View

LITTLE, MOST = 0.25, 0.4
"""Shares of a question's words, besides the place that it names, that tell a place of the library from one it speaks of."""


def spoken_of(
    question: str, references: list[Reference], named: LookUp, view: View
) -> list[tuple[Query, list[Scored]]]:
    """Return what is found for a question whose place is one that a report speaks of, the Charter's Article 19; else nothing.

    So it is where the named paragraphs hold little of the rest of the question, or not a name in it, and one found by its words
    has most of it and the place itself, letter for letter.
    """
    rest = understand(respelt(rest_of(question, references), view.index), view.index)
    texts = [_with_above(hit) for hits in named.hits for hit in hits]
    if not rest.terms or any(rest.coverage(text) >= LITTLE and not rest.lacking(text) for text in texts):
        return []
    found = found_for(question, view)
    best = _with_above(found[0][1][0].hit) if found and found[0][1] else ""
    printed = all(_stands_printed(reference.printed, best) for reference in references)
    return found if printed and rest.coverage(best) >= MOST else []


def _stands_printed(place: str, text: str) -> bool:
    """Whether a text speaks of a place with the same number: Article 19, 第十九条."""
    number = re.search(r"\d+", matched(place))
    return bool(number and re.search(rf"第{number[0]}[条段]|\b(?:article|paragraph)s? {number[0]}\b", text))


def _with_above(hit: Hit) -> str:
    return matched("；".join((hit.paragraph.text, *hit.context)))
