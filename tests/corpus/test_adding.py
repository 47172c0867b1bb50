"""A folder of files added at once."""

import os
from pathlib import Path

import pytest

from corpus.errors import HomeError, ParseError
from corpus.library.adding import Outcome
from corpus.library.library import Library
from corpus.library.reading import files_in
from tests.corpus.conftest import WriteReport, note_ids

MANY = 9
"""More files than are read ahead by four workers."""


def kinds(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.path.name: outcome.kind for outcome in outcomes}


def test_files_of_a_folder_are_those_that_a_reader_takes_and_people_see(
    write_report: WriteReport, tmp_path: Path
) -> None:
    wanted = [write_report(name, "内容。") for name in ("a.txt", "below/b.TXT", "below/deeper/c.text")]
    for name in (".hidden.txt", ".git/d.txt", "~$a.txt", "picture.xyz", "own/sources/e.txt"):
        write_report(name, "内容。")
    assert files_in(tmp_path / "files", without=tmp_path / "files" / "own") == wanted
    with pytest.raises(ParseError, match="expected a folder"):
        files_in(tmp_path / "nowhere")


@pytest.mark.parametrize("count", [2, MANY])
def test_good_files_are_added_in_order_and_bad_ones_told(
    empty_library: Library, write_report: WriteReport, count: int
) -> None:
    good = [write_report(f"{n:02}.txt", f"第{n}份。") for n in range(count)]
    bad = write_report("bad.txt", "内容。")
    bad.write_bytes(b"\x00\x01")
    same = write_report("same.txt", "第1份。")
    seen: list[tuple[str, float]] = []
    outcomes = empty_library.add_all([bad, *good, same], lambda stage, share: seen.append((stage, share)))
    assert kinds(outcomes) == {"bad.txt": "failed", **{p.name: "added" for p in good}, "same.txt": "duplicate"}
    assert "control character" in str(outcomes[0].error)
    assert "as 01" in str(outcomes[-1].error)
    assert [r.id for r in empty_library.reports()] == [p.stem for p in good]
    assert outcomes[1].entry == empty_library.entries()[0]
    assert ("read", 1.0) in seen
    assert len(list((empty_library.home / "sources").iterdir())) == count


def test_a_folder_is_indexed_once_and_not_at_all_where_nothing_is_new(
    empty_library: Library, write_report: WriteReport
) -> None:
    paths = [write_report(f"{n}.txt", f"第{n}份。") for n in range(4)]
    empty_library.add_all(paths)
    with empty_library.reading() as connection:
        folder = empty_library.index_folder(connection)
    assert folder is not None
    assert folder.name == "000001"
    assert set(kinds(empty_library.add_all(paths)).values()) == {"duplicate"}
    assert [f.name for f in (empty_library.home / "index").iterdir()] == ["000001"]


def test_a_file_of_a_folder_may_be_the_next_version_of_another(
    empty_library: Library, write_report: WriteReport
) -> None:
    first = write_report("a.txt", "预算是七百万元。", symbol="A/80/1")
    second = write_report("b.txt", "预算是八百万元。", symbol="A/80/1")
    outcomes = empty_library.add_all([first, second])
    assert kinds(outcomes) == {"a.txt": "added", "b.txt": "replaced"}
    assert outcomes[1].entry is not None
    assert (outcomes[1].entry.id, outcomes[1].entry.version) == ("a", 2)
    assert set(kinds(empty_library.add_all([first, second])).values()) == {"duplicate"}


def test_a_file_is_known_by_its_path_where_that_is_asked_for(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    empty_library.add_all([path], follow=True)
    write_report("a.txt", "预算是八百万元。")
    assert kinds(empty_library.add_all([path], follow=True)) == {"a.txt": "replaced"}
    write_report("a.txt", "预算是七百万元。")
    assert kinds(empty_library.add_all([path], follow=True)) == {"a.txt": "replaced"}
    assert empty_library.get("a").version == 3


def test_a_file_that_was_moved_is_known_at_its_new_path(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("a.txt", "预算是七百万元。")
    empty_library.add(path)
    moved = path.rename(path.with_name("moved.txt"))
    assert kinds(empty_library.add_all([moved])) == {"moved.txt": "duplicate"}
    assert empty_library.entries()[0].path == str(moved.resolve())


def test_a_step_that_fails_adds_nothing_and_says_so_of_each_file(
    empty_library: Library, write_report: WriteReport
) -> None:
    paths = [write_report(f"{n}.txt", f"第{n}份。") for n in range(2)]

    def full(_folder: Path, _reports: object, _progress: object) -> None:
        raise OSError(28, "No space left on device")

    outcomes = Library(empty_library.home, full).add_all(paths)
    assert [type(outcome.error) for outcome in outcomes] == [HomeError, HomeError]
    assert empty_library.reports() == []
    assert set(kinds(empty_library.add_all(paths)).values()) == {"added"}


@pytest.mark.parametrize(("bound", "reached"), [("BATCH", 3), ("BATCH_PARAGRAPHS", 6)])
def test_steps_are_bounded(
    tmp_path: Path, write_report: WriteReport, monkeypatch: pytest.MonkeyPatch, bound: str, reached: int
) -> None:
    monkeypatch.setattr(f"corpus.library.intake.{bound}", reached)
    library = Library(tmp_path / "home", note_ids)
    outcomes = library.add_all([write_report(f"{n}.txt", f"第{n}份。") for n in range(8)])
    assert [o.kind for o in outcomes] == ["added"] * 8
    with library.reading() as connection:
        folder = library.index_folder(connection)
    assert folder is not None
    assert folder.name == "000003"


def test_a_pipe_is_no_file_and_what_is_beside_it_is_added(empty_library: Library, write_report: WriteReport) -> None:
    paths = [write_report(f"{n}.txt", f"第{n}份。") for n in range(MANY)]
    pipe = paths[0].parent / "pipe.txt"
    os.mkfifo(pipe)
    assert pipe not in files_in(pipe.parent)
    outcomes = empty_library.add_all([*paths, pipe])
    assert outcomes[-1].kind == "failed"
    assert "found a folder or device" in str(outcomes[-1].error)
