"""What a model's sentences are compared with: the words, the names and the embedding of an index. Knows no rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from index.folder import Index

Words = Callable[[str], Sequence[str]]
Cosines = Callable[[str, Sequence[str]], Sequence[float]]
_NAME_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nt"))
"""jieba's tags of the names of persons, places and bodies."""


@dataclass(frozen=True)
class Checker:
    """What sentences are compared with.

    Attributes:
        words: cuts a text into the words that count.
        names: the Chinese names of persons and places in a text.
        cosines: of a text with some others, for a sentence in another language than its passage.
    """

    words: Words
    names: Words
    cosines: Cosines

    @classmethod
    def of(cls, index: Index) -> Self:
        """Return the checker of an index."""
        embedder, tokenizer = index.embedder, index.tokenizer

        def words(text: str) -> list[str]:
            return [word for word in tokenizer.words(text) if len(word) > 1]

        def names(text: str) -> list[str]:
            found = tokenizer.tagged(text)
            return [text[start:end] for start, end, tag in found if end - start > 1 and tag in _NAME_TAGS]

        def cosines(text: str, others: Sequence[str]) -> list[float]:
            found: list[float] = (embedder.embed_passages(others) @ embedder.embed_query(text)).tolist()
            return found

        return cls(words, names, cosines)
