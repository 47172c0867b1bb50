"""BM25 of a passage worked out from its tokens: the same to the last bit in whatever order another sums.

As tantivy counts it: k1 1.2, b 0.75, and lengths rounded down to what one byte can tell. Knows no index.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
NOISE = 1e-5
"""How far, as a share, a sum of single precision may be off that was made in another order."""
_PLAIN = 24


@dataclass(frozen=True)
class FieldScorer:
    """What one query makes of one field.

    Attributes:
        weights: of each token of the query that some passage holds there, its weight times its inverse document frequency.
        average_length: of the field, in tokens.
    """

    weights: Mapping[str, float]
    average_length: float

    def score(self, text: str) -> float:
        """Return the score of the field's tokens, with spaces between them."""
        tokens = text.split()
        norm = K1 * (1 - B + B * stored_length(len(tokens)) / self.average_length)
        found = Counter(filter(self.weights.__contains__, tokens))
        return (K1 + 1) * math.fsum([self.weights[token] * tf / (tf + norm) for token, tf in found.items()])


def inverse_document_frequency(n_passages: int, held_by: int) -> float:
    """Return the weight of a token that `held_by` of `n_passages` hold."""
    return math.log1p((n_passages - held_by + 0.5) / (held_by + 0.5))


def stored_length(length: int) -> int:
    """Return the largest length that is kept in one byte and not above `length`."""
    return _LENGTHS[bisect_right(_LENGTHS, length) - 1]


def within_noise(scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which of `scores`, in falling order, are so near to the one before or after that noise may tell them apart."""
    near = np.zeros(len(scores) + 1, np.bool_)
    near[1:-1] = scores[1:] >= scores[:-1] * (1 - NOISE)
    within: NDArray[np.bool_] = near[1:] | near[:-1]
    return within


def _length_of(byte: int) -> int:
    """Return the length that a byte stands for: itself below 24, then eight steps for each doubling (Lucene's SmallFloat)."""
    step = byte - _PLAIN
    if step < 8:
        return byte
    return _PLAIN + ((step & 7 | 8) << ((step >> 3) - 1))


_LENGTHS = [_length_of(byte) for byte in range(256)]
