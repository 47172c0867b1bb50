"""A corrected version takes the place of the one before, which stays for the links that cite it, and nowhere else."""

import pytest

from corpus.errors import DuplicateReport, UnknownReport
from corpus.label import Label
from corpus.library import versions
from corpus.library.library import Library
from corpus.library.likeness import normal_symbol, same_title
from tests.corpus.conftest import WriteReport


def first_words(library: Library, report_id: str) -> str:
    return library.get(report_id).paragraphs[0].text


def stored(library: Library) -> bytes:
    return b"".join(f.read_bytes() for f in library.home.rglob("*") if f.is_file())


def test_a_file_of_the_same_symbol_and_language_is_the_next_version(
    empty_library: Library, write_report: WriteReport
) -> None:
    first = empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    second = empty_library.add(write_report("corrected.txt", "预算是八百万元。", symbol="Ａ／80／1*"))
    assert (first.id, first.version, first.versions) == ("a", 1, 1)
    assert (second.id, second.version, second.versions) == ("a", 2, 2)
    assert [r.id for r in empty_library.reports()] == ["a"]
    assert first_words(empty_library, "a") == first_words(empty_library, "a@2") == "预算是八百万元。"
    assert first_words(empty_library, "a@1") == "预算是七百万元。"
    assert (empty_library.get("a@1").version, empty_library.get("a@1").versions) == (1, 2)


@pytest.mark.parametrize("written", ["A/AC.105/L.1", "a/ac.105/l.1", "Ａ／AC.105／L.1", "A / AC.105 / L.1"])
def test_a_symbol_is_compared_however_it_is_written(written: str) -> None:
    assert normal_symbol(written) == "A/AC.105/L.1"


