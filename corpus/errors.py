"""Every error Pincite raises on purpose, with the exit code that the command line ends with.

A message says what was expected, what was found and what to do. Abstaining from an answer is a result, not an error.
"""

from pathlib import Path


class PinciteError(Exception):
    """Root of all errors of this project.

    Attributes:
        exit_code: what `pincite` exits with; listed in the README.
    """

    exit_code = 1


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
        where = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(f"{where}: {reason}")
        self.path = path
        self.line = line


class UnknownReport(PinciteError):
    """No report of the library has this id."""

    exit_code = 4


class UnknownParagraph(PinciteError):
    """No paragraph of the reports has this label."""

    exit_code = 4


class DuplicateReport(PinciteError):
    """The library already holds a file with the same content."""

    exit_code = 5


class HomeError(PinciteError):
    """The data folder cannot be used: not writable, not a folder, or held by another process for too long."""

    exit_code = 6


class IndexMismatch(PinciteError):
    """The index on disk was written with another embedder, tokenizer or format than the one in use."""

    exit_code = 7


class IndexDamaged(PinciteError):
    """A file of the index on disk is missing or unreadable."""

    exit_code = 7


class PortInUse(PinciteError):
    """The port that was asked for is taken by another program."""

    exit_code = 8


class EmbedderError(PinciteError):
    """The embedding model cannot be loaded."""

    exit_code = 9
