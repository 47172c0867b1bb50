"""Reports to what the sparse index and the lexicon take of them: tokens, names and words.

Each report is cut with the words of its own lexicon, so that its tokens are the same whatever else the library holds.
Many reports are spread over processes; each then writes a part of the sparse index itself.
"""

import errno
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexingFailed
from corpus.report import Report
from corpus.worker.process import start
from index.lexicon import abbreviations
from index.passages import indexed, passages_of
from index.sparse import SparseIndex, SparseRow
from index.standing import Standing
from index.text import HAN
from index.tokenizer import Tokenizer

KEY_BITS = 32
"""How far a report's number is shifted in the key of a passage, below which stands its place in the report."""
PART_PASSAGES = 16_384
"""How many passages a part of the sparse index holds at most, unless one report alone has more."""
SEGMENT_PASSAGES = 4_096
"""How many passages each segment of a part holds that is written by a process of its own, so that parts can be merged."""
ALONE_PASSAGES = 4_096
"""Up to how many passages are cut in this process: starting others takes as long as cutting a thousand."""
_WORD = re.compile(rf"[{HAN}]+|[^\W\d_{HAN}]+")
_TELL_EVERY = 200
_CUT = "cut.pickle"
Told = Callable[[int], None]
"""Called with the number of passages that have been cut since the time before; from any thread."""


@dataclass(frozen=True)
class Cut:
    """What the lexicon takes of a report.

    Attributes:
        abbreviations: the short names that it introduces, short → long, as printed.
        names: the names that head the rows of its tables, in order.
        words: its words of two characters or more, in order, each once.
        standing: what it is among other reports.
    """

    abbreviations: dict[str, str]
    names: list[str]
    words: list[str]
    standing: Standing


Numbered = tuple[int, Report]
"""A report and its number in the index."""


def batches(reports: Sequence[Numbered]) -> list[list[Numbered]]:
    """Return `reports` in runs of at most `PART_PASSAGES` passages, or of one report, and enough runs for all cores."""
    share = sum(len(indexed(report)) for _, report in reports) // (os.cpu_count() or 1)
    limit = min(PART_PASSAGES, share + 1)
    runs: list[list[Numbered]] = []
    size = 0
    for number, report in reports:
        own = len(indexed(report))
        if not runs or size + own > limit:
            runs.append([])
            size = 0
        runs[-1].append((number, report))
        size += own
    return runs


def write_part(
    folder: Path,
    reports: Sequence[Numbered],
    taken_over: Iterable[SparseRow],
    told: Told,
    segment_passages: int = 0,
) -> list[Cut]:
    """Write one part of the sparse index and return what the lexicon takes of each of its new reports.

    Args:
        folder: where; must not be there yet.
        reports: the reports to cut.
        taken_over: rows that another part held.
        told: called as it goes on.
        segment_passages: as for `SparseIndex.write`.
    """
    cuts: list[Cut] = []

    def rows() -> Iterator[SparseRow]:
        yield from taken_over
        tokenizer = Tokenizer() if reports else None
        for number, report in reports:
            assert tokenizer is not None
            cuts.append((yield from _cut(number, report, tokenizer, told)))

    SparseIndex.write(folder, rows(), segment_passages)
    return cuts


def write_parts(parts: Sequence[tuple[Path, Sequence[Numbered]]], told: Told) -> list[list[Cut]]:
    """Do the same for many parts of new reports, each in a process of its own, as many at once as there are cores.

    Raises:
        OSError: a part cannot be written.
        IndexingFailed: a process ended before its part was written.
    """
    running: set[subprocess.Popen[bytes]] = set()
    stopped = threading.Event()
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="pincite-cutting") as pool:
        try:
            return list(pool.map(lambda part: _in_process(part[0], part[1], told, running, stopped), parts))
        finally:
            stopped.set()
            for process in tuple(running):
                process.kill()


def main(folder: str, parent: str) -> None:
    """Write the part that standard input holds reports for; print how many passages have been cut, as they are.

    Where the part cannot be written, the number of the system's error is printed, below 0.
    """
    reports: list[Numbered] = pickle.load(sys.stdin.buffer)

    def told(count: int) -> None:
        if os.getppid() != int(parent):
            sys.exit("the process that waits for this one is gone")
        print(count, flush=True)

    try:
        cuts = write_part(Path(folder), reports, (), told, SEGMENT_PASSAGES)
        (Path(folder) / _CUT).write_bytes(pickle.dumps(cuts))
    except OSError as error:
        print(-(error.errno or errno.EIO), flush=True)
        sys.exit(str(error))


def _cut(number: int, report: Report, tokenizer: Tokenizer, told: Told) -> Generator[SparseRow, None, Cut]:
    """Yield the rows of a report and return what the lexicon takes of it."""
    short = abbreviations(p.text for p in report.paragraphs)
    names = sorted({p.cells[0] for p in report.paragraphs if p.cells and 2 < len(p.cells[0]) < 40})
    words: set[str] = set()
    contexts: dict[str, str] = {}
    untold = 0
    with tokenizer.knowing([*short, *short.values(), *names]):
        for place, passage in enumerate(passages_of(report)):
            if passage.context not in contexts:
                contexts[passage.context] = " ".join(tokenizer.tokens(passage.context))
            tokens, surface = tokenizer.cut(passage.body)
            words.update(surface)
            yield SparseRow(number << KEY_BITS | place, report.id, " ".join(tokens), contexts[passage.context])
            untold += 1
            if untold == _TELL_EVERY:
                told(untold)
                untold = 0
    told(untold)
    kept = sorted(word for word in words if len(word) > 1 and _WORD.fullmatch(word))
    return Cut(short, names, kept, Standing.of(report, tokenizer))


def _in_process(
    folder: Path,
    reports: Sequence[Numbered],
    told: Told,
    running: set[subprocess.Popen[bytes]],
    stopped: threading.Event,
) -> list[Cut]:
    if stopped.is_set():
        return []
    process = start(__name__, str(folder), str(os.getpid()), errors=subprocess.PIPE)
    running.add(process)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            with suppress(BrokenPipeError):  # what it died of is told below
                process.stdin.write(pickle.dumps(reports))
            with suppress(BrokenPipeError):
                process.stdin.close()
            counts = map(int, process.stdout)
            failed = _told_until_failure(counts, told)
        except BaseException:
            process.kill()
            raise
        complaint = process.stderr.read().decode("utf-8", "replace").strip()
    running.discard(process)
    if failed:
        raise OSError(failed, os.strerror(failed))
    if process.returncode:
        raise IndexingFailed(_why_it_ended(process.returncode, complaint))
    cuts: list[Cut] = pickle.loads((folder / _CUT).read_bytes())
    (folder / _CUT).unlink()
    return cuts


def _told_until_failure(counts: Iterable[int], told: Told) -> int:
    """Pass counts on; return the number of the system's error that one below 0 stands for, or 0."""
    for count in counts:
        if count < 0:
            return -count
        told(count)
    return 0


def _why_it_ended(exit_code: int, complaint: str) -> str:
    """Return what the user is told of a process that ended before its part was written."""
    if exit_code < 0:
        name = signal.Signals(-exit_code).name
        return (
            f"expected to index the reports, found that the system ended a process that does ({name}), for lack of memory "
            "as a rule; close other programs; nothing was changed"
        )
    found = complaint.rpartition("\n")[2] or f"exit code {exit_code}"
    return f"expected to index the reports, found a fault on the way ({found}); nothing was changed; please report it"
