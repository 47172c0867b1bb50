"""Facts of a report corrected by hand, and its id changed."""

import pytest

from corpus.errors import EditError, UnknownReport
from corpus.library.library import Library
from tests.corpus.conftest import WriteReport

RIGHT = {"title": "另一个标题", "symbol": "A/80/7", "language": "en", "date": "2025-03-04", "session": "第六届会议"}


def test_edits_stay_over_a_rebuild_and_a_new_version(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    assert empty_library.edit("a", **RIGHT).title == "另一个标题"
    empty_library.rebuild()
    report = empty_library.get("a")
    assert {name: getattr(report, name) for name in RIGHT} == RIGHT
    empty_library.replace("a", write_report("b.txt", "预算是八百万元。", symbol="A/80/1"))
    report = empty_library.get("a")
    assert {name: getattr(report, name) for name in RIGHT} == RIGHT
    assert report.paragraphs[0].text == "预算是八百万元。"


def test_a_field_that_is_not_named_stays_and_an_empty_symbol_is_none(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    before = empty_library.get("a")
    report = empty_library.edit("a", symbol="", title=None)
    assert (report.symbol, report.title, report.session) == ("", before.title, "第五届会议")


def test_an_edited_symbol_is_what_a_new_version_is_known_by(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    empty_library.edit("a", symbol="A/80/1")
    assert empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1")).version == 2


def test_an_edit_writes_no_index(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    before = list((empty_library.home / "index").iterdir())
    empty_library.edit("a", title="另一个标题", id="b")
    assert list((empty_library.home / "index").iterdir()) == before


def test_a_renamed_report_goes_by_both_ids_through_rebuild_and_replacement(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。", symbol="A/80/1"))
    assert empty_library.edit("a", id="harbour").id == "harbour"
    empty_library.edit("harbour", id="port-2025")
    empty_library.rebuild()
    empty_library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1"))
    assert [r.id for r in empty_library.reports()] == ["port-2025"]
    for name in ("a", "harbour", "port-2025"):
        assert empty_library.get(name).id == "port-2025"
        assert empty_library.get(f"{name}@1").paragraphs[0].text == "预算是七百万元。"
    assert empty_library.edit("port-2025", id="a").id == "a"
    assert empty_library.get("harbour").id == "a"


def test_an_id_that_a_report_has_or_had_is_not_given_to_another(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    empty_library.add(write_report("b.txt", "预算是八百万元。"))
    empty_library.edit("a", id="harbour")
    for taken in ("a", "harbour"):
        with pytest.raises(EditError, match="no other report has or had"):
            empty_library.edit("b", id=taken)
    assert empty_library.add(write_report("again/a.txt", "预算是九百万元。")).id == "a-2"
    empty_library.remove("a")
    with pytest.raises(EditError, match="no other report has or had"):
        empty_library.edit("b", id="a")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "  ", "a title"),
        ("language", "xx", "ISO 639-1"),
        ("language", "", "ISO 639-1"),
        ("date", "2025-02-30", "a date such as"),
        ("date", "20250301", "a date such as"),
        ("id", "a/b", "letters, digits"),
        ("id", "a@2", "letters, digits"),
        ("id", "-a", "letters, digits"),
        ("id", "", "letters, digits"),
        ("symbol", "A" * 201, "at most 200"),
        ("colour", "red", "a field among title"),
    ],
)
def test_a_value_that_a_field_does_not_take_changes_nothing(
    empty_library: Library, write_report: WriteReport, field: str, value: str, says: str
) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    before = empty_library.get("a")
    with pytest.raises(EditError, match=says):
        empty_library.edit("a", **{field: value})
    assert empty_library.get("a") == before


def test_nothing_to_edit_and_no_such_report_are_sentences(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("a.txt", "预算是七百万元。"))
    with pytest.raises(EditError, match="something to change"):
        empty_library.edit("a")
    with pytest.raises(UnknownReport, match="the library has: a"):
        empty_library.edit("b", title="标题")
