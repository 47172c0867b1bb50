"""The cross-references of the library's reports in its database: written with a report's paragraphs, removed with them.

Those of a report's newest version are kept; knows no report beyond its rows.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select

from corpus.label import Label
from corpus.library.schema import LINKS, PARAGRAPHS, REPORTS, place_of
from corpus.references.links import Link, links_of
from corpus.report import Report


def put(connection: Connection, report: Report) -> None:
    """Find and write the links of a report, its key as its id, in place of those that it had."""
    connection.execute(delete(LINKS).where(LINKS.c.report_id == report.id))
    rows = [_values(report.id, link) for link in links_of(report)]
    if rows:
        connection.execute(insert(LINKS), rows)


def of_report(connection: Connection, key: str) -> list[Link]:
    """Return all links of a report, in the order of its text."""
    query = select(LINKS).where(LINKS.c.report_id == key)
    return [link_of(row) for row in connection.execute(query.order_by(LINKS.c.id))]


def of_paragraph(connection: Connection, key: str, label: Label) -> list[Link]:
    """Return the links of the paragraph at `label` and of the items inside its running sentence, in the order of its text."""
    query = select(LINKS).where(LINKS.c.report_id == key, LINKS.c.place.in_(_places(connection, key, label)))
    return [link_of(row) for row in connection.execute(query.order_by(LINKS.c.id))]


def to_paragraph(connection: Connection, key: str, label: Label, symbols: Iterable[str]) -> list[tuple[str, Link]]:
    """Return what refers to the paragraph at `label`, with the key of the report it is in: its own report's links first.

    Args:
        connection: the transaction.
        key: the key of the paragraph's report.
        label: the paragraph; the items inside its running sentence count as it.
        symbols: of that report, as other reports cite it.
    """
    places = _places(connection, key, label)
    own = _to(places).where(LINKS.c.report_id == key, LINKS.c.kind == "paragraph").order_by(LINKS.c.id)
    cited = _to(places).where(LINKS.c.symbol.in_([s for s in symbols if s]), LINKS.c.report_id != key)
    rows = [*connection.execute(own), *connection.execute(cited.order_by(REPORTS.c.position, LINKS.c.id))]
    return [(row.report_id, link_of(row)) for row in rows]


def by_symbols(connection: Connection, key: str, symbols: Iterable[str]) -> list[tuple[str, Link]]:
    """Return the links of reports other than the one with this key that cite one of `symbols`, each with its report's key."""
    query = select(LINKS).join(REPORTS).where(LINKS.c.symbol.in_([s for s in symbols if s]), LINKS.c.report_id != key)
    return [(row.report_id, link_of(row)) for row in connection.execute(query.order_by(REPORTS.c.position, LINKS.c.id))]


def link_of(row: Row[Any]) -> Link:
    """Return the link of a row."""
    target = Label.parse(row.target) if row.target else None
    return Link(Label.parse(row.source), row.printed, row.start, row.end, row.kind, target, row.symbol)


def _to(places: list[str]) -> Select[Any]:
    return select(LINKS).join(REPORTS).where(LINKS.c.target_place.in_(places))


def _places(connection: Connection, key: str, label: Label) -> list[str]:
    place = place_of(label)
    inline = (PARAGRAPHS.c.report_id == key) & PARAGRAPHS.c.inline
    below = select(PARAGRAPHS.c.place).where(inline & PARAGRAPHS.c.place.startswith(place + "/", autoescape=True))
    return [place, *connection.execute(below).scalars()]


def _values(key: str, link: Link) -> dict[str, Any]:
    return {
        "report_id": key,
        "source": str(link.source),
        "place": place_of(link.source),
        "printed": link.printed,
        "start": link.start,
        "end": link.end,
        "kind": link.kind,
        "target": str(link.target) if link.target else None,
        "target_place": place_of(link.target) if link.target else None,
        "symbol": link.symbol,
    }
