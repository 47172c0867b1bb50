import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from corpus.errors import (
    Cancelled,
    DuplicateReport,
    HomeError,
    IndexDamaged,
    IndexMismatch,
    ParseError,
    UnknownReport,
)
from corpus.library import intake, records
from corpus.library.change import Change
from corpus.library.copies import Copies
from corpus.library.library import Library
from corpus.report import Report
from corpus.worker.limits import Limits
from tests.corpus.pdf_files import write_report


def note_ids(folder: Path, change: Change, _progress: object) -> None:
    """The smallest index there is: a file with the reports' ids, and one with the ids of those that were indexed for it."""
    (folder / "ids").write_text(" ".join(change.order), encoding="utf-8")
    (folder / "added").write_text(" ".join(report.id for report, _ in change.added), encoding="utf-8")


def indexed(library: Library, name: str = "ids") -> str:
    with library.reading() as connection:
        folder = library.index_folder(connection)
        assert folder is not None
        return (folder / name).read_text(encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path, bundled_path: Path) -> Library:
    library = Library(tmp_path / "home", note_ids)
    library.add(bundled_path)
    return library


def test_a_report_comes_back_from_the_records_as_it_was_read(library: Library, bundled: Report) -> None:
    assert library.reports() == [bundled]
    assert library.get(bundled.id).paragraphs == bundled.paragraphs


def test_records_and_index_change_together(library: Library, second_report: Path) -> None:
    added = library.add(second_report)
    assert indexed(library) == f"un-space-meeting-38.zh {added.id}"
    library.remove("un-space-meeting-38.zh")
    assert [r.id for r in library.reports()] == [added.id]
    assert indexed(library) == added.id


def test_removing_leaves_no_copy_and_no_old_index(library: Library, second_report: Path) -> None:
    added = library.add(second_report)
    assert any("港口照明".encode() in f.read_bytes() for f in library.home.rglob("*") if f.is_file())
    library.remove(added.id)
    assert len(list((library.home / "sources").iterdir())) == 1
    assert len(list((library.home / "index").iterdir())) == 1
    assert not any("港口照明".encode() in f.read_bytes() for f in library.home.rglob("*") if f.is_file())


def test_the_same_content_is_a_duplicate_whatever_its_name(
    library: Library, tmp_path: Path, bundled_path: Path
) -> None:
    copy = tmp_path / "another-name.txt"
    copy.write_bytes(bundled_path.read_bytes())
    with pytest.raises(DuplicateReport, match=r"un-space-meeting-38\.zh"):
        library.add(copy)
    assert len(library.reports()) == 1


