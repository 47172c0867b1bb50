"""The command line, `pincite`. Each command opens the data folder, calls the assistant and prints.

Results go to standard output, everything else to standard error. Exit codes are those of `corpus.errors`, and 0.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import PinciteError

if TYPE_CHECKING:
    from assistant import Assistant
    from corpus.library import Progress

app = typer.Typer(
    name="pincite",
    help="Ask numbered reports; answers quote paragraphs and cite them by their printed number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Home = Annotated[Path | None, typer.Option("--home", help="Data folder (or PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Reports = Annotated[list[str] | None, typer.Option("--report", help="Id of a report to look in; may be repeated.")]
Port = Annotated[
    int | None,
    typer.Option(min=0, max=65535, help="Port on the loopback interface; 7860 or the next free one."),
]
TopK = Annotated[int, typer.Option("--top-k", "-k", min=1, help="How many paragraphs at most.")]


def main() -> None:
    """Run the command line; errors made on purpose become one sentence and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        app()
    except PinciteError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if os.environ.get("PINCITE_DEBUG"):
            raise
        _fail(f"unexpected {type(error).__name__}: {error}\nSet PINCITE_DEBUG=1 to see where, and please report it.", 1)


@app.command()
def serve(
    home: Home = None,
    port: Port = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    as_json: Json = False,
) -> None:
    """Serve the chat on this machine's loopback interface."""
    from ui.web import serve as serve_page

    with _progress() as progress:
        assistant = _open(home, progress)
    assistant.search("1", top_k=1)  # opens the index now rather than at the first question
    serve_page(assistant, port=port, open_browser=browser, announce=_announce_json if as_json else _announce)


@app.command()
def ask(question: str, home: Home = None, report: Reports = None, as_json: Json = False) -> None:
    """Answer a question with quotations and their citations."""
    from ui.plain import plain_text

    answer = _open(home).ask(question, reports=report or None)
    if as_json:
        citations = [
            {
                "report": c.report,
                "label": str(c.label),
                "quote": c.quote,
                "link": c.link,
                "heading_path": list(c.heading_path),
            }
            for c in answer.citations
        ]
        hits = [_hit(h) for h in answer.hits]
        _print_json(
            {
                "question": answer.question,
                "text": answer.text,
                "abstained": answer.abstained,
                "citations": citations,
                "hits": hits,
            }
        )
    else:
        typer.echo(plain_text(answer.text))


@app.command()
def search(question: str, top_k: TopK = 10, home: Home = None, report: Reports = None, as_json: Json = False) -> None:
    """List the paragraphs that answer a question, best first."""
    hits = _open(home).search(question, top_k=top_k, reports=report or None)
    if as_json:
        _print_json([_hit(h) for h in hits])
        return
    for hit in hits:
        text = " ".join(hit.paragraph.text.split())
        typer.echo(f"{hit.score:.2f}  {hit.report}  {hit.paragraph.label}  {text[:70]}{'…' if len(text) > 70 else ''}")


@app.command()
def show(label: str, home: Home = None, report: Reports = None, as_json: Json = False) -> None:
    """Show the paragraph at LABEL, such as 12(c), 第12(c)段 or 附件三#4, and all below it."""
    hits = _open(home).show(label, reports=report or None)
    if as_json:
        _print_json([_hit(h) for h in hits])
        return
    place = None
    for hit in hits:
        if (hit.report, hit.paragraph.heading_path) != place:
            place = (hit.report, hit.paragraph.heading_path)
            typer.echo(" › ".join((hit.report, *hit.paragraph.heading_path)))
        typer.echo(f"  {hit.paragraph.label}  {hit.paragraph.text.replace(chr(9), '  ')}")


@app.command(name="list")
def list_reports(home: Home = None, as_json: Json = False) -> None:
    """List the reports in the library."""
    reports = _open(home).library.reports()
    if as_json:
        _print_json([_report(r) for r in reports])
        return
    for report in reports:
        typer.echo(
            f"{report.id}\t{len(report.paragraphs)} paragraphs\t{report.language}\t{report.date}\t{report.title}"
        )


@app.command()
def add(files: list[Path], home: Home = None, as_json: Json = False) -> None:
    """Add reports. A file that cannot be read is said to be so; the others are added all the same."""
    added: list[Any] = []
    failed: PinciteError | None = None
    with _progress() as progress:
        assistant = _open(home, progress)
        for file in files:
            try:
                added.append(assistant.library.add(file, progress))
            except PinciteError as error:
                failed = error
                typer.echo(f"pincite: {error}", err=True)
    if as_json:
        _print_json([_report(r) for r in added])
    else:
        for report in added:
            typer.echo(f"added {report.id}: {report.title}")
            typer.echo(_check_lines(report))
    if failed:
        raise typer.Exit(failed.exit_code)


@app.command()
def remove(report_ids: list[str], home: Home = None, as_json: Json = False) -> None:
    """Remove reports by their ids; nothing of them stays in any index."""
    assistant = _open(home)
    for report_id in report_ids:
        with _progress() as progress:
            assistant.library.remove(report_id, progress)
        if not as_json:
            typer.echo(f"removed {report_id}")
    if as_json:
        _print_json({"removed": report_ids})


