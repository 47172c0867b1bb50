from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.fusion import DENSE_WEIGHT, fuse
from index.ranking import Ranking
from index.sparse import CONTEXT_BOOST, SparseIndex


@pytest.fixture
def sparse(tmp_path: Path) -> SparseIndex:
    rows = [
        (1, "a", ["港口", "照明", "预算"], []),
        (2, "a", ["港口", "消防"], ["照明"]),
        (3, "b", ["渡轮", "登记"], []),
    ]
    SparseIndex.write(tmp_path / "sparse", rows)
    return SparseIndex(tmp_path / "sparse")


def test_a_token_is_found_in_the_body_and_for_less_in_the_headings(sparse: SparseIndex) -> None:
    ranking = sparse.search({"照明": 1.0}, 10)
    assert ranking.ids.tolist() == [1, 2]
    assert 0 < ranking.scores[1] < ranking.scores[0]
    assert CONTEXT_BOOST < 1


def test_a_passage_without_the_tokens_is_not_found(sparse: SparseIndex) -> None:
    assert sparse.search({"渡轮": 1.0}, 10).ids.tolist() == [3]
    assert sparse.search({"飞机": 1.0}, 10).ids.tolist() == []


def test_a_report_filter_leaves_scores_as_they_are(sparse: SparseIndex) -> None:
    everywhere = sparse.search({"港口": 1.0, "渡轮": 1.0}, 10)
    within = sparse.search({"港口": 1.0, "渡轮": 1.0}, 10, reports=["b"])
    assert within.ids.tolist() == [3]
    assert within.scores[0] == pytest.approx(everywhere.scores[everywhere.ids.tolist().index(3)])


def test_bm25_scores_are_those_of_the_formula(sparse: SparseIndex) -> None:
    n, df, tf, length, average = 3, 1, 1, 2, 7 / 3
    idf = np.log(1 + (n - df + 0.5) / (df + 0.5))
    expected = idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / average))
    assert sparse.search({"消防": 1.0}, 10).scores[0] == pytest.approx(expected, rel=1e-4)
    assert sparse.document_frequency("港口") == 2


@pytest.fixture
def dense(tmp_path: Path) -> DenseIndex:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    DenseIndex.write(tmp_path / "dense.faiss", np.array([10, 20, 30], dtype=np.int64), vectors)
    return DenseIndex(tmp_path / "dense.faiss")


def test_dense_scores_are_cosines_best_first(dense: DenseIndex) -> None:
    ranking = dense.search(np.array([0, 1], dtype=np.float32), 10)
    assert ranking.ids.tolist() == [20, 30, 10]
    assert ranking.scores.tolist() == pytest.approx([1.0, 0.8, 0.0])


def test_allowed_ids_are_the_only_ones_and_padding_never_shows(dense: DenseIndex) -> None:
    ranking = dense.search(np.array([0, 1], dtype=np.float32), 3, allowed=np.array([10, 30], dtype=np.int64))
    assert ranking.ids.tolist() == [30, 10]


def test_fusion_is_the_sum_of_shares_worked_out_by_hand(dense: DenseIndex) -> None:
    sparse = Ranking(np.array([10], dtype=np.int64), np.array([5.0], dtype=np.float32))
    query = np.array([0, 1], dtype=np.float32)
    fused = fuse(sparse, dense.search(query, 3), dense, query, 3)
    total = 1 + DENSE_WEIGHT
    assert fused.ids.tolist() == [10, 20, 30]
    assert fused.scores.tolist() == pytest.approx([1 / total, DENSE_WEIGHT / total, 0.8 * DENSE_WEIGHT / total])


def test_fusion_of_nothing_is_nothing(dense: DenseIndex) -> None:
    none = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
    assert len(fuse(none, none, dense, np.array([0, 1], dtype=np.float32), 3).ids) == 0
