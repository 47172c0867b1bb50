"""What commands print: records as JSON, the lines of the numbering check, what became of files. Knows no command."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from assistant.answer import Answer, Hit
from assistant.cross_references import CrossReference, CrossReferences
from assistant.mentions import Mentions
from corpus.gold import Agreement
from corpus.library.adding import Outcome
from corpus.library.address import Address
from corpus.report import Entry, Finding, Report, numbered_range

SHOWN_FINDINGS = 20
SHOWN_LINKS = 20
_WORDS_BEFORE, _WORDS_SHOWN = 20, 70
_FINDINGS = {
    "gap": "gap: {where} missing before {place}",
    "repeat": "repeat: {where} again on {place}",
    "back": "back: {where} comes after a higher number on {place}",
    "orphan": "orphan: {where} on {place} belongs to no list",
    "join": "join: {where} goes on over a page break on {place}",
    "ocr": "ocr: pages {where} were read from images, from {place}: compare the words",
    "missed": "missed: {where} on {place} may be a paragraph and was not taken for one",
}


def print_json(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON has it."""
    citations = [
        {
            "report": c.report,
            "version": c.version,
            "label": str(c.label),
            "quote": c.quote,
            "link": c.link,
            "heading_path": list(c.heading_path),
        }
        for c in answer.citations
    ]
    return {
        "question": answer.question,
        "short": answer.short,
        "text": answer.text,
        "abstained": answer.abstained,
        "citations": citations,
        "hits": [hit_record(h) for h in answer.hits],
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a paragraph that was found as JSON has it."""
    paragraph = hit.paragraph
    return {
        "report": hit.report,
        "version": hit.version,
        "label": str(paragraph.label),
        "kind": paragraph.kind,
        "score": round(hit.score, 4),
        "text": paragraph.text,
        "heading_path": list(paragraph.heading_path),
        "page": paragraph.page,
        "footnotes": [str(f) for f in paragraph.footnotes],
        "link": hit.address.link,
    }


def mentions_record(mentions: Mentions) -> dict[str, Any]:
    """Return all mentions of something as JSON has them: each paragraph with the words that mention it."""
    return {
        "phrase": mentions.phrase,
        "other_names": list(mentions.other_names),
        "paragraphs": len(mentions.found),
        "times": mentions.times,
        "hits": [{**hit_record(m.hit), "mentions": list(m.printed)} for m in mentions.found],
    }


def mention_lines(mentions: Mentions) -> list[str]:
    """Return all mentions of something, a line for each paragraph, and their count above them."""
    names = f" (as {', '.join(mentions.other_names)} too)" if mentions.other_names else ""
    lines = [f"{len(mentions.found)} paragraphs mention {mentions.phrase}{names}; occurrences: {mentions.times}"]
    for mention in mentions.found:
        text, start = mention.hit.paragraph.text, mention.spans[0][0]
        begin = max(0, start - _WORDS_BEFORE)
        words = " ".join(text[begin : begin + _WORDS_SHOWN].split())
        cut = ("…" if begin else "", "…" if begin + _WORDS_SHOWN < len(text) else "")
        lines.append(f"{mention.hit.report}  {mention.hit.paragraph.label}  {cut[0]}{words}{cut[1]}")
    return lines


def entry_record(entry: Entry) -> dict[str, Any]:
    """Return a report as JSON has it, without its paragraphs."""
    return {
        "id": entry.id,
        "title": entry.title,
        "symbol": entry.symbol,
        "language": entry.language,
        "date": entry.date,
        "session": entry.session,
        "session_dates": list(entry.session_dates),
        "symbols": list(entry.symbols),
        "version": entry.version,
        "versions": entry.versions,
        "paragraphs": entry.n_paragraphs,
    }


def report_record(report: Report) -> dict[str, Any]:
    """Return a report as JSON has it, with its numbering check."""
    return {
        **entry_record(report.entry),
        "counts": _counts(report),
        "findings": findings_record(report.findings),
    }


def findings_record(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return the findings of a numbering check as JSON has them."""
    return [{"kind": f.kind, "where": f.where, "line": f.line, "page": f.page} for f in findings]


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """Return what became of a file as JSON has it: the report, where it was added, else why it was not."""
    head = {"outcome": outcome.kind, "file": str(outcome.path)}
    if outcome.entry is None:
        return {**head, "error": str(outcome.error)}
    hint = {"hint": outcome.hint} if outcome.hint else {}
    return {**entry_record(outcome.entry), **head, **hint, "findings": findings_record(outcome.entry.findings)}


def outcome_line(outcome: Outcome) -> str:
    """Return what became of a file in one line: `replaced un-38, version 2: its title`."""
    if outcome.entry is None:
        return f"{'skipped' if outcome.kind == 'duplicate' else outcome.kind} {outcome.error}"
    version = f", version {outcome.entry.version}" if outcome.kind == "replaced" else ""
    hint = f"\n  note: {outcome.hint}" if outcome.hint else ""
    return f"{outcome.kind} {outcome.entry.id}{version}: {outcome.entry.title}{hint}"


def table_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what became of many files as a table, a line for each, and the counts below it."""
    words = {"added": "added", "replaced": "replaced", "duplicate": "skipped", "failed": "failed"}
    rows = []
    for outcome in outcomes:
        entry = outcome.entry
        version = f", version {entry.version}" if entry and outcome.kind == "replaced" else ""
        what = f"{entry.id}{version}" if entry else str(outcome.error)
        size = f"{entry.n_paragraphs} paragraphs, {len(entry.findings)} findings" if entry else ""
        rows.append((words[outcome.kind], outcome.path.name if entry else "", what, size))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    lines = ["  ".join((r[0].ljust(widths[0]), r[1].ljust(widths[1]), *r[2:])).rstrip() for r in rows]
    lines += [f"note: {outcome.path.name}: {outcome.hint}" for outcome in outcomes if outcome.hint]
    counted = (f"{sum(o.kind == kind for o in outcomes)} {word}" for kind, word in words.items())
    return [*lines, ", ".join(counted)]


def check_lines(report: Report, at_most: int | None = None) -> list[str]:
    """Return the numbering check of a report: its numbers, its counts and what was found, `at_most` findings of it."""
    counts = ", ".join(f"{n} {kind}" for kind, n in _counts(report).items())
    lines = [f"  numbers: {numbered_range(report.paragraphs)}", f"  counts: {counts}"]
    shown = report.findings[:at_most]
    lines += [f"  {_FINDINGS[f.kind].format(where=f.where, place=_place(f))}" for f in shown]
    if len(shown) < len(report.findings):
        lines.append(f"  … and {len(report.findings) - len(shown)} more: pincite check {report.id}")
    return lines if report.findings else [*lines, "  no gap, no repeat, no join"]


def version_lines(hits: Sequence[Hit], newest: Mapping[str, int]) -> list[str]:
    """Return, for each report of which an old version is shown, a line that says so and a link to the newest.

    Args:
        hits: what is shown.
        newest: the newest version of each report, by its id.
    """
    old = {hit.report: hit for hit in reversed(hits) if hit.version < newest.get(hit.report, hit.version)}
    return [
        f"version {hit.version} of {report}; the newest is version {newest[report]}: "
        f"{hit.address.of_version(newest[report]).link}"
        for report, hit in old.items()
    ]


def cross_reference_record(links: CrossReferences | None) -> dict[str, Any]:
    """Return what a paragraph refers to and what refers to it as JSON has it; nothing of an old version."""
    ends = {"refers_to": links.refers_to, "referred_by": links.referred_by} if links else {}
    return {
        name: [
            {
                "report": end.report or None,
                "label": str(end.label) if end.label else None,
                "symbol": end.symbol or None,
                "printed": end.printed,
                "at": str(end.at),
                "opening": end.opening,
            }
            for end in ends.get(name, ())
        ]
        for name in ("refers_to", "referred_by")
    }


def cross_reference_lines(links: Mapping[Address, CrossReferences]) -> list[str]:
    """Return what the paragraphs shown refer to and what refers to them, a line for each, of many the first ones."""
    lines: list[str] = []
    for head, arrow, name in (("refers to", "→", "refers_to"), ("referred to by", "←", "referred_by")):
        ends = [(address, end) for address, both in links.items() for end in getattr(both, name)]
        shown = [f"{arrow} {end.at}  {_other_end(end, address.report)}" for address, end in ends]
        shown = list(dict.fromkeys(shown))
        if shown:
            lines += [f"{head}:", *shown[:SHOWN_LINKS]]
            lines += [f"… and {len(shown) - SHOWN_LINKS} more (--json has all)"] if len(shown) > SHOWN_LINKS else []
    return lines


def _other_end(end: CrossReference, report: str) -> str:
    """Return the other end of a link in a line: `9  上文第9段: 2017年…`, `A/AC.105/1179, 12`, its report where that is another."""
    place = str(end.label) if end.label else ""
    where = ", ".join(filter(None, (end.report if end.report != report else "", end.symbol, place)))
    printed = " ".join(end.printed.split())
    said = ": ".join(filter(None, (printed if printed != where else "", end.opening)))
    return f"{where}  {said}".rstrip()


def _place(finding: Finding) -> str:
    return f"page {finding.page}, line {finding.line}" if finding.page else f"line {finding.line}"


def _counts(report: Report) -> dict[str, int]:
    kinds = [p.kind for p in report.paragraphs]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def agreement_records(found: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Return the agreement of documents with their gold as JSON has it."""
    return [
        {
            "document": a.name,
            "gold": a.n_gold,
            "labels": a.n_labels,
            "whole": a.n_whole,
            "wrong": [{"label": label, "differs": differs} for label, differs in a.wrong],
            "extra": a.extra,
        }
        for a in found
    ]


def agreement_lines(found: Sequence[Agreement], n_wrong: int) -> list[str]:
    """Return the table of the agreement of documents with their gold, with at most `n_wrong` differences of each."""
    lines = [f"{'document':32} {'gold':>6} {'labels':>8} {'whole':>8} {'extra':>6}"]
    for a in found:
        shares = f"{a.n_labels / max(a.n_gold, 1):8.3f} {a.n_whole / max(a.n_gold, 1):8.3f}"
        lines.append(f"{a.name:32} {a.n_gold:6} {shares} {len(a.extra):6}")
        lines += [f"    {label}: {differs}" for label, differs in a.wrong[:n_wrong]]
        if len(a.wrong) > n_wrong > 0:
            lines.append(f"    … and {len(a.wrong) - n_wrong} more")
    gold, labels, whole = (sum(getattr(a, name) for a in found) for name in ("n_gold", "n_labels", "n_whole"))
    lines.append(f"{'all':32} {gold:6} {labels / max(gold, 1):8.3f} {whole / max(gold, 1):8.3f}")
    return lines
