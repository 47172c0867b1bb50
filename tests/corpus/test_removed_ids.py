"""An id is a document's own for good: what was cited under it never opens another."""

import pytest

from corpus.errors import EditError, UnknownReport
from corpus.library.identity import SHOWN_IDS
from corpus.library.library import Library
from tests.corpus.conftest import WriteReport


def test_the_id_of_a_removed_report_is_not_given_to_another(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("report.txt", "预算是七百万元。"))
    empty_library.remove("report")
    other = write_report("report.txt", "渡轮有三艘。")
    assert empty_library.add(other).id == "report-2"
    with pytest.raises(UnknownReport):
        empty_library.get("report")


def test_neither_are_the_ids_that_it_had_before(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add(write_report("old.txt", "预算是七百万元。"))
    empty_library.edit("old", id="harbour")
    empty_library.remove("harbour")
    for name in ("old", "harbour"):
        assert empty_library.add(write_report(f"{name}.txt", f"{name}的渡轮有三艘。")).id == f"{name}-2"
    with pytest.raises(EditError, match="expected one that no other report has or had, found 'harbour'"):
        empty_library.edit("old-2", id="harbour")


def test_the_same_content_has_its_id_back(empty_library: Library, write_report: WriteReport) -> None:
    path = write_report("report.txt", "预算是七百万元。")
    empty_library.add(path)
    empty_library.replace("report", write_report("second.txt", "预算是八百万元。"))
    for kept in (path, path.with_name("second.txt")):
        empty_library.remove("report")
        assert empty_library.add(kept.rename(kept.with_name("report.txt"))).id == "report"


def test_the_same_symbol_language_and_title_have_their_id_back(
    empty_library: Library, write_report: WriteReport
) -> None:
    empty_library.add(write_report("report.txt", "预算是七百万元。", symbol="A/80/1"))
    empty_library.remove("report")
    assert empty_library.add(write_report("report.txt", "预算是八百万元。", symbol="A/80/2")).id == "report-2"
    other = write_report("report.txt", "渡轮有三艘。", symbol="A/80/1", title="挪威代表团的来信")
    assert empty_library.add(other).id == "report-3"
    assert empty_library.add(write_report("report.txt", "预算是九百万元。", symbol="A/80/1")).id == "report"


def test_an_unknown_id_is_told_with_the_first_of_many(empty_library: Library, write_report: WriteReport) -> None:
    empty_library.add_all([write_report(f"{n:02}.txt", f"第{n}份。") for n in range(SHOWN_IDS + 3)])
    with pytest.raises(UnknownReport) as raised:
        empty_library.get("nope")
    assert str(raised.value).endswith(f"{SHOWN_IDS - 1} and 3 more")
