"""An index made step by step is the index made at once."""

import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged, IndexingFailed, IndexMismatch
from corpus.library.change import Change
from corpus.parsing import parse_report
from corpus.report import Report
from corpus.worker.process import start
from index import cutting, parts
from index.embedder import StaticEmbedder
from index.folder import Index
from index.writing import write_index

QUESTIONS = (
    "港口照明的预算是多少",
    "训研所的代表",
    "Kenya satellite",
    "核查消防设备 第2号",
    "审查会 2025年3月",
    "外层空间",
)


class Counting(StaticEmbedder):
    """The built-in model, which notes what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return super().embed_passages(texts)


@pytest.fixture(scope="module")
def embedder() -> Counting:
    return Counting()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, bundled: Report) -> list[Report]:
    """The bundled report and seven small ones, some of whose paragraphs, names and short names are alike."""
    folder = tmp_path_factory.mktemp("reports")
    made = [bundled]
    for i in range(7):
        path = folder / f"harbour-{i}.zh.txt"
        path.write_text(
            f"港口安全审查会第{i}届会议报告\n\n一. 概况\n\n"
            f"1. 会议审议了港口照明的改造方案，并批准了{i + 2}百万元的预算。\n\n"
            f"2. 核查处{'审查办' * (i % 3)}（核审{'甲乙丙'[i % 3]}）的任务是：\n\n"
            f"(a) 核查码头的消防设备；\n\n(b) 登记靠泊的渡轮。\n\n3. 审查会结束。\n\n"
            f"4. {'训研所的代表同意。' * (i % 2)}本段只在第{i}份报告。\n\n"
            f"附件\n\n与会者名单\n\n港务局{i % 4}\t王小明\t李雷\n",
            encoding="utf-8",
        )
        made.append(parse_report(path))
    return made


class Shelf:
    """Indexes written one after another, as a library does, with ids of paragraphs that are never given twice."""

    def __init__(self, folder: Path, embedder: Counting) -> None:
        self.folder, self.embedder = folder, embedder
        self.order: list[str] = []
        self._written: Path | None = None
        self._number = self._next_id = 0

    def change(self, added: Sequence[Report] = (), removed: Sequence[str] = (), anew: bool = False) -> Index:
        ids = {}
        for report in added:
            ids[report.id] = list(range(self._next_id + 1, self._next_id + 1 + len(report.paragraphs)))
            self._next_id += len(report.paragraphs) + 3
        self.order = [i for i in self.order if i not in removed] + [r.id for r in added if r.id not in self.order]
        self._number += 1
        path = self.folder / f"{self._number:06}"
        path.mkdir(parents=True)
        previous = None if anew else self._written
        write_index(path, Change(previous, self.order, [(r, ids[r.id]) for r in added]), silent, self.embedder)
        self._written = path
        return Index(path, self.embedder)


def silent(_stage: str, _fraction: float) -> None:
    pass


def places(index: Index) -> dict[int, tuple[str, int]]:
    """The report and the place in it of each paragraph, by its id in the records."""
    spans = [(r.id, index.contents.span(r.id)) for r in index.contents.reports]
    return {int(i): (name, at) for name, span in spans for at, i in enumerate(index.contents.ids[span])}


def assert_alike(one: Index, other: Index) -> None:
    assert [r.id for r in one.contents.reports] == [r.id for r in other.contents.reports]
    assert one.contents.vocabulary == other.contents.vocabulary
    assert one.abbreviations == other.abbreviations
    assert one.names == other.names
    assert np.array_equal(one.dense.codes, other.dense.codes)
    assert np.array_equal(one.words.codes, other.words.codes)
    tokens = {t for row in one.sparse.rows(one.sparse.segment_names) for t in row.body.split()}
    assert all(one.sparse.document_frequency(t) == other.sparse.document_frequency(t) for t in tokens)
    for question in QUESTIONS:
        for only in (None, [one.contents.reports[-1].id]):
            found = []
            for index in (one, other):
                weights = dict.fromkeys(index.tokenizer.tokens(question), 0.7)
                fused = index.search(weights, question, 12, only)
                where, ranking = places(index), fused.ranking
                found.append(([where[int(i)] for i in ranking.ids], ranking.scores.tolist(), fused.cosines.tolist()))
            assert found[0] == found[1]
        assert one.neighbours(question[:2], 4) == other.neighbours(question[:2], 4)


@pytest.mark.parametrize("seed", range(4))
def test_an_index_made_step_by_step_answers_as_one_made_at_once(
    tmp_path: Path, reports: list[Report], embedder: Counting, seed: int
) -> None:
    draw, shelf = random.Random(seed), Shelf(tmp_path / "steps", embedder)
    by_id = {report.id: report for report in reports}
    for _ in range(9):
        absent = [r for r in reports if r.id not in shelf.order]
        if absent and (not shelf.order or draw.random() < 0.65):
            step = shelf.change(added=draw.sample(absent, k=draw.randint(1, min(3, len(absent)))))
        elif draw.random() < 0.3:
            step = shelf.change(added=[by_id[draw.choice(shelf.order)]])
        else:
            step = shelf.change(removed=draw.sample(shelf.order, k=draw.randint(1, min(2, len(shelf.order)))))
    if not shelf.order:
        step = shelf.change(added=reports[:2])
    at_once = Shelf(tmp_path / "once", embedder).change(added=[by_id[i] for i in shelf.order])
    assert_alike(step, at_once)


def test_a_report_is_cut_with_its_own_words_whatever_else_there_is(
    tmp_path: Path, reports: list[Report], embedder: Counting
) -> None:
    both = Shelf(tmp_path / "both", embedder).change(added=reports[:2])
    alone = Shelf(tmp_path / "alone", embedder).change(added=reports[1:2])
    rows = {row.body for row in both.sparse.rows(both.sparse.segment_names) if row.report == reports[1].id}
    assert rows == {row.body for row in alone.sparse.rows(alone.sparse.segment_names)}
    assert "训研所" in both.tokenizer.words("训研所")
    assert "训研所" not in alone.tokenizer.words("训研所")


def test_adding_embeds_the_new_passages_and_words_alone_and_removing_nothing(
    tmp_path: Path, reports: list[Report], embedder: Counting
) -> None:
    shelf = Shelf(tmp_path, embedder)
    vocabulary = set(shelf.change(added=reports[:3]).contents.vocabulary)
    embedder.embedded.clear()
    after = shelf.change(added=[reports[3]])
    new_words = set(after.contents.vocabulary) - vocabulary
    assert len(embedder.embedded) == len(reports[3].paragraphs) + len(new_words)
    assert new_words <= set(embedder.embedded)
    embedder.embedded.clear()
    shelf.change(removed=[reports[0].id])
    assert embedder.embedded == []


def test_what_stays_is_shared_with_the_index_before(tmp_path: Path, reports: list[Report], embedder: Counting) -> None:
    shelf = Shelf(tmp_path, embedder)
    before = shelf.change(added=reports[:1])
    after = shelf.change(added=reports[1:2])
    shared = {f.name for f in (before.folder / "sparse").glob("*.term")}
    assert shared < {f.name for f in (after.folder / "sparse").glob("*.term")}
    for name in shared:
        assert (before.folder / "sparse" / name).samefile(after.folder / "sparse" / name)


def test_where_no_file_can_be_shared_they_are_copied(
    tmp_path: Path, reports: list[Report], embedder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    shelf = Shelf(tmp_path, embedder)
    shelf.change(added=reports[:1])
    assert_alike(shelf.change(added=reports[1:3]), Shelf(tmp_path / "once", embedder).change(added=reports[:3]))


def test_many_small_additions_leave_few_parts(tmp_path: Path, reports: list[Report], embedder: Counting) -> None:
    shelf = Shelf(tmp_path, embedder)
    for report in reports:
        index = shelf.change(added=[report])
    assert len(index.sparse.segment_names) <= 4


@pytest.fixture
def _spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some hundred passages be so many that they are spread over processes."""
    monkeypatch.setattr(parts, "ALONE_PASSAGES", 20)
    monkeypatch.setattr(cutting, "PART_PASSAGES", 40)


