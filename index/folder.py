"""The index on disk: one folder with the sparse and the dense index, the other names, and a manifest that tells what wrote it.

A folder is written once and never changed. Which folder is in force is the library's business.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged, IndexMismatch
from corpus.report import Report
from index import tokenizer as tokenizer_module
from index.dense import DenseIndex
from index.embedder import Embedder
from index.fusion import fuse
from index.lexicon import abbreviations
from index.passages import Passage, passages_of
from index.ranking import Ranking
from index.sparse import SparseIndex
from index.text import HAN
from index.tokenizer import Tokenizer

FORMAT_VERSION = 1
DEPTH = 50
"""How many passages each of the two indexes gives to fusion."""
_BATCH = 2048
_WORD = re.compile(rf"[{HAN}]+|[^\W\d_{HAN}]+")
_CHECKED_BYTES = 64_000_000
_REBUILD = "run `pincite rebuild`"


@dataclass(frozen=True)
class Manifest:
    """What wrote an index, and its files; kept as `manifest.json`.

    Attributes:
        files: of each file its size in bytes and its SHA-256.
    """

    format_version: int
    tokenizer_version: int
    embedder: str
    embedder_fingerprint: str
    dim: int
    n_passages: int
    files: dict[str, tuple[int, str]]


def write_index(
    folder: Path,
    reports: Sequence[tuple[Report, list[int]]],
    progress: Callable[[str, float], None],
    embedder: Embedder,
) -> None:
    """Write the index of `reports`, each with the ids of its paragraphs in the records, into the empty `folder`."""
    passages = [passage for report, ids in reports for passage in passages_of(report, ids)]
    names = abbreviations(p.text for report, _ in reports for p in report.paragraphs)
    tokenizer = Tokenizer([*names, *names.values(), *_organisations(reports)])
    SparseIndex.write(folder / "sparse", _tokenised(passages, tokenizer, progress))
    vectors = _embedded(passages, embedder, progress)
    DenseIndex.write(folder / "dense.faiss", np.array([p.id for p in passages], dtype=np.int64), vectors)
    words = {w for p in passages for w in tokenizer.surface_words(p.body)}
    vocabulary = sorted(w for w in words if len(w) > 1 and _WORD.fullmatch(w))
    np.save(folder / "words.npy", embedder.embed_passages(vocabulary))
    lexicon = {"abbreviations": names, "names": _organisations(reports), "vocabulary": vocabulary}
    (folder / "lexicon.json").write_text(json.dumps(lexicon, ensure_ascii=False, indent=1), encoding="utf-8")
    files = {str(f.relative_to(folder)): _size_and_hash(f) for f in sorted(folder.rglob("*")) if f.is_file()}
    manifest = Manifest(
        FORMAT_VERSION,
        tokenizer_module.VERSION,
        embedder.name,
        embedder.fingerprint,
        embedder.dim,
        len(passages),
        files,
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    for file in (folder / "manifest.json", *(folder / name for name in files), folder):
        _to_disk(file)
    progress("index", 1.0)


class Index:
    """An index opened for searching.

    Args:
        folder: what `write_index` wrote.
        embedder: the embedder in use, which must be the one that wrote the index.

    Raises:
        IndexMismatch: another embedder, tokenizer or format wrote it.
        IndexDamaged: a file is missing, cut off or changed.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        manifest = _checked_manifest(folder)
        expected = (FORMAT_VERSION, tokenizer_module.VERSION, embedder.name, embedder.fingerprint, embedder.dim)
        found = (
            manifest.format_version,
            manifest.tokenizer_version,
            manifest.embedder,
            manifest.embedder_fingerprint,
            manifest.dim,
        )
        for what, here, there in zip(
            ("format", "tokenizer", "embedder", "embedder's weights", "dimension"), expected, found, strict=True
        ):
            if here != there:
                raise IndexMismatch(f"expected an index of {what} {here}, found one of {there}; {_REBUILD}")
        try:
            lexicon = json.loads((folder / "lexicon.json").read_text(encoding="utf-8"))
            self._word_vectors = np.load(folder / "words.npy", mmap_mode="r")
            self.sparse = SparseIndex(folder / "sparse")
            self.dense = DenseIndex(folder / "dense.faiss")
        except (OSError, ValueError, RuntimeError) as error:
            raise IndexDamaged(f"expected a readable index in {folder}, found: {error}; {_REBUILD}") from error
        self.abbreviations: dict[str, str] = lexicon["abbreviations"]
        self.names: list[str] = lexicon["names"]
        self._vocabulary: list[str] = lexicon["vocabulary"]
        self.tokenizer = Tokenizer([*self.abbreviations, *self.abbreviations.values(), *self.names])
        self.n_passages = manifest.n_passages

    def search(
        self,
        tokens: Mapping[str, float],
        query: str,
        top_k: int,
        allowed: NDArray[np.int64] | None = None,
        reports: Sequence[str] | None = None,
    ) -> tuple[Ranking, NDArray[np.float32]]:
        """Return the passages that answer best, by words and by meaning, and the cosine of each, (n,) float32.

        Args:
            tokens: the weight of each token of the query; at least one.
            query: the query to embed.
            top_k: how many at most.
            allowed: ids of the passages of `reports`, (n,) int64; None for all.
            reports: ids of the reports to search; None for all.
        """
        vector = self.embedder.embed_query(query)
        sparse = self.sparse.search(tokens, max(top_k, DEPTH), reports)
        dense = self.dense.search(vector, max(top_k, DEPTH), allowed)
        ranking = fuse(sparse, dense, self.dense, vector, top_k)
        return ranking, self.dense.vectors(ranking.ids) @ vector

    def neighbours(self, word: str, top_k: int) -> list[tuple[str, float]]:
        """Return the tokens of the reports nearest in meaning to `word`, each with its cosine, nearest first."""
        cosines = self._word_vectors @ self.embedder.embed_query(word)
        nearest = np.argsort(-cosines)[:top_k]
        return [(self.tokenizer.token(self._vocabulary[i]), float(cosines[i])) for i in nearest]


