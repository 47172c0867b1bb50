"""Reads a report in a process of its own: one that crashes, hangs or eats memory costs its file and nothing else.

Knows no format. What runs over there is `corpus.worker.child`.
"""

import os
import pickle
import queue
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.block import ReadProgress
from corpus.errors import Cancelled, ParseError, PinciteError, printable, remade
from corpus.report import Report
from corpus.worker.child import Job, Message
from corpus.worker.limits import DEFAULT_LIMITS, Clock, Limits
from corpus.worker.process import kill_group, start

IsCancelled = Callable[[], bool]
"""Whether the user has called off what is under way; asked several times a second."""

POLL_S = 0.1
CPU_SHARE = 2
"""Processor time that may pass without progress, as a multiple of the whole wall time on every core."""
TOO_LARGE = (
    "expected to read it within {:,} MB of memory, found that it needs more; split it, or raise memory_mb under [parsing] "
    "in pincite.toml"
)
FAULT = "expected a file that its reader can follow, found a fault on the way ({}); save it anew, and please report it"
CRASHED = (
    "expected a file that can be read, found that its reader crashed ({}): it is damaged, or unpacks to more than {:,} MB; "
    "save it anew"
)
KILLED = (
    "expected to read it, found that the system ended its reader, for lack of memory as a rule; close other programs"
)


def parse_in_process(
    path: Path,
    report_id: str | None = None,
    progress: ReadProgress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    cancelled: IsCancelled | None = None,
) -> Report:
    """Read a file as `corpus.parsing.parse_report` does, in a process that is gone when this returns.

    Args:
        path: a file of a known format.
        report_id: the report's id; by default made from the file's name.
        progress: called in this process as the file is read, page by page where it has pages.
        limits: what it may cost.
        cancelled: asked all the while; once it says so, the reading ends within a fraction of a second.

    Raises:
        ParseError: as `parse_report` does, and where reading crashes, or takes more time or memory than it may.
        Cancelled: `cancelled` said so.
    """
    with Worker() as worker:
        return worker.parse(path, report_id, progress, limits, cancelled)


class Worker:
    """A process that reads one file after another. Starting it takes a quarter of a second, most of it for imports.

    Raises:
        PinciteError: no process can be started.
    """

    def __init__(self) -> None:
        self._busy = False
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        errors = None if os.environ.get("PINCITE_DEBUG") else subprocess.DEVNULL
        self._process = start("corpus.worker.child", errors=errors)
        self._listener = threading.Thread(target=self._listen, name="pincite-worker", daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def ready(self) -> bool:
        """Whether it can take a file: not so after reading one was broken off."""
        return not self._busy and self._process.poll() is None

    def parse(
        self,
        path: Path,
        report_id: str | None = None,
        progress: ReadProgress | None = None,
        limits: Limits = DEFAULT_LIMITS,
        cancelled: IsCancelled | None = None,
    ) -> Report:
        """Read a file as `parse_in_process` does."""
        path = path.absolute()
        clock = Clock(limits, path)
        self._busy = True
        stuck_s = CPU_SHARE * clock.allowed_s * (os.cpu_count() or 1)
        self._hand_over(Job(path, report_id, limits.memory_mb, stuck_s, limits.ocr))
        while True:
            if cancelled is not None and cancelled():
                raise Cancelled(f"{printable(path.name)}: reading it was cancelled; nothing was changed")
            if clock.is_over:
                raise ParseError(path, clock.complaint)
            try:
                message = self._messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            match message:
                case "page", int(done), int(total):
                    clock.read(done, total)
                    if progress is not None:
                        progress(done, total)
                case "report", Report() as report:
                    self._busy = False
                    return report
                case "error", PinciteError() as error:
                    self._busy = False
                    raise error
                case "memory", *_:
                    raise ParseError(path, TOO_LARGE.format(limits.memory_mb))
                case "failed", str(what):
                    raise ParseError(path, FAULT.format(what))
                case _:
                    raise ParseError(path, _why_it_ended(self._process.wait(), clock, limits))

    def stop(self) -> None:
        """End the process, whatever it is doing, and leave nothing of it behind."""
        kill_group(self._process)
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both are pipes

    def _hand_over(self, job: Job) -> None:
        with suppress(OSError):  # it has ended, which the listener tells
            pickle.dump(job, self._process.stdin)  # type: ignore[arg-type]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def _listen(self) -> None:
        """Take messages in until there can be no more; whatever else comes is the end too."""
        try:
            while True:
                self._messages.put(_OurClasses(self._process.stdout).load())  # type: ignore[arg-type]
        except Exception:
            self._process.kill()
            self._messages.put(("ended",))


class _OurClasses(pickle.Unpickler):
    """Reads messages made of this project's own classes: a hostile file that took over its reader gets no further here."""

    def find_class(self, module: str, name: str) -> Any:
        package = module.partition(".")[0]
        if package in ("corpus", "pathlib") and "." not in name:
            found = super().find_class(module, name)
            if found is remade or (isinstance(found, type) and found.__module__.partition(".")[0] == package):
                return found
        raise pickle.UnpicklingError(f"expected a class of a report, found {module}.{name}")


def _why_it_ended(exit_code: int, clock: Clock, limits: Limits) -> str:
    """Return what the user is told of a process that ended by itself."""
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        return CRASHED.format(f"exit code {exit_code}", limits.memory_mb)
    if name == "SIGKILL":
        return KILLED
    return clock.complaint if name == "SIGXCPU" else CRASHED.format(name, limits.memory_mb)
