"""How the database of a data folder is opened: made where it is new, brought up to date where it is old, only read where
it cannot be written. Knows no index.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from corpus.errors import HomeError
from corpus.library import database, link_records, records, schema
from corpus.library.lock import alone
from corpus.library.schema import LINKS

DATABASE = "library.sqlite3"


def open_database(home: Path) -> Engine:
    """Return the engine of a data folder's database.

    Args:
        home: the data folder, which is there, or its database is made in it.

    Raises:
        HomeError: it cannot be read, cannot be brought up to date, or is damaged.
    """
    path = home / DATABASE
    with _told(home, path):
        if is_read_only(home):
            engine = database.open_to_read(path)
            if not schema.is_current(engine):
                raise HomeError(f"expected to bring the library at {home} up to date, found that it cannot be written")
        else:
            engine = database.open_engine(path)
            if not schema.is_current(engine):
                with alone(home), engine.connect() as connection, connection.begin():
                    if LINKS.name in schema.upgrade(connection):
                        _link(connection)
        with engine.connect() as connection:
            records.generation(connection)
    return engine


def is_read_only(home: Path) -> bool:
    """Whether there is a library that this process can read and not write."""
    path = home / DATABASE
    return path.exists() and not (os.access(home, os.W_OK) and os.access(path, os.W_OK))


def _link(connection: Connection) -> None:
    """Find the cross-references of reports that were added when the database had no table for them."""
    for row in records.report_rows(connection):
        link_records.put(connection, replace(records.load_report(connection, row), id=row.id))


@contextmanager
def _told(home: Path, path: Path) -> Iterator[None]:
    """Say of what goes wrong with the database which folder or file it is."""
    try:
        yield
    except (OSError, OperationalError) as error:
        reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
        raise HomeError(f"expected a data folder that can be written at {home}, found: {reason}") from error
    except DatabaseError as error:
        raise HomeError(
            f"expected the library's database at {path}, found a damaged file; restore it, or move it and the files "
            "beside it whose names begin as its own does away: the reports are then read again from their copies"
        ) from error
