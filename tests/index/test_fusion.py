import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import WEIGHTS, Floats, Legs, candidates, fuse
from index.ranking import Ranking
from index.standing import authority

COSINES = np.array([0.1, 0.9, 0.5, 0.3], np.float32)
NONE = np.zeros(4, np.float32)
WORDS, MEANING = WEIGHTS.words, WEIGHTS.meaning


def ranking(*scored: tuple[int, float]) -> Ranking:
    return Ranking(np.array([i for i, _ in scored], np.int64), np.array([s for _, s in scored], np.float32))


def fused(legs: Legs, authority: Floats = NONE, elsewhere: Floats = NONE) -> dict[int, float]:
    found = fuse(candidates(legs, lambda rows: COSINES[rows], lambda rows: (authority[rows], elsewhere[rows])), 10)
    assert found.cosines.tolist() == COSINES[found.ranking.ids].tolist()
    assert found.trust == legs.trust_in_words()
    scores = found.ranking.scores.tolist()
    assert scores == sorted(scores, reverse=True)
    return dict(zip(found.ranking.ids.tolist(), scores, strict=True))


def test_scores_are_the_weighted_shares_worked_out_by_hand() -> None:
    legs = Legs(ranking((0, 5.0), (3, 2.0)), ranking((1, 0.9), (2, 0.5)), 10.0)
    trust, total = legs.trust_in_words(), WORDS + MEANING
    assert 0 < trust < 2
    assert fused(legs) == pytest.approx(
        {
            0: (trust * WORDS * 1.0 + (2 - trust) * MEANING * -1.0) / total,
            1: (2 - trust) * MEANING * 1.0 / total,
            2: 0.0,
            3: (trust * WORDS * 0.4 + (2 - trust) * MEANING * -0.5) / total,
        },
        abs=1e-5,
    )


def test_words_count_more_the_more_of_the_question_they_hold() -> None:
    meaning = ranking((1, 0.9), (2, 0.5))
    held = [Legs(ranking((0, best), (3, 1.0)), meaning, 20.0).trust_in_words() for best in (2.0, 10.0, 30.0)]
    assert held == sorted(held)
    assert held[0] < held[-1]


def test_meaning_counts_more_where_its_best_stands_out() -> None:
    words = ranking((0, 5.0), (3, 4.0))
    clear, unclear = Legs(words, ranking((1, 0.9), (2, 0.1)), 10.0), Legs(words, ranking((1, 0.9), (2, 0.89)), 10.0)
    assert clear.trust_in_words() < unclear.trust_in_words()


def test_nothing_found_is_nothing() -> None:
    assert fused(Legs(ranking(), ranking(), 1.0)) == {}


def test_words_alone_and_meaning_alone_keep_their_order() -> None:
    assert list(fused(Legs(ranking(), ranking((1, 0.9), (2, 0.5)), 1.0))) == [1, 2]
    legs = Legs(ranking((3, 5.0)), ranking(), 1.0)
    assert list(fused(legs)) == [3]


def test_a_report_for_places_that_are_not_asked_for_loses_and_one_that_others_cite_gains() -> None:
    legs, one = Legs(ranking((0, 5.0)), ranking((1, 0.9), (2, 0.5)), 10.0), np.array([0, 0, 1, 0], np.float32)
    plain, total = fused(legs), WORDS + MEANING
    assert WEIGHTS.elsewhere < 0 < WEIGHTS.authority
    assert fused(legs, elsewhere=one)[2] - plain[2] == pytest.approx(WEIGHTS.elsewhere / total, abs=1e-6)
    cited = fused(legs, authority=one)
    assert (cited[2] - cited[1]) - (plain[2] - plain[1]) == pytest.approx(WEIGHTS.authority / total, abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.1, 50)), max_size=4, unique_by=lambda x: x[0]))
def test_every_candidate_of_either_list_is_there_once(found: list[tuple[int, float]]) -> None:
    words = Ranking.sorted(*map(np.array, ([i for i, _ in found], [s for _, s in found]))) if found else ranking()
    assert fused(Legs(words, ranking((1, 0.9), (2, 0.5)), 10.0)).keys() == {1, 2, *(i for i, _ in found)}


def test_a_report_counts_by_how_many_others_cite_one_of_its_names() -> None:
    reports = [(["灯塔法", "a/1"], []), (["港口法"], ["灯塔法"]), (["渡轮法"], ["灯塔法", "港口法"])]
    assert authority(reports).tolist() == pytest.approx(np.log1p([2, 1, 0]).tolist())
