from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.filter import Filter
from corpus.errors import UnknownCollection, UnknownReport

BUNDLED, SECOND, ENGLISH = "un-space-meeting-38.zh", "harbour-2025.zh", "lighthouse-2023"


@pytest.fixture
def three(assistant: Assistant, second_report: Path, english_report: Path) -> Assistant:
    """An assistant over the bundled report, a Chinese one of 2025 and an English one of 2023."""
    assistant.library.add(second_report)
    assistant.library.add(english_report)
    assistant.library.collections.add("港口", [SECOND, ENGLISH])
    return assistant


def found_in(assistant: Assistant, question: str, within: Filter | None = None) -> set[str]:
    return {hit.report for hit in assistant.search(question, top_k=300, within=within)}


def labels(assistant: Assistant, question: str, within: Filter | None = None) -> list[str]:
    return [str(c.label) for c in assistant.ask(question, within=within).citations]


@pytest.mark.parametrize(
    ("within", "reports"),
    [
        (Filter(), {BUNDLED, SECOND, ENGLISH}),
        (Filter(reports=(SECOND,)), {SECOND}),
        (Filter(collections=("港口",)), {SECOND, ENGLISH}),
        (Filter(reports=(BUNDLED,), collections=("港口",)), {BUNDLED, SECOND, ENGLISH}),
        (Filter(collections=("港口",), languages=("en",)), {ENGLISH}),
        (Filter(languages=("zh",)), {BUNDLED, SECOND}),
        (Filter(years=(2018, 2023)), {BUNDLED, ENGLISH}),
        (Filter(years=(2018,), languages=("en",)), set()),
        (Filter(sections=("Attendance",)), {ENGLISH}),
    ],
)
def test_a_filter_keeps_a_search_to_what_it_names(three: Assistant, within: Filter, reports: set[str]) -> None:
    assert found_in(three, "会议 session", within) == reports


def test_reports_and_a_filter_narrow_each_other(three: Assistant) -> None:
    hits = three.search("会议 session", reports=[BUNDLED, ENGLISH], within=Filter(collections=("港口",)))
    assert {hit.report for hit in hits} == {ENGLISH}


@pytest.mark.parametrize(
    ("section", "first", "n"),
    [
        ("第三章", "9", 65),
        ("III", "9", 65),
        ("三", "9", 65),
        ("chapter three", "9", 65),
        ("III.B", "13", 1),
        ("第三章B节", "13", 1),
        ("出席情况", "13", 1),
        ("B节", "13", 1),
        ("第七章", "", 0),
        ("与本报告无关的一节", "", 0),
    ],
)
def test_a_section_is_named_by_mark_or_by_words(shared_assistant: Assistant, section: str, first: str, n: int) -> None:
    hits = shared_assistant.search("会议代表联合国", top_k=200, within=Filter(sections=(section,)))
    with shared_assistant.library.reading():
        order = [str(p.label) for p in shared_assistant.library.reports()[0].paragraphs]
    found = sorted({str(hit.paragraph.label) for hit in hits}, key=order.index)
    assert len(found) <= n
    assert found[:1] == ([first] if first else [])


def test_an_annex_is_a_section_in_either_language(shared_assistant: Assistant) -> None:
    for name in ("附件二", "annex II", "Annex 2"):
        hits = shared_assistant.search("外层空间", top_k=50, within=Filter(sections=(name,)))
        assert {hit.paragraph.label.scope for hit in hits} == {("附件二",)}


def test_a_place_outside_the_filter_is_not_shown(three: Assistant) -> None:
    assert three.ask("第30段", within=Filter(languages=("en",))).abstained
    assert labels(three, "第2段", Filter(years=(2023,))) == ["2"]


def test_nothing_within_a_filter_is_said_and_no_error(three: Assistant) -> None:
    answer = three.ask("会议由谁主持？", within=Filter(years=(1950,)))
    assert answer.abstained
    assert "没有符合所选范围的段落" in answer.text
    assert three.search("会议", within=Filter(sections=("第九十九章",))) == []


