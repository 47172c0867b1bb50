"""The commands that change and list the library. Each opens the data folder, calls the library and prints."""

from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import ParseError
from ui.options import Collected, Home, Json, chosen, open_assistant, progress_bars

app = typer.Typer()
collection = typer.Typer(help="Collections: a name for some reports, to ask these alone.", no_args_is_help=True)
app.add_typer(collection, name="collection")


def _path(typed: str) -> Path:
    """Return what was typed as a path; nothing would be the folder at hand, which nobody meant."""
    if not typed:
        raise typer.BadParameter("expected a file or a folder, found ''")
    return Path(typed)


Files = Annotated[list[Path], typer.Argument(parser=_path, metavar="FILE...")]
KeepBoth = Annotated[
    bool, typer.Option("--keep-both", help="Add beside a report of the same symbol and language, not in its place.")
]
Ocr = Annotated[bool, typer.Option("--ocr", help="Read PDF files without a text layer by OCR, where it is installed.")]
Replaced = Annotated[
    str | None, typer.Option("--replace", metavar="ID", help="Make FILE the next version of this report.")
]


@app.command(name="list")
def list_reports(home: Home = None, collection: Collected = None, as_json: Json = False) -> None:
    """List the reports in the library."""
    from ui.output import entry_record, print_json

    assistant = open_assistant(home)
    wanted = chosen(assistant, None, collection)
    entries = [e for e in assistant.library.entries() if wanted is None or e.id in wanted]
    if as_json:
        print_json([entry_record(e) for e in entries])
        return
    for e in entries:
        version = f"version {e.version}" if e.version > 1 else ""
        facts = (e.id, f"{e.n_paragraphs} paragraphs", e.language, e.date, e.symbol, version, e.title)
        typer.echo("\t".join(facts))


@app.command()
def add(
    files: Files,
    home: Home = None,
    replace: Replaced = None,
    keep_both: KeepBoth = False,
    ocr: Ocr = False,
    as_json: Json = False,
) -> None:
    """Add reports, or all reports of a folder. What cannot be read is said to be so; the others are added all the same.

    A file of the same symbol and language as a report of the library, and much the same title, becomes its next version.
    """
    from corpus.library.adding import Outcome
    from corpus.library.reading import files_in
    from ui.output import SHOWN_FINDINGS, check_lines, outcome_line, outcome_record, print_json, table_lines

    outcomes: list[Outcome] = []
    with progress_bars() as progress:
        library = open_assistant(home, progress).library
        if ocr:
            library.limits = replace_fields(library.limits, ocr=True)
        of_folders = [path for f in files if f.is_dir() for path in files_in(f, without=library.home)]
        paths = list(dict.fromkeys([*(f for f in files if not f.is_dir()), *of_folders]))
        if not paths:
            raise ParseError(files[0], "expected a folder with reports in it, found none that can be read")
        if replace is not None:
            if len(paths) > 1 or of_folders:
                raise typer.BadParameter(f"--replace takes one file, found {len(paths)}")
            entry = library.replace(replace, paths[0], progress).entry
            outcomes = [Outcome(paths[0], "replaced", entry)]
        else:
            outcomes = library.add_all(paths, progress, new=keep_both)
    for outcome in outcomes if not of_folders else ():
        if outcome.error:
            typer.echo(f"pincite: {outcome.error}", err=True)
    if as_json:
        print_json([outcome_record(o) for o in outcomes])
    elif of_folders:
        typer.echo("\n".join(table_lines(outcomes)))
    else:
        for outcome in outcomes:
            if outcome.entry:
                typer.echo(outcome_line(outcome))
                typer.echo("\n".join(check_lines(library.get(outcome.entry.id), SHOWN_FINDINGS)))
    skipped = set(of_folders)  # a folder added again is no failure for what is there already
    failed = [o.error for o in outcomes if o.error and not (o.kind == "duplicate" and o.path in skipped)]
    if failed:
        raise typer.Exit(failed[-1].exit_code)


