"""The reports of the library as rows of its database, and the counters of its state. Knows no file format and no index."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from corpus.library import link_records, removed
from corpus.library.paragraph_records import dump, paragraph_of, values
from corpus.library.schema import (
    ALIASES,
    EDITS,
    LINKS,
    MEMBERS,
    PARAGRAPHS,
    REPORTS,
    STATE,
    VERSION_PARAGRAPHS,
    VERSIONS,
)
from corpus.report import Entry, Finding, Paragraph, Report

_COUNTER = select(STATE.c.value).where(STATE.c.key == bindparam("key"))


def generation(connection: Connection) -> int:
    """Return the number of the index that belongs to the records as this transaction sees them; 0 before the first."""
    return _counter(connection, "generation")


def set_generation(connection: Connection, number: int) -> None:
    """Record that index `number` belongs to the records of this transaction."""
    _set_counter(connection, "generation", number)


def revision(connection: Connection) -> int:
    """Return how many changes have been made to the records as this transaction sees them."""
    return _counter(connection, "revision")


def count_change(connection: Connection) -> None:
    """Record that this transaction changes the records."""
    _set_counter(connection, "revision", revision(connection) + 1)


def _counter(connection: Connection, key: str) -> int:
    return int(connection.execute(_COUNTER, {"key": key}).scalar() or 0)


def _set_counter(connection: Connection, key: str, number: int) -> None:
    if connection.execute(update(STATE).where(STATE.c.key == key).values(value=str(number))).rowcount == 0:
        connection.execute(insert(STATE).values(key=key, value=str(number)))


def put_report(
    connection: Connection, report: Report, source: str, path: str | None = None, version: int | None = None
) -> None:
    """Write a report and its paragraphs, in place of one with the same key; what was edited of it by hand stays.

    Args:
        connection: the transaction.
        report: the report, its key as its id.
        source: the name of the library's copy of its file.
        path: where that file lies; None where that is as before.
        version: its version; None where that is as before.
    """
    edited = dict(connection.execute(select(EDITS.c.field, EDITS.c.value).where(EDITS.c.report_id == report.id)).all())
    written = {
        "title": report.title,
        "symbol": report.symbol,
        "language": report.language,
        "date": report.date,
        "session": report.session,
        "session_dates": dump(report.session_dates),
        "symbols": dump(report.symbols),
        "findings": dump([(f.kind, f.where, f.line, f.page) for f in report.findings]),
        "content_hash": report.content_hash,
        "source": source,
        **({} if path is None else {"path": path}),
        **({} if version is None else {"version": version}),
        **edited,
    }
    if connection.execute(update(REPORTS).where(REPORTS.c.id == report.id).values(**written)).rowcount == 0:
        position = (connection.execute(select(func.max(REPORTS.c.position))).scalar() or 0) + 1
        connection.execute(insert(REPORTS).values(id=report.id, name=report.id, position=position, **written))
    connection.execute(delete(PARAGRAPHS).where(PARAGRAPHS.c.report_id == report.id))
    connection.execute(insert(PARAGRAPHS), [values(report.id, i, p) for i, p in enumerate(report.paragraphs)])
    link_records.put(connection, report)


def delete_report(connection: Connection, report_id: str) -> None:
    """Delete a report, all its versions and whatever names it, and note that its ids are taken.

    Deleting one that is not there does nothing.
    """
    if connection.execute(select(REPORTS.c.id).where(REPORTS.c.id == report_id)).first():
        removed.note(connection, report_id)
    for table in (LINKS, PARAGRAPHS, VERSION_PARAGRAPHS, VERSIONS, ALIASES, EDITS, MEMBERS):
        connection.execute(delete(table).where(table.c.report_id == report_id))
    connection.execute(delete(REPORTS).where(REPORTS.c.id == report_id))


def report_rows(connection: Connection) -> Sequence[Row[Any]]:
    """Return the rows of all reports, in the order they were added."""
    return connection.execute(select(REPORTS).order_by(REPORTS.c.position)).all()


def keys(connection: Connection) -> list[str]:
    """Return the keys of all reports, in the order they were added."""
    return list(connection.execute(select(REPORTS.c.id).order_by(REPORTS.c.position)).scalars())


def sources(connection: Connection) -> list[str]:
    """Return the places of the copies of all reports."""
    return list(connection.execute(select(REPORTS.c.source)).scalars())


def load_report(connection: Connection, row: Row[Any]) -> Report:
    """Return the report of a row of `report_rows`, with its paragraphs, by the name it goes by now."""
    query = select(PARAGRAPHS).where(PARAGRAPHS.c.report_id == row.id).order_by(PARAGRAPHS.c.position)
    paragraphs = tuple(paragraph_of(p) for p in connection.execute(query))
    return report_of(row, paragraphs, name=row.name, version=row.version, versions=row.version)


def report_of(row: Row[Any], paragraphs: tuple[Paragraph, ...], name: str, version: int, versions: int) -> Report:
    """Return the report of a row of one of its versions."""
    return Report(
        id=name,
        paragraphs=paragraphs,
        content_hash=row.content_hash,
        version=version,
        versions=versions,
        **_facts(row),
    )


def entries(connection: Connection) -> list[Entry]:
    """Return what is known of each report short of its paragraphs, in the order they were added."""
    counted: dict[str, int] = dict(
        connection.execute(select(PARAGRAPHS.c.report_id, func.count()).group_by(PARAGRAPHS.c.report_id)).all()
    )
    return [entry_of(row, counted.get(row.id, 0)) for row in report_rows(connection)]


def entry_of(row: Row[Any], n_paragraphs: int) -> Entry:
    """Return what is known of the report of a row, short of its paragraphs."""
    return Entry(
        id=row.name,
        n_paragraphs=n_paragraphs,
        version=row.version,
        versions=row.version,
        path=row.path,
        **_facts(row),
    )


def _facts(row: Row[Any]) -> dict[str, Any]:
    """Return what a report and its entry both say of a row of one of its versions."""
    return {
        "title": row.title,
        "language": row.language,
        "symbol": row.symbol,
        "date": row.date,
        "session": row.session,
        "session_dates": tuple(json.loads(row.session_dates)),
        "symbols": tuple(json.loads(row.symbols)),
        "findings": tuple(Finding(*f) for f in json.loads(row.findings)),
    }
