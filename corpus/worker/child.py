"""What runs in a worker process: reads files for the process that started it, within limits that it sets itself.

Jobs come in on standard input and messages go out on standard output, pickled one after another. Knows nothing of when to
give up: the other side does, and kills it. Ends when its standard input ends, so also when the other side dies.
"""

import faulthandler
import math
import os
import pickle
import queue
import shutil
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import PinciteError
from corpus.parsing import parse_report

try:
    import resource
except ImportError:  # Windows: no limit can be set from inside
    resource = None  # type: ignore[assignment]

OCR_PROGRAM = "tesseract"
PROGRESS_EVERY_S = 0.05
MAX_FAULT_CHARS = 200
RESERVED_MB = 1024
"""Address space that a process may reserve, for code and for stacks, on top of the memory that it may fill."""
_NO_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"})
_programs: set[str] = set()
"""The programs that may be run for the job in hand."""


@dataclass(frozen=True)
class Job:
    """A file to read.

    Attributes:
        path: absolute.
        report_id: the report's id; None to make one from the file's name.
        memory_mb: memory that the process may fill, in megabytes, where the platform can hold it to that.
        stuck_s: processor time that may pass between two signs of progress. The other side's limit on wall time comes
            first; this one ends a process that nobody watches any more and that is stuck.
        ocr: whether images of text may be read by OCR, by a program of its own.
    """

    path: Path
    report_id: str | None
    memory_mb: int
    stuck_s: float
    ocr: bool = False


Message = tuple[Any, ...]
"""`("page", done, total)`, and last `("report", Report)`, `("error", PinciteError)`, `("memory",)` or `("failed", what)`."""


def main() -> None:
    """Serve jobs until standard input ends."""
    if os.environ.get("PINCITE_DEBUG"):
        faulthandler.enable()
    jobs_in, messages_out = _private_pipes()
    sys.addaudithook(refuse_network)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(jobs_in, jobs), name="pincite-jobs", daemon=True).start()
    while True:
        job = jobs.get()
        _bound_memory(job.memory_mb)
        _send(messages_out, _outcome(job, messages_out))


def _outcome(job: Job, messages_out: BinaryIO) -> Message:
    next_s = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal next_s
        now = time.monotonic()
        if now >= next_s or done == total:
            next_s = now + PROGRESS_EVERY_S
            _bound_time(job.stuck_s)
            _send(messages_out, ("page", done, total))

    try:
        _bound_time(job.stuck_s)
        _programs.clear()
        if job.ocr and (program := shutil.which(OCR_PROGRAM)):
            _programs.add(program)
        return "report", parse_report(job.path, job.report_id, progress, job.ocr)
    except PinciteError as error:
        return "error", error
    except MemoryError:
        return ("memory",)
    except Exception as error:
        traceback.print_exc()
        said = str(error).strip().splitlines() or [""]
        return "failed", f"{type(error).__name__}: {said[-1][:MAX_FAULT_CHARS]}"


def _send(messages_out: BinaryIO, message: Message) -> None:
    try:
        packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        packed = pickle.dumps(("memory",))
    messages_out.write(packed)
    messages_out.flush()


def _take_in(jobs_in: BinaryIO, jobs: "queue.SimpleQueue[Job]") -> None:
    """Hand jobs to the main thread; end the process, whatever it is doing, when there can be no more."""
    try:
        while True:
            jobs.put(pickle.load(jobs_in))
    finally:
        os._exit(0)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes under descriptors that no reader knows: what one prints goes to standard error."""
    jobs_in, messages_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return jobs_in, messages_out


def _bound_memory(memory_mb: int) -> None:
    """Limit memory, which Linux does; macOS refuses to and Windows has no such limit, so that theirs is the machine's."""
    if resource is not None:
        _bound(resource.RLIMIT_DATA, memory_mb * 2**20)
        _bound(resource.RLIMIT_AS, (memory_mb + RESERVED_MB) * 2**20)
        _bound(resource.RLIMIT_CORE, 0)


def _bound_time(stuck_s: float) -> None:
    """Limit processor time from now on, where the platform is not Windows."""
    if resource is not None:
        _bound(resource.RLIMIT_CPU, math.ceil(time.process_time() + stuck_s))


def _bound(kind: int, wanted: int) -> None:
    hard = resource.getrlimit(kind)[1]
    within = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (within, hard))


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop what reaches out of the process: an audit hook of Python (PEP 578)."""
    other_program = event == "subprocess.Popen" and arguments[0] not in _programs
    if event in _NO_NETWORK or other_program:
        raise PermissionError(f"a file is read without network and without other programs; refused: {event}")
