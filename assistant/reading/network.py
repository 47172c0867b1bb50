"""A small network that scores sentences: one layer of hidden units over their features. Knows not how it was learnt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LARGEST = 6.0
"""How many spreads from the mean a feature counts at most."""


@dataclass(frozen=True)
class Network:
    """What was learnt.

    Attributes:
        mean: (n_features,) of what it was learnt from.
        spread: (n_features,) their standard deviations.
        hidden: (n_features, n_units).
        bias: (n_units,).
        out: (n_units,): what each unit adds to the score.
    """

    mean: Floats
    spread: Floats
    hidden: Floats
    bias: Floats
    out: Floats

    def scores(self, features: Floats) -> Floats:
        """Return the score of each row of (n, n_features), (n,) float32; higher is better."""
        scaled = np.clip((features - self.mean) / self.spread, -LARGEST, LARGEST)
        scores: Floats = np.maximum(scaled @ self.hidden + self.bias, 0) @ self.out
        return scores

    @classmethod
    def joined(cls, networks: Sequence[Self]) -> Self:
        """Return the one network that scores as the mean of several over the same features does."""
        first = networks[0]
        return cls(
            first.mean,
            first.spread,
            np.concatenate([one.hidden for one in networks], axis=1),
            np.concatenate([one.bias for one in networks]),
            np.concatenate([one.out / np.float32(len(networks)) for one in networks]).astype(np.float32),
        )
