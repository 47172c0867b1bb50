"""The library of reports in a data folder: added, removed and rebuilt as one step each, or not at all.

A change is one database transaction. It writes the index that belongs to it into a new folder first and names that
folder in the same commit: whoever opens the library sees the records and the index of before or those of after.
Knows no index itself; what writes one is passed in.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Row
from sqlalchemy.exc import DatabaseError, OperationalError

from corpus import records
from corpus.errors import DuplicateReport, HomeError, ParseError, UnknownReport
from corpus.parsing import content_hash, parse_report
from corpus.report import Report

Progress = Callable[[str, float], None]
"""Called with a stage's name and the fraction of it that is done, 0 to 1."""
WriteIndex = Callable[[Path, list[tuple[Report, list[int]]], Progress], None]
"""Writes an index into an empty folder: each report with the database ids of its paragraphs."""

LOCK_WAIT_S = 600
_LOG = logging.getLogger(__name__)


class Library:
    """The reports in a data folder.

    Args:
        home: the data folder; made if it is missing.
        write_index: what writes an index of all reports into a folder.

    Raises:
        HomeError: the folder cannot be made, read or written.
    """

    def __init__(self, home: Path, write_index: WriteIndex) -> None:
        self.home = home
        self._write_index = write_index
        self._sources = home / "sources"
        self._indexes = home / "index"
        database = home / "library.sqlite3"
        try:
            for folder in (self._sources, self._indexes):
                folder.mkdir(parents=True, exist_ok=True)
            copies = [f for f in self._sources.iterdir() if f.suffix != ".partial"]
            if copies and not database.exists():
                raise HomeError(
                    f"expected the library's database at {database}, found none beside {len(copies)} copies of reports in "
                    f"{self._sources}; move them out of the data folder and add them again"
                )
            self._engine = records.open_engine(database)
            if not database.exists() or not records.has_tables(self._engine):
                with self._alone():
                    records.create_tables(self._engine)
            with self.reading() as connection:
                records.generation(connection)
        except (OSError, OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
            raise HomeError(f"expected a data folder that can be written at {home}, found: {reason}") from error
        except DatabaseError as error:
            raise HomeError(
                f"expected the library's database at {database}, found a damaged file; restore it"
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the library, whatever is written meanwhile."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def index_folder(self, connection: Connection) -> Path | None:
        """Return the folder of the index that belongs to the records as `connection` sees them; None before the first."""
        number = records.generation(connection)
        return self._indexes / f"{number:06}" if number else None

    def reports(self) -> list[Report]:
        """Return all reports, in the order they were added."""
        with self.reading() as connection:
            return self.reports_seen(connection)

    def reports_seen(self, connection: Connection) -> list[Report]:
        """Return all reports as `connection` sees them."""
        return [records.load_report(connection, row) for row in records.report_rows(connection)]

    def titles(self) -> dict[str, str]:
        """Return the title of each report by its id, in the order they were added, without reading their paragraphs."""
        with self.reading() as connection:
            return {row.id: row.title for row in records.report_rows(connection)}

    def get(self, report_id: str) -> Report:
        """Return the report with this id.

        Raises:
            UnknownReport: there is none; the message lists those there are.
        """
        with self.reading() as connection:
            return records.load_report(connection, self._row(connection, report_id))

    def add(self, path: Path | str, progress: Progress | None = None) -> Report:
        """Read a file, add its report and index it.

        The library keeps a copy of the file, from which `rebuild` reads it again.

        Raises:
            ParseError: the file cannot be read as a report. The library is as it was.
            DuplicateReport: a file with the same content is there already, under the id that the message names.
            HomeError: the data folder cannot be written. The library is as it was.
        """
        path, progress = Path(path), progress or _silent
        progress("read", 0.0)
        report = parse_report(path)
        progress("read", 1.0)
        with self._writing() as connection:
            rows = records.report_rows(connection)
            same = next((r for r in rows if r.content_hash == report.content_hash), None)
            if same:
                raise DuplicateReport(f"{path.name} is in the library already, as {same.id}; nothing was added")
            report = replace(report, id=_free_id(report.id, {r.id for r in rows}))
            source = self._keep_source(path, report)
            records.put_report(connection, report, source)
            self._index(connection, progress)
        return report

    def remove(self, report_id: str, progress: Progress | None = None) -> None:
        """Remove a report from the records and the index, and its copy from the data folder.

        Raises:
            UnknownReport: there is none with this id.
        """
        with self._writing() as connection:
            self._row(connection, report_id)
            records.delete_report(connection, report_id)
            self._index(connection, progress or _silent)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Read every report again from the library's copy of its file, and write the index anew.

        Raises:
            ParseError: a copy is missing or damaged. The library is as it was.
        """
        progress = progress or _silent
        with self._writing() as connection:
            rows = records.report_rows(connection)
            for done, row in enumerate(rows):
                progress("read", done / len(rows))
                records.put_report(connection, self._parse_copy(row), row.source)
            self._index(connection, progress)

    def _parse_copy(self, row: Row[Any]) -> Report:
        copy = self._sources / row.source
        report = parse_report(copy, row.id)
        if report.content_hash != row.content_hash:
            raise ParseError(
                copy, f"expected the content {row.id} was added with, found another; remove it and add it again"
            )
        return report

    def _row(self, connection: Connection, report_id: str) -> Row[Any]:
        rows = records.report_rows(connection)
        for row in rows:
            if row.id == report_id:
                return row
        known = ", ".join(r.id for r in rows) or "none"
        raise UnknownReport(f"no report has the id {report_id!r}; the library has: {known}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self.home / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            _LOG.warning("another process is changing the library at %s; waiting for it", self.home)
            try:
                lock.acquire(timeout=LOCK_WAIT_S)
            except Timeout as error:
                message = f"another process has held the library at {self.home} for {LOCK_WAIT_S} s; try again later"
                raise HomeError(message) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Yield a connection for one change, alone among processes; what an interrupted change left goes first and last."""
        with self._told_if_unwritable(), self._alone():
            with self.reading() as connection:
                self._sweep(connection)
            with self._engine.connect() as connection, connection.begin():
                yield connection
            with suppress(OSError, OperationalError):  # the change is made; what it leaves behind, the next one sweeps
                with self.reading() as connection:
                    self._sweep(connection)
                records.settle(self._engine)

    @contextmanager
    def _told_if_unwritable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
            message = f"expected to write the data folder {self.home}, found: {reason}; nothing was changed"
            raise HomeError(message) from error

    def _index(self, connection: Connection, progress: Progress) -> None:
        """Write the index of the records as `connection` sees them into a new folder, and name it in its transaction."""
        number = records.generation(connection) + 1
        folder = self._indexes / f"{number:06}"
        folder.mkdir()
        ids = records.paragraph_ids(connection)
        self._write_index(folder, [(r, ids[r.id]) for r in self.reports_seen(connection)], progress)
        records.set_generation(connection, number)

    def _keep_source(self, path: Path, report: Report) -> str:
        """Copy a file into the library and return the copy's name; refuse one that changed since it was parsed."""
        name = f"{report.content_hash[:16]}{path.suffix.lower()}"
        partial = self._sources / f"{name}.partial"
        shutil.copyfile(path, partial)
        if content_hash(partial) != report.content_hash:
            partial.unlink()
            raise ParseError(path, "expected a file at rest, found that it changed while it was read; add it again")
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(self._sources / name)
        return name

    def _sweep(self, connection: Connection) -> None:
        """Delete indexes and copies that no record names."""
        used = self.index_folder(connection)
        for folder in self._indexes.iterdir():
            if folder != used:
                shutil.rmtree(folder, ignore_errors=True)
        sources = {row.source for row in records.report_rows(connection)}
        for file in self._sources.iterdir():
            if file.name not in sources:
                file.unlink(missing_ok=True)


def _free_id(wanted: str, taken: set[str]) -> str:
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _silent(_stage: str, _fraction: float) -> None:
    pass
