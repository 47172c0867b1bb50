"""`pincite watch`, and the same in the background of `pincite serve`: a folder kept in step with the library."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import Home, Json, open_assistant, progress_bars

if TYPE_CHECKING:
    from corpus.library.adding import Outcome
    from corpus.library.library import Library
    from corpus.library.watching import Watch

Delete = Annotated[bool, typer.Option("--delete", help="Remove a report when its file is removed.")]
_END_S = 10.0
_LOG = logging.getLogger(__name__)


def watch(folder: Path, home: Home = None, delete: Delete = False, as_json: Json = False) -> None:
    """Keep a folder's reports in the library until Ctrl+C: adds what is new, replaces what changed."""
    with progress_bars() as progress:
        watched = _watch(open_assistant(home, progress).library, folder, delete)
    typer.echo(f"watching {folder}  (Ctrl+C to stop)", err=True)
    try:
        _run(watched, as_json)
    except KeyboardInterrupt:
        typer.echo("stopped watching", err=True)


@contextmanager
def watching(library: "Library", folder: Path | None, *, delete: bool = False) -> Iterator[None]:
    """Keep a folder in step in a thread of its own for as long as the context lasts; without a folder do nothing."""
    if folder is None:
        yield
        return
    watched, stop = _watch(library, folder, delete), threading.Event()

    def work() -> None:
        try:
            _run(watched, as_json=False, stop=stop, to_stderr=True)
        except Exception as error:  # the page goes on without it
            _LOG.error("watching %s ended: %s", folder, error)

    thread = threading.Thread(target=work, name="pincite-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_END_S)


def _watch(library: "Library", folder: Path, delete: bool) -> "Watch":
    from corpus.library.watching import Watch

    return Watch(library, folder, delete=delete)


def _run(watched: "Watch", as_json: bool, stop: threading.Event | None = None, to_stderr: bool = False) -> None:
    """Run a watch and print a line for each file, in JSON one object a line."""
    import json

    from ui.output import outcome_line, outcome_record

    def told(outcome: "Outcome") -> None:
        line = json.dumps(outcome_record(outcome), ensure_ascii=False) if as_json else outcome_line(outcome)
        typer.echo(line, err=to_stderr)

    def removed(report_id: str) -> None:
        record = {"outcome": "removed", "id": report_id}
        typer.echo(json.dumps(record, ensure_ascii=False) if as_json else f"removed {report_id}", err=to_stderr)

    watched.run(told, removed, stop)
