"""What the commands of the command line share: their options, how the data folder is opened and progress is drawn."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.filter import Filter
    from corpus.library.change import Progress

Home = Annotated[Path | None, typer.Option("--home", help="Data folder (or PINCITE_HOME).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Reports = Annotated[list[str] | None, typer.Option("--report", help="Id of a report to look in; may be repeated.")]
Collected = Annotated[
    list[str] | None, typer.Option("--collection", help="Name of a collection to look in; may be repeated.")
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="Language of the reports to look in, such as zh; may be repeated."),
]
Years = Annotated[list[int] | None, typer.Option("--year", help="Year of the reports to look in; may be repeated.")]
Sections = Annotated[
    list[str] | None,
    typer.Option("--section", help="Section to look in: 第三章, III.B, 附件二, words of its heading; may be repeated."),
]


def open_assistant(home: Path | None, progress: "Progress | None" = None) -> "Assistant":
    """Open a data folder; what that takes is imported now and not before."""
    from assistant import Assistant

    return Assistant.open(home, progress)


def chosen(assistant: "Assistant", reports: list[str] | None, collections: list[str] | None) -> tuple[str, ...] | None:
    """Return the ids of the reports that `--report` and `--collection` name together; None where neither is given.

    Raises:
        UnknownCollection: a collection is not there.
    """
    if not reports and not collections:
        return None
    held = [report_id for name in collections or () for report_id in assistant.library.collection(name)]
    return tuple(dict.fromkeys([*(reports or ()), *held]))


def kept_to(
    reports: list[str] | None,
    collections: list[str] | None,
    languages: list[str] | None,
    years: list[int] | None,
    sections: list[str] | None,
) -> "Filter":
    """Return the filter that a command's options make."""
    from assistant.filter import Filter

    named = (tuple(reports or ()), tuple(collections or ()), tuple(languages or ()))
    return Filter(*named, tuple(years or ()), tuple(sections or ()))


@contextmanager
def progress_bars() -> Iterator["Progress"]:
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
