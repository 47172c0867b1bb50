"""The folders of a library's indexes, one of which belongs to its records. Knows no index: what writes one is passed in."""

import logging
import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from corpus.errors import IndexDamaged, IndexMismatch
from corpus.library import identity, paragraph_records, records
from corpus.library.change import Change, Progress, WriteIndex

_LOG = logging.getLogger(__name__)


class Indexes:
    """The indexes in a folder, each in a folder below it that is named by a number.

    Attributes:
        folder: where they lie.

    Args:
        folder: where they lie.
        write_index: what writes an index of all reports into a folder.
    """

    def __init__(self, folder: Path, write_index: WriteIndex) -> None:
        self.folder = folder
        self._write_index = write_index

    def in_force(self, connection: Connection) -> Path | None:
        """Return the folder of the index that belongs to the records as `connection` sees them; None before the first."""
        number = records.generation(connection)
        return self.folder / f"{number:06}" if number else None

    def write(self, connection: Connection, progress: Progress, added: Collection[str] | None = None) -> None:
        """Write the index of the records as `connection` sees them into a new folder, and name it in its transaction.

        Args:
            connection: the transaction.
            progress: called as it goes on.
            added: keys of the reports that are new or have changed; None for all. The others are taken over from the
                index before, unless another version of Pincite wrote that or it is damaged.
        """
        order = records.keys(connection)
        previous = self.in_force(connection)
        number = records.generation(connection) + 1
        if added is not None and previous is not None:
            try:
                self._write_folder(number, _change(connection, previous, order, added), progress)
            except (IndexMismatch, IndexDamaged) as error:
                _LOG.warning("all reports are indexed anew: %s", str(error).partition(";")[0])
                added = None
        if added is None or previous is None:
            self._write_folder(number, _change(connection, None, order, order), progress)
        records.set_generation(connection, number)

    def sweep(self, connection: Connection) -> None:
        """Delete all indexes but the one that belongs to the records as `connection` sees them."""
        used = self.in_force(connection)
        for folder in self.folder.iterdir():
            if folder != used:
                shutil.rmtree(folder, ignore_errors=True)

    def _write_folder(self, number: int, change: Change, progress: Progress) -> None:
        folder = self.folder / f"{number:06}"
        shutil.rmtree(folder, ignore_errors=True)  # what a lost database knew of
        try:
            folder.mkdir()
            self._write_index(folder, change, progress)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _change(connection: Connection, previous: Path | None, order: Sequence[str], added: Collection[str]) -> Change:
    keys = set(added)
    rows = [identity.by_key(connection, key) for key in order if key in keys]
    reports = [replace(records.load_report(connection, row), id=row.id) for row in rows]  # an index knows keys
    return Change(previous, order, [(r, paragraph_records.paragraph_ids(connection, r.id)) for r in reports])
