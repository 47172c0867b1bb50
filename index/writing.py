"""A new index from the one before it: what is new is cut and embedded, what stays is shared or copied, the rest is gone.

The folder before is only read. Knows nothing of which folder is in force.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.errors import IndexDamaged
from corpus.library.change import Change, Progress
from corpus.report import Report
from index.contents import Contents, Indexed, Vocabulary
from index.cutting import Numbered
from index.dense import DenseIndex
from index.embedder import Embedder
from index.folder import DENSE, SPARSE, WORDS, Index
from index.manifest import REBUILD, write_manifest
from index.parts import Parts, write_sparse
from index.passages import indexed, passages_of
from index.shortlist import Codes

_BATCH = 2048
_POLL_S = 0.2


def write_index(folder: Path, change: Change, progress: Progress, embedder: Embedder) -> None:
    """Write the index of `change.order` into the empty `folder`.

    Raises:
        IndexMismatch: another embedder, tokenizer or format wrote the index before.
        IndexDamaged: it lacks a file or a report, or has changed since it was written.
        OSError: the folder cannot be written.
    """
    before = Index(change.previous, embedder) if change.previous else None
    known = before.contents if before else Contents.empty()
    ids = {
        report.id: [n for p, n in zip(report.paragraphs, paragraph_ids, strict=True) if not p.inline]
        for report, paragraph_ids in change.added
    }
    lost = [i for i in change.order if i not in ids and i not in known.by_id]
    if lost:
        raise IndexDamaged(f"expected {lost[0]} in the index {change.previous}, found it missing; {REBUILD}")
    kept = {i for i in change.order if i not in ids}
    place = {report_id: at for at, report_id in enumerate(change.order)}
    reports = sorted((report for report, _ in change.added), key=lambda report: place[report.id])
    numbered = list(enumerate(reports, start=known.next_number))

    parts, vectors = _cut_and_embedded(folder, before, kept, numbered, progress, embedder)
    progress("index", 0.5)
    cuts = {report.id: cut for (_, report), cut in zip(numbered, parts.cuts, strict=True)}
    vocabulary = Vocabulary.merged(known, change.order, kept, cuts)
    entries = [
        known.by_id[i] if i in kept else Indexed.of(i, parts.numbers[i], len(ids[i]), cuts[i]) for i in change.order
    ]
    contents = Contents(
        reports=[replace(entry, segments=parts.segments[entry.id]) for entry in entries],
        next_number=known.next_number + len(numbered),
        ids=np.array(
            [n for i in change.order for n in (known.ids[known.span(i)] if i in kept else ids[i])], dtype=np.int64
        ),
        vocabulary=vocabulary.words,
        uses=vocabulary.uses,
    )
    contents.save(folder)
    codes = [before.dense.codes[known.span(i)] if before and i in kept else vectors[i] for i in change.order]
    DenseIndex.write(folder / DENSE, embedder.dim, codes, before.dense if before else None)
    DenseIndex.write(folder / WORDS, embedder.dim, [_word_codes(before, vocabulary, embedder)])
    shared = {name: entry for name, entry in before.manifest.files.items() if parts.shares(name)} if before else {}
    write_manifest(folder, embedder, len(contents.ids), shared)
    progress("index", 1.0)


def _cut_and_embedded(
    folder: Path,
    before: Index | None,
    kept: set[str],
    numbered: Sequence[Numbered],
    progress: Progress,
    embedder: Embedder,
) -> tuple[Parts, dict[str, Codes]]:
    """Write the sparse index and, meanwhile, embed the passages of the new reports."""
    count = _Count()
    total = max(1, sum(len(indexed(report)) for _, report in numbered))
    with ThreadPoolExecutor(1, thread_name_prefix="pincite-sparse") as pool:
        stay = (before.sparse, before.contents) if before else None
        sparse = pool.submit(write_sparse, folder / SPARSE, stay, kept, numbered, count.add)
        try:
            vectors = _embedded([report for _, report in numbered], embedder, progress)
            while not sparse.done():
                progress("tokenise", min(1.0, count.total / total))
                wait([sparse], _POLL_S)
        except BaseException:
            count.stopped = True
            raise
        return sparse.result(), vectors


class _Count:
    """How many passages have been cut, told from several threads; once stopped, telling it more ends the work."""

    def __init__(self) -> None:
        self.total = 0
        self.stopped = False

    def add(self, count: int) -> None:
        if self.stopped:
            raise InterruptedError("cutting was stopped")
        self.total += count


def _embedded(reports: Sequence[Report], embedder: Embedder, progress: Progress) -> dict[str, Codes]:
    """Return the vectors of the passages of each report, by its id."""
    texts = [passage.whole for report in reports for passage in passages_of(report)]
    codes = np.empty((len(texts), embedder.dim), np.float16)
    for start in range(0, len(texts), _BATCH):
        progress("embed", start / len(texts))
        codes[start : start + _BATCH] = embedder.embed_passages(texts[start : start + _BATCH])
    sizes = [len(indexed(report)) for report in reports]
    ends = np.cumsum(sizes, dtype=np.int64).tolist()
    return {r.id: codes[end - size : end] for r, size, end in zip(reports, sizes, ends, strict=True)}


def _word_codes(before: Index | None, vocabulary: Vocabulary, embedder: Embedder) -> Codes:
    """Return the vectors of the words, of which only those that the index before does not have are embedded."""
    codes = np.empty((len(vocabulary.words), embedder.dim), np.float16)
    known = vocabulary.before >= 0
    if before:
        codes[known] = before.words.codes[vocabulary.before[known]]
    codes[~known] = embedder.embed_passages([vocabulary.words[i] for i in np.flatnonzero(~known)])
    return codes
