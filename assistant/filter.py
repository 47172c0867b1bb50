"""What a question is kept to: some reports, collections, languages, years, sections. Knows no question.

The reports named and those of the collections named count together; every other kind narrows further.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.catalogue import Catalogue
from assistant.sections import sections_meant
from corpus.library import collections, sections


@dataclass(frozen=True)
class Filter:
    """What to look in; a kind that is left empty leaves nothing out.

    Attributes:
        reports: ids of reports.
        collections: names of collections.
        languages: of reports, as ISO 639-1 codes.
        years: of a report's date, or of a date printed under its title.
        sections: each by its mark (`第三章`, `III.B`), as an annex (`附件二`) or by words of its heading.
    """

    reports: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.reports, self.collections, self.languages, self.years, self.sections))


@dataclass(frozen=True)
class Scope:
    """What a filter comes to in one state of the library.

    Attributes:
        reports: ids of the reports to look in; None for all.
        passages: ids of the paragraphs to look in; None for all of those reports.
    """

    reports: tuple[str, ...] | None = None
    passages: frozenset[int] | None = None


def scope_of(
    within: Filter | None, reports: Sequence[str] | None, catalogue: Catalogue, connection: Connection
) -> Scope:
    """Return what a filter and a list of reports, which narrow each other, come to.

    Raises:
        UnknownCollection: a collection is not there.
        UnknownReport: a report of the filter is not there.
    """
    wanted = tuple(reports) if reports is not None else None
    if not within:
        return Scope(wanted)
    named = list(within.reports)
    for name in within.collections:
        named += collections.held_by(connection, name)
    keys = list(dict.fromkeys(catalogue.key(connection, i) for i in named))
    if not named and not within.collections:
        keys = list(catalogue.rows)
    if wanted is not None:
        allowed = {catalogue.key(connection, report_id) for report_id in wanted}
        keys = [key for key in keys if key in allowed]
    keys = [key for key in keys if _fits(within, key, catalogue)]
    passages = None
    if within.sections:
        there = sections.headings(connection, keys)
        meant = [h for section in within.sections for h in sections_meant(section, there)]
        passages = sections.paragraph_ids(connection, dict.fromkeys(meant))
        held = {key for key, _ in meant}
        keys = [key for key in keys if key in held]
    return Scope(tuple(str(catalogue.rows[key].name) for key in keys), passages)


def _fits(within: Filter, key: str, catalogue: Catalogue) -> bool:
    language = str(catalogue.rows[key].language)
    in_language = not within.languages or language in {wanted.lower() for wanted in within.languages}
    return in_language and (not within.years or bool(catalogue.years[key] & set(within.years)))
