"""The ids of reports that were removed: a link to one of them must never open another document.

The same document may have its id back: a file of the same content as any version, or one of the same symbol, language and
title.
What is kept are hashes, since nothing of a removed report may stay.
"""

import hashlib
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from corpus.library.likeness import normal_symbol, plain_title
from corpus.library.schema import ALIASES, REMOVED, REPORTS, VERSIONS
from corpus.report import Report


def documents(report: Report) -> set[str]:
    """Return what tells the document of a report that was read."""
    return _documents({report.content_hash}, report.symbol, report.language, report.title)


def note(connection: Connection, key: str) -> None:
    """Note the ids of the report with this key, which is there and about to be removed."""
    row = connection.execute(select(REPORTS).where(REPORTS.c.id == key)).one()
    aliases = connection.execute(select(ALIASES.c.name).where(ALIASES.c.report_id == key)).scalars()
    ids = {_hash(name) for name in (row.id, row.name, *aliases)}
    told = {(name, document) for name in ids for document in of_row(connection, row)}
    known = connection.execute(select(REMOVED.c.name, REMOVED.c.document).where(REMOVED.c.name.in_(ids))).all()
    new = sorted(told - {(name, document) for name, document in known})
    if new:
        connection.execute(insert(REMOVED), [{"name": name, "document": document} for name, document in new])


def is_free(connection: Connection, name: str, document: set[str]) -> bool:
    """Whether an id was never that of a removed report, or only of this document."""
    before = set(connection.execute(select(REMOVED.c.document).where(REMOVED.c.name == _hash(name))).scalars())
    return not before or bool(before & document)


def of_row(connection: Connection, row: Row[Any]) -> set[str]:
    """Return what tells the document of a report's row, in all its versions."""
    older = connection.execute(select(VERSIONS.c.content_hash).where(VERSIONS.c.report_id == row.id)).scalars()
    return _documents({row.content_hash, *older}, row.symbol, row.language, row.title)


def _documents(content_hashes: set[str], symbol: str, language: str, title: str) -> set[str]:
    by_symbol = {_hash(f"{normal_symbol(symbol)} {language} {plain_title(title)}")} if normal_symbol(symbol) else set()
    return {_hash(content) for content in content_hashes} | by_symbol


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
