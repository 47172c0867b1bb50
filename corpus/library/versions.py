"""The versions of a report that newer ones have replaced: their paragraphs stay, so that a link opens what it cited.

They stand in tables of their own: no index holds them and no search finds them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, select

from corpus.label import Label
from corpus.library import paragraph_records, records
from corpus.library.schema import PARAGRAPHS, REPORTS, VERSION_PARAGRAPHS, VERSIONS
from corpus.report import Report


def archive(connection: Connection, key: str) -> None:
    """Keep a report as it stands, under its version's number, before another takes its place."""
    kept = [column.name for column in VERSIONS.columns if column.name not in ("report_id", "number")]
    row = select(REPORTS.c.id, REPORTS.c.version, *(REPORTS.c[name] for name in kept)).where(REPORTS.c.id == key)
    connection.execute(insert(VERSIONS).from_select(["report_id", "number", *kept], row))
    copied = [column.name for column in PARAGRAPHS.columns if column.name != "id"]
    version = connection.execute(select(REPORTS.c.version).where(REPORTS.c.id == key)).scalar_one()
    paragraphs = select(*(PARAGRAPHS.c[name] for name in copied), literal(version)).where(PARAGRAPHS.c.report_id == key)
    connection.execute(insert(VERSION_PARAGRAPHS).from_select([*copied, "version"], paragraphs))


def with_content(connection: Connection, content_hash: str) -> tuple[Row[Any], int] | None:
    """Return the report of which a replaced version has this content, and that version's number; None where none has."""
    of_version = select(VERSIONS.c.report_id, VERSIONS.c.number).where(VERSIONS.c.content_hash == content_hash)
    found = connection.execute(of_version).first()
    if found is None:
        return None
    return connection.execute(select(REPORTS).where(REPORTS.c.id == found.report_id)).one(), found.number


def n_paragraphs(connection: Connection, key: str, number: int) -> int:
    """Return how many paragraphs a replaced version has."""
    one = (VERSION_PARAGRAPHS.c.report_id == key) & (VERSION_PARAGRAPHS.c.version == number)
    return connection.execute(select(func.count()).select_from(VERSION_PARAGRAPHS).where(one)).scalar_one()


def load(connection: Connection, row: Row[Any], version: int) -> Report:
    """Return one version of the report of a row of `records.report_rows`; it must have that version."""
    if version == row.version:
        return records.load_report(connection, row)
    one = (VERSIONS.c.report_id == row.id) & (VERSIONS.c.number == version)
    facts = connection.execute(select(VERSIONS).where(one)).one()
    paragraphs = tuple(paragraph_records.paragraph_of(p) for p in _rows(connection, row.id, version))
    return records.report_of(facts, paragraphs, name=row.name, version=version, versions=row.version)


def rows_at(connection: Connection, key: str, version: int, label: Label) -> Sequence[Row[Any]]:
    """Return the rows of the paragraph at `label` of a replaced version and of all below it, as those of the newest."""
    return [row for row in _rows(connection, key, version) if paragraph_records.is_at(row, label)]


def _rows(connection: Connection, key: str, version: int) -> Sequence[Row[Any]]:
    one = (VERSION_PARAGRAPHS.c.report_id == key) & (VERSION_PARAGRAPHS.c.version == version)
    return connection.execute(select(VERSION_PARAGRAPHS).where(one).order_by(VERSION_PARAGRAPHS.c.position)).all()
