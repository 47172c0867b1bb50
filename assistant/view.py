"""One consistent state of the library, its records and its index together, for as long as one question takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from assistant.answer import Hit
from corpus import records
from corpus.errors import UnknownReport
from corpus.label import Label
from corpus.report import Paragraph, numbered_range
from index.folder import Index
from index.passages import opening_of


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
        self._rows = {row.id: row for row in records.report_rows(self.connection)}
        for report_id in self.reports or ():
            if report_id not in self._rows:
                known = ", ".join(self._rows) or "none"
                raise UnknownReport(f"no report has the id {report_id!r}; the library has: {known}")

    def titles(self) -> dict[str, str]:
        """Return the title of each report by its id, in the order they were added."""
        return {i: str(row.title) for i, row in self._rows.items()}

    def language(self, report_id: str) -> str:
        """Return the language of a report, as ISO 639-1 code."""
        return str(self._rows[report_id].language)

    def paragraphs(self, ids: Sequence[int]) -> list[Hit]:
        """Return the paragraphs of `ids`, in their order, each as a hit of score 0."""
        missing = [i for i in ids if i not in self.cache]
        if missing:
            for i, row in records.paragraph_rows(self.connection, missing).items():
                self.cache[i] = self._hit(row, 0.0)
        return [self.cache[i] for i in ids]

    def at(self, label: Label, report: str | None = None) -> list[Hit]:
        """Return the paragraph at `label` and all below it, in document order, with score 1; empty where there is none."""
        within = (report,) if report else self.reports
        return [self._hit(row, 1.0) for row in records.rows_at(self.connection, label, within)]

    def whole(self, hit: Hit) -> list[Hit]:
        """Return a hit's paragraph and all below it, in document order, each with the hit's score."""
        return [replace(part, score=hit.score) for part in self.at(hit.paragraph.label, hit.report)]

    def items(self, report: str, label: Label) -> list[Hit]:
        """Return the items directly below the paragraph at `label`, in their order, also those inside its sentence."""
        return [self._hit(row, 1.0) for row in records.item_rows(self.connection, report, label)]

    def neighbour(self, report: str, label: Label, step: int) -> Label | None:
        """Return the numbered paragraph `step` places after the one `label` stands in (before it, below 0); None past the ends."""
        row = records.neighbour(self.connection, report, label, step)
        return Label.parse(row.label) if row else None

    def sibling(self, report: str, label: Label, step: int) -> Label | None:
        """Return the item `step` places after the one at `label` in its list; None past the ends and where it is no item."""
        if len(label.steps) < 2:
            return None
        items = [hit.paragraph.label for hit in self.items(report, Label(label.steps[:-1], label.scope))]
        at = next((i for i, item in enumerate(items) if item.sort_key == label.sort_key), None)
        return items[at + step] if at is not None and 0 <= at + step < len(items) else None

    def allowed(self) -> NDArray[np.int64] | None:
        """Return the ids of the paragraphs of the reports to look in, (n,) int64; None for all."""
        if self.reports is None:
            return None
        ids = records.paragraph_ids(self.connection)
        return np.array([i for report in self.reports for i in ids.get(report, [])], dtype=np.int64)

    def range_of(self, report_id: str) -> str:
        """Return the span of a report's numbers as a message shows it."""
        return numbered_range(records.load_report(self.connection, self._rows[report_id]).paragraphs)

    def _hit(self, row: Row[Any], score: float) -> Hit:
        paragraph = records.paragraph_of(row)
        context = (*paragraph.heading_path, *self._openings(row.report_id, paragraph))
        return Hit(paragraph, row.report_id, score, row.id, context)

    def _openings(self, report_id: str, paragraph: Paragraph) -> tuple[str, ...]:
        """Return the opening words of the paragraphs that `paragraph` is an item of, outermost first."""
        if paragraph.parent is None or paragraph.kind == "footnote":
            return ()
        parent = records.paragraph_of(records.rows_at(self.connection, paragraph.parent, (report_id,))[0])
        return (*self._openings(report_id, parent), opening_of(parent, paragraph))
