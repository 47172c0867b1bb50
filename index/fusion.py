"""Two rankings to one: by scores, with the weight of meaning decided by how well the words matched."""

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.ranking import Ranking

DENSE_WEIGHT = 1.0
"""Weight of a cosine spread over its candidates, against a BM25 score over the best one."""


def fuse(sparse: Ranking, dense: Ranking, vectors: DenseIndex, query: NDArray[np.float32], top_k: int) -> Ranking:
    """Return the `top_k` passages of both rankings by one score.

    A passage scores its BM25 over the best BM25, plus `DENSE_WEIGHT` times its cosine, spread so that the candidates
    run from 0 to 1. Every candidate gets its cosine, also one that only the words found, so that a passage is not
    punished for a list it fell off. Scores are used, not ranks: equal-weight rank fusion is below the better of the
    two on questions that share their answer's words (docs/experiments.md).
    """
    ids = np.union1d(sparse.ids, dense.ids)
    if not len(ids):
        return Ranking(ids, np.empty(0, np.float32))
    words = np.zeros(len(ids), np.float32)
    if len(sparse.ids):
        words[np.searchsorted(ids, sparse.ids)] = sparse.scores / max(float(sparse.scores.max()), 1e-9)
    cosines = vectors.vectors(ids) @ query
    spread = float(cosines.max() - cosines.min())
    meaning = (cosines - cosines.min()) / spread if spread > 1e-6 else np.zeros_like(cosines)
    scores = (words + DENSE_WEIGHT * meaning) / (1 + DENSE_WEIGHT)
    best = np.argsort(-scores, kind="stable")[:top_k]
    return Ranking(ids[best], scores[best].astype(np.float32))
