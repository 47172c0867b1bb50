"""Learns to choose one row of each group: a conditional logit by L-BFGS, and a small network by Adam. Knows no question."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from assistant.reading.network import LARGEST, Network

UNITS, SEEDS, EPOCHS, BATCH = 48, 3, 15, 128
RATE, DECAY, DROPOUT, WARM_UP = 4e-3, 0.1, 0.3, 0.3
_MAX_STEPS = 80
_MOMENTS = (0.9, 0.999)

Group = tuple[NDArray[np.float32], NDArray[np.bool_]]
"""The rows among which one is chosen, (n, n_features), and which of them are right, (n,)."""


def fitted_logit(rows: csr_matrix, groups: Sequence[NDArray[np.bool_]], l2: float) -> NDArray[np.float64]:
    """Return the weights that make the right rows of each group most likely among its rows, by L-BFGS."""
    right = np.concatenate(groups).astype(np.float64)
    sizes = [len(group) for group in groups]
    group_of = np.repeat(np.arange(len(groups)), sizes)
    starts = np.cumsum([0, *sizes])[:-1]
    columns = rows.T.tocsr()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chances, held, total = _chances(rows @ weights, right, group_of, starts)
        return float(-np.log(held / total).sum() + l2 * weights @ weights / 2), columns @ chances + l2 * weights

    found: Any = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _MAX_STEPS})
    return np.asarray(found.x, np.float64)


def fitted_network(groups: Sequence[Group]) -> Network:
    """Return the mean of several networks that make the right rows of each group most likely among its rows.

    Each learns by Adam with decoupled weight decay (Loshchilov and Hutter, 2019, arXiv:1711.05101) and dropout.
    """
    rows = np.concatenate([features for features, _ in groups]).astype(np.float32)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-3)
    scaled = [(np.clip((features - mean) / spread, -LARGEST, LARGEST), right) for features, right in groups]
    learnt = [_learnt(scaled, np.random.default_rng(seed)) for seed in range(SEEDS)]
    return Network.joined([Network(mean, spread, *(p.astype(np.float32) for p in each)) for each in learnt])


def _learnt(groups: Sequence[Group], random: np.random.Generator) -> list[NDArray[np.float32]]:
    """Return the hidden weights, their bias and the weights of the units, learnt from groups of scaled rows."""
    n_features = groups[0][0].shape[1]
    edge = 1 / np.sqrt(n_features)
    shapes = ((n_features, UNITS), (UNITS,), (UNITS,))
    parameters = [random.uniform(-edge, edge, shape).astype(np.float32) for shape in shapes]
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    steps = EPOCHS * -(-len(groups) // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(len(groups))
        for at in range(0, len(order), BATCH):
            step += 1
            rate = RATE * _share_of_rate(step / steps)
            gradients = _gradients(parameters, [groups[i] for i in order[at : at + BATCH]], random)
            for p, g, m, v in zip(parameters, gradients, first, second, strict=True):
                m += (1 - _MOMENTS[0]) * (g - m)
                v += (1 - _MOMENTS[1]) * (g * g - v)
                mean, square = m / (1 - _MOMENTS[0] ** step), v / (1 - _MOMENTS[1] ** step)
                p -= rate * (mean / (np.sqrt(square) + 1e-8) + DECAY * p)
    return parameters


def _gradients(
    parameters: Sequence[NDArray[np.float32]], groups: Sequence[Group], random: np.random.Generator
) -> list[NDArray[np.float32]]:
    hidden, bias, out = parameters
    rows = np.concatenate([features for features, _ in groups])
    right = np.concatenate([r for _, r in groups]).astype(np.float64)
    sizes = [len(r) for _, r in groups]
    before = rows @ hidden + bias
    kept = (random.random(before.shape) >= DROPOUT).astype(np.float32) / np.float32(1 - DROPOUT)
    units = np.maximum(before, 0) * kept
    group_of, starts = np.repeat(np.arange(len(groups)), sizes), np.cumsum([0, *sizes])[:-1]
    chances, _, _ = _chances((units @ out).astype(np.float64), right, group_of, starts)
    wrong = (chances / len(groups)).astype(np.float32)
    back = np.outer(wrong, out) * kept * (before > 0)
    return [rows.T @ back, back.sum(axis=0), units.T @ wrong]


def _chances(
    scores: NDArray[np.float64], right: NDArray[np.float64], group_of: NDArray[np.int64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the gradient of the loss by each score, and of each group what its right rows and all of them weigh."""
    exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[group_of])
    total, held = np.add.reduceat(exponents, starts), np.add.reduceat(exponents * right, starts) + 1e-12
    return exponents / total[group_of] - exponents * right / held[group_of], held, total


def _share_of_rate(done: float) -> float:
    """Return the share of the highest rate at a share of all steps: up in a line, down along a cosine."""
    if done < WARM_UP:
        return max(done / WARM_UP, 0.04)
    return float(0.5 + 0.5 * np.cos(np.pi * (done - WARM_UP) / (1 - WARM_UP)))
