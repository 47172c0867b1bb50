"""Where a file that has been read belongs in the library: a new report, the next version of one, or a duplicate.

Knows the records, not how a change of the library is made safe.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from corpus.errors import DuplicateReport, PinciteError, printable
from corpus.library import identity, records, versions
from corpus.library.presence import is_gone
from corpus.library.schema import REPORTS
from corpus.report import Entry, Report

Keep = Callable[[Path, Report], str]
"""Copies a file into the library and returns the copy's name."""


MUCH_LESS = 0.8
"""Which share of the paragraphs of the version before a new one has at least without a word."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        path: the file.
        kind: `duplicate` where the library holds its content already.
        entry: the report as it now stands in the library; None for a duplicate and where it failed.
        error: why it was not added.
        hint: what to know of a report that was added; empty where there is nothing.
    """

    path: Path
    kind: Literal["added", "replaced", "duplicate", "failed"]
    entry: Entry | None = None
    error: PinciteError | None = None
    hint: str = ""

    @classmethod
    def of_error(cls, path: Path, error: PinciteError) -> "Outcome":
        """Return the outcome of a file that was not added."""
        return cls(path, "duplicate" if isinstance(error, DuplicateReport) else "failed", error=error)


def outcome(
    connection: Connection, path: Path, read: Report | PinciteError, keep: Keep, new: bool, follow: bool
) -> Outcome:
    """Add what reading a file gave, as `put` does, and return what became of it.

    Args:
        connection: the transaction.
        path: the file.
        read: its report, or why it has none.
        keep: as for `put`.
        new: as for `put`.
        follow: whether it is the next version of the report that was read from this file before.
    """
    if isinstance(read, PinciteError):
        return Outcome.of_error(path, read)
    known = _at_path(connection, path) if follow else None
    other = identity.same_document(connection, read.symbol, read.language)
    try:
        report = put(connection, path, read, keep, new=new, target=known)
    except PinciteError as error:
        return Outcome.of_error(path, error)
    entry = records.entry_of(identity.by_key(connection, report.id), len(report.paragraphs))
    if report.version > 1:
        before = versions.n_paragraphs(connection, report.id, report.version - 1)
        return Outcome(path, "replaced", entry, hint=_shrunk(entry, before))
    return Outcome(path, "added", entry, hint=_hint(report, other) if other is not None and not new else "")


def _hint(report: Report, other: Row[Any]) -> str:
    """Return what to say of a report that has the symbol of another one, but a title unlike its."""
    return (
        f"{other.name} has the symbol {report.symbol}, too, but another title ({printable(other.title)}), so this is a report of"
        f" its own; if it is the next version, remove it and add it with --replace {other.name}"
    )


def _shrunk(entry: Entry, before: int) -> str:
    """Return what to say of a version that has far fewer paragraphs than the one before; empty where it has not."""
    if entry.n_paragraphs >= MUCH_LESS * before:
        return ""
    return (
        f"version {entry.version - 1} of {entry.id} had {before} paragraphs, this one has {entry.n_paragraphs}; if it is not"
        f" the whole document, replace {entry.id} with the file of that version, and add this one with --keep-both"
    )


def put(
    connection: Connection, path: Path, report: Report, keep: Keep, *, new: bool = False, target: str | None = None
) -> Report:
    """Write a report where it belongs and return it, its key as its id; what it replaces is kept as a version.

    Args:
        connection: the transaction; nothing has been written to it where this raises.
        path: the report's file.
        report: as it was read.
        keep: copies the file.
        new: whether it is added beside a report with the same symbol and language, rather than as its next version.
        target: the key of the report whose next version it is, where that is known.

    Raises:
        DuplicateReport: the library holds this content already.
        ParseError: the file has changed since it was read.
    """
    before = identity.by_key(connection, target) if target else None
    _refuse_duplicate(connection, path, report, of_any_version=before is None and not new)
    if before is None and not new:
        before = identity.same_document(connection, report.symbol, report.language, report.title)
    source = keep(path, report)
    if before is None:
        placed = replace(report, id=identity.free_id(connection, report.id, report))
    else:
        versions.archive(connection, before.id)
        placed = replace(report, id=before.id, version=before.version + 1)
    records.put_report(connection, placed, source, _place(path), placed.version)
    return placed


def _refuse_duplicate(connection: Connection, path: Path, report: Report, of_any_version: bool) -> None:
    same = connection.execute(select(REPORTS).where(REPORTS.c.content_hash == report.content_hash)).first()
    if same:
        _follow_move(connection, same, path)
        raise DuplicateReport(f"{printable(path.name)} is in the library already, as {same.name}; nothing was added")
    before = versions.with_content(connection, report.content_hash) if of_any_version else None
    if before:
        row, number = before
        hint = f"to have it back, replace {row.name} with it"
        raise DuplicateReport(
            f"{printable(path.name)} is version {number} of {row.name}, whose newest is {row.version}; {hint}"
        )


def _at_path(connection: Connection, path: Path) -> str | None:
    """Return the key of the report that was read from this file, whatever stands in it now; of several, the newest."""
    of_path = select(REPORTS.c.id).where(REPORTS.c.path == _place(path))
    return connection.execute(of_path.order_by(REPORTS.c.position.desc())).scalar()


def _follow_move(connection: Connection, row: Row[Any], path: Path) -> None:
    """Record that a report's file is now at `path`, where the one it was read from is gone."""
    if row.path and is_gone(Path(row.path)):
        connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(path=_place(path)))


def _place(path: Path) -> str:
    """Return where a file lies, as the records take it: a name that is not Unicode only roughly, so that it is not found again."""
    return str(path.resolve()).encode("utf-8", "backslashreplace").decode("utf-8")
