"""What notes say of the reports that answers cite: titles and symbols, from the library. Knows no format."""

from collections.abc import Iterable

from assistant.answer import Answer, links_in
from assistant.export.document import Source
from corpus.errors import UnknownReport
from corpus.library.address import versioned
from corpus.library.library import Library


def sources_of(answers: Iterable[Answer], library: Library) -> dict[str, Source]:
    """Return the reports that `answers` cite or link to, by their ids with their versions.

    One that has been removed since goes by its id.
    """
    entries = {versioned(e.id, e.version): Source(e.title, e.symbol) for e in library.entries()}
    cited = [a for answer in answers for a in (*(c.address for c in answer.citations), *links_in(answer.text))]
    found: dict[str, Source] = {}
    for report_id, version in dict.fromkeys((a.report, a.version) for a in cited):
        name = versioned(report_id, version)
        found[name] = entries.get(name) or _old(report_id, version, library)
    return found


def _old(report_id: str, version: int, library: Library) -> Source:
    """Return what is known of a version that is not the newest."""
    try:
        report = library.get(f"{report_id}@{version}")
    except UnknownReport:
        return Source(report_id)
    return Source(report.title, report.symbol)
