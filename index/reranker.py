"""A cross-encoder that reads the question and a passage together, where a setting names one; by sentence-transformers.

Knows texts and scores, nothing of where the passages come from.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import RerankerError


class Reranker(Protocol):
    """Tells how well passages answer a question."""

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each of `passages` answers `query`, (n_passages,) float32, from 0 to 1."""
        ...


def load_reranker(name: str) -> Reranker | None:
    """Load a reranker.

    Args:
        name: a folder with a sentence-transformers cross-encoder, or the name of one on the model hub, which is fetched
            if it is not on this machine; empty for none.

    Raises:
        RerankerError: no such model, or it cannot be loaded.
    """
    return CrossEncoderReranker(name) if name else None


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder with one output (Nogueira and Cho, 2019, arXiv:1901.04085)."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        try:
            self._model = CrossEncoder(name, device="cpu", activation_fn=Sigmoid())
        except Exception as error:  # the library raises whatever its readers of formats do
            message = f"expected a sentence-transformers cross-encoder at {name!r}, found: {error}"
            raise RerankerError(message + "; give a folder that holds one, or a name while online") from error
        if self._model.num_labels != 1:
            raise RerankerError(
                f"expected a cross-encoder with one output at {name!r}, found one with {self._model.num_labels};"
                " give one trained to rank"
            )

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each of `passages` answers `query`, (n_passages,) float32, from 0 to 1."""
        if not passages:
            return np.empty(0, np.float32)
        pairs = [(query, passage) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False, convert_to_numpy=True), np.float32)
