"""Collections: a name and some reports, so that a question can be put to these alone. Knows no index."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, insert, select

from corpus.errors import EditError, UnknownCollection
from corpus.library import identity
from corpus.library.schema import COLLECTIONS, MEMBERS, REPORTS

MAX_NAME_CHARS = 100
Transaction = Callable[[], AbstractContextManager[Connection]]


class Collections:
    """The collections of a library.

    Args:
        reading: yields a transaction to read in.
        writing: yields a transaction to change something in.
    """

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def every(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the reports of each collection by its name, both in the order they were added."""
        with self._reading() as connection:
            return every(connection)

    def get(self, name: str) -> tuple[str, ...]:
        """Return the ids of a collection's reports.

        Raises:
            UnknownCollection: there is none of that name; the message lists those there are.
        """
        with self._reading() as connection:
            return held_by(connection, name)

    def add(self, name: str, report_ids: Sequence[str]) -> tuple[str, ...]:
        """Put reports into a collection, which is made where there is none of that name, and return what it then holds.

        Raises:
            EditError: the name cannot be one.
            UnknownReport: one of the reports is not in the library.
        """
        if not name.strip() or name != name.strip() or len(name) > MAX_NAME_CHARS or not name.isprintable():
            wanted = f"a name of one line, of at most {MAX_NAME_CHARS} characters and without spaces around it"
            raise EditError(f"collection: expected {wanted}, found {name!r}")
        with self._writing() as connection:
            _put(connection, name, [identity.find(connection, report_id).id for report_id in report_ids])
            return held_by(connection, name)

    def remove(self, name: str, report_ids: Sequence[str] = ()) -> None:
        """Take reports out of a collection, or delete it where none are named; the reports stay in the library.

        Raises:
            UnknownCollection: there is none of that name, or it does not hold one of the reports.
            UnknownReport: one of the reports is not in the library.
        """
        with self._writing() as connection:
            held_by(connection, name)
            of_this = MEMBERS.c.collection == name
            for report_id in report_ids:
                key = identity.find(connection, report_id).id
                if connection.execute(delete(MEMBERS).where(of_this, MEMBERS.c.report_id == key)).rowcount == 0:
                    raise UnknownCollection(f"the collection {name!r} does not hold {report_id}")
            if not report_ids:
                connection.execute(delete(MEMBERS).where(of_this))
                connection.execute(delete(COLLECTIONS).where(COLLECTIONS.c.name == name))


def every(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the ids of the reports of each collection by its name, both in the order they were added."""
    names = connection.execute(select(COLLECTIONS.c.name).order_by(COLLECTIONS.c.position)).scalars()
    found: dict[str, list[str]] = {name: [] for name in names}
    members = select(MEMBERS.c.collection, REPORTS.c.name).join(REPORTS).order_by(MEMBERS.c.position)
    for collection, report in connection.execute(members):
        found[collection].append(report)
    return {name: tuple(reports) for name, reports in found.items()}


def held_by(connection: Connection, name: str) -> tuple[str, ...]:
    """Return the ids of a collection's reports.

    Raises:
        UnknownCollection: there is none of that name; the message lists those there are.
    """
    known = every(connection)
    if name not in known:
        raise UnknownCollection(f"no collection is called {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name]


def _put(connection: Connection, name: str, keys: Sequence[str]) -> None:
    of_this = MEMBERS.c.collection == name
    if connection.execute(select(COLLECTIONS.c.name).where(COLLECTIONS.c.name == name)).first() is None:
        position = (connection.execute(select(func.max(COLLECTIONS.c.position))).scalar() or 0) + 1
        connection.execute(insert(COLLECTIONS).values(name=name, position=position))
    there = set(connection.execute(select(MEMBERS.c.report_id).where(of_this)).scalars())
    position = connection.execute(select(func.max(MEMBERS.c.position)).where(of_this)).scalar() or 0
    for place, key in enumerate((k for k in dict.fromkeys(keys) if k not in there), start=position + 1):
        connection.execute(insert(MEMBERS).values(collection=name, report_id=key, position=place))
