"""The library's database file, opened to write or to read alone. What only SQLite needs stands here; all else is portable SQL."""

import sqlite3
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from corpus.library.lock import still

BUSY_TIMEOUT_S = 30
_AGAIN_S = 0.05
_AS_READER: dict[str, Any] = {"uri": True, "timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
_NO_LOG = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says where the files beside a database are missing and cannot be made."""


def open_engine(path: Path) -> Engine:
    """Open (and where it is new, make) the database at `path`.

    SQLite runs in write-ahead mode, so that readers keep one consistent state while a writer is at work, and its
    transactions begin when SQLAlchemy says so rather than at the first write.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")

    return _beginning_when_told(engine)


def open_to_read(path: Path) -> Engine:
    """Open the database at `path`, which is there and cannot be written by this process.

    SQLite reads a database in write-ahead mode through two files beside it, which are there while any process writes it.
    Where they are missing and cannot be made, the database is whole in itself and opened as one that does not change;
    whoever would change it waits until the connection is closed.
    """

    def connect() -> sqlite3.Connection:
        end = time.monotonic() + BUSY_TIMEOUT_S
        while True:
            try:
                return _shared(path)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _NO_LOG:
                    raise
                connection = _unchanging(path)
                if connection is not None:
                    return connection
                if time.monotonic() > end:
                    raise
            time.sleep(_AGAIN_S)

    return _beginning_when_told(create_engine("sqlite://", creator=connect, poolclass=NullPool))


def _shared(path: Path) -> sqlite3.Connection:
    """Open a database that others may write meanwhile."""
    connection: sqlite3.Connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", **_AS_READER)
    try:
        connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()  # it is opened now, not before
    except BaseException:
        connection.close()
        raise
    return connection


def _unchanging(path: Path) -> sqlite3.Connection | None:
    """Open a database that nobody writes, and see to it that nobody does; None where somebody does."""
    held = still(path.parent)
    if held is None:
        return None
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:  # what stands there is not in the database yet
        held.close()
        return None
    connection: _Unchanging = sqlite3.connect(
        f"{path.absolute().as_uri()}?immutable=1", factory=_Unchanging, **_AS_READER
    )
    connection.held = held
    return connection


class _Unchanging(sqlite3.Connection):
    """A connection to a database that is held as it is until this is closed."""

    held: ExitStack

    def close(self) -> None:
        """Close the connection and let go of the database."""
        super().close()
        self.held.close()


def _beginning_when_told(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def settle(engine: Engine) -> None:
    """Bring what was committed into the database file, so that nothing deleted stays behind in SQLite's log."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(
            "PRAGMA busy_timeout=0"
        )  # a reader at work is not waited for: the next change settles
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")
