"""Every error Pincite raises on purpose, with the exit code that the command line ends with.

A message says what was expected, what was found and what to do. Abstaining from an answer is a result, not an error.
"""

from pathlib import Path
from typing import Any

_MAX_NAME_CHARS = 120


class PinciteError(Exception):
    """Root of all errors of this project. One that goes to another process arrives with its type, message and attributes.

    Attributes:
        exit_code: what `pincite` exits with; listed in the README.
    """

    exit_code = 1

    def __reduce__(self) -> tuple[Any, ...]:
        return remade, (type(self), self.args, self.__dict__)


class Cancelled(PinciteError):
    """What was under way was called off by its user; the library is as it was before it."""

    exit_code = 130


class SettingsError(PinciteError):
    """A setting is unknown or has a value that cannot be used."""

    exit_code = 2


class ParseError(PinciteError):
    """A file cannot be read as a report.

    Args:
        path: the file.
        reason: what was expected and what was found.
        line: 1-based line, where one is to blame.
    """

    exit_code = 3

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        name = printable(path.name)
        where = name if line is None else f"{name}, line {line}"
        super().__init__(f"{where}: {_on_one_line(reason)}")
        self.path = path
        self.reason = reason
        self.line = line


def printable(name: str) -> str:
    """Return a file's name as one line of a message can show it: what cannot be printed replaced, the middle of a long one cut."""
    shown = _on_one_line(name)
    half = _MAX_NAME_CHARS // 2
    return shown if len(shown) <= _MAX_NAME_CHARS else f"{shown[:half]}…{shown[-half:]}"


class UnknownReport(PinciteError):
    """No report of the library has this id."""

    exit_code = 4


class UnknownParagraph(PinciteError):
    """No paragraph of the reports has this label."""

    exit_code = 4


class UnknownCollection(PinciteError):
    """No collection of the library has this name, or it does not hold the report."""

    exit_code = 4


class UnknownConversation(PinciteError):
    """No conversation that is kept has this id."""

    exit_code = 4


class EditError(PinciteError):
    """A fact of a report, its id, or the name of a collection or conversation cannot be what is asked for."""

    exit_code = 2


class DuplicateReport(PinciteError):
    """The library already holds a file with the same content."""

    exit_code = 5


class HomeError(PinciteError):
    """The data folder cannot be used: not writable, not a folder, or held by another process for too long."""

    exit_code = 6


class ConversationsError(HomeError):
    """A conversation cannot be kept, read or named: the file is damaged or not writable, or a limit is reached."""


class IndexMismatch(PinciteError):
    """The index on disk was written with another embedder, tokenizer or format than the one in use."""

    exit_code = 7


class IndexDamaged(PinciteError):
    """A file of the index on disk is missing or unreadable."""

    exit_code = 7


class IndexingFailed(PinciteError):
    """A process that indexes reports ended before it was done; the library is as it was before it."""

    exit_code = 12


class PortInUse(PinciteError):
    """The port that was asked for is taken by another program."""

    exit_code = 8


class EmbedderError(PinciteError):
    """The embedding model cannot be loaded."""

    exit_code = 9


class RerankerError(PinciteError):
    """The cross-encoder cannot be loaded."""

    exit_code = 13


class GenerationError(PinciteError):
    """A language model said nothing that can be used; `reason` is the key of why: down, slow, busy, cut_off …"""

    exit_code = 14

    def __init__(self, reason: str) -> None:
        super().__init__(f"expected an answer of the language model, found: {reason}")
        self.reason = reason


class ExportError(PinciteError):
    """An export cannot be written where it was to go."""

    exit_code = 15


class EvaluationError(PinciteError):
    """What to measure against is missing or not of the expected form."""

    exit_code = 11


def _on_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def remade(kind: type[PinciteError], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> PinciteError:
    """Return an error as it was before it went to another process."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(attributes)
    return error
