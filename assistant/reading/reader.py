"""Which sentences of a paragraph answer a question, and which words of them are the short answer: by what was learnt.

Every result is a span of the very text. Knows the weights, not how they were learnt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query
from assistant.reading.network import Network
from assistant.reading.sentence_features import sentence_features
from assistant.reading.spans import spans
from assistant.reading.wanted import Wanted, wanted
from assistant.reading.weights import bucket, load
from index.embedder import Embedder
from index.tokenizer import Tokenizer

ENOUGH = 0.99
"""Probability of holding the answer from which a run of sentences is not made longer."""
WORTH = 0.002
"""Probability that a neighbour must add to be quoted too."""
RUN_CHARS = 300
"""Characters that a run of several sentences has at most."""


@dataclass(frozen=True)
class Short:
    """Words of a quotation that answer: verbatim, with the probability that they do, 0 to 1."""

    text: str
    probability: float


def answering_run(
    query: Query, pieces: Sequence[str], embedder: Embedder, network: Network | None = None, enough: float = ENOUGH
) -> tuple[int, int]:
    """Return which sentences to quote: the place of the first and the place after the last.

    It is the sentence that most likely answers and, where that is not sure, those beside it.

    Args:
        query: the question.
        pieces: all sentences of one paragraph, in their order; at least one.
        embedder: turns texts into vectors.
        network: what scores sentences; None for the one that ships with the package.
        enough: the probability of holding the answer from which the run is not made longer.
    """
    chances = sentence_chances(query, pieces, embedder, network)
    first = last = int(np.argmax(chances))
    held, chars = float(chances[first]), len(pieces[first])
    while held < enough:
        beside = [i for i in (first - 1, last + 1) if 0 <= i < len(pieces) and chars + len(pieces[i]) <= RUN_CHARS]
        best = max(beside, key=lambda i: float(chances[i]), default=None)
        if best is None or chances[best] < WORTH:
            break
        first, last = min(first, best), max(last, best)
        held, chars = held + float(chances[best]), chars + len(pieces[best])
    return first, last + 1


def sentence_chances(
    query: Query, pieces: Sequence[str], embedder: Embedder, network: Network | None = None
) -> NDArray[np.float32]:
    """Return the probability of each sentence of a paragraph to answer, if one of them does; (n_pieces,) float32."""
    features = sentence_features(query, wanted(query.asked), pieces, embedder)
    scores = (network or load().sentence).scores(features)
    exponents = np.exp(scores - scores.max())
    chances: NDArray[np.float32] = (exponents / exponents.sum()).astype(np.float32)
    return chances


def short_answer(quotation: str, asked: Wanted, tokenizer: Tokenizer) -> Short | None:
    """Return the words of `quotation` that most likely answer; None where nothing in it can."""
    candidates = spans(quotation, asked, tokenizer)
    if not candidates:
        return None
    weights = load().span
    scores = np.array([sum(weights[bucket(f)] for f in span.features) for span in candidates], np.float64)
    exponents = np.exp(scores - scores.max())
    best = int(np.argmax(scores))
    span = candidates[best]
    return Short(quotation[span.start : span.end], float(exponents[best] / exponents.sum()))