@app.command()
def remove(report_ids: list[str], home: Home = None, as_json: Json = False) -> None:
    """Remove reports by their ids, all their versions; nothing of them stays in any index."""
    from ui.output import print_json

    library = open_assistant(home).library
    with progress_bars() as progress:
        library.remove_all(report_ids, progress)
    if as_json:
        print_json({"removed": report_ids})
        return
    for report_id in report_ids:
        typer.echo(f"removed {report_id}")


@app.command()
def edit(
    report_id: Annotated[str, typer.Argument(metavar="ID")],
    home: Home = None,
    title: Annotated[str | None, typer.Option(help="Title.", show_default=False)] = None,
    symbol: Annotated[str | None, typer.Option(help="Document symbol; '' for none.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code.", show_default=False)] = None,
    date: Annotated[str | None, typer.Option(help="ISO 8601 date; '' for none.", show_default=False)] = None,
    session: Annotated[str | None, typer.Option(help="Session; '' for none.", show_default=False)] = None,
    new_id: Annotated[str | None, typer.Option("--id", help="Another id.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    """Correct what is known of a report, or rename it. Links to its old id go on opening."""
    from ui.output import print_json, report_record

    library = open_assistant(home).library
    report = library.edit(
        report_id, title=title, symbol=symbol, language=language, date=date, session=session, id=new_id
    )
    if as_json:
        print_json(report_record(report))
        return
    for name in ("id", "title", "symbol", "language", "date", "session"):
        typer.echo(f"{name:9} {getattr(report, name)}".rstrip())


@app.command()
def rebuild(home: Home = None, as_json: Json = False) -> None:
    """Read every report again from the library's own copy and write the index anew; say which copies are damaged."""
    from ui.output import print_json

    with progress_bars() as progress:
        assistant = open_assistant(home, progress)
        damaged = assistant.library.rebuild(progress)
    entries = assistant.library.entries()
    count = sum(e.n_paragraphs for e in entries)
    if as_json:
        print_json({"reports": len(entries), "paragraphs": count, "damaged": [str(error) for error in damaged]})
    else:
        typer.echo(f"rebuilt the index of {len(entries)} reports, {count} paragraphs")
    for error in damaged:
        typer.echo(str(error), err=True)
    if damaged:
        raise typer.Exit(damaged[0].exit_code)


@app.command()
def check(
    report_ids: Annotated[list[str] | None, typer.Argument()] = None, home: Home = None, as_json: Json = False
) -> None:
    """Print the numbering check of reports: counts, and what it found, each with its page and line."""
    from ui.output import check_lines, print_json, report_record

    library = open_assistant(home).library
    reports = [library.get(i) for i in report_ids] if report_ids else library.reports()
    if as_json:
        print_json([report_record(r) for r in reports])
        return
    for report in reports:
        typer.echo(f"{report.id}: {report.title}")
        typer.echo("\n".join(check_lines(report)))


@collection.command(name="add")
def collection_add(name: str, report_ids: list[str], home: Home = None, as_json: Json = False) -> None:
    """Put reports into the collection NAME, which is made where there is none."""
    _tell(name, open_assistant(home).library.collections.add(name, report_ids), as_json)


@collection.command(name="remove")
def collection_remove(
    name: str,
    report_ids: Annotated[list[str] | None, typer.Argument()] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take reports out of the collection NAME, or delete it where none are named. The reports stay in the library."""
    from ui.output import print_json

    collections = open_assistant(home).library.collections
    collections.remove(name, report_ids or ())
    if report_ids:
        _tell(name, collections.get(name), as_json)
    elif as_json:
        print_json({"removed": name})
    else:
        typer.echo(f"removed the collection {name}")


@collection.command(name="list")
def collection_list(home: Home = None, as_json: Json = False) -> None:
    """List the collections and the reports in each."""
    from ui.output import print_json

    every = open_assistant(home).library.collections.every()
    if as_json:
        print_json([{"name": name, "reports": list(reports)} for name, reports in every.items()])
        return
    for name, reports in every.items():
        typer.echo("\t".join((name, *reports)))


def _tell(name: str, reports: tuple[str, ...], as_json: bool) -> None:
    from ui.output import print_json

    if as_json:
        print_json({"name": name, "reports": list(reports)})
    else:
        typer.echo("\t".join((name, *reports)))