@pytest.mark.usefixtures("_spread")
def test_processes_write_the_index_that_one_would(
    tmp_path: Path, reports: list[Report], embedder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = Shelf(tmp_path / "several", embedder).change(added=reports)
    assert len(several.sparse.segment_names) > 1
    monkeypatch.setattr(parts, "ALONE_PASSAGES", 10_000)
    assert_alike(several, Shelf(tmp_path / "one", embedder).change(added=reports))
    assert not list(tmp_path.rglob("*.pickle"))


@pytest.mark.usefixtures("_spread")
def test_a_process_that_fails_fails_the_index_with_its_reason(tmp_path: Path, reports: list[Report]) -> None:
    (tmp_path / "part").mkdir()
    with pytest.raises(OSError, match="File exists"):
        cutting.write_parts([(tmp_path / "part", [(0, reports[1])])], lambda _: None)


@pytest.mark.usefixtures("_spread")
def test_a_process_that_the_system_ends_is_told_as_that(
    tmp_path: Path, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    def started_and_killed(module: str, *arguments: str, errors: int | None) -> "subprocess.Popen[bytes]":
        process = start(module, *arguments, errors=errors)
        process.kill()
        return process

    monkeypatch.setattr(cutting, "start", started_and_killed)
    with pytest.raises(IndexingFailed, match=r"the system ended a process that does \(SIGKILL\)"):
        cutting.write_parts([(tmp_path / "part", [(0, reports[1])])], lambda _: None)


@pytest.mark.usefixtures("_spread")
def test_work_that_is_called_off_ends_its_processes(tmp_path: Path, reports: list[Report], embedder: Counting) -> None:
    def call_off(_stage: str, _fraction: float) -> None:
        raise KeyboardInterrupt

    tmp_path.joinpath("index").mkdir()
    change = Change(None, [r.id for r in reports], [(r, list(range(len(r.paragraphs)))) for r in reports])
    with pytest.raises(KeyboardInterrupt):
        write_index(tmp_path / "index", change, call_off, embedder)
    assert not (tmp_path / "index" / "manifest.json").exists()


def test_an_index_without_reports_finds_nothing(tmp_path: Path, reports: list[Report], embedder: Counting) -> None:
    shelf = Shelf(tmp_path, embedder)
    shelf.change(added=reports[:1])
    index = shelf.change(removed=[reports[0].id])
    assert index.n_passages == 0
    assert len(index.search({"会议": 1.0}, "会议", 5).ranking.ids) == 0
    assert index.neighbours("会议", 3) == []
    assert shelf.change(added=reports[1:2]).n_passages == len(reports[1].paragraphs)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / "manifest.json").write_text('{"format_version": 1}'), IndexMismatch),
        (lambda folder: (folder / "dense.faiss").unlink(), IndexDamaged),
        (lambda folder: (folder / "manifest.json").unlink(), IndexDamaged),
    ],
)
def test_an_index_that_is_of_no_use_is_not_taken_over_from(
    tmp_path: Path, reports: list[Report], embedder: Counting, spoil: Callable[[Path], object], error: type[Exception]
) -> None:
    shelf = Shelf(tmp_path, embedder)
    spoil(shelf.change(added=reports[:1]).folder)
    with pytest.raises(error):
        shelf.change(added=reports[1:2])


def test_a_report_that_the_index_before_should_hold_and_does_not_is_damage(
    tmp_path: Path, reports: list[Report], embedder: Counting
) -> None:
    shelf = Shelf(tmp_path, embedder)
    shelf.change(added=reports[:1])
    shelf.order.append("another")
    with pytest.raises(IndexDamaged, match="another"):
        shelf.change()
