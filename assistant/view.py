"""One consistent state of the library, its records and its index together, for as long as one question takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.answer import Hit
from corpus import records
from corpus.errors import UnknownReport
from corpus.label import Label
from corpus.report import numbered_range
from index.folder import Index


@dataclass
class View:
    """What one question sees.

    Attributes:
        connection: a transaction that sees one state of the records.
        index: the index that belongs to that state.
        reports: ids of the reports to look in; None for all.
        cache: paragraphs looked up before in the same state, by id; shared between views of that state.
    """

    connection: Connection
    index: Index
    reports: tuple[str, ...] | None
    cache: dict[int, Hit]

    def __post_init__(self) -> None:
        if self.reports is not None:
            known = self.titles()
            for report_id in self.reports:
                if report_id not in known:
                    raise UnknownReport(
                        f"no report has the id {report_id!r}; the library has: {', '.join(known) or 'none'}"
                    )

    def titles(self) -> dict[str, str]:
        """Return the title of each report by its id, in the order they were added."""
        return {row.id: row.title for row in records.report_rows(self.connection)}

    def paragraphs(self, ids: Sequence[int]) -> list[Hit]:
        """Return the paragraphs of `ids`, in their order, each as a hit of score 0."""
        missing = [i for i in ids if i not in self.cache]
        if missing:
            for i, row in records.paragraph_rows(self.connection, missing).items():
                self.cache[i] = Hit(records.paragraph_of(row), row.report_id, 0.0, i)
        return [self.cache[i] for i in ids]

    def at(self, label: Label, report: str | None = None) -> list[Hit]:
        """Return the paragraph at `label` and all below it, in document order, with score 1; empty where there is none."""
        within = (report,) if report else self.reports
        return [
            Hit(records.paragraph_of(r), r.report_id, 1.0, r.id)
            for r in records.rows_at(self.connection, label, within)
        ]

    def whole(self, hit: Hit) -> list[Hit]:
        """Return a hit's paragraph and all below it, in document order, each with the hit's score."""
        found = self.at(hit.paragraph.label, hit.report)
        return [Hit(h.paragraph, h.report, hit.score, h.paragraph_id) for h in found]

    def items(self, report: str, label: Label) -> list[Hit]:
        """Return the items directly below the paragraph at `label`, in their order, also those inside its sentence."""
        rows = records.item_rows(self.connection, report, label)
        return [Hit(records.paragraph_of(row), row.report_id, 1.0, row.id) for row in rows]

    def allowed(self) -> NDArray[np.int64] | None:
        """Return the ids of the paragraphs of the reports to look in, (n,) int64; None for all."""
        if self.reports is None:
            return None
        ids = records.paragraph_ids(self.connection)
        return np.array([i for report in self.reports for i in ids.get(report, [])], dtype=np.int64)

    def range_of(self, report_id: str) -> str:
        """Return the span of a report's numbers as a message shows it."""
        row = next(r for r in records.report_rows(self.connection) if r.id == report_id)
        return numbered_range(records.load_report(self.connection, row).paragraphs)