@app.command()
def rebuild(home: Home = None, as_json: Json = False) -> None:
    """Read every report again from the library's own copy and write the index anew."""
    with _progress() as progress:
        assistant = _open(home, progress)
        assistant.library.rebuild(progress)
    reports = assistant.library.reports()
    count = sum(len(r.paragraphs) for r in reports)
    if as_json:
        _print_json({"reports": len(reports), "paragraphs": count})
    else:
        typer.echo(f"rebuilt the index of {len(reports)} reports, {count} paragraphs")


@app.command()
def check(
    report_ids: Annotated[list[str] | None, typer.Argument()] = None, home: Home = None, as_json: Json = False
) -> None:
    """Print the numbering check of reports: counts, gaps, repeats, and joins over page breaks."""
    library = _open(home).library
    reports = [library.get(i) for i in report_ids] if report_ids else library.reports()
    if as_json:
        _print_json([{**_report(r), "counts": _counts(r), "findings": _findings(r)} for r in reports])
        return
    for report in reports:
        typer.echo(f"{report.id}: {report.title}")
        typer.echo(_check_lines(report))


@app.command(name="eval")
def evaluate(file: Path, home: Home = None, as_json: Json = False) -> None:
    """Measure answers against FILE, JSON lines of `question`, `gold` labels and words of the `answer`."""
    from assistant import evaluation

    questions = evaluation.load_questions(file)
    assistant = _open(home)
    summary, outcomes = evaluation.evaluate(questions, assistant)
    if as_json:
        _print_json(evaluation.as_records(summary, outcomes))
        return
    typer.echo(f"questions            {summary.n_answerable} answerable, {summary.n_unanswerable} not")
    typer.echo(f"hit@1                {summary.hit_at_1:.3f}")
    typer.echo(f"recall@5             {summary.recall_at_5:.3f}")
    typer.echo(f"answer has the words {summary.contains_answer:.3f}")
    typer.echo(f"cites a gold label   {summary.cites_gold:.3f}")
    typer.echo(f"abstained            {summary.rightly_abstained} of {summary.n_unanswerable} unanswerable,")
    typer.echo(f"                     {summary.wrongly_abstained} of {summary.n_answerable} answerable")
    typer.echo(f"ask, p50 / p95       {summary.ask_p50_ms:.1f} / {summary.ask_p95_ms:.1f} ms")
    for outcome in outcomes:
        wrong = outcome.abstained == outcome.answerable or (
            outcome.answerable and not (outcome.first and outcome.contains)
        )
        if wrong:
            typer.echo(f"  {outcome.id}  {outcome.question}  found: {', '.join(outcome.found) or '-'}")


def _open(home: Path | None, progress: "Progress | None" = None) -> "Assistant":
    from assistant import Assistant

    return Assistant.open(home, progress)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """Yield a callback that draws a bar a stage on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, Any] = {}

        def advance(stage: str, fraction: float) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=1.0)
            bars.update(tasks[stage], completed=fraction)

        yield advance


def _announce(url: str) -> None:
    typer.echo(f"Pincite is at {url}  (Ctrl+C to stop)")


def _announce_json(url: str) -> None:
    _print_json({"url": url})


def _fail(message: str, exit_code: int) -> None:
    typer.echo(f"pincite: {message}", err=True)
    sys.exit(exit_code)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _hit(hit: Any) -> dict[str, Any]:
    paragraph = hit.paragraph
    return {
        "report": hit.report,
        "label": str(paragraph.label),
        "kind": paragraph.kind,
        "score": round(hit.score, 4),
        "text": paragraph.text,
        "heading_path": list(paragraph.heading_path),
        "page": paragraph.page,
        "footnotes": [str(f) for f in paragraph.footnotes],
    }


def _report(report: Any) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "symbol": report.symbol,
        "language": report.language,
        "date": report.date,
        "session_dates": list(report.session_dates),
        "symbols": list(report.symbols),
        "paragraphs": len(report.paragraphs),
    }


def _counts(report: Any) -> dict[str, int]:
    kinds = [p.kind for p in report.paragraphs]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def _findings(report: Any) -> list[dict[str, Any]]:
    return [{"kind": f.kind, "where": f.where, "line": f.line} for f in report.findings]


def _check_lines(report: Any) -> str:
    from corpus.report import numbered_range

    words = {
        "gap": "gap: {0.where} missing before line {0.line}",
        "repeat": "repeat: {0.where} again on line {0.line}",
        "orphan": "orphan: {0.where} on line {0.line} belongs to no list",
        "join": "join: {0.where} goes on over a page break on line {0.line}",
    }
    counts = ", ".join(f"{n} {kind}" for kind, n in _counts(report).items())
    lines = [f"  numbers: {numbered_range(report.paragraphs)}", f"  counts: {counts}"]
    lines += [f"  {words[f.kind].format(f)}" for f in report.findings]
    return "\n".join(lines if report.findings else [*lines, "  no gap, no repeat, no join"])


if __name__ == "__main__":
    main()
