"""What an index holds: its reports in the library's order, the rows of their passages, and their own names and words.

The rows of the dense index, and ties everywhere, follow that order: an index made step by step and one made at once have
the same rows, whatever their parts are.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.cutting import KEY_BITS, Cut
from index.standing import Standing, authority

_FILE = "contents.json"
_IDS = "ids.npy"
_USES = "uses.npy"


@dataclass(frozen=True)
class Indexed:
    """A report in the index.

    Attributes:
        id: the report's id.
        number: the one that the keys of its passages begin with; given once in a run of indexes.
        n_passages: how many passages it has.
        segments: names of the segments of the sparse index that hold its part, which other reports share.
        abbreviations: the short names that it introduces.
        names: the names that head the rows of its tables.
        n_words: how many words it has.
        standing: what it is among other reports.
    """

    id: str
    number: int
    n_passages: int
    segments: list[str]
    abbreviations: dict[str, str]
    names: list[str]
    n_words: int
    standing: Standing

    @classmethod
    def of(cls, report_id: str, number: int, n_passages: int, cut: Cut) -> Self:
        """Return the entry of a report that has been cut; where its part is stays open."""
        return cls(report_id, number, n_passages, [], cut.abbreviations, cut.names, len(cut.words), cut.standing)


@dataclass(frozen=True)
class Contents:
    """The reports of an index.

    Attributes:
        reports: in the library's order.
        next_number: the first number that no report has had.
        ids: the passages' ids in the records, (n_passages,) int64, by row.
        vocabulary: the words of all reports, in order.
        uses: places in `vocabulary` of the words of each report, one report after another, (n,) int32.
    """

    reports: list[Indexed]
    next_number: int
    ids: NDArray[np.int64]
    vocabulary: list[str]
    uses: NDArray[np.int32]

    @classmethod
    def empty(cls) -> Self:
        """Return the contents of no report."""
        return cls([], 0, np.empty(0, np.int64), [], np.empty(0, np.int32))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what `save` wrote.

        Raises:
            OSError: a file is missing; ValueError, KeyError or TypeError: it is damaged.
        """
        stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        reports = [Indexed(**report | {"standing": Standing(**report["standing"])}) for report in stored["reports"]]
        return cls(
            reports, stored["next_number"], np.load(folder / _IDS), stored["vocabulary"], np.load(folder / _USES)
        )

    def save(self, folder: Path) -> None:
        """Write the contents into `folder`."""
        stored = {
            "reports": [asdict(report) for report in self.reports],
            "next_number": self.next_number,
            "vocabulary": self.vocabulary,
        }
        (folder / _FILE).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        for name, array in ((_IDS, self.ids), (_USES, self.uses)):
            stored_array = io.BytesIO()  # numpy itself would not notice that a disk is full as it closes a file
            np.save(stored_array, array)
            (folder / name).write_bytes(stored_array.getbuffer())

    @cached_property
    def by_id(self) -> dict[str, Indexed]:
        """The reports by their ids."""
        return {report.id: report for report in self.reports}

    @property
    def abbreviations(self) -> dict[str, str]:
        """The short names of all reports, short → long; of two that differ, the one of the first report."""
        merged: dict[str, str] = {}
        for report in self.reports:
            for short, long in report.abbreviations.items():
                merged.setdefault(short, long)
        return merged

    @property
    def names(self) -> list[str]:
        """The names that the tables of all reports list, in order, each once."""
        return sorted({name for report in self.reports for name in report.names})

    def rows_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of the passages with these keys in the sparse index, (n,) int64."""
        rows: NDArray[np.int64] = self._first_by_number[keys >> KEY_BITS] + (keys & ((1 << KEY_BITS) - 1))
        return rows

    def rows_in(self, report_ids: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows of some reports, (n,) int64; those that are not there have none."""
        spans = [self._span[i] for i in dict.fromkeys(report_ids) if i in self._span]
        return np.concatenate([np.empty(0, np.int64), *(np.arange(*span, dtype=np.int64) for span in spans)])

    def reports_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place among `reports` of the report that each of `rows` stands in, (n,) int64."""
        return np.searchsorted(self._ends, rows, side="right").astype(np.int64)

    @cached_property
    def authority(self) -> NDArray[np.float32]:
        """How much others cite each report, in the order of `reports`, (n_reports,) float32."""
        return authority([(r.standing.names, r.standing.cites) for r in self.reports])

    def span(self, report_id: str) -> slice:
        """Return the rows of a report, which must be there."""
        return slice(*self._span[report_id])

    @cached_property
    def uses_by_report(self) -> dict[str, NDArray[np.int32]]:
        """The places in `vocabulary` of the words of each report, by its id."""
        ends = np.cumsum([r.n_words for r in self.reports], dtype=np.int64).tolist()
        return {r.id: self.uses[end - r.n_words : end] for r, end in zip(self.reports, ends, strict=True)}

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum([r.n_passages for r in self.reports], dtype=np.int64)

    @cached_property
    def _span(self) -> dict[str, tuple[int, int]]:
        ends = np.cumsum([r.n_passages for r in self.reports], dtype=np.int64).tolist()
        return {r.id: (end - r.n_passages, end) for r, end in zip(self.reports, ends, strict=True)}

    @cached_property
    def _first_by_number(self) -> NDArray[np.int64]:
        first = np.zeros(max(self.next_number, 1), np.int64)
        for report in self.reports:
            first[report.number] = self._span[report.id][0]
        return first


@dataclass(frozen=True)
class Vocabulary:
    """The words of the reports of a new index.

    Attributes:
        words: in order, each once.
        before: the place of each in the vocabulary before, (n_words,) int64; -1 where it is new.
        uses: as in `Contents`.
    """

    words: list[str]
    before: NDArray[np.int64]
    uses: NDArray[np.int32]

    @classmethod
    def merged(cls, known: Contents, order: Sequence[str], kept: set[str], cuts: Mapping[str, Cut]) -> Self:
        """Return the words of the reports of `order`: of those `kept` the ones they had, of the others those of `cuts`."""
        used = known.uses_by_report
        stay = np.unique(np.concatenate([np.empty(0, np.int32), *(used[i] for i in order if i in kept)]))
        old = {known.vocabulary[at]: at for at in stay.tolist()}
        words = sorted(old.keys() | {word for cut in cuts.values() for word in cut.words})
        place = {word: at for at, word in enumerate(words)}
        moved = np.full(len(known.vocabulary), -1, np.int32)
        moved[stay] = [place[word] for word in old]
        uses = [moved[used[i]] if i in kept else np.array([place[w] for w in cuts[i].words], np.int32) for i in order]
        before = np.array([old.get(word, -1) for word in words], np.int64)
        return cls(words, before, np.concatenate([np.empty(0, np.int32), *uses]))