def test_another_report_of_the_same_name_gets_an_id_of_its_own(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "un-space-meeting-38.zh.txt"
    path.write_text("1. 另一份报告。\n", encoding="utf-8")
    assert library.add(path).id == "un-space-meeting-38.zh-2"


def test_a_bad_file_changes_nothing(library: Library, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    before = indexed(library)
    with pytest.raises(ParseError):
        library.add(bad)
    assert indexed(library) == before
    assert len(list((library.home / "sources").iterdir())) == 1


def test_an_index_that_fails_leaves_the_library_as_it_was(library: Library, second_report: Path) -> None:
    def fail(folder: Path, _reports: object, _progress: object) -> None:
        (folder / "half").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    broken = Library(library.home, fail)
    with pytest.raises(HomeError, match="No space left"):
        broken.add(second_report)
    assert [r.id for r in library.reports()] == ["un-space-meeting-38.zh"]
    assert indexed(library) == "un-space-meeting-38.zh"
    library.add(second_report)
    assert not list((library.home / "index").rglob("half"))


def test_rebuild_gives_the_same_reports(library: Library, bundled: Report) -> None:
    library.rebuild()
    assert library.reports() == [bundled]


def test_a_damaged_copy_stops_no_rebuild_and_its_report_stays(
    library: Library, second_report: Path, bundled: Report
) -> None:
    added = library.add(second_report)
    copy = next((library.home / "sources").rglob("un-space*"))
    for damage in ("1. 改过的内容。\n".encode(), b"\x00\x01"):
        copy.write_bytes(damage)
        damaged = library.rebuild()
        assert [str(error).startswith(f"{bundled.id} ({bundled.title}): ") for error in damaged] == [True]
        assert library.reports() == [bundled, added]
    copy.unlink()
    assert len(library.rebuild()) == 1
    assert library.reports() == [bundled, added]


def test_an_unknown_id_names_those_there_are(library: Library) -> None:
    with pytest.raises(UnknownReport, match=r"the library has: un-space-meeting-38\.zh"):
        library.remove("nope")


def test_a_home_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    with pytest.raises(HomeError, match="expected a data folder"):
        Library(file / "home", note_ids)
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "library.sqlite3").write_bytes(b"not a database at all, not at all" * 100)
    with pytest.raises(HomeError, match="damaged"):
        Library(damaged, note_ids)


def test_a_reader_keeps_its_state_while_a_writer_changes_the_library(library: Library, second_report: Path) -> None:
    with library.reading() as connection:
        before = [r.id for r in library.reports_seen(connection)]
        library.add(second_report)
        assert [r.id for r in library.reports_seen(connection)] == before
    assert len(library.reports()) == 2


def test_a_first_start_that_was_killed_is_taken_up_again(tmp_path: Path, bundled_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "library.sqlite3").write_bytes(b"")
    library = Library(home, note_ids)
    library.add(bundled_path)
    assert len(library.reports()) == 1


def test_a_file_that_changes_while_it_is_read_is_not_added(
    library: Library, second_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = intake.parse_in_process

    def parse_and_change(path: Path, *arguments: Any) -> Report:
        report = parse(path, *arguments)
        path.write_text("1. 改了。\n", encoding="utf-8")
        return report

    monkeypatch.setattr(intake, "parse_in_process", parse_and_change)
    with pytest.raises(ParseError, match="changed while it was read"):
        library.add(second_report)
    assert len(library.reports()) == 1


def test_a_lost_database_is_made_again_from_the_copies(library: Library, second_report: Path) -> None:
    library.add(second_report)
    before = library.reports()
    for file in library.home.glob("library.sqlite3*"):
        file.unlink()
    again = Library(library.home, note_ids)
    assert again.recover()
    assert again.reports() == before
    assert indexed(again) == indexed(library)
    assert not again.recover()


def test_a_change_of_a_library_whose_database_was_lost_loses_no_copy(
    library: Library, second_report: Path, bundled: Report
) -> None:
    for file in library.home.glob("library.sqlite3*"):
        file.unlink()
    unreadable = library.home / "sources" / "0123456789abcdef" / "notes.txt"
    unreadable.parent.mkdir()
    unreadable.write_bytes(b"\x00\x01")
    again = Library(library.home, note_ids)
    added = again.add(second_report)
    assert again.reports() == [bundled, added]
    assert [f.name for f in (library.home / "unread").iterdir()] == ["0123456789abcdef-notes.txt"]


def test_a_failed_first_add_is_not_taken_for_a_lost_database(tmp_path: Path, second_report: Path) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(HomeError):
        Library(tmp_path / "new", fail).add(second_report)
    assert not Library(tmp_path / "new", note_ids).recover()
    assert not list((tmp_path / "new" / "sources").iterdir())


def test_only_what_is_new_or_changed_is_indexed(library: Library, second_report: Path) -> None:
    added = library.add(second_report)
    assert indexed(library, "added") == added.id
    library.remove(added.id)
    assert indexed(library, "added") == ""
    library.rebuild()
    assert indexed(library, "added") == "un-space-meeting-38.zh"


@pytest.mark.parametrize("error", [IndexMismatch, IndexDamaged])
def test_all_is_indexed_anew_where_the_index_before_is_of_no_use(
    library: Library, second_report: Path, error: type[Exception]
) -> None:
    def choosy(folder: Path, change: Change, progress: object) -> None:
        if change.previous:
            (folder / "half").write_text("half", encoding="utf-8")
            raise error("of another version; run `pincite rebuild`")
        note_ids(folder, change, progress)

    other = Library(library.home, choosy)
    added = other.add(second_report)
    assert indexed(other) == indexed(other, "added") == f"un-space-meeting-38.zh {added.id}"
    assert not list(library.home.rglob("half"))


def test_reading_is_told_page_by_page(library: Library, tmp_path: Path) -> None:
    told: list[float] = []
    library.add(write_report(tmp_path / "r.pdf", pages=40), lambda _, share: told.append(share))
    assert told == sorted(told)
    assert any(0 < share < 1 for share in told)
    told.clear()
    library.add_all([write_report(tmp_path / "s.pdf", pages=80)], lambda _, share: told.append(share))
    assert told == sorted(told)
    assert any(0 < share < 1 for share in told)


def files_of(home: Path) -> dict[Path, bytes]:
    """What the data folder holds, short of the database's log and its lock."""
    return {
        f: f.read_bytes()
        for f in home.rglob("*")
        if f.is_file() and f.suffix in (".txt", ".pdf", "") and f.name != ".lock"
    }


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_adding_can_be_cancelled_while_the_file_is_read(library: Library, tmp_path: Path, share: float) -> None:
    path, before = write_report(tmp_path / "r.pdf", pages=60), files_of(library.home)
    told: list[float] = []
    with pytest.raises(Cancelled):
        library.add(path, lambda _, far: told.append(far), cancelled=lambda: any(far >= share for far in told))
    assert files_of(library.home) == before
    assert len(library.reports()) == 1
    assert library.add(path).id == "r"


@pytest.mark.parametrize("many", [False, True])
def test_adding_can_be_cancelled_while_the_index_is_written(library: Library, second_report: Path, many: bool) -> None:
    def slow(folder: Path, reports: object, progress: Callable[[str, float], None]) -> None:
        (folder / "half").write_text("half", encoding="utf-8")
        progress("embed", 0.5)
        raise AssertionError("went on after it was cancelled")

    told: list[str] = []
    writer = Library(library.home, slow)
    add = partial(writer.add_all, [second_report]) if many else partial(writer.add, second_report)
    with pytest.raises(Cancelled):
        add(lambda stage, _: told.append(stage), cancelled=lambda: seen(library, "half"))
    assert told[-1] == "read"
    assert [r.id for r in library.reports()] == ["un-space-meeting-38.zh"]
    assert indexed(library) == "un-space-meeting-38.zh"
    library.add(second_report)
    assert not seen(library, "half")


def seen(library: Library, name: str) -> bool:
    return bool(list((library.home / "index").rglob(name)))


def test_a_library_holds_reading_to_its_limits(tmp_path: Path, bundled_path: Path) -> None:
    library = Library(tmp_path / "home", note_ids, Limits(timeout_s=0.01, timeout_s_per_mb=0, timeout_s_per_page=0))
    with pytest.raises(ParseError, match=r"expected to read it within 0\.01 s"):
        library.add(bundled_path)
    assert "expected to read it within 0.01 s" in str(library.add_all([bundled_path])[0].error)
    assert library.reports() == []


def test_an_interruption_just_after_the_commit_costs_no_copy(
    library: Library, second_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close, interrupt = Connection.close, records.count_change

    def interrupting(connection: Connection) -> None:
        interrupt(connection)
        monkeypatch.setattr(Connection, "close", closing_and_interrupting)

    def closing_and_interrupting(connection: Connection) -> None:
        monkeypatch.setattr(Connection, "close", close)
        close(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "count_change", interrupting)
    with pytest.raises(KeyboardInterrupt):
        library.add(second_report)
    monkeypatch.undo()
    assert len(library.reports()) == 2
    assert library.rebuild() == []


def test_what_replaces_a_report_that_is_removed_meanwhile_is_refused(
    library: Library, second_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = intake.parse_in_process

    def parse_and_remove(path: Path, *arguments: Any) -> Report:
        report = parse(path, *arguments)
        Library(library.home, note_ids).remove("un-space-meeting-38.zh")
        return report

    monkeypatch.setattr(intake, "parse_in_process", parse_and_remove)
    with pytest.raises(UnknownReport, match=r"no report has the id 'un-space-meeting-38\.zh'"):
        library.replace("un-space-meeting-38.zh", second_report)
    assert library.reports() == []
    assert not list((library.home / "sources").iterdir())


@pytest.mark.parametrize(
    ("number", "message"), [(28, "expected to write the data folder"), (24, "expected to change the library in")]
)
def test_a_change_that_fails_says_whether_the_folder_is_to_blame(
    library: Library, second_report: Path, number: int, message: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(HomeError, match=f"{message} .*{os.strerror(number)}; nothing was changed"):
        Library(library.home, fail).add(second_report)


def test_a_copy_is_on_the_disk_with_its_folders_before_it_counts(
    library: Library, second_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: settled.append(os.fstat(descriptor).st_ino))
    library.add(second_report)
    copy = next((library.home / "sources").rglob(second_report.name))
    assert [p.stat().st_ino for p in (copy, copy.parent, copy.parent.parent)] == settled[:3]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_file_that_can_be_read_no_more_is_to_blame_itself(library: Library, bundled: Report) -> None:
    with pytest.raises(ParseError, match="found that it cannot be read any more"):
        Copies(library.home / "sources").keep(Path("/proc/self/mem"), bundled)
