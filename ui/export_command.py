"""`pincite export`: asks questions, one after another, or takes a kept conversation, and writes the answers as a file."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import ExportError
from ui.options import Collected, Home, Languages, Reports, Sections, Years, kept_to, open_assistant

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.export.document import Turn
    from assistant.export.formats import Format

FORMAT_NAMES = ("md", "docx", "txt", "json")
Questions = Annotated[
    list[str] | None,
    typer.Option(
        "--question", "-q", help="What to ask; several, in their order, make a conversation.", show_default=False
    ),
]
Conversation = Annotated[
    str | None,
    typer.Option("--conversation", metavar="ID", help="A conversation that the page has kept.", show_default=False),
]
FormatName = Annotated[
    str | None,
    typer.Option("--format", "-f", help="md, docx, txt or json; else as FILE ends; else md.", show_default=False),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; else standard output.", show_default=False)
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite FILE where it is there.")]
JsonFormat = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def export(
    question: Questions = None,
    conversation: Conversation = None,
    format_name: FormatName = None,
    output: Output = None,
    force: Force = False,
    home: Home = None,
    report: Reports = None,
    collection: Collected = None,
    language: Languages = None,
    year: Years = None,
    section: Sections = None,
    as_json: JsonFormat = False,
) -> None:
    """Write answers, with a note for every citation, as Markdown, Word, plain text or JSON: ask them now, or take kept ones."""
    if bool(question) == bool(conversation):
        raise typer.BadParameter("expected --question, or --conversation with the ID of a kept conversation")
    wanted = _format("json" if as_json and not format_name else format_name, output)
    if output is not None:
        _check(output, force=force)
    elif wanted.name == "docx" and sys.stdout.isatty():
        raise ExportError("expected a file for the Word document, found a terminal; name one with -o FILE.docx")

    from assistant.export.building import document_of, language_of
    from assistant.export.sources import sources_of

    assistant = open_assistant(home)
    within = kept_to(report, collection, language, year, section)
    turns: list[Turn] = []
    title, remarks = "", list[list[str]]()
    if conversation:
        title, turns, remarks = _kept(conversation, assistant)
    for asked in question or ():
        turns.append((asked, assistant.ask(asked, turns, within=within)))
    sources = sources_of([answer for _, answer in turns], assistant.library)
    data = wanted.write(document_of(turns, sources, language_of(turns[0][0] if turns else ""), title, remarks))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    write_file(output, data, force=force)
    typer.echo(f"wrote {output}", err=True)


def _kept(conversation_id: str, assistant: "Assistant") -> "tuple[str, list[Turn], list[list[str]]]":
    """Return the name and the turns of a kept conversation, with those citations that still hold, and what is said of others."""
    from assistant.conversations.conversations import Conversations
    from assistant.conversations.remarks import said_of
    from assistant.conversations.restoring import restored
    from assistant.export.building import language_of

    found = Conversations(assistant.settings.home).open(conversation_id)
    turns = restored(found.turns, assistant.library)
    titles = {entry.id: entry.title for entry in assistant.library.entries()}
    language = language_of(turns[0].turn.question if turns else "")
    remarks = [[sentence for _, sentence in said_of(t.remarks, titles, language)] for t in turns]
    return found.kept.name, [(t.turn.question, t.answer) for t in turns], remarks


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write `data` as the file `path`, whole or not at all.

    Args:
        path: the file.
        data: what it is to hold.
        force: whether to overwrite a file that is there.

    Raises:
        ExportError: it is there and not to be overwritten, or cannot be written.
    """
    _check(path, force=force)
    unfinished = path.with_name(f".pincite-{os.getpid()}.part")
    try:
        try:
            with unfinished.open("xb") as file:
                file.write(data)
            if force:
                unfinished.replace(path)
            else:
                _put_new(unfinished, path, data)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written: {error.strerror or error}; make room or name another file with -o"
        ) from error


def _put_new(unfinished: Path, path: Path, data: bytes) -> None:
    """Give a finished file its name unless another file has it by now."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise _there(path) from None
    except OSError:  # a file system without links
        with path.open("xb") as file:
            file.write(data)


def _check(path: Path, *, force: bool) -> None:
    """Refuse what cannot become the file before anything is asked."""
    if path.is_dir():
        raise ExportError(f"expected a file to write, found the folder {path}; name a file in it with -o")
    if not path.parent.is_dir():
        raise ExportError(f"expected a folder {path.parent}, found none; make it or name another file with -o")
    if not force and os.path.lexists(path):
        raise _there(path)


def _there(path: Path) -> ExportError:
    return ExportError(f"{path} is there already; name another file with -o, or overwrite it with --force")


def _format(name: str | None, output: Path | None) -> "Format":
    """Return the format of a name or, without one, of a file's suffix; Markdown where neither says.

    Raises:
        BadParameter: there is no such format.
    """
    from assistant.export.formats import FORMATS

    suffix = output.suffix.lower().lstrip(".") if output else ""
    wanted = (
        name.lower().lstrip(".") if name is not None else {"markdown": "md", "text": "txt"}.get(suffix, suffix or "md")
    )
    if wanted not in FORMATS:
        known = ", ".join(FORMAT_NAMES)
        raise typer.BadParameter(f"expected one of the formats {known}, found {wanted!r}; name one with --format")
    return FORMATS[wanted]
