"""A folder that is watched: real files, real notifications of the system."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import HomeError, ParseError
from corpus.library import presence
from corpus.library.adding import Outcome
from corpus.library.library import Library
from corpus.library.presence import Folders
from corpus.library.watching import REST_S, Watch
from tests.corpus.conftest import WriteReport, note_ids
from tests.ordinary_user import as_ordinary_user, let_in

PATIENCE_S = 60


@contextmanager
def watched(library: Library, folder: Path, *, delete: bool = False) -> Iterator[list[str]]:
    """Watch a folder in a thread; yield what is told, a line each."""
    told: list[str] = []
    stop = threading.Event()

    def tell(outcome: Outcome) -> None:
        version = outcome.entry.version if outcome.entry else ""
        told.append(f"{outcome.kind} {outcome.path.name} {version}".rstrip())

    watch = Watch(library, folder, delete=delete)
    thread = threading.Thread(
        target=watch.run, args=(tell, lambda report_id: told.append(f"removed {report_id}"), stop)
    )
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_what_is_new_is_added_and_what_changes_is_the_next_version(
    empty_library: Library, write_report: WriteReport
) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    with watched(empty_library, path.parent) as told:
        wait_for(lambda: told == ["added a.txt 1"])
        write_report("below/b.txt", "预算是一元。")
        wait_for(lambda: "added b.txt 1" in told)
        write_report("a.txt", "预算是八百万元。")
        wait_for(lambda: "replaced a.txt 2" in told)
    assert empty_library.get("a").paragraphs[0].text == "预算是八百万元。"
    assert empty_library.get("a@1").paragraphs[0].text == "预算是七百万元。"


def test_a_bad_file_is_told_once_and_read_again_when_it_is_mended(
    empty_library: Library, write_report: WriteReport
) -> None:
    good = write_report("a.txt", "预算是七百万元。")
    bad = write_report("b.txt", "")
    bad.write_bytes(b"\x00")
    with watched(empty_library, good.parent) as told:
        wait_for(lambda: sorted(told) == ["added a.txt 1", "failed b.txt"])
        write_report("b.txt", "预算是八百万元。")
        wait_for(lambda: "added b.txt 1" in told)
    assert told.count("failed b.txt") == 1


def test_what_changed_while_nobody_watched_is_found(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    same = write_report("same.txt", "没有变。")
    with watched(empty_library, path.parent) as told:
        wait_for(lambda: len(told) == 2)
    write_report("a.txt", "预算是八百万元。")
    with watched(empty_library, path.parent) as told:
        wait_for(lambda: told == ["replaced a.txt 2"])
    assert empty_library.get(same.stem).version == 1


def test_a_report_goes_with_its_file_only_where_that_is_asked_for(
    empty_library: Library, write_report: WriteReport, tmp_path: Path
) -> None:
    path, moved = write_report("a.txt", "预算是七百万元。"), write_report("b.txt", "预算是八百万元。")
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("1. 别处的报告。\n", encoding="utf-8")
    empty_library.add(elsewhere)
    with watched(empty_library, path.parent) as told:
        wait_for(lambda: len(told) == 2)
        path.unlink()
        write_report("c.txt", "预算是九百万元。")
        wait_for(lambda: "added c.txt 1" in told)
    assert len(empty_library.entries()) == 4
    elsewhere.unlink()
    moved.rename(moved.with_name("moved.txt"))
    with watched(empty_library, path.parent, delete=True) as told:
        wait_for(lambda: "removed a" in told)
    assert [e.id for e in empty_library.entries()] == ["elsewhere", "b", "c"]


def test_a_folder_that_is_gone_takes_no_report_with_it(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    empty_library.add(path)
    watch = Watch(empty_library, path.parent, delete=True)
    away = path.parent.rename(path.parent.with_name("away"))
    told: list[str] = []
    watch.step(lambda outcome: told.append(outcome.kind), told.append)
    path.parent.mkdir()  # the empty place where a drive was
    watch.step(lambda outcome: told.append(outcome.kind), told.append)
    assert told == []
    assert len(empty_library.entries()) == 1
    assert away.is_dir()


def in_step(watch: Watch) -> list[str]:
    """Let a watch look until all is at rest; return what it tells."""
    told: list[str] = []
    watch.step(lambda outcome: told.append(outcome.kind), told.append)
    time.sleep(REST_S + 0.1)
    watch.step(lambda outcome: told.append(outcome.kind), told.append)
    return told


def test_a_folder_below_that_is_another_one_or_out_of_reach_takes_no_report_with_it(
    empty_library: Library, write_report: WriteReport
) -> None:
    top = write_report("a.txt", "预算是七百万元。").parent
    below = write_report("share/b.txt", "渡轮有三艘。").parent
    watch = Watch(empty_library, top, delete=True)
    assert in_step(watch) == ["added", "added"]
    away = below.rename(top.with_name("away"))
    below.mkdir()  # the empty place where a share was
    assert in_step(watch) == []
    assert in_step(Watch(empty_library, top, delete=True)) == []
    below.rmdir()
    assert in_step(Watch(empty_library, top, delete=True)) == []
    away.rename(below)
    assert in_step(watch) == []
    assert len(empty_library.entries()) == 2
    (below / "b.txt").unlink()
    below.rmdir()
    assert in_step(watch) == ["b"]


def test_a_folder_that_was_empty_from_the_start_takes_no_report_with_it(
    empty_library: Library, write_report: WriteReport
) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    empty_library.add(path)
    path.unlink()
    assert in_step(Watch(empty_library, path.parent, delete=True)) == []
    write_report("b.txt", "渡轮有三艘。")
    assert in_step(Watch(empty_library, path.parent, delete=True)) == ["added", "a"]


def test_a_drive_that_is_gone_with_its_folder_takes_no_report_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "drive" / "a.txt"
    file.parent.mkdir()
    file.touch()
    known = Folders(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(presence, "identity", lambda folder: (int(folder == file.parent), 1))
        known.see([file])
    file.unlink()
    file.parent.rmdir()
    with monkeypatch.context() as patched:
        patched.setattr(presence, "identity", lambda folder: (0, 1) if folder.exists() else None)
        assert not known.tell_gone(file)


def test_a_folder_that_cannot_be_listed_ends_no_watch_and_takes_no_report_with_it(
    empty_library: Library, write_report: WriteReport
) -> None:
    top = write_report("a.txt", "预算是七百万元。").parent
    below = write_report("locked/b.txt", "渡轮有三艘。").parent
    watch = Watch(empty_library, top, delete=True)
    assert in_step(watch) == ["added", "added"]

    def work() -> None:
        watch._library = Library(empty_library.home, note_ids)
        assert in_step(watch) == []
        assert len(empty_library.entries()) == 2

    let_in(empty_library.home)
    for mode in (0o000, 0o444):
        below.chmod(mode)
        try:
            as_ordinary_user(work)
        finally:
            below.chmod(0o755)


def test_a_step_that_fails_is_logged_once_and_tried_again(
    empty_library: Library, write_report: WriteReport, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("corpus.library.watching.AGAIN_S", 0.1)
    path, failing = write_report("a.txt", "预算是七百万元。"), threading.Event()
    failing.set()
    add_all = empty_library.add_all

    def add(*arguments: Any, **options: Any) -> Any:
        if failing.is_set():
            raise HomeError("expected to write the data folder")
        return add_all(*arguments, **options)

    monkeypatch.setattr(empty_library, "add_all", add)
    with watched(empty_library, path.parent) as told:
        wait_for(lambda: len(caplog.records) > 0)
        time.sleep(3)
        failing.clear()
        wait_for(lambda: told == ["added a.txt 1"])
    assert [r.getMessage().endswith("expected to write the data folder") for r in caplog.records] == [True]


def test_a_file_that_grows_is_not_read(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    watch = Watch(empty_library, path.parent)
    told: list[Outcome] = []
    for n in range(3):
        watch.step(told.append, lambda _: None)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{n + 3}. 又一段。\n")
    assert told == []


def test_there_must_be_a_folder(empty_library: Library, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="expected a folder to watch"):
        Watch(empty_library, tmp_path / "nowhere")
