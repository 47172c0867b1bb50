"""The command line, `pincite`. Each command opens the data folder, calls the assistant and prints.

Results go to standard output, everything else to standard error. Exit codes are those of `corpus.errors`, and 0.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import Cancelled, IndexMismatch, PinciteError
from ui import conversation_commands, library_commands
from ui.eval_command import evaluate
from ui.export_command import export
from ui.options import (
    Collected,
    Home,
    Json,
    Languages,
    Reports,
    Sections,
    Years,
    chosen,
    kept_to,
    open_assistant,
    progress_bars,
)
from ui.watch_command import Delete, watching
from ui.watch_command import watch as watch_folder

app = typer.Typer(
    name="pincite",
    help="Ask numbered reports; answers quote paragraphs and cite them by their printed number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Port = Annotated[
    int | None,
    typer.Option(min=0, max=65535, help="Port on the loopback interface; 7860 or the next free one."),
]
TopK = Annotated[int, typer.Option("--top-k", "-k", min=1, help="How many paragraphs at most.")]


app.add_typer(library_commands.app)
app.add_typer(conversation_commands.app, name="conversations")
app.command(name="watch")(watch_folder)
app.command(name="eval")(evaluate)
app.command(name="export")(export)


def main() -> None:
    """Run the command line; errors made on purpose become one sentence and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        app()
    except PinciteError as error:
        _fail(str(error), error.exit_code)
    except SystemExit as ended:
        if ended.code == Cancelled.exit_code:  # Ctrl+C
            typer.echo("pincite: cancelled; what was under way has changed nothing", err=True)
        raise
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
    watch: Annotated[Path | None, typer.Option(help="Folder to watch meanwhile.", show_default=False)] = None,
    delete: Delete = False,
    as_json: Json = False,
) -> None:
    """Serve the chat on this machine's loopback interface."""
    from ui.web import serve as serve_page

    with progress_bars() as progress:
        assistant = open_assistant(home, progress)
        try:
            assistant.search("1", top_k=1)  # opens the index now rather than at the first question
        except IndexMismatch as error:
            typer.echo(f"{str(error).partition(';')[0]}; all reports are indexed anew", err=True)
            assistant.library.reindex(progress)
    folder = watch or (Path(assistant.settings.watch) if assistant.settings.watch else None)
    with watching(assistant.library, folder, delete=delete):
        serve_page(assistant, port=port, open_browser=browser, announce=_announce_json if as_json else _announce)


@app.command()
def ask(
    question: str,
    home: Home = None,
    report: Reports = None,
    collection: Collected = None,
    language: Languages = None,
    year: Years = None,
    section: Sections = None,
    as_json: Json = False,
) -> None:
    """Answer a question with quotations and their citations."""
    from ui.output import answer_record, print_json
    from ui.plain import plain_text

    assistant = open_assistant(home)
    answer = assistant.ask(question, within=kept_to(report, collection, language, year, section))
    if as_json:
        print_json(answer_record(answer))
    else:
        typer.echo(plain_text(answer.text))


@app.command()
def search(
    question: str,
    top_k: TopK = 10,
    home: Home = None,
    report: Reports = None,
    collection: Collected = None,
    language: Languages = None,
    year: Years = None,
    section: Sections = None,
    every: Annotated[bool, typer.Option("--all", help="Every paragraph that mentions QUESTION, with a count.")] = False,
    as_json: Json = False,
) -> None:
    """List the paragraphs that answer a question, best first; with --all, every one that mentions a phrase, in order."""
    from ui.output import hit_record, mention_lines, mentions_record, print_json

    assistant = open_assistant(home)
    if every:
        mentions = assistant.mentions(question, within=kept_to(report, collection, language, year, section))
        if as_json:
            print_json(mentions_record(mentions))
        else:
            typer.echo("\n".join(mention_lines(mentions)))
        return
    hits = assistant.search(question, top_k=top_k, within=kept_to(report, collection, language, year, section))
    if as_json:
        print_json([hit_record(h) for h in hits])
        return
    for hit in hits:
        text = " ".join(hit.paragraph.text.split())
        typer.echo(f"{hit.score:.2f}  {hit.report}  {hit.paragraph.label}  {text[:70]}{'…' if len(text) > 70 else ''}")


@app.command()
def show(
    label: str, home: Home = None, report: Reports = None, collection: Collected = None, as_json: Json = False
) -> None:
    """Show the paragraph at LABEL, such as 12(c), 第12(c)段, 附件三#4 or a pincite:// link, and all below it."""
    from ui.output import cross_reference_lines, cross_reference_record, hit_record, print_json, version_lines
    from ui.shown_notes import note_line, notes_of

    assistant = open_assistant(home)
    hits = assistant.show(label, reports=chosen(assistant, report, collection))
    newest = {entry.id: entry.version for entry in assistant.library.entries()}
    links = {h.address: assistant.links(h.report, h.paragraph.label) for h in hits if h.version == newest[h.report]}
    if as_json:
        print_json(
            [
                {
                    **hit_record(h),
                    "notes": [{"label": str(n.label), "text": n.text} for n in notes_of(h, assistant)],
                    "versions": newest.get(h.report, h.version),
                    **cross_reference_record(links.get(h.address)),
                }
                for h in hits
            ]
        )
        return
    for line in version_lines(hits, newest):
        typer.echo(line)
    place = None
    for hit in hits:
        if (hit.report, hit.paragraph.heading_path) != place:
            place = (hit.report, hit.paragraph.heading_path)
            typer.echo(" › ".join((hit.report, *hit.paragraph.heading_path)))
        typer.echo(f"  {hit.paragraph.label}  {hit.paragraph.text.replace(chr(9), '  ')}")
        for note in notes_of(hit, assistant):
            typer.echo(note_line(note))
    for line in cross_reference_lines(links):
        typer.echo(line)


@app.command(name="eval-numbering")
def evaluate_numbering(
    folder: Path,
    wrong: Annotated[int, typer.Option(min=0, help="How many differences to print of each document.")] = 5,
    as_json: Json = False,
) -> None:
    """Measure labels and whole records of the documents in FOLDER against FOLDER/gold (docs/numbering.md)."""
    from corpus import gold
    from ui.output import agreement_lines, agreement_records, print_json

    found = gold.measure(folder)
    if as_json:
        print_json(agreement_records(found))
    else:
        typer.echo("\n".join(agreement_lines(found, wrong)))


def _announce(url: str) -> None:
    typer.echo(f"Pincite is at {url}  (Ctrl+C to stop)")


def _announce_json(url: str) -> None:
    from ui.output import print_json

    print_json({"url": url})


def _fail(message: str, exit_code: int) -> None:
    typer.echo(f"pincite: {message}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
