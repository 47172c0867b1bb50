"""Whether the found paragraphs answer at all: by what the question names and they lack, else by a calibrated score."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query import Query
from assistant.retrieval import Scored, matched

MIN_PROBABILITY = 0.6
"""Probability of being an answer below which the best candidate is not taken for one."""
_INTERCEPT = -0.3
_COVERAGE = 3.2
_COSINE = 2.2
_MISSING = -1.8
_UNMET = -2.4
_FOREIGN = 1.3
"""Weights of a logistic regression over questions of the bundled report that are and are not answered (docs/evaluation.md)."""
_HALF_HELD = 0.4


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the key of its wording, and the words that it names."""

    reason: str
    words: tuple[str, ...]


def refusal(query: Query, scored: Sequence[Scored], shown: Sequence[str], foreign: bool) -> Refusal | None:
    """Return why the best candidate is no answer, or None where it is one.

    Args:
        query: the question.
        scored: the candidates, best first.
        shown: the texts of the paragraphs that the answer would quote from: the candidate's, and those of its list.
        foreign: whether the question is in another language than the report.
    """
    if not scored:
        return Refusal("nothing_near", ())
    best = scored[0]
    text = matched("；".join((*shown, *best.hit.context)))
    lacking = query.lacking(text)
    absent = tuple(t.word for t in lacking if not any(t not in one.lacking for one in scored))
    if lacking:
        return Refusal("term_absent", absent) if absent else Refusal("not_together", tuple(t.word for t in lacking))
    if any(t.symbol for t in query.terms):
        return None
    if query.asking.speech and best.hit.paragraph.kind == "row":
        return Refusal("not_together", tuple(t.word for t in query.terms))
    if probability(query, best, text, shown, foreign) >= MIN_PROBABILITY:
        return None
    unheld = tuple(t.word for t in query.terms if not t.seen and t.presence(text) < _HALF_HELD)
    return Refusal("term_absent", unheld) if unheld else Refusal("not_together", tuple(t.word for t in query.terms))


def probability(query: Query, best: Scored, text: str, shown: Sequence[str], foreign: bool) -> float:
    """Return the probability that the best candidate answers, from 0 to 1.

    It rises with the share of the question's terms that the candidate's text and headings hold, and with its cosine; it
    falls with the share of terms that stand nowhere in the reports, and where the time or the number asked for is not there.
    """
    total = sum(t.weight for t in query.terms) or 1.0
    missing = sum(t.weight for t in query.terms if not t.seen and not t.own_word and t.presence(text) < _HALF_HELD)
    asks = query.asking.time or (query.asking.number and not query.asking.person)
    unmet = asks and max((query.asking.served_by(s) for s in shown), default=0.0) < 1.0
    score = _INTERCEPT + _COVERAGE * query.coverage(text) + _COSINE * best.cosine
    score += _MISSING * missing / total + _UNMET * unmet + _FOREIGN * foreign
    return 1 / (1 + math.exp(-score))
