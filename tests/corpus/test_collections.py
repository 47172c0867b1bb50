"""Collections of reports."""

import pytest

from corpus.errors import EditError, UnknownCollection, UnknownReport
from corpus.library.library import Library
from tests.corpus.conftest import WriteReport


@pytest.fixture
def library(empty_library: Library, write_report: WriteReport) -> Library:
    for name in "abc":
        empty_library.add(write_report(f"{name}.txt", f"预算是{name}元。"))
    return empty_library


def test_a_collection_holds_its_reports_once_in_the_order_they_came(library: Library) -> None:
    assert library.collections.add("港口", ["c", "a"]) == ("c", "a")
    assert library.collections.add("港口", ["a", "b"]) == ("c", "a", "b")
    library.collections.add("其他", ["b"])
    assert library.collections.every() == {"港口": ("c", "a", "b"), "其他": ("b",)}
    assert library.collection("港口") == ("c", "a", "b")


def test_a_report_leaves_when_it_is_taken_out_or_removed(library: Library) -> None:
    library.collections.add("港口", ["a", "b", "c"])
    library.collections.remove("港口", ["b"])
    library.remove("a")
    assert library.collection("港口") == ("c",)
    library.remove("c")
    assert library.collection("港口") == ()
    library.collections.remove("港口")
    assert library.collections.every() == {}
    assert [r.id for r in library.reports()] == ["b"]


def test_a_collection_follows_a_report_that_is_renamed(library: Library) -> None:
    library.collections.add("港口", ["a"])
    library.edit("a", id="harbour")
    library.rebuild()
    assert library.collection("港口") == ("harbour",)


def test_what_is_not_there_is_a_sentence_and_changes_nothing(library: Library) -> None:
    with pytest.raises(UnknownReport):
        library.collections.add("港口", ["a", "nope"])
    assert library.collections.every() == {}
    library.collections.add("港口", ["a"])
    with pytest.raises(UnknownCollection, match="there are: 港口"):
        library.collection("海港")
    with pytest.raises(UnknownCollection, match="does not hold b"):
        library.collections.remove("港口", ["a", "b"])
    assert library.collection("港口") == ("a",)
    for name in ("", " 港口", "港\n口", "x" * 101):
        with pytest.raises(EditError, match="a name of one line"):
            library.collections.add(name, ["a"])
