"""The library's panel: its list of reports with their numbering check, and how far work on it has come.

Knows what a report is and which formats are read, not how a report gets into the library.
"""

from collections.abc import Sequence
from html import escape
from typing import Literal

from corpus.parsing import READERS
from corpus.report import Report
from ui.strings import Language, texts

Tone = Literal["done", "failed"]


def list_html(reports: Sequence[Report], language: Language) -> str:
    """Return the list of reports, each with its facts, its numbering check and a button that removes it."""
    t = texts(language)
    rows = "".join(_row_html(report, language) for report in reports)
    suffixes = ",".join(sorted(READERS))
    hint = t.upload_hint.format(suffixes=", ".join(sorted(READERS)))
    return (
        f'<p class="hint" data-accept="{escape(suffixes)}">{escape(hint)}</p>'
        f'<h3>{escape(t.in_library.format(count=len(reports)))}</h3><ul class="reports">{rows}</ul>'
    )


def _row_html(report: Report, language: Language) -> str:
    t = texts(language)
    facts = (report.symbol, report.date, t.paragraphs.format(count=f"{len(report.paragraphs):,}"))
    shown_facts = " · ".join(escape(fact) for fact in facts if fact)
    check = t.no_findings
    if report.findings:
        remarks = "".join(
            f"<li>{escape(t.finding_kinds.get(f.kind, f.kind))}: {escape(f.where)}</li>" for f in report.findings
        )
        summary = escape(t.findings.format(count=len(report.findings)))
        check = f"<details><summary>{summary}</summary><ul>{remarks}</ul></details>"
    return (
        f'<li><a class="open" href="?report={escape(report.id)}" data-report="{escape(report.id)}">{escape(report.title)}</a>'
        f'<p class="facts">{shown_facts}</p><div class="check">{check}</div>'
        f'<button type="button" class="remove" data-report="{escape(report.id)}" data-sure="{t.remove_sure}"'
        f' aria-label="{t.remove}: {escape(report.title)}">{t.remove}</button></li>'
    )


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
