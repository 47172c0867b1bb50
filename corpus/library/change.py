"""What a change of the library asks of whoever writes its index. Knows no index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.report import Report

Progress = Callable[[str, float], None]
"""Called with a stage's name and the fraction of it that is done, 0 to 1."""


@dataclass(frozen=True)
class Change:
    """What an index shall hold.

    Attributes:
        previous: the folder of the index before, to take over from; None for none.
        order: keys of all reports, in the library's order.
        added: those that are new or have changed, their keys as ids, each with the ids of its paragraphs in the records.
            Of all others the index before must hold what they still are.
    """

    previous: Path | None
    order: Sequence[str]
    added: Sequence[tuple[Report, Sequence[int]]]


WriteIndex = Callable[[Path, Change, Progress], None]
"""Writes an index into an empty folder. It raises IndexMismatch or IndexDamaged where it cannot take over from the one before."""


def silent(_stage: str, _fraction: float) -> None:
    """Take progress in where nobody asks for it."""