def test_another_language_or_symbol_is_another_report(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/2"))
    english = write_report("c.txt", "The budget is seven million. " * 9, symbol="A/80/1", title="Report of the harbour")
    assert empty_library.add(english).version == 1
    assert len(empty_library.reports()) == 3


def test_a_file_is_added_beside_where_both_are_to_be_kept(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    assert empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1"), new=True).version == 1
    assert [r.id for r in empty_library.reports()] == ["a", "b"]


def test_a_report_without_a_symbol_is_replaced_only_when_asked(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    other = write_report("b.txt", "预算是八百万元。")
    assert empty_library.add(other).id == "b"
    replaced = empty_library.replace("a", write_report("c.txt", "预算是九百万元。"))
    assert (replaced.id, replaced.version) == ("a", 2)
    with pytest.raises(UnknownReport):
        empty_library.replace("nope", other)


def test_the_index_holds_the_newest_version_alone(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1"))
    with empty_library.reading() as connection:
        folder = empty_library.index_folder(connection)
        assert folder is not None
        assert (folder / "ids").read_text(encoding="utf-8") == "a\t预算是八百万元。 审查会结束。"
    assert len(list((empty_library.home / "sources").iterdir())) == 1


def test_versions_outlast_a_rebuild(empty_library: Library, write_report: WriteReport) -> None:
    for million in "七八九":
        empty_library.add(write_report(f"{million}.txt", f"预算是{million}百万元。", symbol="A/80/1"))
    before = [empty_library.get(f"七@{n}") for n in (1, 2, 3)]
    empty_library.rebuild()
    assert [empty_library.get(f"七@{n}") for n in (1, 2, 3)] == before
    assert before[2].version == 3


def test_a_paragraph_of_an_old_version_is_found_with_what_is_below_it(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("a.txt", "任务是：\n\n(a) 核查；\n\n(b) 登记。", symbol="A/80/1"))
    empty_library.add(write_report("b.txt", "没有任务。", symbol="A/80/1"))
    with empty_library.reading() as connection:
        rows = versions.rows_at(connection, "a", 1, Label.parse("1"))
    assert [row.label for row in rows] == ["1", "1(a)", "1(b)"]


def test_removing_a_report_removes_all_its_versions(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1"))
    assert "七百万".encode() in stored(empty_library)
    empty_library.remove("a")
    assert "七百万".encode() not in stored(empty_library)
    assert "八百万".encode() not in stored(empty_library)
    assert b"A/80/1" not in stored(empty_library)


def test_the_content_of_an_old_version_is_a_duplicate_and_comes_back_when_asked(
    empty_library: Library, write_report: WriteReport
) -> None:
    first = write_report("a.txt", "预算是七百万元。", symbol="A/80/1")
    empty_library.add(first)
    empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1"))
    with pytest.raises(DuplicateReport, match="version 1 of a, whose newest is 2"):
        empty_library.add(first)
    assert empty_library.replace("a", first).version == 3
    with pytest.raises(DuplicateReport, match="in the library already, as a"):
        empty_library.replace("a", first)


def test_a_version_that_is_not_there_is_a_sentence(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    with pytest.raises(UnknownReport, match="a version of a from 1 to 1, found 2"):
        empty_library.get("a@2")


@pytest.mark.parametrize(
    "line",
    ["Addendum to document A/80/33", "Comments of Norway on A/80/33", "(see also A/80/33)", "Reissued as A/80/33"],
)
def test_a_symbol_in_a_line_that_tells_of_another_document_is_not_the_own_one(
    empty_library: Library, write_report: WriteReport, line: str
) -> None:
    empty_library.add(write_report("a.txt", "The budget is seven million.", symbol="A/80/33", title="Report"))
    other = empty_library.add(write_report("b.txt", "Norway disagrees.", symbol=line, title="Report"))
    assert (other.symbol, other.version) == ("", 1)
    assert len(empty_library.entries()) == 2


@pytest.mark.parametrize(
    "line",
    [
        "A/80/33",
        "A/80/33*",
        "United Nations A/80/33",
        "联合国 A/80/33",
        "A/80/33 Distr.: General",
        "NATIONS UNIES A/80/33",
    ],
)
def test_a_line_that_is_the_symbol_is_the_own_one(empty_library: Library, write_report: WriteReport, line: str) -> None:
    assert empty_library.add(write_report("a.txt", "The budget is seven million.", symbol=line)).symbol == "A/80/33"


def test_a_file_of_the_same_symbol_with_another_title_is_another_report_and_says_so(
    empty_library: Library, write_report: WriteReport
) -> None:
    first = write_report("a.txt", "The ferries run.", symbol="A/80/33", title="Report of the Committee on Ferries")
    other = write_report("b.txt", "Norway disagrees.", symbol="A/80/33", title="Letter dated 5 May from Norway")
    revised = write_report("c.txt", "The ferries stop.", symbol="A/80/33", title="Report of the Committee on ferries*")
    kept_apart = empty_library.add_all([first, other])[1]
    assert kept_apart.kind == "added"
    assert kept_apart.hint.startswith("a has the symbol A/80/33, too")
    assert "--replace a" in kept_apart.hint
    next_version = empty_library.add_all([revised])[0]
    assert next_version.entry is not None
    assert (next_version.entry.id, next_version.entry.version, next_version.hint) == ("a", 2, "")
    assert len(empty_library.entries()) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Report of the Committee", "REPORT OF THE COMMITTEE (advance version)", True),
        ("港口安全审查会第五届会议报告", "港口安全审查会第五届会议报告*", True),
        ("Draft resolution on ferries", "Draft resolution on harbours and lights", False),
        ("Report of Norway", "Report of Iceland", False),
        ("Report of the Committee", "Comments of Norway on the Report of the Committee", False),
        ("", "Letter dated 5 May 2025", False),
    ],
)
def test_titles_are_alike_but_for_small_changes(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same


def test_a_next_version_with_far_fewer_paragraphs_says_so(empty_library: Library, write_report: WriteReport) -> None:
    def of(n: int) -> str:
        return "\n\n".join(["Ferries run.", *(f"({letter}) Ferry {letter} runs;" for letter in "abcdefgh"[:n])])

    first = empty_library.add(write_report("a.txt", of(8), symbol="A/80/33"))
    second, third = empty_library.add_all(
        [write_report("b.txt", of(7), symbol="A/80/33"), write_report("c.txt", of(1), symbol="A/80/33")]
    )
    assert (len(first.paragraphs), second.kind, second.hint) == (10, "replaced", "")
    assert third.hint.startswith("version 2 of a had 9 paragraphs, this one has 3")
    assert "--keep-both" in third.hint
