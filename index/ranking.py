"""A ranked list of passages: what every index returns, and what fusion takes and gives."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Ranking:
    """Passages, best first.

    Attributes:
        ids: (n,) int64, the passages' ids, or their rows in the index.
        scores: (n,) float32, higher is better, in falling order.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.ids.shape != self.scores.shape:
            raise ValueError(f"expected as many scores as ids, found {self.scores.shape} and {self.ids.shape}")

    @classmethod
    def sorted(cls, ids: NDArray[np.int64], scores: NDArray[np.float32]) -> Self:
        """Return the ranking of `ids` in any order: by falling score, equal ones by id."""
        order = np.lexsort((ids, -scores))
        return cls(ids[order], scores[order])
