"""The sparse index: BM25 over tokens, with tantivy. Knows tokens and ids, not what they stand for."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from index.ranking import Ranking

_WHITE_SPACE = "white_space"
_FIELDS = ("body", "context")
CONTEXT_BOOST = 0.35
"""Weight of a token found in the headings above a passage, against one found in its own words."""
_WRITER_BYTES = 64_000_000


class SparseIndex:
    """A tantivy index on disk, opened for searching.

    Args:
        folder: where `write` put it.

    Raises:
        ValueError: the folder holds no readable index.
    """

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        _register(self._index)
        self._index.reload()
        self._searcher = self._index.searcher()
        self.n_passages: int = self._searcher.num_docs

    @staticmethod
    def write(folder: Path, rows: Iterable[tuple[int, str, Sequence[str], Sequence[str]]]) -> None:
        """Write a new index of `rows`, each an id, its report's id, the tokens of its body and those of its context."""
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder().add_unsigned_field("id", stored=True, indexed=True, fast=True)
        builder = builder.add_text_field("report", tokenizer_name="raw", index_option="basic")
        for field in _FIELDS:
            builder = builder.add_text_field(field, tokenizer_name=_WHITE_SPACE, index_option="freq")
        index = tantivy.Index(builder.build(), path=str(folder))
        _register(index)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for identity, report_id, body, context in rows:
            document = tantivy.Document()
            document.add_unsigned("id", identity)
            document.add_text("report", report_id)
            document.add_text("body", " ".join(body))
            document.add_text("context", " ".join(context))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, weights: Mapping[str, float], top_k: int, reports: Sequence[str] | None = None) -> Ranking:
        """Return the passages that hold the query's tokens best, by BM25 (k1 1.2, b 0.75) summed over body and context.

        Args:
            weights: the weight of each token of the query, more than 0.
            top_k: how many at most.
            reports: ids of the reports to search; None for all.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, token), weight * boost))
            for token, weight in weights.items()
            for field, boost in zip(_FIELDS, (1.0, CONTEXT_BOOST), strict=True)
        ]
        query = tantivy.Query.boolean_query(clauses)
        if reports is not None:
            schema = self._index.schema
            wanted = tantivy.Query.term_set_query(schema, "report", list(reports))
            within = tantivy.Query.const_score_query(wanted, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)])
        hits = self._searcher.search(query, limit=max(1, min(top_k, self.n_passages)), count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        return Ranking(np.array(ids, dtype=np.int64), scores)

    def document_frequency(self, token: str) -> int:
        """Return how many passages hold `token` in their own words."""
        return int(self._searcher.doc_freq("body", token))

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, token, "freq")


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_WHITE_SPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
