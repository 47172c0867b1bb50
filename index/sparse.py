"""The sparse index: BM25 over tokens, with tantivy. Knows tokens and keys, not what they stand for.

It is made of parts, each written once and never changed, that a new index shares with the one before by hard links. No
document is ever deleted from a part: a part is written anew from the tokens it keeps, so that nothing of what was removed
stays, and the counts that BM25 rests on are exact. Small parts are merged by tantivy, whole.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tantivy

from index.bm25 import NOISE, FieldScorer, inverse_document_frequency, within_noise
from index.ranking import Ranking

_WHITE_SPACE = "white_space"
_FIELDS = ("body", "context")
CONTEXT_BOOST = 0.35
"""Weight of a token found in the headings above a passage, against one found in its own words."""
ANY_ORDER_FROM, ANY_ORDER_UP_TO = 10_000, 1_000
"""From how many passages on the best are found by sums in any order, and up to how many of them."""
MERGEABLE, MERGEABLE_PASSAGES = 8, 10_000
"""From how many segments on, and up to which size of each, tantivy makes one of them: its own measure."""
_KNOWN_FREQUENCIES = 200_000
_WRITER_BYTES = 128_000_000


class SparseRow(NamedTuple):
    """A passage: its key, the report it stands in, and the tokens of its body and of its context, spaces between them."""

    key: int
    report: str
    body: str
    context: str


class SparseIndex:
    """A tantivy index on disk, opened for searching.

    Args:
        folder: where `write` or `join` put it.

    Attributes:
        folder: the same.
        segment_names: names of the segments it consists of.
        n_passages: how many passages it holds.

    Raises:
        ValueError: the folder holds no readable index.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _with_room_for_a_lock(folder) as place:
            self._index = tantivy.Index.open(str(place))
            _register(self._index)
            self._index.reload()
            self._searcher = self._index.searcher()
        sizes = self.sizes(folder)
        self.segment_names, self._sizes = list(sizes), list(sizes.values())
        self.n_passages: int = self._searcher.num_docs
        self._frequencies: dict[tuple[str, str], int] = {}
        self._average_lengths: dict[str, float] = {}

    @staticmethod
    def write(folder: Path, rows: Iterable[SparseRow], segment_passages: int = 0) -> None:
        """Write a new part of `rows`, as one segment or in segments of `segment_passages` each.

        Raises:
            OSError: it cannot be written.
        """
        folder.mkdir()
        builder = tantivy.SchemaBuilder().add_unsigned_field("key", stored=True, indexed=False, fast=True)
        builder = builder.add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
        for field in _FIELDS:
            builder = builder.add_text_field(field, stored=True, tokenizer_name=_WHITE_SPACE, index_option="freq")
        try:
            index = tantivy.Index(builder.build(), path=str(folder))
            _register(index)
            writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
            for count, row in enumerate(rows, start=1):
                document = tantivy.Document()
                document.add_unsigned("key", row.key)
                document.add_text("report", row.report)
                document.add_text("body", row.body)
                document.add_text("context", row.context)
                writer.add_document(document)
                if segment_passages and count % segment_passages == 0:
                    writer.commit()
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:  # what tantivy raises for every failure to write
            raise OSError(None, str(error)) from error

    @staticmethod
    def segments(part: Path) -> list[str]:
        """Return the names of the segments of a part."""
        return list(SparseIndex.sizes(part))

    @staticmethod
    def sizes(part: Path) -> dict[str, int]:
        """Return how many passages each segment of a part holds, by its name."""
        return {str(s["segment_id"]).replace("-", ""): int(s["max_doc"]) for s in _meta(part)["segments"]}

    @staticmethod
    def merge(part: Path) -> None:
        """Make one segment of those of a part, `MERGEABLE` or more and each of `MERGEABLE_PASSAGES` at most.

        They are left as they are where the disk has no room for another.
        """
        index = tantivy.Index.open(str(part))
        _register(index)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        writer.commit()  # as after every commit, tantivy looks for segments of about one size
        writer.wait_merging_threads()

    @staticmethod
    def join(folder: Path, parts: Sequence[tuple[Path, Collection[str]]]) -> None:
        """Write into the empty `folder` an index of some segments, sharing their files.

        Args:
            folder: where.
            parts: where the segments stand, and their names; at least one folder.
        """
        segments: list[dict[str, Any]] = []
        for source, names in parts:
            for file in source.iterdir():
                if file.name.split(".")[0] in names:
                    _link(file, folder / file.name)
            segments += [s for s in _meta(source)["segments"] if str(s["segment_id"]).replace("-", "") in names]
        meta = _meta(parts[0][0]) | {"segments": segments, "opstamp": 0}
        (folder / "meta.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")

    def rows(self, segments: Collection[str]) -> Iterator[SparseRow]:
        """Yield what was written into some segments."""
        for order, (name, size) in enumerate(zip(self.segment_names, self._sizes, strict=True)):
            for doc in range(size if name in segments else 0):
                row = self._searcher.doc(tantivy.DocAddress(order, doc))
                yield SparseRow(row["key"][0], row["report"][0], row["body"][0], row["context"][0])

    def search(self, weights: Mapping[str, float], top_k: int, reports: Sequence[str] | None = None) -> Ranking:
        """Return the keys of the passages that hold the query's tokens best, by BM25 over body and context.

        BM25 has k1 1.2 and b 0.75, and the two fields are summed. In a large index a score may be off by one part in a million,
        but never so that two passages change places.

        Args:
            weights: the weight of each token of the query, more than 0; at least one.
            top_k: how many at most, and those that score the same as the last of them.
            reports: the reports to search; None for all.
        """
        limit = max(1, min(top_k + 1, self.n_passages))
        any_order = self.n_passages > ANY_ORDER_FROM and limit <= ANY_ORDER_UP_TO
        terms = {
            (field, token): weight * boost
            for token, weight in weights.items()
            for field, boost in zip(_FIELDS, (1.0, CONTEXT_BOOST), strict=True)
            if self._held_by(field, token)
        }
        if not terms:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        clauses = [tantivy.Query.boost_query(self._term(*term), weight) for term, weight in terms.items()]
        query = _any(clauses) if any_order else _sum(clauses)
        if reports is not None:
            schema = self._index.schema
            wanted = tantivy.Query.term_set_query(schema, "report", list(reports))
            within = tantivy.Query.const_score_query(wanted, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)])
        while True:
            hits = self._searcher.search(query, limit=limit, count=False).hits
            all_found = len(hits) < limit or limit == self.n_passages
            if all_found or hits[-1][0] < hits[top_k - 1][0] * (1 - NOISE * any_order):
                break
            limit = min(2 * limit, self.n_passages)
        addresses = [address for _, address in hits]
        keys = self._searcher.fast_field_values("key", addresses)
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        if any_order:
            unsure = np.flatnonzero(within_noise(scores))
            scores[unsure] = self._scores(terms, [addresses[i] for i in unsure.tolist()])
        return Ranking(np.array(keys, dtype=np.int64), scores)

    def most_bm25(self, weights: Mapping[str, float]) -> float:
        """Return the sum of the tokens' inverse document frequencies, each by its weight."""
        n = self.n_passages
        return sum(w * inverse_document_frequency(n, self.document_frequency(t)) for t, w in weights.items())

    def document_frequency(self, token: str) -> int:
        """Return how many passages hold `token` in their own words."""
        return self._held_by("body", token)

    def terms_beginning(self, field: str, prefix: str) -> list[str]:
        """Return the tokens in the dictionary of a field, `body` or `context`, that begin so."""
        return [term for term, _ in self._searcher.terms_with_prefix(field, prefix)]

    def _held_by(self, field: str, token: str) -> int:
        known = self._frequencies.get((field, token))
        if known is None:
            if len(self._frequencies) >= _KNOWN_FREQUENCIES:
                self._frequencies = {}
            known = self._frequencies[field, token] = int(self._searcher.doc_freq(field, token))
        return known

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, token, "freq")

    def _scores(self, terms: Mapping[tuple[str, str], float], addresses: Sequence[Any]) -> list[float]:
        """Return the scores of some passages, from their tokens."""
        n = self.n_passages
        of_field: dict[str, dict[str, float]] = {}
        for (field, token), weight in terms.items():
            idf = inverse_document_frequency(n, self._held_by(field, token))
            of_field.setdefault(field, {})[token] = weight * idf
        scorers = {f: FieldScorer(ws, self._average_length(f, next(iter(ws)))) for f, ws in of_field.items()}
        known: dict[tuple[str, str], float] = {}  # many passages stand below the same headings
        scores = []
        for address in addresses:
            row, parts = self._searcher.doc(address), []
            for field, scorer in scorers.items():
                text = row[field][0]
                if (field, text) not in known:
                    known[field, text] = scorer.score(text)
                parts.append(known[field, text])
            scores.append(sum(parts))
        return scores

    def _average_length(self, field: str, token: str) -> float:
        """Return the average length of a field in tokens, of which it holds `token` somewhere."""
        if field not in self._average_lengths:
            query = self._term(field, token)
            [(_, address)] = self._searcher.search(query, limit=1, count=False).hits
            explained = query.explain(self._searcher, address).to_json()
            [average] = [d["value"] for d in _details(json.loads(explained)) if d["description"].startswith("avgdl")]
            self._average_lengths[field] = float(average)
        return self._average_lengths[field]


