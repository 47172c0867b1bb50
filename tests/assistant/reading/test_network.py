import numpy as np

from assistant.reading.fitting import fitted_network
from assistant.reading.network import Network


def network(out: float) -> Network:
    """Return one unit that adds the first of two features to the second, from means 1 and 0 and spreads 2 and 1."""
    floats = [np.array(values, np.float32) for values in ([1, 0], [2, 1], [[1], [1]], [0], [out])]
    return Network(*floats)


def test_a_row_scores_by_how_far_it_is_from_the_mean_and_never_below_an_idle_unit() -> None:
    scores = network(out=3).scores(np.array([[5, 1], [-9, 0]], np.float32))
    assert scores.tolist() == [9.0, 0.0]  # ((5-1)/2 + 1) * 3; the second row's unit is idle


def test_a_feature_far_out_counts_six_spreads() -> None:
    assert network(out=1).scores(np.array([[1000, 0]], np.float32)).tolist() == [6.0]


def test_several_joined_score_as_their_mean() -> None:
    row = np.array([[5, 1]], np.float32)
    assert Network.joined([network(out=3), network(out=1)]).scores(row).tolist() == [6.0]


def test_what_marks_the_right_row_of_each_group_is_learnt() -> None:
    random = np.random.default_rng(0)
    groups = []
    for _ in range(400):
        rows = random.normal(size=(5, 4)).astype(np.float32)
        groups.append((rows, rows[:, 2] == rows[:, 2].max()))
    learnt = fitted_network(groups[:300])
    right = [bool(right[int(np.argmax(learnt.scores(rows)))]) for rows, right in groups[300:]]
    assert sum(right) >= 90
