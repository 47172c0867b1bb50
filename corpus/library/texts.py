"""The words of the library's paragraphs, all of them in the order of the reports: for what looks at every one."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from corpus.library.schema import PARAGRAPHS, REPORTS

_AT_ONCE = 500
_READ_AT_ONCE = 2_000


class Text(NamedTuple):
    """A paragraph's id in the records, the key of its report and its words."""

    id: int
    report: str
    words: str


def texts(connection: Connection, keys: Sequence[str] | None, ids: Collection[int] | None = None) -> Iterator[Text]:
    """Yield the words of paragraphs in document order; items inside a running sentence are left out, as it holds them.

    Args:
        connection: the transaction.
        keys: keys of the reports to look in; None for all.
        ids: ids of the paragraphs of those reports to look at; None for all.
    """
    query = select(PARAGRAPHS.c.id, PARAGRAPHS.c.report_id, PARAGRAPHS.c.text).join(REPORTS).where(~PARAGRAPHS.c.inline)
    if keys is not None:
        query = query.where(PARAGRAPHS.c.report_id.in_(keys))
    if ids is not None and len(ids) <= _AT_ONCE:
        query = query.where(PARAGRAPHS.c.id.in_(ids))
    rows = connection.execution_options(yield_per=_READ_AT_ONCE).execute(
        query.order_by(REPORTS.c.position, PARAGRAPHS.c.position)
    )
    for row in rows:
        if ids is None or row.id in ids:
            yield Text(row.id, row.report_id, row.text)
