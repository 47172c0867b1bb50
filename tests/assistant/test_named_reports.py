"""Reports that a question names by their place, symbol or subject, though the paragraph that answers does not say it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.model.checker import Checker
from assistant.model.support import fault_of
from corpus.label import Label

NORTH = (
    "2025年北京市政府工作报告\n\n一、2024年工作回顾\n\n1. 全年老楼加装电梯876部，城镇新增就业28万人。\n\n"
    "2. 细颗粒物年均浓度为每立方米30.5微克。\n\n二、2025年重点任务\n\n3. 老楼加装电梯600部，新建公园30处。\n\n"
    "4. 今年主要预期目标是：城镇新增就业不低于26万人，地区生产总值增长5%左右、努力争取更好结果，一般公共预算收入增长4%左右，"
    "居民消费价格涨幅2%左右，居民收入增长与经济增长同步。\n"
)
SOUTH = (
    "2025年江西省政府工作报告\n\n一、2024年工作回顾\n\n1. 城镇新增就业46万人，粮食总产量439亿斤。\n\n"
    "二、2025年重点任务\n\n2. 城镇新增就业41万人，地区生产总值增长5.2%。\n\n3. 粮食总产量保持在436亿斤以上。\n"
)
RESOLUTION = (
    "S/RES/2769 (2025)\n\nResolution 2769 (2025)\n\nAdopted by the Security Council on 16 January 2025\n\n"
    "1. Reaffirms its commitment to the sovereignty of Libya;\n\n"
    "2. Calls upon the authorities of Libya to publish the audit;\n\n"
    "3. Decides to extend the mandate of the Panel of Experts until 15 May 2026;\n\n"
    "4. Decides that the Panel shall provide an interim report no later than 15 September 2025;\n\n"
    "5. Requests the Chair of the Committee to inform Libya of the outcome of exemption notifications;\n"
)
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("reports")
    assistant = Assistant.open(tmp_path_factory.mktemp("home"))
    for name, text in (("north.zh", NORTH), ("south.zh", SOUTH), ("libya.en", RESOLUTION)):
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        assistant.library.add(file)
    return assistant


@pytest.fixture
def ask(shelf: Assistant) -> Ask:
    return shelf.ask


def first(answer: Answer) -> tuple[str, str]:
    return (answer.citations[0].report, str(answer.citations[0].label)) if answer.citations else ("", answer.text)


@pytest.mark.parametrize(
    ("question", "report", "label"),
    [
        ("北京今年老楼要装多少部电梯？", "north.zh", "3"),
        ("北京去年老楼装了多少部电梯？", "north.zh", "1"),
        ("北京PM2.5年均浓度是多少？", "north.zh", "2"),
        ("江西今年GDP增长目标是多少？", "south.zh", "2"),
        ("北京会不会新建公园？", "north.zh", "3"),
        ("what does resolution 2769 ask the Chair of the Committee to do?", "libya.en", "5"),
        ("by when does the Libya panel have to hand in its interim report?", "libya.en", "4"),
    ],
)
def test_what_names_the_report_need_not_stand_in_the_paragraph(
    ask: Ask, question: str, report: str, label: str
) -> None:
    assert first(ask(question)) == (report, label)


@pytest.mark.parametrize(
    "question",
    [
        "上海今年老楼要装多少部电梯？",
        "江西今年老楼要装多少部电梯？",
        "北京今年粮食总产量是多少？",
        "北京今年细颗粒物年均浓度是多少？",  # it is said of last year alone
    ],
)
def test_another_place_or_year_than_the_report_says_is_refused(ask: Ask, question: str) -> None:
    assert ask(question).abstained


@pytest.mark.parametrize("question", ["第2769号决议", "S/RES/2769 (2025)"])
def test_a_symbol_alone_is_answered_with_the_key_sentences_of_its_document(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert {c.report for c in answer.citations} == {"libya.en"}


def test_a_document_that_is_only_mentioned_is_not_what_is_asked(ask: Ask) -> None:
    assert ask("哪些段落提到第2769号决议？").abstained
    assert ask("第2769号决议出现在哪几段？").text.startswith("没有一段提到“第2769号决议”。")
    assert ask("北京的报告说了第2769号决议的什么？").abstained


def test_a_figure_of_the_report_s_symbol_is_none_of_its_paragraphs(shelf: Assistant) -> None:
    with shelf._view(["libya.en"]) as view:
        hit, checker = view.at(Label.parse("4"))[0], Checker.of(view.index)
    assert fault_of("委员会欢迎第2769号报告所附的2769项提案。", [hit], checker) == "number"


def test_of_several_figures_none_is_given_that_is_said_of_another_thing(ask: Ask) -> None:
    assert ask("北京今年一般公共预算收入增长目标是多少？").short in ("", "4%左右")
    assert ask("北京今年GDP增长目标多少").short in ("", "5%左右")


def test_last_year_may_be_asked_of_after_this_year(ask: Ask) -> None:
    history = [("北京今年老楼装多少部电梯？", ask("北京今年老楼装多少部电梯？"))]
    assert first(ask("去年呢？", history=history)) == ("north.zh", "1")


def test_a_place_is_known_by_its_name_in_another_language(shelf: Assistant) -> None:
    hit = shelf.search("What is the GDP growth target of Jiangxi?")[0]
    assert (hit.report, str(hit.paragraph.label)) == ("south.zh", "2")


def test_one_question_of_two_places_is_asked_of_each(ask: Ask) -> None:
    answer = ask("北京和江西今年城镇新增就业目标各定了多少？")
    cited = {(c.report, str(c.label)) for c in answer.citations}
    assert {("north.zh", "4"), ("south.zh", "2")} <= cited
    assert answer.text.startswith("| 北京今年城镇新增就业目标定了多少？ | 江西今年城镇新增就业目标定了多少？ |")


def test_a_follow_up_asks_the_same_of_another_place(ask: Ask) -> None:
    history = [("江西今年城镇新增就业多少人？", ask("江西今年城镇新增就业多少人？"))]
    assert first(ask("北京呢？", history=history)) == ("north.zh", "4")


def test_a_report_that_has_another_title_now_is_named_by_that(tmp_path: Path) -> None:
    file = tmp_path / "north.zh.txt"
    file.write_text(NORTH, encoding="utf-8")
    assistant = Assistant.open(tmp_path / "home")
    added = assistant.library.add(file)
    assert not assistant.ask("北京今年老楼要装多少部电梯？").abstained
    assistant.library.edit(added.id, title="2025年广东省政府工作报告")
    assert not assistant.ask("广东今年老楼要装多少部电梯？").abstained
    assert assistant.ask("北京今年老楼要装多少部电梯？").abstained