def _details(explained: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what tantivy says of a score, and of all that it is made of."""
    yield explained
    for detail in explained.get("details") or ():
        yield from _details(detail)


def _any(clauses: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the query that scores the sum of `clauses` in any order, and passes over what cannot be among the best."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])


def _sum(clauses: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the query that scores the sum of `clauses`, added two by two.

    Sums of single precision depend on their order. Which one tantivy takes through a flat query is its own business; of two
    there is only one, so that a score is the same to the last bit however the documents are spread over segments.
    """
    if len(clauses) == 1:
        return clauses[0]
    middle = len(clauses) // 2
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, _sum(clauses[:middle])), (tantivy.Occur.Should, _sum(clauses[middle:]))]
    )


@contextmanager
def _with_room_for_a_lock(folder: Path) -> Iterator[Path]:
    """Yield `folder` or, where it cannot be written, one that links to its files: tantivy opens none without a lock in it."""
    if os.access(folder, os.W_OK):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="pincite-") as work:
        for file in folder.iterdir():
            if not file.name.startswith("."):
                (Path(work) / file.name).symlink_to(file.absolute())
        yield Path(work)


def _meta(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta


def _link(source: Path, target: Path) -> None:
    """Let `target` be the same file as `source`; a copy of it where the file system cannot do that."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_WHITE_SPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
