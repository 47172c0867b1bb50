"""Which files are truly gone: deleted, rather than out of reach with a drive or a share. Knows no library.

A folder counts only as it was when a file was last seen in it: by its device and inode. Another one in its place, an empty
one that was never seen with a file, and one that cannot be listed say nothing of the files that were in it.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

Identity = tuple[int, int]
"""The device and the inode of a folder."""


class Folders:
    """The folders at and below `top` as they were when files were last seen in them."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._first_seen: dict[Path, Identity] = {}
        self._above_file: dict[Path, tuple[Identity | None, ...]] = {}

    def see(self, files: Iterable[Path]) -> None:
        """Take note of the folders of files that are there."""
        now: dict[Path, tuple[Identity | None, ...]] = {}
        for file in files:
            if file.parent not in now:
                above = list(self._above(file))
                now[file.parent] = tuple(map(identity, above))
                for folder, found in zip(above, now[file.parent], strict=True):
                    if found is not None:
                        self._first_seen.setdefault(folder, found)
            self._above_file[file] = now[file.parent]

    def tell_gone(self, file: Path) -> bool:
        """Whether a file is not there, and all folders above it are still those that it was in, or were deleted with it.

        Of a file that was never seen, its folders must be as they were when others were seen in them first.
        """
        if not is_gone(file):
            return False
        above = list(self._above(file))
        before = self._above_file.get(file) or tuple(map(self._first_seen.get, above))
        outer_device = None
        for folder, was in zip(above, before, strict=True):
            now = identity(folder)
            if was is None:
                return False
            if now is None:
                return is_gone(folder) and was[0] == outer_device  # else it was a drive of its own
            if now != was or not _can_be_listed(folder):
                return False
            outer_device = was[0]
        return True

    def _above(self, file: Path) -> Iterator[Path]:
        """Yield the folders that a file is in, from `top` on inwards."""
        at = self._top
        yield at
        for name in file.relative_to(self._top).parts[:-1]:
            at = at / name
            yield at


def identity(folder: Path) -> Identity | None:
    """Return what tells a folder from another one in its place; None where it is gone or cannot be reached."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_gone(path: Path) -> bool:
    """Whether nothing is at a path; not so where that cannot be told."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _can_be_listed(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return os.access(folder, os.X_OK)
    except OSError:
        return False
