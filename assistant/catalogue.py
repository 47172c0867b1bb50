"""What is known of the reports short of their paragraphs, in one state of the library. Knows no question."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sqlalchemy import Connection, Row

from corpus.library import identity, records

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?= ?年)|(?<=[(（])(?:19|20)\d\d(?=[)）])")
"""A year that is said to be one: 1973 in 第1973(2011)号决议 is none."""


@dataclass(frozen=True)
class Catalogue:
    """What is known of the reports short of their paragraphs, in one state of the library.

    Attributes:
        rows: the rows of all reports by their keys, in the order they were added.
        keys: the key of each report by its id and by those it had before.
        titles: the title of each report by its id.
    """

    rows: Mapping[str, Row[Any]]
    keys: Mapping[str, str]
    titles: dict[str, str]

    @classmethod
    def load(cls, connection: Connection) -> Self:
        """Return the catalogue as `connection` sees it."""
        rows = {row.id: row for row in records.report_rows(connection)}
        keys = identity.aliases(connection) | {row.name: key for key, row in rows.items()}
        return cls(rows, keys, {str(row.name): str(row.title) for row in rows.values()})

    def key(self, connection: Connection, report_id: str) -> str:
        """Return the key of the report that has this id or had it before.

        Raises:
            UnknownReport: there is none; the message lists those there are.
        """
        return self.keys.get(report_id) or str(identity.find(connection, report_id).id)

    @cached_property
    def documents(self) -> dict[str, str]:
        """What a question may name each report by, by its key: its title, symbol and session, without the years in them."""
        return {key: _YEAR.sub(" ", f"{row.title}；{row.symbol}；{row.session}") for key, row in self.rows.items()}

    @cached_property
    def year(self) -> dict[str, int]:
        """The year that each report is of, by its key: of its date or, where it has none, in its title; 0 where none is known."""
        said = {key: row.date[:4] if row.date else _YEAR.findall(row.title)[:1] for key, row in self.rows.items()}
        return {key: int("".join(year)) if year else 0 for key, year in said.items()}

    @cached_property
    def years(self) -> dict[str, frozenset[int]]:
        """The years of each report by its key: of its date, and of the dates printed under its title."""
        dates = {key: (row.date, *json.loads(row.session_dates)) for key, row in self.rows.items()}
        return {key: frozenset(int(d[:4]) for d in of if d[:4].isdecimal()) for key, of in dates.items()}
