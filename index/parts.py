"""Which parts of the sparse index stay, and which are written anew. Knows reports and segments, no tokens.

A part stays as long as all its reports do. Of a part that loses one, what is left is taken over into a new part; so is
every part no larger than what is written anyway. Parts of many small segments are merged. So parts grow as they age, and
there are never many.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.contents import Contents, Indexed
from index.cutting import ALONE_PASSAGES, PART_PASSAGES, Cut, Numbered, batches, write_part, write_parts
from index.passages import indexed
from index.sparse import MERGEABLE, MERGEABLE_PASSAGES, SparseIndex

MERGED_PASSAGES, MERGED_SHARE = 40_000, 4
"""Some how many passages a part holds at most that was merged from others, and which share of all: the fewer the parts, the
quicker a query, and the longer it takes to write one anew that loses a report."""


@dataclass(frozen=True)
class Parts:
    """The sparse index as it was written.

    Attributes:
        cuts: what the lexicon takes of each new report, in the order they were given.
        numbers: the number of each new report, by its id.
        segments: names of the segments that hold a report, by its id; of all reports.
        shared: names of the segments that are those of the index before.
    """

    cuts: list[Cut]
    numbers: dict[str, int]
    segments: dict[str, list[str]]
    shared: frozenset[str]

    def shares(self, file: str) -> bool:
        """Whether a file of the index, by its path in it, is one of the index before."""
        return Path(file).name.split(".")[0] in self.shared


def write_sparse(
    folder: Path,
    before: tuple[SparseIndex, Contents] | None,
    kept: set[str],
    numbered: Sequence[Numbered],
    told: Callable[[int], None],
) -> Parts:
    """Write the sparse index of the reports that are `kept` of the index before and of new ones into `folder`.

    Args:
        folder: where; must not be there yet.
        before: the sparse index before and the contents that go with it.
        kept: ids of its reports that stay.
        numbered: the new reports.
        told: as `cutting.write_part` calls it.

    Raises:
        OSError: it cannot be written.
    """
    n_new = sum(len(indexed(report)) for _, report in numbered)
    alone = n_new <= ALONE_PASSAGES
    whole, loose = _stay(before[1], kept, n_new if alone else 0) if before else ([], [])
    ids = {report.id for report in loose}
    taken_over = before[0].rows({s for report in loose for s in report.segments}) if before else ()

    # a name of its own: a process that outlives a change which was killed writes into no other's folder
    work = Path(tempfile.mkdtemp(prefix="parts-", dir=folder.parent))
    own = write_part(work / "own", numbered if alone else (), (r for r in taken_over if r.report in ids), told)
    runs = [] if alone else batches(numbered)
    cuts = write_parts([(work / str(i), run) for i, run in enumerate(runs)], told)

    made = [_Part(work / "own", SparseIndex.segments(work / "own"), [*ids, *(r.id for _, r in numbered if alone)])]
    made += [
        _Part(before[0].folder, list(names), [r.id for r in rs]) for names, rs in _by_part(whole).items() if before
    ]
    for i, run in enumerate(runs):
        made.append(_Part(work / str(i), SparseIndex.segments(work / str(i)), [r.id for _, r in run]))
    parts = _merged(made, work)
    folder.mkdir()
    SparseIndex.join(folder, [(part.folder, part.segments) for part in parts])
    shutil.rmtree(work)
    return Parts(
        [*own, *(c for run in cuts for c in run)],
        {r.id: n for n, r in numbered},
        {report: part.segments for part in parts for report in part.reports},
        frozenset(s for part in parts if before and part.folder == before[0].folder for s in part.segments),
    )


@dataclass(frozen=True)
class _Part:
    """A part: where its segments stand, their names, and the ids of the reports that they hold."""

    folder: Path
    segments: list[str]
    reports: list[str]


def _merged(parts: Sequence[_Part], work: Path) -> list[_Part]:
    """Return `parts`, of the small ones as many made one as a merged part may hold, in folders of `work`."""
    sizes = {folder: SparseIndex.sizes(folder) for folder in {part.folder for part in parts}}
    passages = [[sizes[part.folder][name] for name in part.segments] for part in parts]
    small = [bool(counts) and max(counts) <= MERGEABLE_PASSAGES for counts in passages]
    total = sum(sum(counts) for counts, one in zip(passages, small, strict=True) if one)
    limit = max(MERGED_PASSAGES, sum(map(sum, passages)) // MERGED_SHARE)
    kept, groups, before = list[_Part](), [list[_Part]() for _ in range(-(-total // limit))], 0
    for part, counts, one in zip(parts, passages, small, strict=True):
        if one:
            groups[before * len(groups) // total].append(part)
            before += sum(counts)
        else:
            kept.append(part)
    with ThreadPoolExecutor(thread_name_prefix="pincite-merging") as pool:
        merged = pool.map(_as_one, groups, [work / f"merged-{i}" for i in range(len(groups))])
        return [*kept, *(part for group in merged for part in group)]


def _as_one(group: Sequence[_Part], folder: Path) -> list[_Part]:
    """Return the parts of a group, made one in `folder` where they are enough segments."""
    if sum(len(part.segments) for part in group) < MERGEABLE:
        return list(group)
    folder.mkdir()
    SparseIndex.join(folder, [(part.folder, part.segments) for part in group])
    SparseIndex.merge(folder)
    return [_Part(folder, SparseIndex.segments(folder), [report for part in group for report in part.reports])]


def _by_part(reports: Iterable[Indexed]) -> dict[tuple[str, ...], list[Indexed]]:
    parts: dict[tuple[str, ...], list[Indexed]] = {}
    for report in reports:
        parts.setdefault(tuple(report.segments), []).append(report)
    return parts


def _stay(known: Contents, kept: set[str], n_new: int) -> tuple[list[Indexed], list[Indexed]]:
    """Return the reports whose parts stay as they are, and those that are taken over into a new one of `n_new` passages."""
    parts = _by_part(known.reports)
    whole = [reports for reports in parts.values() if all(r.id in kept for r in reports)]
    loose = [r for reports in parts.values() if any(r.id not in kept for r in reports) for r in reports if r.id in kept]
    size = n_new + _size(loose)
    for reports in sorted(whole, key=_size):
        if not _size(reports) <= size <= PART_PASSAGES - _size(reports):
            break
        whole.remove(reports)
        loose += reports
        size += _size(reports)
    return [r for reports in whole for r in reports], loose


def _size(reports: Sequence[Indexed]) -> int:
    return sum(report.n_passages for report in reports)
