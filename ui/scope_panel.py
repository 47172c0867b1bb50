"""The choices beside the question: which collections, reports, years, languages and section it is kept to.

Knows what can be chosen and how it is shown, not how a filter is applied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.filter import Filter
from corpus.report import Entry
from ui.strings import Language, texts

MAX_SECTION_CHARS = 100


@dataclass(frozen=True)
class Choices:
    """What a question can be kept to.

    Attributes:
        reports: the reports of the library.
        collections: ids of the reports of each collection, by its name.
    """

    reports: Sequence[Entry]
    collections: Mapping[str, Sequence[str]]

    def still_there(self, within: Filter) -> Filter:
        """Return `within` without the reports and collections that are gone."""
        ids = {report.id for report in self.reports}
        return Filter(
            tuple(i for i in within.reports if i in ids),
            tuple(name for name in within.collections if name in self.collections),
            within.languages,
            within.years,
            within.sections,
        )


def scope_html(choices: Choices, within: Filter, language: Language) -> str:
    """Return the choices, those of `within` made: a line that says what is chosen, and the choices behind it."""
    t = texts(language)
    reports = [(r.id, r.title) for r in choices.reports]
    years = sorted({year for r in choices.reports for year in _years(r)}, reverse=True)
    languages = sorted({r.language for r in choices.reports})
    groups = (
        _group(
            "collections", t.collections, [(name, name) for name in choices.collections], within.collections, least=1
        ),
        _group("reports", t.reports, reports, within.reports),
        _group("years", t.years, [(str(y), str(y)) for y in years], [str(y) for y in within.years]),
        _group("languages", t.languages, [(c, t.language_names.get(c, c)) for c in languages], within.languages),
    )
    section = (
        f'<label class="scope-section">{t.section} <input name="section" maxlength="{MAX_SECTION_CHARS}" autocomplete="off"'
        f' spellcheck="false" placeholder="{escape(t.section_hint)}" value="{escape(" ".join(within.sections))}"></label>'
    )
    return (
        f'<details class="scope" data-all="{t.everything}"><summary><span class="scope-name">{t.scope}</span> '
        f'<span class="scope-chosen">{escape(scope_line(choices, within, language) or t.everything)}</span></summary>'
        f'<div class="scope-choices" role="group" aria-label="{t.scope}">{"".join(groups)}{section}'
        f'<button type="button" class="scope-clear">{t.scope_clear}</button></div></details>'
    )


def scope_line(choices: Choices, within: Filter, language: Language) -> str:
    """Return in one line what a question is kept to; empty where it is kept to nothing."""
    t = texts(language)
    titles = {report.id: report.title for report in choices.reports}
    languages = [t.language_names.get(code, code) for code in within.languages]
    reports = [titles.get(report_id, report_id) for report_id in within.reports]
    return t.comma.join((*within.collections, *reports, *map(str, within.years), *languages, *within.sections))


def filter_of(data: Mapping[str, Any]) -> Filter:
    """Return the filter of the choices that the page sends; what is no choice is left out."""

    def chosen(kind: str) -> tuple[str, ...]:
        values = data.get(kind)
        return tuple(v for v in values if isinstance(v, str)) if isinstance(values, list) else ()

    section = str(data.get("section") or "").strip()[:MAX_SECTION_CHARS]
    years = tuple(int(year) for year in chosen("years") if year.isdecimal())
    sections = (section,) if section else ()
    return Filter(chosen("reports"), chosen("collections"), chosen("languages"), years, sections)


def _group(kind: str, name: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], least: int = 2) -> str:
    """Return the boxes to tick of one kind; none where there is nothing to choose between."""
    if len(options) < least:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" name="{kind}" value="{escape(value)}"{" checked" if value in chosen else ""}>'
        f" <span>{escape(shown)}</span></label>"
        for value, shown in options
    )
    return f"<fieldset><legend>{name}</legend>{boxes}</fieldset>"


def _years(report: Entry) -> set[int]:
    dates = (report.date, *report.session_dates)
    return {int(date[:4]) for date in dates if date[:4].isdecimal()}
