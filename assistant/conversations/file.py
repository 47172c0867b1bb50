"""The database file of kept conversations: made when first needed, opened to write or to read alone, its faults told.

Knows no conversation.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from assistant.conversations.tables import make
from corpus.errors import ConversationsError
from corpus.library import database

DATABASE = "conversations.sqlite3"
_LOCK = ".conversations.lock"
_LOCK_WAIT_S = 30


class ConversationsFile:
    """The file, in a data folder. Several threads and processes may use it.

    Attributes:
        home: the data folder.
        path: the file.
    """

    def __init__(self, home: Path) -> None:
        self.home, self.path = home, home / DATABASE
        self._opened: tuple[tuple[int, int], bool, Engine] | None = None
        self._opening = Lock()

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        with self._opening:
            if self._opened:
                self._opened[2].dispose()
            self._opened = None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Yield a connection that sees one state; None where nothing was ever kept."""
        if not self.path.exists():
            yield None
            return
        can_write = os.access(self.path, os.W_OK) and os.access(self.home, os.W_OK)
        with self._told("read"), self._engine(can_write).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a transaction, which writes before it reads: so it waits for others and is never refused for their sake."""
        with self._told("written"), self._engine(True).begin() as connection:
            yield connection

    def _engine(self, to_write: bool) -> Engine:
        """Return the engine, opened anew where another file has taken the place of the one that was open."""
        with self._opening:
            if to_write:
                self._make()
            found = self.path.stat()
            place = (found.st_dev, found.st_ino)
            if self._opened is None or self._opened[:2] != (place, to_write):
                if self._opened:
                    self._opened[2].dispose()
                self._check_readable()
                engine = database.open_engine(self.path) if to_write else database.open_to_read(self.path)
                self._opened = None
                if to_write:
                    with FileLock(self.home / _LOCK, timeout=_LOCK_WAIT_S), engine.begin() as connection:
                        make(connection)
                self._opened = (place, to_write, engine)
            return self._opened[2]

    def _make(self) -> None:
        """Make the file, which only its owner can read: SQLite gives the files beside it the same mode."""
        if not self.home.is_dir():
            self.home.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        os.close(os.open(self.path, os.O_RDWR))  # SQLite would open what cannot be written and fail later

    def _check_readable(self) -> None:
        """See at once what SQLite would try for long: files of another user, who keeps them to themselves."""
        for path in (self.path, self.path.with_name(f"{DATABASE}-wal")):
            if path.exists() and not os.access(path, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def settle(self) -> None:
        """Bring deletions into the file itself, so that nothing deleted stays beside it."""
        with suppress(OperationalError):  # a reader is at work: the next deletion settles
            database.settle(self._engine(True))

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        """Say of what goes wrong which file it is and what to do."""
        try:
            yield
        except (OSError, OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
            raise ConversationsError(
                f"expected conversations that can be {done} at {self.path}, found: {reason}; questions are answered all the "
                "same; free space or let this user write there, or set keep_conversations = false"
            ) from error
        except (DatabaseError, ValueError, TypeError) as error:
            raise ConversationsError(
                f"expected kept conversations at {self.path}, found a damaged file; restore it, or move it and the files "
                "beside it whose names begin as its own does away: new conversations are then kept in a new one"
            ) from error
