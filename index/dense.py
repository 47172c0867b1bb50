"""The dense index: inner products of embeddings, with FAISS. Knows vectors and their rows, not what they stand for.

Up to `EXACT_ROWS` vectors every one is looked at. Where there are more, their one-bit codes say which.
"""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.ranking import Ranking
from index.shortlist import Codes, Shortlist

EXACT_ROWS = 5_000
"""Up to how many vectors are all compared with a query: half a millisecond on one core."""
_SHORTLIST_SUFFIX = ".bits"
_EQUALS = 20
"""How many more than twice as many as are wanted are ranked, so that of equal ones the first rows are taken."""


def pool_for(top_k: int) -> int:
    """Return how many vectors of the largest estimates are looked at for the best `top_k`.

    At this depth recall@50 against exact search is above 0.99 from 100,000 to 1,000,000 passages (docs/benchmarks.md).
    """
    return 100 + 8 * top_k


class DenseIndex:
    """Inner-product search over L2-normalised vectors, numbered by row from 0, mapped from disk.

    Args:
        path: the file that `write` wrote.

    Attributes:
        dim: how many numbers a vector has.
        n_passages: how many vectors there are.
        codes: the vectors as they are stored.

    Raises:
        RuntimeError: the file is missing or unreadable.
        ValueError: the one-bit codes are not those of as many vectors.
    """

    def __init__(self, path: Path) -> None:
        faiss.omp_set_num_threads(1)  # a query is too small a task to share out
        self.path = path
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self.dim: int = self._index.d
        self.n_passages: int = self._index.ntotal
        n_bytes = self.n_passages * self.dim * 2
        stored = np.empty(0, np.uint8)
        if n_bytes:
            stored = faiss.rev_swig_ptr(self._index.codes.data(), n_bytes)  # type: ignore[attr-defined]
        self.codes: Codes = stored.view(np.float16).reshape(self.n_passages, self.dim)
        bits = _bits(path)
        self._shortlist = Shortlist(bits) if bits.exists() else None
        if self._shortlist and self._shortlist.n_passages != self.n_passages:
            found = self._shortlist.n_passages
            raise ValueError(f"expected one-bit codes of {self.n_passages} vectors in {bits}, found {found}")

    @staticmethod
    def write(path: Path, dim: int, parts: Sequence[Codes], before: "DenseIndex | None" = None) -> None:
        """Write an index of the vectors of `parts`, one after another, each of `dim` numbers.

        Args:
            path: where; the one-bit codes are written beside it.
            dim: how many numbers a vector has.
            parts: the vectors.
            before: an index that may begin with the same vectors, whose one-bit codes can then be taken over.

        Raises:
            OSError: it cannot be written.
        """
        index = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        for part in parts:
            if len(part):
                index.add_sa_codes(np.ascontiguousarray(part).view(np.uint8))
        with path.open("wb") as file:  # FAISS itself would not notice that a disk is full as it closes a file
            file.write(faiss.serialize_index(index).data)
        if index.ntotal > EXACT_ROWS:
            same = before is not None and before._begins(parts)
            known = (_bits(before.path), before.n_passages) if before and same else (None, 0)
            Shortlist.write(_bits(path), dim, parts, *known)

    def search(self, vector: NDArray[np.float32], top_k: int, allowed: NDArray[np.int64] | None = None) -> Ranking:
        """Return the rows of the `top_k` vectors that have the largest inner product with `vector`, (dim,) float32.

        Args:
            vector: the query's embedding, L2-normalised: scores are cosines, from -1 to 1, to about three decimals.
            top_k: how many at most.
            allowed: rows to choose among, (n,) int64; None for all.
        """
        if self._shortlist is None or (allowed is not None and len(allowed) <= EXACT_ROWS):
            return self.search_all(vector, top_k, allowed)
        if allowed is None:
            return self.search_each(vector[None], top_k)[0]
        pool = -(-pool_for(top_k) * self.n_passages // len(allowed))  # as many as hold some of those allowed
        n = max(1, min(pool, self.n_passages))
        scores, rows = self._shortlist.search(vector[None], n, n, self._index)
        ranking = _ranking(rows[0], scores[0], self._mask(allowed))
        return Ranking(ranking.ids[:top_k], ranking.scores[:top_k])

    def search_each(self, vectors: NDArray[np.float32], top_k: int) -> list[Ranking]:
        """Return for each of `vectors`, (n, dim) float32, what `search` returns for it."""
        n = max(1, min(2 * top_k + _EQUALS, self.n_passages))
        if self._shortlist is None:
            scores, rows = self._index.search(vectors, n)
        else:
            scores, rows = self._shortlist.search(vectors, n, pool_for(top_k), self._index)
        rankings = [_ranking(r, s) for r, s in zip(rows, scores, strict=True)]
        return [Ranking(r.ids[:top_k], r.scores[:top_k]) for r in rankings]

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of `rows`, (n, dim) float32."""
        return self.codes[rows].astype(np.float32)

    def cosines(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the inner products of the vectors of `rows` with `vector`, (n,) float32."""
        # not by BLAS, which wakes its threads for so little
        cosines: NDArray[np.float32] = np.vecdot(self.vectors(rows), vector)
        return cosines

    def search_all(self, vector: NDArray[np.float32], top_k: int, allowed: NDArray[np.int64] | None = None) -> Ranking:
        """Return the same as `search`, every vector looked at."""
        parameters = None
        if allowed is not None:
            bitmap = np.packbits(self._mask(allowed), bitorder="little")
            parameters = faiss.SearchParameters(  # type: ignore[call-arg]
                sel=faiss.IDSelectorBitmap(bitmap)  # type: ignore[arg-type, call-arg]
            )
        k = max(1, min(top_k, self.n_passages))
        scores, rows = self._index.search(vector.reshape(1, -1), k, params=parameters)
        return _ranking(rows[0], scores[0])

    def _mask(self, allowed: NDArray[np.int64]) -> NDArray[np.bool_]:
        mask = np.zeros(self.n_passages, np.bool_)
        mask[allowed] = True
        return mask

    def _begins(self, parts: Sequence[Codes]) -> bool:
        """Whether this index has one-bit codes and its vectors are the first of `parts`."""
        if self._shortlist is None:
            return False
        start = 0
        for part in parts:
            known = self.codes[start : start + len(part)]
            if not np.array_equal(known, part[: len(known)]):
                return False
            start += len(known)
        return start == self.n_passages


def _ranking(rows: NDArray[np.int64], scores: NDArray[np.float32], mask: NDArray[np.bool_] | None = None) -> Ranking:
    """Return the ranking of what FAISS found, of it only those rows that `mask` has."""
    found = rows >= 0  # FAISS fills up with -1 where there are fewer than it was asked for
    if mask is not None:
        found &= mask[rows]
    return Ranking.sorted(rows[found], scores[found])


def _bits(path: Path) -> Path:
    return path.with_name(path.name + _SHORTLIST_SUFFIX)
