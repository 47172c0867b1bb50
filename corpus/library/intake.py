"""Files read and added to the library: one, or many some thousand at a time. Knows no index."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from corpus.errors import Cancelled, PinciteError
from corpus.library import adding, identity, records
from corpus.library.adding import Outcome
from corpus.library.change import Progress, silent
from corpus.library.presence import is_gone
from corpus.library.reading import Read, read_files
from corpus.library.store import Store
from corpus.report import Report
from corpus.worker.limits import Limits
from corpus.worker.worker import IsCancelled, parse_in_process

BATCH, BATCH_PARAGRAPHS = 2_000, 100_000
"""How many files are added in one step, or how many paragraphs, whichever are reached first: as much is held in memory at
once, and each step writes what all of the index shares anew."""


def add_one(
    store: Store,
    path: Path,
    limits: Limits,
    progress: Progress | None,
    cancelled: IsCancelled | None = None,
    *,
    new: bool = False,
    target: str | None = None,
) -> Report:
    """Read a file and add it as `Library.add` does; with a `target`, as the next version of the report with that id."""
    store.refuse_read_only()
    progress = _stoppable(progress, cancelled)
    progress("read", 0.0)
    report = parse_in_process(path, None, lambda page, pages: progress("read", page / max(pages, 1)), limits, cancelled)
    progress("read", 1.0)
    with store.writing() as connection:
        key = identity.find(connection, target).id if target is not None else None
        placed = adding.put(connection, path, report, store.copies.keep, new=new, target=key)
        store.indexes.write(connection, progress, [placed.id])
        return records.load_report(connection, identity.by_key(connection, placed.id))


def add_many(
    store: Store,
    paths: Sequence[Path],
    limits: Limits,
    progress: Progress | None,
    cancelled: IsCancelled | None = None,
    *,
    new: bool = False,
    follow: bool = False,
) -> list[Outcome]:
    """Read files in parallel and add them as `Library.add_all` does."""
    store.refuse_read_only()
    progress = _stoppable(progress, cancelled)
    with store.reading() as connection:
        rows = records.report_rows(connection)
        known = {
            r.content_hash: r.name for r in rows if not r.path or not is_gone(Path(r.path))
        }  # not one that was moved
    outcomes: list[Outcome] = []
    batch: list[Read] = []
    n_paragraphs = 0
    for path, read in read_files(paths, known, limits, partial(progress, "read"), cancelled):
        batch.append((path, read))
        n_paragraphs += len(read.paragraphs) if isinstance(read, Report) else 0
        if len(batch) == BATCH or n_paragraphs >= BATCH_PARAGRAPHS:
            outcomes += _add_batch(store, batch, progress, new, follow)
            batch, n_paragraphs = [], 0
    return outcomes + _add_batch(store, batch, progress, new, follow)


def _add_batch(store: Store, batch: Sequence[Read], progress: Progress, new: bool, follow: bool) -> list[Outcome]:
    """Add what was read of some files in one step: all of it, or nothing where the step itself fails."""
    if not any(isinstance(read, Report) for _, read in batch):
        return [Outcome.of_error(path, read) for path, read in batch if isinstance(read, PinciteError)]
    outcomes: list[Outcome] = []
    try:
        with store.writing() as connection:
            for path, read in batch:
                outcomes.append(adding.outcome(connection, path, read, store.copies.keep, new, follow))
            names = [outcome.entry.id for outcome in outcomes if outcome.entry]
            if names:
                store.indexes.write(connection, progress, [identity.find(connection, name).id for name in names])
    except Cancelled:
        raise
    except PinciteError as error:
        return [Outcome.of_error(path, read if isinstance(read, PinciteError) else error) for path, read in batch]
    return outcomes


def _stoppable(progress: Progress | None, cancelled: IsCancelled | None) -> Progress:
    """Return a callback that passes progress on, or raises Cancelled once the user has given up."""
    if cancelled is None:
        return progress or silent

    def advance(stage: str, fraction: float) -> None:
        if cancelled():
            raise Cancelled("adding was cancelled; nothing was changed")
        if progress is not None:
            progress(stage, fraction)

    return advance
