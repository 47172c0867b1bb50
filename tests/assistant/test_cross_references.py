from pathlib import Path

import pytest
from sqlalchemy import select

from assistant import Assistant
from assistant.cross_references import CrossReference
from corpus.errors import UnknownReport
from corpus.label import Label
from corpus.library.schema import LINKS

RESOLUTION = """A/RES/80/9

灯塔维护大会决议

1. 请各港口按照第2段维护灯塔。

2. 决定每年检查一次。

3. 请秘书处报告。
"""
REPORT = """A/AC.900/7

灯塔委员会报告

1. 委员会回顾第80/9号决议第2段。

2. 委员会还回顾A/RES/80/9和第70/1号决议。

3. 任务如下：

(a) 落实上文第1段；

(b) 参看第80/9号决议第99段。
"""


@pytest.fixture
def two(assistant: Assistant, tmp_path: Path) -> Assistant:
    """An assistant over the bundled report, a resolution, and a report that cites it."""
    for name, text in (("resolution.txt", RESOLUTION), ("report.txt", REPORT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assistant.library.add(tmp_path / name)
    return assistant


def ends(references: tuple[CrossReference, ...]) -> list[tuple[str, str]]:
    return [(end.report, str(end.label) if end.label else "") for end in references]


def test_a_paragraph_tells_what_it_refers_to_and_what_refers_to_it(shared_assistant: Assistant) -> None:
    report_id = shared_assistant.library.entries()[0].id
    links = shared_assistant.links(report_id, Label.parse("14(a)"))
    assert [(end.printed, str(end.label)) for end in links.refers_to] == [("第 9 段", "9")]
    assert links.refers_to[0].opening.startswith("2017年8月24日在日内瓦")
    back = shared_assistant.links(report_id, Label.parse("9"))
    assert back.refers_to == ()
    assert [(str(end.label), end.opening) for end in back.referred_by] == [("14(a)", "上文第 9 段所述的商定内容；")]


def test_a_document_in_the_library_leads_to_its_paragraph_there(two: Assistant) -> None:
    assert ends(two.links("report", Label.parse("1")).refers_to) == [("resolution", "2")]
    whole, foreign = two.links("report", Label.parse("2")).refers_to
    assert (whole.report, whole.label, whole.symbol) == ("resolution", None, "A/RES/80/9")
    assert (foreign.report, foreign.symbol) == ("", "A/RES/70/1")


def test_a_paragraph_of_the_library_knows_the_other_reports_that_cite_it(two: Assistant) -> None:
    assert ends(two.links("resolution", Label.parse("2")).referred_by) == [("resolution", "1"), ("report", "1")]


def test_a_place_that_the_other_report_does_not_have_leads_nowhere_in_it(two: Assistant) -> None:
    outward = {(str(link.source), str(link.target)) for link, report in two.report_links("report").outward if report}
    assert outward == {("1", "2"), ("2", "None"), ("3(a)", "1"), ("3(b)", "None")}


def test_a_removed_report_leaves_no_link(two: Assistant) -> None:
    two.library.remove("report")
    assert ends(two.links("resolution", Label.parse("2")).referred_by) == [("resolution", "1")]
    with two.library.reading() as connection:
        assert set(connection.execute(select(LINKS.c.report_id)).scalars()) == {"un-space-meeting-38.zh", "resolution"}


def test_rebuilding_finds_the_links_again_and_no_link_twice(two: Assistant) -> None:
    before = two.report_links("report")
    two.library.rebuild()
    assert two.report_links("report") == before


def test_links_of_a_report_that_is_not_there_are_an_error(shared_assistant: Assistant) -> None:
    with pytest.raises(UnknownReport, match="no report has the id 'none'"):
        shared_assistant.links("none", Label.parse("1"))


def test_show_and_links_open_no_index(assistant: Assistant) -> None:
    with assistant.library.reading() as connection:
        folder = assistant.library.index_folder(connection)
    assert folder is not None
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    assert [str(hit.paragraph.label) for hit in assistant.show("14(a)")] == ["14(a)"]
    assert assistant.links("un-space-meeting-38.zh", Label.parse("14(a)")).refers_to
