"""The library of reports in a data folder: added, removed and rebuilt as one step each, or not at all.

Whoever opens the library sees the records and the index of before a change or those of after. Knows no index itself; what
writes one is passed in.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from corpus.errors import ParseError
from corpus.library import editing, identity, intake, records, recovery, versions
from corpus.library.adding import Outcome
from corpus.library.change import Progress, WriteIndex, silent
from corpus.library.collections import Collections
from corpus.library.store import Store
from corpus.report import Entry, Report
from corpus.worker.limits import DEFAULT_LIMITS, Limits
from corpus.worker.worker import IsCancelled


class Library:
    """The reports in a data folder.

    Attributes:
        home: the data folder.
        collections: names for some of the reports.
        limits: what reading one file may cost.

    Args:
        home: the data folder; made if it is missing.
        write_index: what writes an index of all reports into a folder.
        limits: what reading one file may cost.

    Raises:
        HomeError: the folder cannot be made, read or written.
    """

    def __init__(self, home: Path, write_index: WriteIndex, limits: Limits = DEFAULT_LIMITS) -> None:
        self.home = home
        self.limits = limits
        self._store = Store(home, write_index, limits)
        self.collections = Collections(self.reading, self._store.writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the library, whatever is written meanwhile."""
        with self._store.reading() as connection:
            yield connection

    def index_folder(self, connection: Connection) -> Path | None:
        """Return the folder of the index that belongs to the records as `connection` sees them; None before the first."""
        return self._store.indexes.in_force(connection)

    def reports(self) -> list[Report]:
        """Return all reports, in the order they were added."""
        with self.reading() as connection:
            return self.reports_seen(connection)

    def reports_seen(self, connection: Connection) -> list[Report]:
        """Return all reports as `connection` sees them."""
        return [records.load_report(connection, row) for row in records.report_rows(connection)]

    def entries(self) -> list[Entry]:
        """Return what is known of each report short of its paragraphs, in the order they were added."""
        with self.reading() as connection:
            return records.entries(connection)

    def titles(self) -> dict[str, str]:
        """Return the title of each report by its id, in the order they were added, without reading their paragraphs."""
        with self.reading() as connection:
            return {row.name: row.title for row in records.report_rows(connection)}

    def get(self, report_id: str) -> Report:
        """Return the newest version of the report with this id, or the one that it names: `un-38@1`, the first.

        Raises:
            UnknownReport: there is none; the message lists those there are.
        """
        with self.reading() as connection:
            return versions.load(connection, *identity.wanted_version(connection, report_id))

    def size_of(self, report_id: str, version: int) -> int:
        """Return how many paragraphs a replaced version of a report has; 0 where it is not there."""
        with self.reading() as connection:
            key = {row.name: row.id for row in records.report_rows(connection)}.get(report_id, "")
            return versions.n_paragraphs(connection, key, version)

    def add(
        self,
        path: Path | str,
        progress: Progress | None = None,
        *,
        new: bool = False,
        cancelled: IsCancelled | None = None,
    ) -> Report:
        """Read a file, add its report and index it.

        The library keeps a copy of the file, from which `rebuild` reads it again. Where it holds a report of the same
        symbol and language, the file becomes the next version of that: the report that is returned says which.

        Args:
            path: the file.
            progress: called as it goes on.
            new: add it as a report of its own in any case.
            cancelled: asked all the while whether to give up.

        Raises:
            ParseError: the file cannot be read as a report. The library is as it was.
            Cancelled: `cancelled` said so. The library is as it was.
            DuplicateReport: a file with the same content is there already, under the id that the message names.
            HomeError: the data folder cannot be written. The library is as it was.
        """
        return intake.add_one(self._store, Path(path), self.limits, progress, cancelled, new=new)

    def replace(self, report_id: str, path: Path | str, progress: Progress | None = None) -> Report:
        """Read a file and make it the next version of a report. Links to the one before go on opening that.

        Raises:
            UnknownReport: there is no report with this id.
            ParseError: as for `add`; so are DuplicateReport and HomeError.
        """
        with self.reading() as connection:  # before the file is read for minutes; what counts is what is there after
            identity.find(connection, report_id)
        return intake.add_one(self._store, Path(path), self.limits, progress, target=report_id)

    def add_all(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        *,
        new: bool = False,
        follow: bool = False,
        cancelled: IsCancelled | None = None,
    ) -> list[Outcome]:
        """Add many files, read in parallel and added some thousand at a time, each time all or none.

        Args:
            paths: the files.
            progress: called as it goes on.
            new: as for `add`.
            follow: make a file the next version of the report that was read from it before.
            cancelled: asked all the while whether to give up.

        Returns:
            What became of each file; one that cannot be added does not stop the others.

        Raises:
            Cancelled: `cancelled` said so. What has been added by then, some thousand at a time, stays.
        """
        return intake.add_many(self._store, paths, self.limits, progress, cancelled, new=new, follow=follow)

    def remove(self, report_id: str, progress: Progress | None = None) -> None:
        """Remove a report, all its versions, from the records and the index, and its copy from the data folder.

        Raises:
            UnknownReport: there is none with this id.
        """
        self.remove_all([report_id], progress)

    def remove_all(self, report_ids: Sequence[str], progress: Progress | None = None) -> None:
        """Remove several reports as `remove` does, all or none of them.

        Raises:
            UnknownReport: there is none with one of these ids.
        """
        with self._store.writing() as connection:
            for key in dict.fromkeys(identity.find(connection, report_id).id for report_id in report_ids):
                records.delete_report(connection, key)
            self._store.indexes.write(connection, progress or silent, [])

    def edit(self, report_id: str, **fields: str | None) -> Report:
        """Correct what is known of a report: `title`, `symbol`, `language`, `date`, `session`, or its `id`.

        What is set here stays over a rebuild and a new version. The id that a report had before goes on naming it.

        Raises:
            UnknownReport: there is none with this id.
            EditError: a value is not what its field takes, or another report has the new id.
        """
        wanted = editing.checked(fields)
        with self._store.writing() as connection:
            row = identity.find(connection, report_id)
            editing.edit(connection, row, wanted)
            return records.load_report(connection, identity.by_key(connection, row.id))

    def refuse_read_only(self) -> None:
        """Say so where nothing can be added, before anything is uploaded or read.

        Raises:
            HomeError: the data folder can be read and not written.
        """
        self._store.refuse_read_only()

    def collection(self, name: str) -> tuple[str, ...]:
        """Return the ids of a collection's reports, as `reports` of a question takes them.

        Raises:
            UnknownCollection: there is none of that name.
        """
        return self.collections.get(name)

    def rebuild(self, progress: Progress | None = None) -> list[ParseError]:
        """Read every report again from the library's copy of its file, and write the index anew.

        Returns:
            What is wrong with each copy that is missing or damaged. Its report stays as it was read before.
        """
        progress = progress or silent
        damaged = []
        with self._store.writing() as connection:
            with closing(recovery.read_again(connection, self._store.copies, self.limits, progress)) as again:
                for row, read in again:
                    if isinstance(read, Report):
                        records.put_report(connection, read, row.source)
                    else:
                        damaged.append(read)
            self._store.indexes.write(connection, progress)
        return damaged

    def reindex(self, progress: Progress | None = None) -> None:
        """Write the index anew from the records, as another version or another embedder needs it; no file is read again."""
        with self._store.writing() as connection:
            self._store.indexes.write(connection, progress or silent)

    def recover(self, progress: Progress | None = None) -> bool:
        """Read the reports again from their copies where the database that knew them was lost.

        Their ids, titles and all else are then as a file tells them; what was edited, older versions and collections are
        gone. A copy that cannot be read is put into the folder `unread`.

        Returns:
            Whether that was so.
        """
        return self._store.recover(progress)
