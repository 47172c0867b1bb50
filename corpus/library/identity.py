"""Which report of the library is meant: by its id, by an id it had before, by its file's content or by its symbol.

A report's key never changes; the id that people see may. Ids that a report had before go on naming it.
"""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from corpus.errors import UnknownReport
from corpus.library import removed
from corpus.library.address import split_version
from corpus.library.likeness import normal_symbol, same_title
from corpus.library.schema import ALIASES, REPORTS
from corpus.report import Report

MAX_ID_CHARS = 200
SHOWN_IDS = 20
"""How many ids a message about an unknown one shows."""


def find(connection: Connection, report_id: str) -> Row[Any]:
    """Return the row of the report that has this id or had it before.

    Raises:
        UnknownReport: there is none; the message lists those there are, or the first of many.
    """
    row = connection.execute(select(REPORTS).where(REPORTS.c.name == report_id)).first()
    if row is None:
        former = select(ALIASES.c.report_id).where(ALIASES.c.name == report_id)
        row = connection.execute(select(REPORTS).where(REPORTS.c.id.in_(former))).first()
    if row is None:
        raise UnknownReport(f"no report has the id {report_id!r}; the library has: {_some(connection)}")
    return row


def wanted_version(connection: Connection, report_id: str) -> tuple[Row[Any], int]:
    """Return the row and the version of `un-38`, the newest, or of `un-38@1`, the first.

    Raises:
        UnknownReport: there is no such report, or no such version of it.
    """
    name, version = split_version(report_id)
    row = find(connection, name)
    if name == report_id:
        return row, int(row.version)
    if version > row.version:
        raise UnknownReport(f"expected a version of {row.name} from 1 to {row.version}, found {version}")
    return row, version


def by_key(connection: Connection, key: str) -> Row[Any]:
    """Return the row of the report with this key, which must be there."""
    return connection.execute(select(REPORTS).where(REPORTS.c.id == key)).one()


def key_of(connection: Connection, report_id: str) -> str | None:
    """Return the key of the report that has or had this id; None where none has."""
    current = connection.execute(select(REPORTS.c.id).where(REPORTS.c.name == report_id)).scalar()
    return current or connection.execute(select(ALIASES.c.report_id).where(ALIASES.c.name == report_id)).scalar()


def aliases(connection: Connection) -> dict[str, str]:
    """Return the key of each report by every id that it had before."""
    return dict(connection.execute(select(ALIASES.c.name, ALIASES.c.report_id)).all())


def free_id(connection: Connection, wanted: str, report: Report) -> str:
    """Return `wanted` or, where that is another document's id, the first of `wanted-2`, `wanted-3` … that is free."""
    wanted, document = wanted[: MAX_ID_CHARS - 10], removed.documents(report)
    number, free = 2, wanted
    while key_of(connection, free) is not None or not removed.is_free(connection, free, document):
        free, number = f"{wanted}-{number}", number + 1
    return free


def rename(connection: Connection, row: Row[Any], new_id: str) -> None:
    """Give a report another id, which no other report has or had; the one before goes on naming it."""
    if row.name not in aliases(connection):
        connection.execute(insert(ALIASES).values(name=row.name, report_id=row.id))
    connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(name=new_id))


def same_document(connection: Connection, symbol: str, language: str, title: str | None = None) -> Row[Any] | None:
    """Return the report with this symbol, however it is written, and language: of several the one added last.

    Args:
        connection: to the records.
        symbol: printed on the document.
        language: ISO 639-1 code.
        title: where given, only a report whose title is much the same: another document may name this one's symbol.
    """
    if not normal_symbol(symbol):
        return None
    of_language = (REPORTS.c.language == language) & (REPORTS.c.symbol != "")
    columns = (REPORTS.c.id, REPORTS.c.symbol, REPORTS.c.title)
    symbols = connection.execute(select(*columns).where(of_language).order_by(REPORTS.c.position.desc()))
    wanted = normal_symbol(symbol)
    alike = (r for r in symbols if normal_symbol(r.symbol) == wanted and (title is None or same_title(r.title, title)))
    key = next((r.id for r in alike), None)
    return connection.execute(select(REPORTS).where(REPORTS.c.id == key)).first()


def _some(connection: Connection) -> str:
    """Return the ids of the first reports, as a message shows them."""
    count = connection.execute(select(func.count()).select_from(REPORTS)).scalar_one()
    first = connection.execute(select(REPORTS.c.name).order_by(REPORTS.c.position).limit(SHOWN_IDS)).scalars()
    more = f" and {count - SHOWN_IDS:,} more" if count > SHOWN_IDS else ""
    return (", ".join(first) or "none") + more
