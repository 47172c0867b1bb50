import random
from pathlib import Path

import numpy as np
import pytest

from index.bm25 import within_noise
from index.dense import DenseIndex
from index.ranking import Ranking
from index.sparse import CONTEXT_BOOST, SparseIndex, SparseRow

ROWS = [
    SparseRow(1, "a", "港口 照明 预算", ""),
    SparseRow(2, "a", "港口 消防", "照明"),
    SparseRow(3, "b", "渡轮 登记", ""),
]


@pytest.fixture
def sparse(tmp_path: Path) -> SparseIndex:
    SparseIndex.write(tmp_path / "sparse", ROWS)
    return SparseIndex(tmp_path / "sparse")


def joined(folder: Path, *parts: list[SparseRow]) -> SparseIndex:
    """An index of several parts."""
    made = []
    for i, rows in enumerate(parts):
        SparseIndex.write(folder.with_name(f"{folder.name}-{i}"), rows)
        made.append(
            (folder.with_name(f"{folder.name}-{i}"), SparseIndex.segments(folder.with_name(f"{folder.name}-{i}")))
        )
    folder.mkdir()
    SparseIndex.join(folder, made)
    return SparseIndex(folder)


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


def test_parts_joined_score_as_one_part_does(sparse: SparseIndex, tmp_path: Path) -> None:
    parts = joined(tmp_path / "parts", ROWS[2:], [], ROWS[:2])
    for tokens in ({"港口": 1.0, "照明": 0.3, "登记": 2.0}, {"消防": 1.0}):
        one, several = sparse.search(tokens, 10), parts.search(tokens, 10)
        assert dict(zip(one.ids, one.scores, strict=True)) == dict(zip(several.ids, several.scores, strict=True))


def test_the_rows_of_a_segment_are_what_was_written_into_it(tmp_path: Path) -> None:
    index = joined(tmp_path / "parts", ROWS[:1], ROWS[1:])
    segments = [SparseIndex.segments(tmp_path / f"parts-{i}") for i in (0, 1)]
    assert list(index.rows(segments[0])) == ROWS[:1]
    assert list(index.rows(segments[1])) == ROWS[1:]


def test_scores_are_the_same_to_the_last_bit_however_passages_are_spread(tmp_path: Path) -> None:
    draw = random.Random(7)
    rows = [SparseRow(i, "a", "早 " * (i < 9) + " ".join(draw.choices("港船灯火", k=12)), "") for i in range(6000)]
    one, several = (
        joined(tmp_path / "one", rows),
        joined(tmp_path / "several", rows[5000:], rows[:3000], rows[3000:5000]),
    )
    tokens = {"早": 1.0, "港": 0.7, "船": 1.3, "灯": 0.11, "火": 2.1}
    found = [Ranking.sorted(r.ids, r.scores) for r in (one.search(tokens, 6000), several.search(tokens, 6000))]
    assert found[0].ids.tolist() == found[1].ids.tolist()
    assert found[0].scores.tolist() == found[1].scores.tolist()


def test_sums_in_any_order_rank_as_exact_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(8)
    rows = [SparseRow(i, "a", " ".join(draw.choices("港船灯火水", k=9)), "") for i in range(900)]
    index = joined(tmp_path / "several", rows[700:], rows[:100], rows[100:700])
    tokens = {"港": 0.7, "船": 1.3, "灯": 0.11, "火": 2.1, "水": 0.37}
    exact = index.search(tokens, 300)
    monkeypatch.setattr("index.sparse.ANY_ORDER_FROM", 100)
    found = index.search(tokens, 300)
    exact, found = Ranking.sorted(exact.ids, exact.scores), Ranking.sorted(found.ids, found.scores)
    assert found.ids[:300].tolist() == exact.ids[:300].tolist()
    assert found.scores[:300].tolist() == pytest.approx(exact.scores[:300].tolist(), rel=1e-6)


def test_scores_within_noise_of_one_another_are_told_from_those_that_stand_alone() -> None:
    scores = np.array([9.0, 5.00001, 5.0, 4.99999, 3.0, 3.0, 1.0], np.float32)
    assert within_noise(scores).tolist() == [False, True, True, True, True, True, False]
    assert within_noise(scores[:1]).tolist() == [False]


def test_all_that_score_as_the_last_one_are_returned(tmp_path: Path) -> None:
    index = joined(tmp_path / "ties", [SparseRow(i, "a", "港口", "") for i in range(9)])
    assert sorted(index.search({"港口": 1.0}, 2).ids.tolist()) == list(range(9))


@pytest.fixture
def dense(tmp_path: Path) -> DenseIndex:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float16)
    DenseIndex.write(tmp_path / "dense.faiss", 2, [vectors[:1], vectors[1:]])
    return DenseIndex(tmp_path / "dense.faiss")


def test_dense_scores_are_cosines_best_first(dense: DenseIndex) -> None:
    ranking = dense.search(np.array([0, 1], dtype=np.float32), 10)
    assert ranking.ids.tolist() == [1, 2, 0]
    assert ranking.scores.tolist() == pytest.approx([1.0, 0.8, 0.0], abs=1e-3)


def test_allowed_rows_are_the_only_ones_and_padding_never_shows(dense: DenseIndex) -> None:
    ranking = dense.search(np.array([0, 1], dtype=np.float32), 3, allowed=np.array([0, 2], dtype=np.int64))
    assert ranking.ids.tolist() == [2, 0]


def test_an_index_of_no_vectors_finds_none(tmp_path: Path) -> None:
    DenseIndex.write(tmp_path / "none.faiss", 2, [])
    assert DenseIndex(tmp_path / "none.faiss").search(np.array([0, 1], dtype=np.float32), 3).ids.tolist() == []