def test_a_collection_or_report_that_is_not_there_is_an_error(three: Assistant) -> None:
    with pytest.raises(UnknownCollection, match="no collection is called '船'"):
        three.ask("会议", within=Filter(collections=("船",)))
    with pytest.raises(UnknownReport, match="no report has the id 'none'"):
        three.search("会议", within=Filter(reports=("none",)))


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        ("2025年的报告里批准了多少预算？", [SECOND]),
        ("二〇二五年的报告中，预算是多少？", [SECOND]),
        ("In the 2023 report, who chaired the session?", [ENGLISH]),
        ("Who chaired the session in the English reports?", [ENGLISH]),
        ("在合集“港口”里，谁主持会议？", [SECOND, ENGLISH]),
        ("Who chaired the session in the collection 港口?", [SECOND, ENGLISH]),
        ("在《港口安全审查会第五届会议报告》中，预算是多少？", [SECOND]),
        ("In the section on attendance, who spoke?", [ENGLISH]),
        ("Who spoke in section II?", [BUNDLED, ENGLISH]),
        ("In chapter III, what was decided?", [BUNDLED, ENGLISH]),
    ],
)
def test_a_question_says_what_it_is_kept_to(three: Assistant, question: str, reports: Sequence[str]) -> None:
    assert found_in(three, question) <= set(reports)
    assert found_in(three, question)


@pytest.mark.parametrize(
    "question",
    [
        "秘书长2025年的报告里说了什么？",
        "2031年的报告里提到的会议",
        "in part because of the session",
        "在第三十九届会议里讨论什么",
        "在纽约举行的会议中谁主持",
    ],
)
def test_words_that_only_look_like_a_filter_stay_in_the_question(three: Assistant, question: str) -> None:
    assert found_in(three, question) == {BUNDLED, SECOND, ENGLISH}


def test_a_section_named_in_the_question_answers_from_it(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("在其他事项一节中，电话会议链接是为谁提供的？")
    assert [str(c.label) for c in answer.citations] == ["52"]
    assert answer.question == "在其他事项一节中，电话会议链接是为谁提供的？"
    found = shared_assistant.search("在第二章里，小组讨论会由谁主持？", top_k=100)
    assert {str(hit.paragraph.label) for hit in found} <= {"4", "5", "6", "7", "8"}


@pytest.mark.parametrize(
    "question", ["第二章讲了什么？", "在第二章里说了什么", "第二章的内容", "第二章", "What does section II say?"]
)
def test_a_section_alone_is_shown_as_it_stands(shared_assistant: Assistant, question: str) -> None:
    assert labels(shared_assistant, question)[:5] == ["4", "5", "6", "7", "8"]
    assert [str(h.paragraph.label) for h in shared_assistant.search(question)][:5] == ["4", "5", "6", "7", "8"]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("paragraph 2 of A/AC.900/7", [("symbols", "2")]),
        ("A/AC.900/7, para. 2", [("symbols", "2")]),
        ("A/AC.900/7第2段", [("symbols", "2")]),
        ("在海港法里，谁管理灯塔？", [("law", "第一条")]),
        ("海港法哪些条款提到灯塔？", [("law", "第一条"), ("law", "第三条")]),
        ("海港法第二章讲了什么？", [("law", "第二条"), ("law", "第三条")]),
    ],
)
def test_a_report_is_named_by_its_symbol_or_a_law_by_the_end_of_its_title(
    assistant: Assistant, tmp_path: Path, question: str, places: list[tuple[str, str]]
) -> None:
    texts = {
        "symbols": "A/AC.900/7\n\n灯塔委员会报告\n\n1. 委员会开会。\n\n2. 委员会散会。\n",
        "law": "中华人民共和国海港法\n\n第一章 总则\n\n第一条 灯塔由港务局管理。\n\n第二章 罚则\n\n"
        "第二条 违反本法的，处二千元罚款。\n\n第三条 损坏灯塔的，责令赔偿。\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assistant.library.add(tmp_path / f"{name}.txt")
    answer = assistant.ask(question)
    assert list(dict.fromkeys((c.report, str(c.label)) for c in answer.citations)) == places


def test_a_paragraph_outside_the_section_named_with_it_is_shown_all_the_same(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "在第二章里，第30段说了什么") == ["30"]
