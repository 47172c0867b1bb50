"""Several worker processes that read many files at once. Knows nothing of what becomes of the reports."""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.block import ReadProgress
from corpus.errors import Cancelled, PinciteError, printable
from corpus.report import Report
from corpus.worker.limits import DEFAULT_LIMITS, Limits
from corpus.worker.worker import POLL_S, IsCancelled, Worker

MOST_AT_ONCE = 4
"""How many files are read at once at most, since each may fill its whole memory."""
MAX_FILES = 50
"""A worker is replaced after so many files, so that what its libraries do not give back counts against few."""


class ParsingPool:
    """Up to `size` workers, started when they are needed and kept until the pool is closed. Any thread may use it.

    Args:
        size: how many files are read at once; by default one a core, within `MOST_AT_ONCE`.
        limits: what each file may cost.
    """

    def __init__(self, size: int | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.size = size or min(MOST_AT_ONCE, os.cpu_count() or 1)
        self._limits = limits
        self._places = threading.Semaphore(self.size)
        self._idle: list[tuple[Worker, int]] = []
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def parse(
        self,
        path: Path,
        report_id: str | None = None,
        progress: ReadProgress | None = None,
        cancelled: IsCancelled | None = None,
    ) -> Report:
        """Read a file as `corpus.worker.worker.parse_in_process` does, once a worker is free."""
        while not self._places.acquire(timeout=POLL_S):
            if cancelled is not None and cancelled():
                raise Cancelled(f"{printable(path.name)}: reading it was cancelled; nothing was changed")
        try:
            worker, files = self._take()
            try:
                return worker.parse(path, report_id, progress, self._limits, cancelled)
            finally:
                self._put_back(worker, files + 1)
        finally:
            self._places.release()

    def parse_all(
        self,
        paths: Iterable[Path],
        progress: Callable[[float], None] | None = None,
        cancelled: IsCancelled | None = None,
    ) -> Generator[tuple[Path, Report | PinciteError], None, None]:
        """Read files side by side and yield each with its report or with why it has none, in the order given.

        At most twice as many as there are workers are read ahead of what has been taken.

        Args:
            paths: the files.
            progress: called with how much of the file that is waited for has been read, 0 to 1.
            cancelled: as for `parse`; it ends all of them.

        Raises:
            Cancelled: `cancelled` said so.
        """
        ahead: deque[_Reading] = deque()
        given_up = threading.Event()

        def is_over() -> bool:
            return given_up.is_set() or (cancelled is not None and cancelled())

        with ThreadPoolExecutor(self.size, "pincite-parse") as threads:
            try:
                for path in paths:
                    reading = _Reading(path)
                    reading.future = threads.submit(self.parse, path, None, reading.read, is_over)
                    ahead.append(reading)
                    if len(ahead) == 2 * self.size:
                        yield ahead.popleft().outcome(progress)
                while ahead:
                    yield ahead.popleft().outcome(progress)
            finally:
                given_up.set()
                for reading in ahead:
                    reading.future.cancel()

    def close(self) -> None:
        """End the workers that wait. Those at work end with their files."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker, _ in idle:
            worker.stop()

    def _take(self) -> tuple[Worker, int]:
        while True:
            with self._lock:
                if not self._idle:
                    break
                worker, files = self._idle.pop()
            if worker.ready:
                return worker, files
            worker.stop()
        return Worker(), 0

    def _put_back(self, worker: Worker, files: int) -> None:
        with self._lock:
            if worker.ready and files < MAX_FILES and not self._closed:
                self._idle.append((worker, files))
                return
        worker.stop()


class _Reading:
    """A file that is read in another thread, and how far that has come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.future: Future[Report]
        self._fraction = 0.0

    def read(self, done: int, total: int) -> None:
        self._fraction = done / max(total, 1)

    def outcome(self, progress: Callable[[float], None] | None) -> tuple[Path, Report | PinciteError]:
        """Wait for the file and return it with its report or why it has none."""
        while not self.future.done():
            wait([self.future], timeout=POLL_S)
            if progress is not None:
                progress(self._fraction)
        try:
            return self.path, self.future.result()
        except Cancelled:
            raise
        except PinciteError as error:
            return self.path, error