def _organisations(reports: Sequence[tuple[Report, list[int]]]) -> list[str]:
    """Return the names that head the rows of tables: what the report itself lists as names."""
    return sorted(
        {p.cells[0] for report, _ in reports for p in report.paragraphs if p.cells and 2 < len(p.cells[0]) < 40}
    )


def _tokenised(
    passages: Sequence[Passage], tokenizer: Tokenizer, progress: Callable[[str, float], None]
) -> list[tuple[int, str, list[str], list[str]]]:
    rows, contexts = [], dict[str, list[str]]()
    for i, passage in enumerate(passages):
        if passage.context not in contexts:
            contexts[passage.context] = tokenizer.tokens(passage.context)
        rows.append((passage.id, passage.report_id, tokenizer.tokens(passage.body), contexts[passage.context]))
        if i % 500 == 0:
            progress("tokenise", i / len(passages))
    return rows


def _embedded(
    passages: Sequence[Passage], embedder: Embedder, progress: Callable[[str, float], None]
) -> NDArray[np.float32]:
    parts = [np.empty((0, embedder.dim), np.float32)]
    for start in range(0, len(passages), _BATCH):
        progress("embed", start / len(passages))
        parts.append(embedder.embed_passages([p.whole for p in passages[start : start + _BATCH]]))
    return np.concatenate(parts)


def _checked_manifest(folder: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
        small = sum(size for size, _ in manifest.files.values()) <= _CHECKED_BYTES
        for name, (size, digest) in manifest.files.items():
            found = (folder / name).stat().st_size
            if found != size:
                raise IndexDamaged(f"expected {size:,} bytes in {folder / name}, found {found:,}; {_REBUILD}")
            if small and _size_and_hash(folder / name)[1] != digest:
                raise IndexDamaged(f"expected {folder / name} as it was written, found it changed; {_REBUILD}")
    except (OSError, TypeError, ValueError) as error:
        raise IndexDamaged(f"expected a whole index in {folder}, found: {error}; {_REBUILD}") from error
    return manifest


def _size_and_hash(file: Path) -> tuple[int, str]:
    with file.open("rb") as data:
        return file.stat().st_size, hashlib.file_digest(data, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
