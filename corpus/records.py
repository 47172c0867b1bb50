"""The records of the library in a relational database, through SQLAlchemy Core. Knows no file format and no index.

What only SQLite needs stands in `open_engine` and `settle`; everything else is portable SQL.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)

from corpus.label import Label
from corpus.report import Finding, Paragraph, Report

BUSY_TIMEOUT_S = 30
_METADATA = MetaData()
REPORTS = Table(
    "report",
    _METADATA,
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("symbol", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    Column("date", String(10), nullable=False),
    Column("session_dates", Text, nullable=False),
    Column("symbols", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("content_hash", String(64), nullable=False, unique=True),
    Column("source", String(255), nullable=False),
)
PARAGRAPHS = Table(
    "paragraph",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("label", String(200), nullable=False),
    Column("place", String(400), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("heading_path", Text, nullable=False),
    Column("parent", String(200)),
    Column("inline", Boolean, nullable=False),
    Column("footnotes", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("page", Integer),
)
STATE = Table("state", _METADATA, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))


def open_engine(path: Path) -> Engine:
    """Open (and where it is new, make) the database at `path`.

    SQLite runs in write-ahead mode, so that readers keep one consistent state while a writer is at work, and its
    transactions begin when SQLAlchemy says so rather than at the first write.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")

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


def has_tables(engine: Engine) -> bool:
    """Whether the tables have been made; not so after a first start that was interrupted."""
    return inspect(engine).has_table(STATE.name)


def create_tables(engine: Engine) -> None:
    """Make the tables that are not there yet."""
    _METADATA.create_all(engine)


def generation(connection: Connection) -> int:
    """Return the number of the index that belongs to the records as this transaction sees them; 0 before the first."""
    value = connection.execute(select(STATE.c.value).where(STATE.c.key == "generation")).scalar()
    return int(value or 0)


def set_generation(connection: Connection, number: int) -> None:
    """Record that index `number` belongs to the records of this transaction."""
    if connection.execute(update(STATE).where(STATE.c.key == "generation").values(value=str(number))).rowcount == 0:
        connection.execute(insert(STATE).values(key="generation", value=str(number)))


def put_report(connection: Connection, report: Report, source: str) -> None:
    """Write a report and its paragraphs, in place of one with the same id."""
    position = connection.execute(select(REPORTS.c.position).where(REPORTS.c.id == report.id)).scalar()
    if position is None:
        position = (connection.execute(select(func.max(REPORTS.c.position))).scalar() or 0) + 1
    delete_report(connection, report.id)
    connection.execute(
        insert(REPORTS).values(
            id=report.id,
            position=position,
            title=report.title,
            symbol=report.symbol,
            language=report.language,
            date=report.date,
            session_dates=_dump(report.session_dates),
            symbols=_dump(report.symbols),
            findings=_dump([(f.kind, f.where, f.line) for f in report.findings]),
            content_hash=report.content_hash,
            source=source,
        )
    )
    connection.execute(insert(PARAGRAPHS), [_values(report.id, i, p) for i, p in enumerate(report.paragraphs)])


def delete_report(connection: Connection, report_id: str) -> None:
    """Delete a report and its paragraphs; deleting one that is not there does nothing."""
    connection.execute(delete(PARAGRAPHS).where(PARAGRAPHS.c.report_id == report_id))
    connection.execute(delete(REPORTS).where(REPORTS.c.id == report_id))


def report_rows(connection: Connection) -> Sequence[Row[Any]]:
    """Return the rows of all reports, in the order they were added."""
    return connection.execute(select(REPORTS).order_by(REPORTS.c.position)).all()


def load_report(connection: Connection, row: Row[Any]) -> Report:
    """Return the report of a row of `report_rows`, with its paragraphs."""
    query = select(PARAGRAPHS).where(PARAGRAPHS.c.report_id == row.id).order_by(PARAGRAPHS.c.position)
    return Report(
        id=row.id,
        title=row.title,
        language=row.language,
        paragraphs=tuple(paragraph_of(p) for p in connection.execute(query)),
        symbol=row.symbol,
        date=row.date,
        session_dates=tuple(json.loads(row.session_dates)),
        symbols=tuple(json.loads(row.symbols)),
        findings=tuple(Finding(*f) for f in json.loads(row.findings)),
        content_hash=row.content_hash,
    )


