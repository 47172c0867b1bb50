"""The table a training run starts from: topics read off the texts, random directions, and less weight for common tokens.

It knows texts and their tokens, not what they are asked for; training does the rest.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]
from tokenizers import Tokenizer

TOPICS = 256
"""Topics read off the texts at most; further dimensions begin at random."""
COMMON = 1e-3
"""The share of all tokens at which a token's weight is halved (`a` of Arora, Liang and Ma, 2017, SIF)."""

Ids = NDArray[np.int32]


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Return each text's token ids, (n_tokens,) int32."""
    found: list[Ids] = []
    for start in range(0, len(texts), 20_000):
        encodings = tokenizer.encode_batch_fast(list(texts[start : start + 20_000]), add_special_tokens=False)
        found += [np.array(encoding.ids, dtype=np.int32) for encoding in encodings]
    return found


def starting_table(
    tokenizer: Tokenizer, texts: Sequence[str], dim: int, topics: float, seed: int
) -> NDArray[np.float32]:
    """Return the first table, (n_tokens, dim) float32; a row's length is its token's weight, the unknown token's is 0.

    A row points between its token's latent topics (Deerwester et al., 1990: singular vectors of the weighted
    token-by-text counts) and a random direction, which keeps words of one topic apart.

    Args:
        tokenizer: cuts the texts.
        texts: what the topics are read off; a text and its translation are best given as one.
        dim: the rows' length, less than the number of texts.
        topics: how much of a direction is topic, from 0 (random only) to 1.
        seed: of the random directions and of the factorisation.
    """
    ids = token_ids(tokenizer, texts)
    size = tokenizer.get_vocab_size()
    frequency = np.bincount(np.concatenate(ids), minlength=size) + 1.0
    weight = COMMON / (COMMON + frequency / frequency.sum())
    random = np.random.default_rng(seed).standard_normal((size, dim)) / np.sqrt(dim)
    directions = (1 - topics) * random
    if topics:
        latent = _topic_directions(ids, size, min(dim, TOPICS), seed)
        directions[:, : latent.shape[1]] += topics * latent
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    table: NDArray[np.float32] = (directions * weight[:, None]).astype(np.float32)
    table[0] = 0
    return table


def _topic_directions(ids: Sequence[Ids], size: int, dim: int, seed: int) -> NDArray[np.float64]:
    """Return each token's unit direction among the texts' latent topics, (size, dim); 0 for one that is in no text."""
    ends = np.cumsum([0, *(len(text) for text in ids)])
    counts = csr_matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(ids), ends), shape=(len(ids), size), dtype=np.float32
    )
    counts.sum_duplicates()
    counts.data = 1 + np.log(counts.data)
    rarity = np.log((1 + len(ids)) / (1 + np.bincount(counts.indices, minlength=size))).astype(np.float32)
    counts = (counts @ diags(rarity)).tocsr()
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts = (diags(1 / np.maximum(lengths, 1e-6)) @ counts).astype(np.float32)
    _, strengths, directions = randomized_svd(counts, dim, n_iter=3, random_state=seed)
    topics = directions.T / np.sqrt(np.maximum(strengths, 1e-6))
    unit: NDArray[np.float64] = topics / np.maximum(np.linalg.norm(topics, axis=1, keepdims=True), 1e-9)
    return unit
