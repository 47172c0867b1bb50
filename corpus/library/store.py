"""A data folder's records, copies and indexes, changed together: one change is seen whole or not at all.

A change is one database transaction. It writes the index that belongs to it into a new folder first and names that folder
in the same commit. What an interrupted change left behind is swept away by the next one. Knows no file format.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from corpus.errors import HomeError
from corpus.library import database, records, recovery
from corpus.library.change import Progress, WriteIndex, silent
from corpus.library.copies import Copies
from corpus.library.indexes import Indexes
from corpus.library.lock import alone
from corpus.library.opening import is_read_only, open_database
from corpus.worker.limits import Limits

_OF_A_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM})


class Store:
    """What stands in a data folder.

    Attributes:
        home: the data folder.
        copies: the copies of the files that were added.
        indexes: the indexes.

    Args:
        home: the data folder; made if it is missing.
        write_index: what writes an index of all reports into a folder.
        limits: what reading one copy again may cost.

    Raises:
        HomeError: the folder cannot be made, read or written.
    """

    def __init__(self, home: Path, write_index: WriteIndex, limits: Limits) -> None:
        self.home = home
        self.copies = Copies(home / "sources")
        self.indexes = Indexes(home / "index", write_index)
        self._limits = limits
        if not is_read_only(home):
            try:
                for folder in (self.copies.folder, self.indexes.folder):
                    folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                message = f"expected a data folder that can be written at {home}, found: {error.strerror}"
                raise HomeError(message) from error
        self._engine = open_database(home)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the library, whatever is written meanwhile."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection for one change, alone among processes; what an interrupted change left goes first and last."""
        with self._told_if_unwritable(), alone(self.home):
            with self.reading() as connection:
                lost = recovery.is_lost(connection, self.copies)
            if lost:
                self._recover(silent)
            self._sweep()
            try:
                with self._engine.connect() as connection, connection.begin():
                    yield connection
                    records.count_change(connection)
            except BaseException:
                with suppress(OSError, SQLAlchemyError):  # an interruption may come after the commit: the records say
                    self._sweep()
                raise
            with suppress(OSError, OperationalError):  # the change is made; what it leaves behind, the next one sweeps
                self._sweep()
                database.settle(self._engine)

    def recover(self, progress: Progress | None = None) -> bool:
        """Read the reports again from their copies where the database that knew them was lost; return whether it was."""
        with self.reading() as connection:
            if not recovery.is_lost(connection, self.copies):
                return False
        with self._told_if_unwritable(), alone(self.home):
            return self._recover(progress or silent)

    def refuse_read_only(self) -> None:
        """Say that nothing can be added before a file is read for minutes.

        Raises:
            HomeError: the folder can be read and not written.
        """
        with self._told_if_unwritable():
            if is_read_only(self.home):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def _recover(self, progress: Progress) -> bool:
        return recovery.recover(self.reading, self.copies, self.indexes, self._limits, progress)

    def _sweep(self) -> None:
        """Delete indexes and copies that no record names."""
        with self.reading() as connection:
            self.indexes.sweep(connection)
            self.copies.sweep(records.sources(connection))

    @contextmanager
    def _told_if_unwritable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
            wanted = "write the data folder" if self._is_of_folder(error) else "change the library in"
            raise HomeError(f"expected to {wanted} {self.home}, found: {reason}; nothing was changed") from error

    def _is_of_folder(self, error: Exception) -> bool:
        """Whether what went wrong is writing the data folder, as far as the error says."""
        if not isinstance(error, OSError):
            return True  # the database is in it
        named = isinstance(error.filename, str | os.PathLike) and Path(error.filename)
        return named.is_relative_to(self.home) if named else error.errno in _OF_A_DISK
