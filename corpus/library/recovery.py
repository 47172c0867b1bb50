"""Reports read again from the library's copies of their files: for a rebuild, and where the database was lost."""

import logging
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from corpus.errors import ParseError
from corpus.library import identity, records
from corpus.library.change import Progress
from corpus.library.copies import Copies
from corpus.library.indexes import Indexes
from corpus.report import Report
from corpus.worker.limits import Limits
from corpus.worker.pool import ParsingPool
from corpus.worker.worker import parse_in_process

UNREAD = "unread"
"""The folder in a data folder for copies that could not be read again when the database was lost."""
_LOG = logging.getLogger(__name__)


def is_lost(connection: Connection, copies: Copies) -> bool:
    """Whether there are copies of reports that the database knows nothing of."""
    return records.generation(connection) == 0 and copies.folder.is_dir() and bool(copies.every())


def recover(
    transaction: Callable[[], AbstractContextManager[Connection]],
    copies: Copies,
    indexes: Indexes,
    limits: Limits,
    progress: Progress,
) -> bool:
    """Read all reports from their copies, and put those that cannot be read into the folder `unread`.

    Args:
        transaction: yields one that is committed unless it fails.
        copies: the copies.
        indexes: where the index of the reports is written.
        limits: what reading one copy may cost; OCR among it, since a copy was read so once if it has no text layer.
        progress: called as it goes on.

    Returns:
        Whether any was read.
    """
    unread: list[tuple[str, ParseError]] = []
    with transaction() as connection:
        sources = copies.every() if is_lost(connection, copies) else []  # another process may have done it meanwhile
        for done, source in enumerate(sources):
            progress("read", done / len(sources))
            try:
                report = parse_in_process(copies.path(source), None, None, replace(limits, ocr=True))
            except ParseError as error:
                unread.append((source, error))
                continue
            placed = replace(report, id=identity.free_id(connection, report.id, report))
            records.put_report(connection, placed, source, "", 1)
        if len(sources) > len(unread):
            n_read = len(sources) - len(unread)
            _LOG.warning("the library's database was lost: %d reports were read from their copies", n_read)
            indexes.write(connection, progress)
            records.count_change(connection)
    aside = copies.folder.with_name(UNREAD)
    for source, reason in unread:
        _LOG.warning("%s; its copy is in the folder %s now", reason, aside)
        aside.mkdir(exist_ok=True)
        copies.path(source).replace(aside / source.replace("/", "-"))
        copies.drop(source)
    return len(sources) > len(unread)


def read_again(
    connection: Connection, copies: Copies, limits: Limits, progress: Progress
) -> Generator[tuple[Row[Any], Report | ParseError], None, None]:
    """Yield the row of each report with the report as its copy reads, or with what is wrong with that."""
    rows = records.report_rows(connection)
    with ParsingPool(1, replace(limits, ocr=True)) as pool:
        for done, row in enumerate(rows):
            progress("read", done / len(rows))
            try:
                yield row, _parse_copy(row, copies, pool)
            except ParseError as error:
                yield row, error


def _parse_copy(row: Row[Any], copies: Copies, pool: ParsingPool) -> Report:
    """Return the report of a row as its copy reads; errors name the report, since nobody knows the copy."""
    copy = copies.path(row.source)
    report = f"{row.name} ({row.title})"
    advice = "it stays as it was read before; to mend it, remove it and add its file again"
    try:
        found = pool.parse(copy, row.id)
    except ParseError as error:
        reason = str(error).removeprefix(f"{copy.name}: ")
        raise ParseError(Path(report), f"the library's copy cannot be read: {reason}; {advice}") from error
    if found.content_hash != row.content_hash:
        raise ParseError(Path(report), f"expected the copy to be as it was added, found it changed; {advice}")
    return found
