"""One bit for each number of a vector: a sixteenth of what is stored, scanned for those worth a look at the stored ones.

RaBitQ (Gao and Long, 2024, doi:10.1145/3654970) in FAISS: the sign of each number about a centre, and two figures a vector by
which the inner product is estimated without bias. Nothing is learned but the centre, so a vector's code does not depend on
how the index came to be. Knows estimates; the index that holds the vectors makes scores of them.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.float16]
"""Vectors as they are stored: (n, dim) float16, L2-normalised before they were rounded."""
_BLOCK = 65_536
_QUERY_BITS = 8


class Shortlist:
    """One-bit codes on disk, read into memory: a bit for each number of a vector, and 8 bytes.

    Args:
        path: the file that `write` wrote.

    Attributes:
        n_passages: how many vectors it has codes of.

    Raises:
        RuntimeError: the file is missing or unreadable.
    """

    def __init__(self, path: Path) -> None:
        self._index = _read(path)
        self.n_passages: int = self._index.ntotal

    @property
    def centre(self) -> NDArray[np.float32]:
        """What is taken from each vector before the signs are, (dim,) float32."""
        stored: NDArray[np.float32] = faiss.vector_to_array(self._index.center)
        return stored

    @staticmethod
    def write(path: Path, dim: int, parts: Sequence[Codes], before: Path | None = None, n_before: int = 0) -> None:
        """Write the codes of the vectors of `parts`, one after another, each of `dim` numbers.

        Args:
            path: where.
            dim: how many numbers a vector has.
            parts: the vectors.
            before: codes of the first `n_before` of these vectors; those are taken over where their centre is still right.
            n_before: how many.

        Raises:
            OSError: it cannot be written.
        """
        centre = _centre(dim, parts)
        index = _known(before, centre, n_before) if before else None
        if index is None:
            index = faiss.IndexRaBitQFastScan(dim, faiss.METRIC_INNER_PRODUCT)
            index.qb = _QUERY_BITS
            index.train(centre[None])
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        try:
            for block in _blocks(parts, index.ntotal):
                index.add(block)
        finally:
            faiss.omp_set_num_threads(1)
        with path.open("wb") as file:  # as in `DenseIndex.write`
            file.write(faiss.serialize_index(index).data)

    def search(
        self, vectors: NDArray[np.float32], n: int, pool: int, stored: faiss.Index
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return what `stored` scores best among the rows of the largest estimates.

        Args:
            vectors: embeddings of queries, (n_queries, dim) float32.
            n: how many rows at most for each.
            pool: how many estimates, if that is more than `n`.
            stored: the index of the vectors.

        Returns:
            Scores, (n_queries, n) float32, and rows, (n_queries, n) int64, in any order; -1 where there are fewer.
        """
        refined = faiss.IndexRefine(self._index, stored)
        refined.k_factor = max(1.0, (min(pool, self.n_passages) + 0.5) / n)  # rounded down to whole rows
        scores, rows = refined.search(vectors, n)
        return scores, rows


def _centre(dim: int, parts: Sequence[Codes]) -> NDArray[np.float32]:
    """Return the mean of the first 2^k vectors, as many as there are such; (dim,) float32.

    It stays while vectors are added at the end, until there are twice as many. Sums of float16 in float64 are exact.
    """
    n = sum(len(part) for part in parts)
    left = first = 1 << max(0, n.bit_length() - 1)
    total = np.zeros(dim, np.float64)
    for part in parts:
        total += part[:left].sum(axis=0, dtype=np.float64)
        left -= min(left, len(part))
    return (total / first).astype(np.float32)


def _read(path: Path) -> faiss.IndexRaBitQFastScan:
    index = faiss.read_index(str(path))
    if not isinstance(index, faiss.IndexRaBitQFastScan):
        raise RuntimeError(f"expected one-bit codes in {path}, found {type(index).__name__}")
    return index


def _known(before: Path, centre: NDArray[np.float32], n_before: int) -> faiss.IndexRaBitQFastScan | None:
    """Return the index in `before` to add to, or None where its codes would be other ones now."""
    index = _read(before)
    same = index.ntotal == n_before and np.array_equal(faiss.vector_to_array(index.center), centre)
    return index if same else None


def _blocks(parts: Sequence[Codes], start: int) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors from row `start` on in blocks of at most `_BLOCK`."""
    waiting: list[NDArray[np.float32]] = []
    for part in parts:
        skipped = min(start, len(part))
        start -= skipped
        for at in range(skipped, len(part), _BLOCK):
            waiting.append(part[at : at + _BLOCK].astype(np.float32))
            if sum(map(len, waiting)) >= _BLOCK:
                yield np.concatenate(waiting)
                waiting = []
    if waiting:
        yield np.concatenate(waiting)
