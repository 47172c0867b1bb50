"""Hard negatives: articles that a question seems to ask for, by its words or by a model, and that do not answer it.

BM25 here counts the model's own tokens. It knows texts as token ids, and no model's training.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from index.training.table import Ids

K1, B = 1.2, 0.75
"""The saturation and length normalisation of BM25, as usual."""


def nearest_by_words(queries: Sequence[Ids], texts: Sequence[Ids], size: int, depth: int) -> NDArray[np.int64]:
    """Return each query's `depth` best texts by BM25 over token ids below `size`, (n_queries, depth) int64, in no order."""
    counts = _counts(texts, size)
    frequency = np.bincount(counts.indices, minlength=size)
    rarity = np.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    damping = np.repeat(K1 * (1 - B + B * lengths / lengths.mean()), np.diff(counts.indptr)).astype(np.float32)
    counts.data = counts.data * (K1 + 1) / (counts.data + damping) * rarity[counts.indices]
    by_token = counts.T.tocsr()
    asked = _counts(queries, size)
    asked.data[:] = 1
    best = [_top((row @ by_token).toarray().ravel(), depth) for row in asked]
    return np.array(best, np.int64).reshape(len(queries), -1)


def nearest_by_vectors(queries: NDArray[np.float32], texts: NDArray[np.float32], depth: int) -> NDArray[np.int64]:
    """Return each query's `depth` nearest texts by inner product, (n_queries, depth) int64, in no order."""
    best = []
    for start in range(0, len(queries), 64):
        best += [_top(row, depth) for row in queries[start : start + 64] @ texts.T]
    return np.array(best, np.int64).reshape(len(queries), -1)


def without(found: Sequence[NDArray[np.int64]], right: Sequence[Collection[int]]) -> list[NDArray[np.int64]]:
    """Return each query's places of all rankings in `found`, once each and in order, less those that are `right`."""
    rows = zip(*found, strict=True)
    return [np.setdiff1d(np.concatenate(places), sorted(gold)) for places, gold in zip(rows, right, strict=True)]


def _counts(texts: Sequence[Ids], size: int) -> csr_matrix:
    """Return how often each token stands in each text, (n_texts, size) float32."""
    ends = np.cumsum([0, *(len(text) for text in texts)])
    ids = np.concatenate([*texts, np.empty(0, np.int32)])
    counts = csr_matrix((np.ones(ends[-1], np.float32), ids, ends), shape=(len(texts), size))
    counts.sum_duplicates()
    return counts


def _top(scores: NDArray[np.float32], depth: int) -> NDArray[np.int64]:
    depth = min(depth, len(scores))
    return np.sort(np.argpartition(-scores, depth - 1)[:depth]).astype(np.int64)
