from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import library as library_module
from corpus.errors import DuplicateReport, HomeError, ParseError, UnknownReport
from corpus.library import Library
from corpus.report import Report

WriteIndex = Callable[[Path, list[tuple[Report, list[int]]], Callable[[str, float], None]], None]


def note_ids(folder: Path, reports: list[tuple[Report, list[int]]], _progress: object) -> None:
    """The smallest index there is: a file with the reports' ids."""
    (folder / "ids").write_text(" ".join(report.id for report, _ in reports), encoding="utf-8")


def indexed(library: Library) -> str:
    with library.reading() as connection:
        folder = library.index_folder(connection)
        assert folder is not None
        return (folder / "ids").read_text(encoding="utf-8")


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


def test_rebuild_refuses_a_copy_that_was_changed(library: Library) -> None:
    copy = next((library.home / "sources").iterdir())
    copy.write_text("1. 改过的内容。\n", encoding="utf-8")
    with pytest.raises(ParseError, match="found another"):
        library.rebuild()
    assert len(library.reports()[0].paragraphs) > 50


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
    parse = library_module.parse_report

    def parse_and_change(path: Path) -> Report:
        report = parse(path)
        path.write_text("1. 改了。\n", encoding="utf-8")
        return report

    monkeypatch.setattr(library_module, "parse_report", parse_and_change)
    with pytest.raises(ParseError, match="changed while it was read"):
        library.add(second_report)
    assert len(library.reports()) == 1


def test_copies_without_their_database_are_not_thrown_away(library: Library) -> None:
    for file in library.home.glob("library.sqlite3*"):
        file.unlink()
    with pytest.raises(HomeError, match="found none beside 1 copies"):
        Library(library.home, note_ids)
    assert len(list((library.home / "sources").iterdir())) == 1
