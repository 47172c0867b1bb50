"""The library's copies of the files it was given, each under its own name in a folder named by its content.

From them `rebuild` reads every report again, and a library whose database was lost comes back. Knows no record.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import ParseError
from corpus.parsing import content_hash
from corpus.report import Report

_PARTIAL = ".partial"
_HASH_CHARS = 16
_NAME_CHARS = 200
_PIECE_BYTES = 2**20


class Copies:
    """The copies in a folder.

    Attributes:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path, report: Report) -> str:
        """Copy a file and return the copy's place; refuse one that changed since it was read.

        Raises:
            ParseError: the file has changed.
            OSError: it cannot be copied; nothing is left of what was.
        """
        name = path.name[-_NAME_CHARS:].encode("utf-8", "replace").decode("utf-8")
        folder = self.folder / report.content_hash[:_HASH_CHARS]
        partial = folder.with_suffix(_PARTIAL)
        _delete(partial)
        try:
            partial.mkdir()
            _copy(path, partial / name)
            if content_hash(partial / name) != report.content_hash:
                raise ParseError(path, "expected a file at rest, found that it changed while it was read; add it again")
            _settle(partial / name)
            _settle(partial)
            _delete(folder)
            partial.replace(folder)
            _settle(self.folder)
        except BaseException:
            _delete(partial)
            raise
        return f"{folder.name}/{name}"

    def path(self, source: str) -> Path:
        """Return where the copy is that `keep` gave this place to."""
        return self.folder / source

    def every(self) -> list[str]:
        """Return the places of all whole copies, in the order they were made."""
        found = []
        for entry in sorted(self.folder.iterdir(), key=lambda e: (e.stat().st_mtime_ns, e.name)):
            if entry.suffix != _PARTIAL:
                files = [entry] if entry.is_file() else sorted(entry.iterdir())  # one from before copies had folders
                found += [file.relative_to(self.folder).as_posix() for file in files]
        return found

    def sweep(self, used: Iterable[str]) -> None:
        """Delete all copies but those at the places `used`."""
        kept = {source.split("/")[0] for source in used}
        for entry in self.folder.iterdir():
            if entry.name not in kept:
                _delete(entry)

    def drop(self, source: str) -> None:
        """Delete one copy."""
        _delete(self.folder / source.split("/")[0])


def _copy(path: Path, to: Path) -> None:
    with to.open("wb") as copy:
        for piece in _pieces(path):
            copy.write(piece)


def _pieces(path: Path) -> Iterator[bytes]:
    """Yield what is in a file; what is wrong with that is told of the file, not of the data folder."""
    try:
        with path.open("rb") as source:
            while piece := source.read(_PIECE_BYTES):
                yield piece
    except OSError as error:
        reason = f"expected a file at rest, found that it cannot be read any more: {error.strerror}"
        raise ParseError(path, reason) from error


def _settle(path: Path) -> None:
    """Wait until a file, or which files a folder has, is on the disk; Windows has no such thing for a folder."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _delete(entry: Path) -> None:
    if entry.is_dir():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
