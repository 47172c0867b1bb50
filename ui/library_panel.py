"""The library's panel: its list of reports with their numbering check, and how far work on it has come.

Knows what a report is and which formats are read, not how a report gets into the library.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

from corpus.library.address import versioned
from corpus.parsing import READERS
from corpus.report import Entry, Finding
from ui.strings import Language, texts

Tone = Literal["done", "failed"]


def list_html(
    reports: Sequence[Entry], language: Language, collections: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return the list of reports, each with its facts, its collections, its numbering check and a button that removes it.

    Args:
        reports: the reports.
        language: the page's language.
        collections: ids of the reports of each collection, by its name.
    """
    t = texts(language)
    held = {r.id: [name for name, ids in (collections or {}).items() if r.id in ids] for r in reports}
    rows = "".join(_row_html(report, language, held[report.id]) for report in reports)
    suffixes = ",".join(sorted(READERS))
    hint = t.upload_hint.format(suffixes=", ".join(sorted(READERS)))
    return (
        f'<p class="hint" data-accept="{escape(suffixes)}">{escape(hint)}</p>'
        f'<h3>{escape(t.in_library.format(count=len(reports)))}</h3><ul class="reports">{rows}</ul>'
    )


def _row_html(report: Entry, language: Language, collections: Sequence[str]) -> str:
    t = texts(language)
    version = t.version.format(version=report.version) if report.version > 1 else ""
    count = t.paragraphs.format(count=f"{report.n_paragraphs:,}")
    named = t.in_collections.format(names=t.comma.join(collections)) if collections else ""
    shown_facts = " · ".join(
        escape(f) for f in (report.symbol, report.session, report.date, version, count, named) if f
    )
    check = t.no_findings
    if report.findings:
        remarks = "".join(f"<li>{_finding_html(finding, language)}</li>" for finding in report.findings)
        summary = escape(t.findings.format(count=len(report.findings)))
        check = f"<details><summary>{summary}</summary><ul>{remarks}</ul></details>"
    newest = escape(versioned(report.id, report.version))
    return (
        f'<li><a class="open" href="?report={newest}" data-report="{newest}">{escape(report.title)}</a>'
        f'<p class="facts">{shown_facts}</p><div class="check">{check}</div>'
        f'<button type="button" class="remove" data-report="{escape(report.id)}" data-sure="{t.remove_sure}"'
        f' aria-label="{t.remove}: {escape(report.title)}">{t.remove}</button></li>'
    )


def _finding_html(finding: Finding, language: Language) -> str:
    """Return one remark of the numbering check: what, which numbers, on which page and line."""
    t = texts(language)
    kind = t.finding_kinds.get(finding.kind, finding.kind)
    page = t.page.format(page=finding.page) if finding.page else ""
    places = ", ".join(place for place in (page, t.line.format(line=finding.line)) if place)
    return f'{escape(kind)}: {escape(finding.where)} <span class="where">({escape(places)})</span>'


def progress_html(stage: str, fraction: float, language: Language) -> str:
    """Return a progress bar with the name of its stage."""
    name = texts(language).stages.get(stage, stage)
    percent = round(100 * min(max(fraction, 0.0), 1.0))
    return (
        f'<div class="progress" role="status"><label>{escape(name)} <progress max="100" value="{percent}"></progress>'
        f" {percent}%</label></div>"
    )


def message_html(message: str, tone: Tone) -> str:
    """Return one sentence that says how something went."""
    role = "alert" if tone == "failed" else "status"
    return f'<p class="message {tone}" role="{role}">{escape(message)}</p>'
