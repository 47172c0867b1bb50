"""Two rankings to one: scores are summed, and the question and its two lists decide how much words count against meaning.

The weights were learned on lay legal questions, questions on encyclopedia passages, translated sentences and questions on
reports, none of which they were measured on (docs/experiments.md). Knows scores, not what they stand for.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.ranking import Ranking

Floats = NDArray[np.float32]
_HEAD = 10
"""How far down a list the gap to its best score is taken, and agreement counted."""


@dataclass(frozen=True)
class Weights:
    """How much each thing counts.

    Attributes:
        words: a BM25 score over the best one.
        meaning: a cosine spread over the dense list.
        authority: each unit of a report's authority.
        elsewhere: that its title names places which the question does not.
        bias: with the following, the logit of the trust in words.
        words_gap: how far the best BM25 score stands out.
        meaning_gap: how far the best cosine stands out.
        agreement: the share of passages that head both lists.
        matched: how much of the question the best passage by words holds.
    """

    words: float
    meaning: float
    authority: float
    elsewhere: float
    bias: float
    words_gap: float
    meaning_gap: float
    agreement: float
    matched: float


WEIGHTS = Weights(
    words=0.16,
    meaning=1.77,
    authority=0.13,
    elsewhere=-0.53,
    bias=1.61,
    words_gap=0.32,
    meaning_gap=-4.74,
    agreement=0.19,
    matched=3.5,
)


@dataclass(frozen=True)
class Legs:
    """What the two indexes found for one question.

    Attributes:
        words: by BM25.
        meaning: by cosine.
        most_bm25: the sum of the weights of the question's tokens: no passage that holds each once scores far above it.
    """

    words: Ranking
    meaning: Ranking
    most_bm25: float

    @cached_property
    def evidence(self) -> tuple[float, float, float, float]:
        """What tells words from meaning: `words_gap`, `meaning_gap`, `agreement` and `matched` of `Weights`, in that order."""
        bm25, cosines = self.words.scores[:_HEAD], self.meaning.scores[:_HEAD]
        if not len(bm25) or not len(cosines):
            return 0.0, 0.0, 0.0, 0.0
        best = max(float(bm25[0]), 1e-9)
        alike = len(np.intersect1d(self.words.ids[:_HEAD], self.meaning.ids[:_HEAD])) / _HEAD
        matched = math.log1p(best / max(self.most_bm25, 1e-9) / 2)
        return (best - float(bm25[-1])) / best, float(cosines[0] - cosines[-1]), alike, matched

    def trust_in_words(self, weights: Weights | None = None) -> float:
        """Return how much words count against meaning, 0 to 2; 1 is as much as they do on the whole.

        It grows with how much of the question the best passage holds, with how far that one stands out, and where both lists
        have the same passages at their head; it falls with how far the nearest passage stands out from the next.
        """
        w = weights or WEIGHTS
        if not len(self.words.ids) or not len(self.meaning.ids):
            return 1.0
        learned = (w.words_gap, w.meaning_gap, w.agreement, w.matched)
        logit = w.bias + sum(a * b for a, b in zip(learned, self.evidence, strict=True))
        return 2 / (1 + math.exp(-logit))


@dataclass(frozen=True)
class Candidates:
    """The passages of both lists, each with all that is known of it; arrays are (n_candidates,).

    Attributes:
        rows: int64, ascending, each once.
        words: the BM25 score over the best one; 0 for those that only meaning found.
        cosines: the cosine, also of those that only the words found, so that none is punished for a list it fell off.
        meaning: the cosine, 0 at the end of the dense list and 1 at the best one.
        authority: how much others cite the report.
        elsewhere: 1 where the report's title names places and the question none of them, else 0.
        legs: what the two indexes found.
    """

    rows: NDArray[np.int64]
    words: Floats
    cosines: Floats
    meaning: Floats
    authority: Floats
    elsewhere: Floats
    legs: Legs


@dataclass(frozen=True)
class Fused:
    """The best candidates: their ranking, the cosine of each, (n,) float32, and the question's trust in words, 0 to 2."""

    ranking: Ranking
    cosines: Floats
    trust: float


def candidates(
    legs: Legs,
    cosines_of: Callable[[NDArray[np.int64]], Floats],
    standing_of: Callable[[NDArray[np.int64]], tuple[Floats, Floats]],
) -> Candidates:
    """Return the candidates of both lists.

    Args:
        legs: what was found.
        cosines_of: the cosines of passages.
        standing_of: the authority of passages' reports, and whether these are for places that the question does not name.
    """
    rows = np.union1d(legs.words.ids, legs.meaning.ids)
    words = np.zeros(len(rows), np.float32)
    if len(legs.words.ids):
        words[np.searchsorted(rows, legs.words.ids)] = legs.words.scores / max(float(legs.words.scores.max()), 1e-9)
    cosines = cosines_of(rows)
    meaning = np.zeros_like(cosines)
    if len(rows):
        floor = float(legs.meaning.scores.min()) if len(legs.meaning.scores) else float(cosines.min())
        spread = float(cosines.max()) - floor
        meaning = (cosines - floor) / spread if spread > 1e-6 else meaning
    return Candidates(rows, words, cosines, meaning, *standing_of(rows), legs)


def fuse(found: Candidates, top_k: int) -> Fused:
    """Return the `top_k` candidates by one score.

    Scores are used, not ranks: rank fusion is below the better of the two on questions that share their answer's words.
    """
    w, trust = WEIGHTS, found.legs.trust_in_words()
    scores = trust * w.words * found.words + (2 - trust) * w.meaning * found.meaning
    scores += w.elsewhere * (found.elsewhere - found.elsewhere.min(initial=1.0))
    scores += w.authority * (found.authority - found.authority.max(initial=0.0))
    best = np.argsort(-scores, kind="stable")[:top_k]
    ranking = Ranking(found.rows[best], (scores[best] / (w.words + w.meaning)).astype(np.float32))
    return Fused(ranking, found.cosines[best], trust)
