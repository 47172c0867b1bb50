"""Sections of the library's reports: the headings that paragraphs stand under, and the paragraphs under some of them."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from corpus.library.schema import PARAGRAPHS

Heading = tuple[str, tuple[str, ...]]
"""The key of a report, and headings of it, outermost first."""


def headings(connection: Connection, keys: Sequence[str] | None) -> list[Heading]:
    """Return the headings that paragraphs stand under, each path of them once.

    Args:
        connection: the transaction.
        keys: keys of the reports to look in; None for all.
    """
    paths = select(PARAGRAPHS.c.report_id, PARAGRAPHS.c.heading_path).distinct()
    if keys is not None:
        paths = paths.where(PARAGRAPHS.c.report_id.in_(keys))
    return [(key, tuple(json.loads(path))) for key, path in connection.execute(paths)]


def paragraph_ids(connection: Connection, under: Iterable[Heading]) -> frozenset[int]:
    """Return the ids of the paragraphs that stand under exactly one of the given paths of headings."""
    found: set[int] = set()
    paths: dict[str, list[str]] = {}
    for key, path in under:
        paths.setdefault(key, []).append(json.dumps(list(path), ensure_ascii=False))
    for key, dumped in paths.items():
        rows = select(PARAGRAPHS.c.id).where(PARAGRAPHS.c.report_id == key, PARAGRAPHS.c.heading_path.in_(dumped))
        found.update(connection.execute(rows).scalars())
    return frozenset(found)
