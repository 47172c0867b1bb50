"""The paragraphs of the library's newest reports as rows of its database: by id, by label, and their neighbours.

Knows no report beyond its key.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from corpus.label import Label
from corpus.library.schema import PARAGRAPHS, REPORTS, place_of
from corpus.report import Paragraph

_BY_ID = select(PARAGRAPHS).where(PARAGRAPHS.c.id.in_(bindparam("ids", expanding=True)))
# the place as an expression, so that reports are looked up and not places: every law has a first article
_BY_PLACE = (
    select(PARAGRAPHS)
    .where(PARAGRAPHS.c.report_id.in_(bindparam("reports", expanding=True)))
    .where((PARAGRAPHS.c.place + "").in_(bindparam("places", expanding=True)))
    .order_by(PARAGRAPHS.c.position.desc())
)


def paragraph_ids(connection: Connection, key: str) -> list[int]:
    """Return the database ids of a report's paragraphs in document order."""
    query = select(PARAGRAPHS.c.id).where(PARAGRAPHS.c.report_id == key).order_by(PARAGRAPHS.c.position)
    return list(connection.execute(query).scalars())


def paragraph_rows(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Return the rows of the paragraphs with these ids, by id; those that are not there are left out."""
    return {row.id: row for row in connection.execute(_BY_ID, {"ids": list(ids)})}


def rows_at(connection: Connection, label: Label, reports: Sequence[str] | None) -> Sequence[Row[Any]]:
    """Return the rows of the paragraph at `label` and all below it, in document order.

    The label may be written in any equal way (`14(c)(iv)` finds `14(c)(四)`). Items inside a running sentence are left
    out unless one of them is what `label` names, since the sentence already holds them.

    Args:
        connection: the transaction.
        label: the paragraph.
        reports: keys of the reports to look in; None for all.
    """
    place, column = place_of(label), PARAGRAPHS.c.place
    below = (column > place + "/") & (column < place + "0")  # the character after the slash; an index serves both ends
    wanted = (column == place) | (below & ~PARAGRAPHS.c.inline)
    query = select(PARAGRAPHS).join(REPORTS).where(wanted).order_by(REPORTS.c.position, PARAGRAPHS.c.position)
    if reports is not None:
        query = query.where(PARAGRAPHS.c.report_id.in_(reports))
    return connection.execute(query).all()


def rows_of_places(connection: Connection, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], Row[Any]]:
    """Return the row of each paragraph of `places`, keys of reports and places; those that are not there are left out."""
    wanted = {"reports": sorted({report for report, _ in places}), "places": sorted({place for _, place in places})}
    rows = connection.execute(_BY_PLACE, wanted)
    return {(row.report_id, row.place): row for row in rows if (row.report_id, row.place) in places}


def rows_within(connection: Connection, label: Label, reports: Sequence[str] | None) -> Sequence[Row[Any]]:
    """Return what `rows_at` does for `label` in any part of a report whose numbers are its own: 原则3 of 第二部分/D.

    Every paragraph is looked at: for labels that `rows_at` does not find.
    """
    place, column = place_of(label), PARAGRAPHS.c.place
    wanted = column.like(f"%/{place}") | (column.like(f"%/{place}/%") & ~PARAGRAPHS.c.inline)
    query = select(PARAGRAPHS).join(REPORTS).where(wanted).order_by(REPORTS.c.position, PARAGRAPHS.c.position)
    if reports is not None:
        query = query.where(PARAGRAPHS.c.report_id.in_(reports))
    return connection.execute(query).all()


def is_at(row: Row[Any], label: Label) -> bool:
    """Whether a paragraph's row is what `rows_at` finds for `label`."""
    place = place_of(label)
    return bool(row.place == place or (row.place.startswith(place + "/") and not row.inline))


def item_rows(connection: Connection, report_id: str, label: Label) -> Sequence[Row[Any]]:
    """Return the rows of the paragraphs whose parent is the one at `label`, in document order, leaving out footnotes."""
    of_parent = (PARAGRAPHS.c.report_id == report_id) & (PARAGRAPHS.c.parent == str(label))
    query = select(PARAGRAPHS).where(of_parent & (PARAGRAPHS.c.kind != "footnote"))
    return connection.execute(query.order_by(PARAGRAPHS.c.position)).all()


def neighbour(connection: Connection, report_id: str, label: Label, step: int) -> Row[Any] | None:
    """Return the paragraph `step` places after (or, below 0, before) the one `label` stands in; None past the ends.

    Places are those of `own_rows`.
    """
    rows = own_rows(connection, report_id)
    within = [at for at, row in enumerate(rows) if label.within(Label.parse(row.label))]
    at = max(within, key=lambda at: len(Label.parse(rows[at].label).steps), default=None)
    return rows[at + step] if at is not None and 0 <= at + step < len(rows) else None


def own_rows(connection: Connection, report_id: str) -> Sequence[Row[Any]]:
    """Return the rows of a report's paragraphs, articles and preambular paragraphs, in document order.

    Left out are their items and further texts, rows and notes.
    """
    marked = PARAGRAPHS.c.kind.in_(("numbered", "article", "preambular"))
    own = marked | ((PARAGRAPHS.c.kind == "unnumbered") & PARAGRAPHS.c.parent.is_(None))
    places = select(PARAGRAPHS).where(PARAGRAPHS.c.report_id == report_id, own).order_by(PARAGRAPHS.c.position)
    return connection.execute(places).all()


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
        page_end=row.page_end,
    )


def values(report_id: str, position: int, paragraph: Paragraph) -> dict[str, Any]:
    """Return the values of a paragraph's row."""
    return {
        "report_id": report_id,
        "position": position,
        "label": str(paragraph.label),
        "place": place_of(paragraph.label),
        "kind": paragraph.kind,
        "text": paragraph.text,
        "heading_path": dump(paragraph.heading_path),
        "parent": str(paragraph.parent) if paragraph.parent else None,
        "inline": paragraph.inline,
        "footnotes": dump([str(f) for f in paragraph.footnotes]),
        "cells": dump(paragraph.cells),
        "line": paragraph.line,
        "page": paragraph.page,
        "page_end": paragraph.page_end,
    }


def dump(value: Iterable[object]) -> str:
    """Return a sequence as its column has it."""
    return json.dumps(list(value), ensure_ascii=False)
