"""How close together a candidate says what a question asks: its words, and words that could stand for the word of asking.

Knows the question's terms and the candidate's words, no other candidate.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.filler import filler_of
from assistant.query import Query
from assistant.reading.sentence_features import HOLDS
from assistant.reading.wanted import wanted
from assistant.second_look import matched
from assistant.terms import HELD
from index.tokenizer import Tokenizer

_CLAUSE = re.compile(r"(?<=[，；：、。])|(?<=[,;:.])(?=\s)")
_ONE_CLAUSE = re.compile(r"[，；：、。,;:!?！？\n]")
_SHARE_OF_TOP = 0.7
_NOT_IN_QUESTION = 99


@dataclass(frozen=True)
class Closeness:
    """What was seen of a candidate, each value about 0 to 1.

    Attributes:
        filler: whether no words that could stand for the word of asking are in it, `assistant.filler`.
        beside: the share of the question's terms, by weight, that two clauses with such words hold, words near in meaning in
            part; of any two clauses where no such words are asked for.
        apart: how much more two clauses without them hold.
        kinds: the share of the kinds of thing asked for that the clauses that hold most look as if they had.
        same_clause: of terms that follow one another in the question and are both held, the share that one clause holds.
        length: of its words, as a logarithm.
    """

    filler: float
    beside: float
    apart: float
    kinds: float
    same_clause: float
    length: float


def closeness(
    query: Query,
    shown: Sequence[str],
    above: str,
    weights: NDArray[np.float64],
    likely: NDArray[np.float64],
    tokenizer: Tokenizer,
    free: bool,
) -> Closeness:
    """Return what is seen of a candidate.

    Args:
        query: the question, with at least one term.
        shown: the texts that the answer would quote from.
        above: what stands above them.
        weights: (n_terms,) how much each term counts.
        likely: (n_terms,) how far a word near in meaning stands for each term that the candidate does not hold itself, 0 to 1.
        tokenizer: tells the parts of speech.
        free: whether it answers by standing where it stands, as a row of a list does, whatever is asked for.
    """
    asked = wanted(query.asked)
    parts = [part for text in shown for part in neighbouring_clauses(text)]
    shares = [_share(query, matched(f"{part}；{above}"), weights, likely) for part in parts]
    top = max(shares)
    filler = None if free else filler_of(asked)
    beside = top
    if filler:
        holding = [s for s, part in zip(shares, parts, strict=True) if filler.stands_in(part, tokenizer)]
        beside = max(holding, default=-1.0)
    near_top = " ".join(matched(p) for p, s in zip(parts, shares, strict=True) if s >= _SHARE_OF_TOP * top)
    return Closeness(
        filler=float(beside < 0),
        beside=max(beside, 0.0),
        apart=top - max(beside, 0.0),
        kinds=sum(bool(HOLDS[kind].search(near_top)) for kind in asked.kinds) / len(asked.kinds),
        same_clause=_same_clause(query, shown, matched(above), asked.text),
        length=math.log1p(sum(map(len, shown)) + len(above)) / 6,
    )


def neighbouring_clauses(text: str) -> list[str]:
    """Return each two clauses of `text` that stand next to each other; the whole of one that has fewer."""
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    return ["".join(pair) for pair in pairwise(clauses)] or [text]


def _share(query: Query, text: str, weights: NDArray[np.float64], likely: NDArray[np.float64]) -> float:
    held = np.maximum([t.presence(text) for t in query.terms], likely)
    return float(np.dot(weights, held)) / max(float(weights.sum()), 1e-6)


def _same_clause(query: Query, shown: Sequence[str], above: str, question: str) -> float:
    """Return the share of held terms next to each other in the question that one clause holds; 1 where there are none."""
    places = [question.find(t.surface or t.word) for t in query.terms]
    order = sorted(range(len(places)), key=lambda i: places[i] if places[i] >= 0 else _NOT_IN_QUESTION)
    clauses = [matched(c) for text in shown for c in _ONE_CLAUSE.split(text) if c.strip()]
    held = np.array([[t.presence(c) >= HELD for t in query.terms] for c in clauses], bool).reshape(-1, len(places))
    there = held.any(axis=0) & np.array([t.presence(above) < HELD for t in query.terms])
    together = [bool((held[:, a] & held[:, b]).any()) for a, b in pairwise(order) if there[a] and there[b]]
    return sum(together) / len(together) if together else 1.0
