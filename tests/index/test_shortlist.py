"""Above some size the dense index looks at the vectors that their one-bit codes point to, and answers as exact search does."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import dense
from index.dense import DenseIndex
from index.shortlist import Codes, Shortlist

DIM, N = 64, 6000


def unit(vectors: NDArray[np.float64]) -> Codes:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


@pytest.fixture(scope="module")
def vectors() -> Codes:
    """Vectors in clusters about a common centre, as those of texts are."""
    draw = np.random.default_rng(3)
    heads = draw.normal(size=(60, DIM)) + 0.5
    return unit(heads[draw.integers(60, size=N)] + 0.7 * draw.normal(size=(N, DIM)))


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a thousand vectors be so many that not all are compared."""
    monkeypatch.setattr(dense, "EXACT_ROWS", 1000)


def written(path: Path, parts: list[Codes], before: DenseIndex | None = None) -> DenseIndex:
    DenseIndex.write(path, DIM, parts, before)
    return DenseIndex(path)


def nearest(vectors: Codes, query: NDArray[np.float32], rows: NDArray[np.int64], top_k: int) -> list[int]:
    cosines = vectors[rows].astype(np.float32) @ query
    return rows[np.argsort(-cosines, kind="stable")[:top_k]].tolist()


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("share", [1, 2, 40])
def test_recall_against_exact_search_is_above_98_percent_for_all_and_for_some_reports(
    tmp_path: Path, vectors: Codes, share: int
) -> None:
    index = written(tmp_path / "dense", [vectors])
    allowed = np.arange(0, N, share, dtype=np.int64)
    found = []
    for query in vectors[::200].astype(np.float32):
        ranking = index.search(query, 50, None if share == 1 else allowed)
        assert len(ranking.ids) == 50
        assert np.allclose(ranking.scores, vectors[ranking.ids].astype(np.float32) @ query, atol=2e-3)
        found.append(len(np.intersect1d(ranking.ids, nearest(vectors, query, allowed, 50))) / 50)
    assert np.mean(found) >= 0.98


def test_up_to_some_size_there_are_no_codes_and_search_is_exact(tmp_path: Path, vectors: Codes) -> None:
    few = dense.EXACT_ROWS
    index = written(tmp_path / "dense", [vectors[:few]])
    query = vectors[7].astype(np.float32)
    assert [f.name for f in tmp_path.iterdir()] == ["dense"]
    assert index.search(query, 20).ids.tolist() == nearest(vectors, query, np.arange(few), 20)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("n_before", [900, 1100, 3000, 4097, 5990, N])
def test_codes_written_step_by_step_are_those_written_at_once(tmp_path: Path, vectors: Codes, n_before: int) -> None:
    before = written(tmp_path / "before", [vectors[:n_before]])
    written(tmp_path / "step", [vectors[:200], vectors[200:]], before)
    written(tmp_path / "once", [vectors])
    assert (tmp_path / "step.bits").read_bytes() == (tmp_path / "once.bits").read_bytes()


@pytest.mark.usefixtures("_small")
def test_codes_are_not_taken_over_where_an_earlier_vector_has_gone_or_changed(tmp_path: Path, vectors: Codes) -> None:
    before = written(tmp_path / "before", [vectors[:5000]])
    for name, parts in {"gone": [vectors[:10], vectors[11:]], "changed": [vectors[:10], vectors[9:]]}.items():
        written(tmp_path / name, parts, before)
        written(tmp_path / f"{name}-once", parts)
        assert (tmp_path / f"{name}.bits").read_bytes() == (tmp_path / f"{name}-once.bits").read_bytes()


@pytest.mark.usefixtures("_small")
def test_codes_are_taken_over_and_not_made_again(
    tmp_path: Path, vectors: Codes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(tmp_path / "before", [vectors[:5000]])
    kept = []
    write = Shortlist.write

    def noted(path: Path, dim: int, parts: list[Codes], known: Path | None = None, n_before: int = 0) -> None:
        kept.append(n_before)
        write(path, dim, parts, known, n_before)

    monkeypatch.setattr(Shortlist, "write", staticmethod(noted))
    written(tmp_path / "after", [vectors], before)
    assert kept == [5000]


@pytest.mark.usefixtures("_small")
def test_codes_of_another_number_of_vectors_are_damage(tmp_path: Path, vectors: Codes) -> None:
    written(tmp_path / "one", [vectors])
    written(tmp_path / "other", [vectors[:5000]])
    (tmp_path / "other.bits").replace(tmp_path / "one.bits")
    with pytest.raises(ValueError, match="expected one-bit codes of 6000 vectors"):
        DenseIndex(tmp_path / "one")
