"""The index on disk, opened for searching: words, meanings and names of the reports it holds.

A folder is written once, by `index.writing`, and never changed. Which folder is in force is the library's business.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.contents import Contents
from index.dense import DenseIndex
from index.embedder import Embedder
from index.fusion import Candidates, Fused, Legs, candidates, fuse
from index.lexicon import synonyms
from index.manifest import REBUILD, checked_manifest
from index.ranking import Ranking
from index.sparse import SparseIndex
from index.text import normalise
from index.tokenizer import Tokenizer

SPARSE, DENSE, WORDS = "sparse", "dense.faiss", "words.faiss"
_KNOWN_WORDS = 20_000
DEPTH = 100
"""How many passages each of the two indexes gives to fusion."""


class Index:
    """An index opened for searching.

    Args:
        folder: what `index.writing.write_index` wrote.
        embedder: the embedder in use, which must be the one that wrote the index.

    Raises:
        IndexMismatch: another embedder, tokenizer or format wrote it.
        IndexDamaged: a file is missing, cut off or changed.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self.manifest = checked_manifest(folder, embedder)
        try:
            self.contents = Contents.load(folder)
            self.words = DenseIndex(folder / WORDS)
            self.sparse = SparseIndex(folder / SPARSE)
            self.dense = DenseIndex(folder / DENSE)
        except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
            raise IndexDamaged(f"expected a readable index in {folder}, found: {error}; {REBUILD}") from error
        self.abbreviations = self.contents.abbreviations
        self.names = self.contents.names
        self.n_passages = self.manifest.n_passages
        self._neighbours: dict[tuple[str, int], list[tuple[str, float]]] = {}
        self._frequencies: dict[str, int] = {}
        self._tokens: dict[str, list[str]] = {}

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """What cuts a question: it knows the words of all reports."""
        return Tokenizer([*self.abbreviations, *self.abbreviations.values(), *self.names])

    def search(
        self,
        tokens: Mapping[str, float],
        query: str,
        top_k: int,
        reports: Sequence[str] | None = None,
        passages: Collection[int] | None = None,
    ) -> Fused:
        """Return the passages that answer best, by words and by meaning, as ids in the records.

        Args:
            tokens: the weight of each token of the query; at least one.
            query: the query to embed.
            top_k: how many at most.
            reports: ids of the reports to search; None for all.
            passages: ids of the passages of those reports to choose among; None for all.
        """
        fused = fuse(self.candidates(tokens, query, max(top_k, DEPTH), reports, passages), top_k)
        return replace(fused, ranking=self.with_ids(fused.ranking))

    def candidates(
        self,
        tokens: Mapping[str, float],
        query: str,
        depth: int,
        reports: Sequence[str] | None = None,
        passages: Collection[int] | None = None,
    ) -> Candidates:
        """Return what the two indexes find, `depth` passages each, as rows; the arguments are those of `search`."""
        vector = self.embedder.embed_query(query)
        rows = None if passages is None else np.flatnonzero(np.isin(self.contents.ids, list(passages)))
        words, meaning = self.by_words(tokens, depth, reports, rows), self.by_meaning(vector, depth, reports, rows)
        legs = Legs(words, meaning, self.sparse.most_bm25(tokens))
        return candidates(legs, lambda at: self.dense.cosines(at, vector), lambda at: self._standing(at, query))

    def _standing(self, rows: NDArray[np.int64], query: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the authority of the reports of `rows`, and whether they are for places that `query` does not name."""
        at, which = np.unique(self.contents.reports_of(rows), return_inverse=True)
        elsewhere = [
            bool(places) and not any(name in query for p in places for name in (p, *self.synonyms.get(p, ())))
            for places in (self.contents.reports[i].standing.places for i in at.tolist())
        ]
        return self.contents.authority[at][which], np.array(elsewhere, np.float32)[which]

    def by_words(
        self,
        tokens: Mapping[str, float],
        top_k: int,
        reports: Sequence[str] | None = None,
        rows: NDArray[np.int64] | None = None,
    ) -> Ranking:
        """Return the rows of the passages that hold the query's tokens best, of some reports or of some rows of them."""
        found = self.sparse.search(tokens, top_k if rows is None else max(1, self.n_passages), reports)
        ranking = Ranking.sorted(self.contents.rows_of(found.ids), found.scores)
        if rows is not None:
            among = np.isin(ranking.ids, rows)
            ranking = Ranking(ranking.ids[among], ranking.scores[among])
        return Ranking(ranking.ids[:top_k], ranking.scores[:top_k])

    def by_meaning(
        self,
        vector: NDArray[np.float32],
        top_k: int,
        reports: Sequence[str] | None = None,
        rows: NDArray[np.int64] | None = None,
    ) -> Ranking:
        """Return the rows of the passages nearest to the query's embedding, of some reports or of some rows."""
        if rows is None and reports is not None:
            rows = self.contents.rows_in(reports)
        return self.dense.search(vector, top_k, rows)

    def with_ids(self, ranking: Ranking) -> Ranking:
        """Return a ranking of rows as one of the passages' ids in the records."""
        return Ranking(self.contents.ids[ranking.ids], ranking.scores)

    def frequency(self, form: str) -> int:
        """Return how many passages hold `form`; of several words, the rarest one."""
        if form not in self._frequencies:
            if len(self._frequencies) >= _KNOWN_WORDS:
                self._frequencies = {}
            words = self.tokenizer.words(form) or [form]
            self._frequencies[form] = min(self.sparse.document_frequency(word) for word in words)
        return self._frequencies[form]

    def tokens(self, form: str) -> list[str]:
        """Return the tokens of a word or a name of the reports, which many questions may ask for."""
        if len(self._tokens) >= _KNOWN_WORDS:
            self._tokens = {}
        known = self._tokens
        if form not in known:
            known[form] = self.tokenizer.tokens(form)
        return known[form]

    def neighbours(self, word: str, top_k: int) -> list[tuple[str, float]]:
        """Return the tokens of the reports nearest in meaning to `word`, each with its cosine, nearest first."""
        return self.neighbours_of([word], top_k)[0]

    def neighbours_of(self, words: Sequence[str], top_k: int) -> list[list[tuple[str, float]]]:
        """Return the same for each of `words`, at once."""
        if len(self._neighbours) >= _KNOWN_WORDS:
            self._neighbours = {}
        known = self._neighbours
        unknown = [word for word in dict.fromkeys(words) if (word, top_k) not in known]
        if unknown:
            nearest = self.words.search_each(self.embedder.embed_queries(unknown), top_k)
            for word, near in zip(unknown, nearest, strict=True):
                tokens = [self.tokenizer.token(self.contents.vocabulary[i]) for i in near.ids]
                known[word, top_k] = list(zip(tokens, near.scores.tolist(), strict=True))
        return [known[word, top_k] for word in words]

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that the titles of the reports name."""
        return frozenset(place for report in self.contents.reports for place in report.standing.places)

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """The words that say the same as a word, all as tokens; phrases in several words as they are matched."""
        found: dict[str, tuple[str, ...]] = {}
        for word, same in synonyms().items():
            others = (other if " " in other else self.tokenizer.token(other) for other in same)
            token = self.tokenizer.token(word)
            found[token] = tuple(dict.fromkeys((*found.get(token, ()), *others)))
        return found

    @cached_property
    def other_names(self) -> dict[str, frozenset[str]]:
        """The other names of each name that the reports abbreviate, short or long, normalised."""
        pairs: dict[str, set[str]] = {}
        for short, long in self.abbreviations.items():
            a, b = normalise(short), normalise(long)
            pairs.setdefault(a, set()).add(b)
            pairs.setdefault(b, set()).add(a)
        return {name: frozenset(others) for name, others in pairs.items()}
