"""The dense index: inner products of embeddings, with FAISS. Knows vectors and ids, not what they stand for."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.ranking import Ranking


class DenseIndex:
    """Exact inner-product search over L2-normalised vectors.

    Args:
        path: the file that `write` wrote.

    Raises:
        RuntimeError: the file is missing or unreadable.
    """

    def __init__(self, path: Path) -> None:
        faiss.omp_set_num_threads(1)  # a query is too small a task to share out
        self._index = faiss.read_index(str(path))
        self.dim: int = self._index.d
        self.n_passages: int = self._index.ntotal

    @staticmethod
    def write(path: Path, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Write an index of `vectors`, (n_passages, dim) float32 and L2-normalised, under `ids`, (n_passages,) int64."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors), ids)
        faiss.write_index(index, str(path))

    def search(self, vector: NDArray[np.float32], top_k: int, allowed: NDArray[np.int64] | None = None) -> Ranking:
        """Return the `top_k` passages whose vectors have the largest inner product with `vector`, (dim,) float32.

        Args:
            vector: the query's embedding, L2-normalised: scores are cosines, from -1 to 1.
            top_k: how many at most.
            allowed: ids to choose among, (n,) int64; None for all.
        """
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(  # type: ignore[call-arg]
                sel=faiss.IDSelectorBatch(allowed)
            )
        k = max(1, min(top_k, self.n_passages))
        scores, ids = self._index.search(vector.reshape(1, -1), k, params=parameters)
        found = ids[0] >= 0  # FAISS fills up with -1 where there are fewer than k
        return Ranking(ids[0][found], scores[0][found])

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of `ids`, (n, dim) float32."""
        return (
            np.stack([self._index.reconstruct(int(i)) for i in ids])
            if len(ids)
            else np.empty((0, self.dim), np.float32)
        )
