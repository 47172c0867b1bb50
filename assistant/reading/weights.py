"""The weights of the reader, learnt by `make train-reader` and shipped with it. Knows where they lie and what they belong to."""

import zlib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reading.network import Network

FILE = Path(__file__).parent / "weights.npz"
SPAN_BUCKETS = 1 << 15
"""Into so many the named features of spans are folded (Weinberger et al., 2009, doi:10.1145/1553374.1553516)."""


@dataclass(frozen=True)
class Weights:
    """What was learnt.

    Attributes:
        names: the features of sentences that it was learnt with, in the order of the columns.
        sentence: what scores a sentence by them.
        span: (SPAN_BUCKETS,) float32: what each adds to the score of a span.
    """

    names: tuple[str, ...]
    sentence: Network
    span: NDArray[np.float32]

    def save(self, path: Path = FILE) -> None:
        """Write them to `path`, with half precision but for the features' means and spreads."""
        network: dict[str, Any] = {f"sentence_{name}": _half(v, name) for name, v in vars(self.sentence).items()}
        np.savez_compressed(path, names=np.array(self.names), span=self.span.astype(np.float16), **network)


@cache
def load(path: Path = FILE) -> Weights:
    """Return the weights that ship with the package."""
    with np.load(path) as stored:
        names = tuple(str(name) for name in stored["names"])
        sentence = Network(*(stored[f"sentence_{field.name}"].astype(np.float32) for field in fields(Network)))
        return Weights(names, sentence, stored["span"].astype(np.float32))


def _half(values: NDArray[np.float32], name: str) -> NDArray[np.floating]:
    return values if name in ("mean", "spread") else values.astype(np.float16)


def bucket(feature: str) -> int:
    """Return where the weight of a named feature lies."""
    return zlib.crc32(feature.encode()) % SPAN_BUCKETS