def paragraph_ids(connection: Connection) -> dict[str, list[int]]:
    """Return, for each report id, the database ids of its paragraphs in document order."""
    query = select(PARAGRAPHS.c.report_id, PARAGRAPHS.c.id).order_by(PARAGRAPHS.c.report_id, PARAGRAPHS.c.position)
    ids: dict[str, list[int]] = {}
    for report_id, paragraph_id in connection.execute(query):
        ids.setdefault(report_id, []).append(paragraph_id)
    return ids


def paragraph_rows(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Return the rows of the paragraphs with these ids, by id; those that are not there are left out."""
    return {row.id: row for row in connection.execute(select(PARAGRAPHS).where(PARAGRAPHS.c.id.in_(ids)))}


def rows_at(connection: Connection, label: Label, reports: Sequence[str] | None) -> Sequence[Row[Any]]:
    """Return the rows of the paragraph at `label` and all below it, in each report or in `reports`, in document order.

    The label may be written in any equal way (`14(c)(iv)` finds `14(c)(四)`). Items inside a running sentence are left
    out unless one of them is what `label` names, since the sentence already holds them.
    """
    place, column = _place(label), PARAGRAPHS.c.place
    wanted = (column == place) | (column.startswith(place + "/", autoescape=True) & ~PARAGRAPHS.c.inline)
    query = select(PARAGRAPHS).join(REPORTS).where(wanted).order_by(REPORTS.c.position, PARAGRAPHS.c.position)
    if reports is not None:
        query = query.where(PARAGRAPHS.c.report_id.in_(reports))
    return connection.execute(query).all()


def item_rows(connection: Connection, report_id: str, label: Label) -> Sequence[Row[Any]]:
    """Return the rows of the paragraphs whose parent is the one at `label`, in document order, leaving out footnotes."""
    of_parent = (PARAGRAPHS.c.report_id == report_id) & (PARAGRAPHS.c.parent == str(label))
    query = select(PARAGRAPHS).where(of_parent & (PARAGRAPHS.c.kind != "footnote"))
    return connection.execute(query.order_by(PARAGRAPHS.c.position)).all()


def neighbour(connection: Connection, report_id: str, label: Label, step: int) -> Row[Any] | None:
    """Return the numbered paragraph `step` places after (or, below 0, before) the one `label` stands in; None past the ends."""
    numbered = select(PARAGRAPHS).where(PARAGRAPHS.c.report_id == report_id, PARAGRAPHS.c.kind == "numbered")
    rows = connection.execute(numbered.order_by(PARAGRAPHS.c.position)).all()
    at = next((i for i, row in enumerate(rows) if label.within(Label.parse(row.label))), None)
    if at is None or not 0 <= at + step < len(rows):
        return None
    return rows[at + step]


def paragraph_of(row: Row[Any]) -> Paragraph:
    """Return the paragraph of a row."""
    return Paragraph(
        label=Label.parse(row.label),
        text=row.text,
        kind=row.kind,
        heading_path=tuple(json.loads(row.heading_path)),
        parent=Label.parse(row.parent) if row.parent else None,
        inline=row.inline,
        footnotes=tuple(Label.parse(f) for f in json.loads(row.footnotes)),
        cells=tuple(json.loads(row.cells)),
        line=row.line,
        page=row.page,
    )


def _values(report_id: str, position: int, paragraph: Paragraph) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "position": position,
        "label": str(paragraph.label),
        "place": _place(paragraph.label),
        "kind": paragraph.kind,
        "text": paragraph.text,
        "heading_path": _dump(paragraph.heading_path),
        "parent": str(paragraph.parent) if paragraph.parent else None,
        "inline": paragraph.inline,
        "footnotes": _dump([str(f) for f in paragraph.footnotes]),
        "cells": _dump(paragraph.cells),
        "line": paragraph.line,
        "page": paragraph.page,
    }


def _place(label: Label) -> str:
    return "/".join(",".join(map(str, key)) for key in label.sort_key)


def _dump(value: Iterable[object]) -> str:
    return json.dumps(list(value), ensure_ascii=False)
