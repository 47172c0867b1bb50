"""A folder kept in step with the library: what is new is added, what changed becomes a new version. Knows no index.

A file is known by its path, and read once it has been at rest for a moment. What did not work is told and tried again
when the file changes; where the folder or the library cannot be used, that is logged and tried again after a while.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import watchfiles
from sqlalchemy.exc import SQLAlchemyError

from corpus.errors import ParseError, PinciteError
from corpus.library.adding import Outcome
from corpus.library.library import Library
from corpus.library.presence import Folders, identity
from corpus.library.reading import files_in

REST_S = 1.0
"""How long a file must not change before it is read."""
AGAIN_S = 10.0
"""After how long a step that failed is tried again though nothing changed."""
_LOOK_MS = 500
_LOG = logging.getLogger(__name__)
_Mark = tuple[int, int, int]
"""A file's time of change in nanoseconds, its size in bytes and its inode: another file or content has another mark."""

Told = Callable[[Outcome], None]
"""Called with what became of each file."""
ToldRemoved = Callable[[str], None]
"""Called with the id of each report that was removed because its file is gone."""


class Watch:
    """A folder that is watched.

    Args:
        library: what is kept in step with it.
        folder: the folder, with those below it.
        delete: whether a report is removed when its file is.

    Raises:
        ParseError: there is no such folder.
    """

    def __init__(self, library: Library, folder: Path, *, delete: bool = False) -> None:
        if not folder.is_dir():
            raise ParseError(folder, f"expected a folder to watch, found none at {folder}")
        self._library, self._folder, self._delete = library, folder.resolve(), delete
        self._identity = identity(self._folder)
        self._folders = Folders(self._folder)
        self._failed: tuple[str, float] | None = None
        self._done: dict[Path, _Mark] = {}
        self._waiting: dict[Path, tuple[_Mark, float]] = {}

    def run(self, told: Told, removed: ToldRemoved, stop: threading.Event | None = None) -> None:
        """Keep the library in step until `stop` is set or the user interrupts: first with what changed before, then on.

        Raises:
            KeyboardInterrupt: the user has interrupted; no change is half made.
        """
        stop, first = stop or threading.Event(), True
        changes = watchfiles.watch(
            self._folder,
            watch_filter=None,
            stop_event=stop,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            debounce=_LOOK_MS,
            ignore_permission_denied=True,
        )
        for changed in changes:
            if first or changed or self._waiting or self._is_due():
                self._try_step(told, removed)
            first = False

    def _try_step(self, told: Told, removed: ToldRemoved) -> None:
        """Take a step; what stops it is logged once, and the watch goes on."""
        try:
            self.step(told, removed)
        except (PinciteError, OSError, SQLAlchemyError) as error:
            reason = str(getattr(error, "orig", error))
            if self._failed is None or self._failed[0] != reason:
                _LOG.error("%s is not in step with the library, and is looked at again: %s", self._folder, reason)
            self._failed = reason, time.monotonic()
        else:
            if not self._waiting:
                self._failed = None

    def _is_due(self) -> bool:
        """Whether a step that failed is to be tried again."""
        return self._failed is not None and time.monotonic() - self._failed[1] >= AGAIN_S

    def step(self, told: Told, removed: ToldRemoved) -> None:
        """Look through the folder once, and add, replace and remove what is at rest; what is there already is not told."""
        try:
            paths = files_in(self._folder, without=self._library.home)
        except ParseError:
            paths = None
        if paths is None or identity(self._folder) != self._identity:
            return  # the folder itself is gone, as a drive that was taken out: none of its files was deleted
        self._folders.see(paths)
        marks = {path: mark for path in self._at_rest(paths) if (mark := _mark(path))}
        for outcome in self._library.add_all(list(marks), follow=True) if marks else ():
            self._done[outcome.path] = marks[outcome.path]
            if outcome.kind != "duplicate":
                told(outcome)
        if self._delete and not self._waiting:  # what is gone may be one of those that wait, under another name
            self._remove_gone(set(paths), told, removed)

    def _at_rest(self, paths: Sequence[Path]) -> list[Path]:
        """Return the files whose content is not known and has not changed for a moment; note the others as waiting."""
        now = time.monotonic()
        waiting: dict[Path, tuple[_Mark, float]] = {}
        ready = []
        for path in paths:
            mark = _mark(path)
            if mark is None or self._done.get(path) == mark:
                continue
            seen, since = self._waiting.get(path, (None, now))
            waiting[path] = (mark, since if seen == mark else now)
            if now - waiting[path][1] >= REST_S:
                del waiting[path]
                ready.append(path)
        self._waiting = waiting
        return ready

    def _remove_gone(self, there: set[Path], told: Told, removed: ToldRemoved) -> None:
        for entry in self._library.entries():
            path = Path(entry.path) if entry.path else None
            if path and path.is_relative_to(self._folder) and path not in there and self._folders.tell_gone(path):
                try:
                    self._library.remove(entry.id)
                except PinciteError as error:
                    told(Outcome.of_error(path, error))
                else:
                    self._done.pop(path, None)
                    removed(entry.id)


def _mark(path: Path) -> _Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
