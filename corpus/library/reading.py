"""Many files read: which of a folder are, and what reading each of them gives, several at a time in processes of their own.

Knows no library.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from corpus.errors import DuplicateReport, ParseError, PinciteError, printable
from corpus.parsing import MAX_BYTES, READERS, content_hash
from corpus.report import Report
from corpus.worker.limits import DEFAULT_LIMITS, Limits
from corpus.worker.pool import MOST_AT_ONCE, ParsingPool
from corpus.worker.worker import IsCancelled

Read = tuple[Path, Report | PinciteError]
"""A file and what reading it gave."""


def files_in(folder: Path, without: Path | None = None) -> list[Path]:
    """Return the files in a folder and below that a reader takes, sorted; hidden ones and office lock files left out.

    Args:
        folder: where to look.
        without: a folder below it to leave out, as the library's own.

    Raises:
        ParseError: the folder cannot be listed.
    """

    def refuse(error: OSError) -> None:
        if error.filename == str(folder):
            raise ParseError(folder, f"expected a folder that can be listed, found: {error.strerror}") from error

    left_out = without.resolve() if without else None
    found: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(n for n in folders if is_shown(n) and (Path(at) / n).resolve() != left_out)
        found += [Path(at) / n for n in sorted(names) if is_shown(n) and Path(n).suffix.lower() in READERS]
    return [path for path in found if os.path.isfile(path)]  # noqa: PTH113  # not an error where it cannot be told


def is_shown(name: str) -> bool:
    """Whether a name is neither hidden nor an office program's lock file."""
    return not name.startswith((".", "~$"))


def read_files(
    paths: Sequence[Path],
    known: Mapping[str, str],
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[float], None] | None = None,
    cancelled: IsCancelled | None = None,
) -> Iterator[Read]:
    """Read files, many of them in parallel: yield each with its report or why it has none, in their order.

    Args:
        paths: the files; a bad one does not stop the others.
        known: content hashes of reports that are there already, and their ids; a file of one of them is not parsed.
        limits: what reading one of them may cost.
        progress: called with the fraction of them that has been read, page by page.
        cancelled: asked all the while whether to give up.

    Raises:
        Cancelled: `cancelled` said so.
    """
    ids = {path: _id_of_content(path, known) for path in paths}
    done = 0

    def further(fraction: float) -> None:
        if progress is not None:
            progress((done + fraction) / len(paths))

    unknown = [path for path, report_id in ids.items() if not report_id]
    size = min(os.cpu_count() or 1, MOST_AT_ONCE, max(len(unknown), 1))
    with ParsingPool(size, limits) as pool, closing(pool.parse_all(unknown, further, cancelled)) as parsed:
        for path, report_id in ids.items():
            if report_id:
                name = f"{printable(path.name)} is in the library already, as {report_id}; nothing was added"
                yield path, DuplicateReport(name)
            else:
                yield next(parsed)
            done += 1
            further(0.0)


def _id_of_content(path: Path, known: Mapping[str, str]) -> str | None:
    try:
        fits = path.is_file() and path.stat().st_size <= MAX_BYTES
        return known.get(content_hash(path)) if fits else None
    except OSError:
        return None  # reading it says what is wrong
