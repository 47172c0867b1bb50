"""The commands of kept conversations. All but `show` open their file alone, so that they answer at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.options import Home, Json, open_assistant

if TYPE_CHECKING:
    from assistant.conversations.conversations import Conversations
    from assistant.conversations.kept import Kept
    from assistant.conversations.remarks import Remark
    from assistant.conversations.restoring import Restored

app = typer.Typer(help="Conversations that the page has kept; without a command, their list.")
Id = Annotated[str, typer.Argument(metavar="ID")]
_BECOME = {
    "removed": "the report has been removed; the quotation can no longer be checked",
    "changed": "no longer says what was cited",
    "newer": "cited from an older version of the report",
}


@app.callback(invoke_without_command=True)
def conversations(context: typer.Context, home: Home = None, as_json: Json = False) -> None:
    """Conversations that the page has kept; without a command, their list."""
    if context.invoked_subcommand is not None:
        if home or as_json:
            raise typer.BadParameter(
                f"expected --home and --json after {context.invoked_subcommand}, found them before it"
            )
    else:
        _print_list(_opened(home).list(), as_json)


@app.command(name="list")
def list_conversations(home: Home = None, as_json: Json = False) -> None:
    """List the conversations, the one continued last first: id, time (UTC), turns, name."""
    _print_list(_opened(home).list(), as_json)


@app.command()
def search(words: list[str], home: Home = None, as_json: Json = False) -> None:
    """List the conversations in whose questions, answers or name all WORDS stand."""
    _print_list(_opened(home).list(" ".join(words)), as_json)


@app.command()
def show(conversation_id: Id, home: Home = None, as_json: Json = False) -> None:
    """Show a conversation: questions, answers with their citations, and what of these no longer holds."""
    from assistant.conversations.restoring import restored
    from ui.output import print_json
    from ui.plain import plain_text

    found = _opened(home).open(conversation_id)
    turns = restored(found.turns, open_assistant(home).library)
    if as_json:
        print_json({**_record(found.kept), "turns": [_turn_record(t) for t in turns]})
        return
    typer.echo(f"{found.kept.name}  ({found.kept.id})")
    for t in turns:
        typer.echo(f"\n{_minute(t.turn.time)}  {t.turn.question}")
        if t.turn.rewritten != t.turn.question:
            typer.echo(f"  = {t.turn.rewritten}")
        typer.echo(plain_text(t.answer.text))
        for remark in t.remarks:
            typer.echo(f"! {remark.address.report} {remark.address.label}: {_BECOME[remark.kind]}")


@app.command()
def rename(conversation_id: Id, name: str, home: Home = None, as_json: Json = False) -> None:
    """Give a conversation another name."""
    _print_list([_opened(home).rename(conversation_id, name)], as_json, one=True)


@app.command()
def delete(
    conversation_id: Annotated[str | None, typer.Argument(metavar="ID", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Delete all conversations.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Delete a conversation, or with --all every one; nothing of it stays."""
    from ui.output import print_json

    if every == bool(conversation_id):
        raise typer.BadParameter("expected the ID of a conversation, or --all and no ID")
    kept = _opened(home)
    if conversation_id:
        gone = kept.delete(conversation_id)
        count, said = 1, f"deleted {gone.id}  {gone.name}"
    else:
        count = kept.delete_all()
        said = f"deleted {count} conversations"
    if as_json:
        print_json({"deleted": count})
    else:
        typer.echo(said)


def _opened(home: Path | None) -> "Conversations":
    from assistant.conversations.conversations import Conversations
    from assistant.settings import load_settings

    settings = load_settings(home)
    return Conversations(settings.home, settings.keep_conversations)


def _print_list(kept: "list[Kept]", as_json: bool, one: bool = False) -> None:
    from ui.output import print_json

    if as_json:
        records = [_record(k) for k in kept]
        print_json(records[0] if one else records)
        return
    for k in kept:
        typer.echo("\t".join((k.id, _minute(k.changed), f"{k.n_turns} turns", k.name)))


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")


def _record(kept: "Kept") -> dict[str, Any]:
    return {
        "id": kept.id,
        "name": kept.name,
        "created": kept.created,
        "changed": kept.changed,
        "n_turns": kept.n_turns,
    }


def _turn_record(found: "Restored") -> dict[str, Any]:
    turn = found.turn
    return {
        "question": turn.question,
        "rewritten": turn.rewritten,
        "text": turn.text,
        "short": turn.short,
        "abstained": turn.abstained,
        "scope": turn.scope,
        "time": turn.time,
        "citations": [{"link": c.link, "quote": c.quote, "heading_path": list(c.heading_path)} for c in turn.citations],
        "remarks": [_remark_record(r) for r in found.remarks],
    }


def _remark_record(remark: "Remark") -> dict[str, str]:
    return {"kind": remark.kind, "link": remark.address.link, "quote": remark.quote}
