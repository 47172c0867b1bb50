"""The tables of the library's records, and how a database of an older schema comes to have them. Knows no report.

A report's row has two names: `id`, its key, given once and used by every other table and by the index, and `name`, what
people call it, which may change.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.schema import CreateColumn

from corpus.errors import HomeError
from corpus.label import Label

SCHEMA = 3
METADATA = MetaData()


def _facts() -> list[Column[Any]]:
    """Return the columns of what is known of a report in each of its versions."""
    return [
        Column("title", Text, nullable=False),
        Column("symbol", String(200), nullable=False),
        Column("language", String(8), nullable=False),
        Column("date", String(10), nullable=False),
        Column("session", String(200), nullable=False, server_default=""),
        Column("session_dates", Text, nullable=False),
        Column("symbols", Text, nullable=False),
        Column("findings", Text, nullable=False),
    ]


def _of_paragraph() -> list[Column[Any]]:
    return [
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
        Column("page_end", Integer),
    ]


REPORTS = Table(
    "report",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("name", String(200), nullable=False, server_default=""),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    *_facts(),
    Column("content_hash", String(64), nullable=False, unique=True),
    Column("source", String(255), nullable=False),
    Column("path", Text, nullable=False, server_default=""),
)
Index("report_name", REPORTS.c.name, unique=True)
PARAGRAPHS = Table("paragraph", METADATA, *_of_paragraph())
VERSIONS = Table(
    "version",
    METADATA,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_facts(),
    Column("content_hash", String(64), nullable=False, index=True),
)
VERSION_PARAGRAPHS = Table("version_paragraph", METADATA, *_of_paragraph(), Column("version", Integer, nullable=False))
ALIASES = Table(
    "alias",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
)
REMOVED = Table(
    "removed",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("document", String(64), primary_key=True),
)
"""The ids of reports that are gone and what tells each of those documents: only hashes, nothing of a report stays."""
EDITS = Table(
    "edit",
    METADATA,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("field", String(20), primary_key=True),
    Column("value", Text, nullable=False),
)
COLLECTIONS = Table(
    "collection",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("position", Integer, nullable=False),
)
MEMBERS = Table(
    "collection_report",
    METADATA,
    Column("collection", ForeignKey("collection.name"), primary_key=True),
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)
LINKS = Table(
    "link",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report_id", ForeignKey("report.id"), nullable=False, index=True),
    Column("source", String(200), nullable=False),
    Column("place", String(400), nullable=False, index=True),
    Column("printed", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("target", String(200)),
    Column("target_place", String(400), index=True),
    Column("symbol", String(200), nullable=False, index=True),
)
STATE = Table("state", METADATA, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))


def place_of(label: Label) -> str:
    """Return the place of a label as its column has it: equal for equal labels, and below that of what it is a part of."""
    return "/".join(",".join(map(str, key)) for key in label.sort_key)


def is_current(engine: Engine) -> bool:
    """Whether a database has all tables and columns."""
    with engine.connect() as connection, connection.begin():
        there = set(inspect(connection).get_table_names())
        return there >= set(METADATA.tables) and not _lacking(connection) and schema_of(connection) == SCHEMA


def schema_of(connection: Connection) -> int:
    """Return the number of a database's schema: 0 where it has no tables, 1 where they are of before there was a number."""
    if not inspect(connection).has_table(STATE.name):
        return 0
    return int(_number(connection) or 1)


def upgrade(connection: Connection) -> set[str]:
    """Give a database the tables, columns and indexes that it lacks; what it holds stays. A new database gets all of them.

    Args:
        connection: the transaction, in which whoever calls this fills the tables that are new.

    Returns:
        The names of the tables that were made.

    Raises:
        HomeError: the database has a schema of a newer release.
    """
    found = schema_of(connection)
    if found > SCHEMA:
        raise HomeError(f"expected a library of schema {SCHEMA} or below, found {found}: a newer Pincite made it")
    lacking, there = _lacking(connection), set(inspect(connection).get_table_names())
    METADATA.create_all(connection)
    for table, column in lacking:
        ddl = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {ddl}')
    connection.execute(update(REPORTS).where(REPORTS.c.name == "").values(name=REPORTS.c.id))
    for table in METADATA.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    if _number(connection) is None:
        connection.execute(insert(STATE).values(key="schema", value=str(SCHEMA)))
    else:
        connection.execute(update(STATE).where(STATE.c.key == "schema").values(value=str(SCHEMA)))
    return set(METADATA.tables) - there


def _number(connection: Connection) -> str | None:
    return connection.execute(select(STATE.c.value).where(STATE.c.key == "schema")).scalar()


def _lacking(connection: Connection) -> list[tuple[Table, Column[Any]]]:
    """Return the columns that the tables of a database lack; what of a table that it lacks altogether is not among them."""
    there = inspect(connection)
    known = [table for table in METADATA.sorted_tables if there.has_table(table.name)]
    columns = {table.name: {c["name"] for c in there.get_columns(table.name)} for table in known}
    return [(table, column) for table in known for column in table.columns if column.name not in columns[table.name]]
