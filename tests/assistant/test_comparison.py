import pytest

from assistant import Assistant
from assistant.comparison import sides_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("第12段和第30段有什么不同？", ("第12段", "第30段")),
        ("Compare paragraphs 12 and 30", ("第12段", "第30段")),
        ("附件一和附件二有什么区别？", ("附件一", "附件二")),
        ("比较国际电联和外勤支助部", ("国际电联", "外勤支助部")),
        ("比较《甲报告》和《乙报告》关于预算的规定", ("在《甲报告》中关于预算的规定", "在《乙报告》中关于预算的规定")),
        ("What is the difference between ITU and UNITAR?", ("ITU", "UNITAR")),
    ],
)
def test_the_two_things_that_a_question_compares_are_told_apart(question: str, sides: tuple[str, str]) -> None:
    assert sides_of(question) == sides


@pytest.mark.parametrize("question", ["第30段说了什么", "会议有什么目标？", "比较重要的议题有哪些？"])
def test_a_question_for_one_thing_compares_nothing(question: str) -> None:
    assert sides_of(question) is None


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("北京和江西的增长目标各是多少", ("北京的增长目标是多少", "江西的增长目标是多少")),
        ("北京、江西的失业率目标一样吗", ("北京的失业率目标", "江西的失业率目标")),
        ("How much growth in 北京 and 江西", ("How much growth in 北京", "How much growth in 江西")),
    ],
)
def test_two_places_that_reports_are_of_are_asked_of_apart(question: str, sides: tuple[str, str]) -> None:
    assert sides_of(question, ("北京", "北京市", "江西")) == sides


@pytest.mark.parametrize("question", ["北京和上海的目标", "北京和江西和广东的目标", "北京和北京的目标"])
def test_one_place_or_three_are_no_two_sides(question: str) -> None:
    assert sides_of(question, ("北京", "江西", "广东")) is None


def test_two_paragraphs_stand_side_by_side_each_with_its_citation(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第29段和第30段有什么不同？")
    assert [str(c.label) for c in answer.citations] == ["29", "30"]
    head, _, row = answer.text.split("\n")
    assert head == "| 第29段 | 第30段 |"
    assert row.count("pincite://") == 2


def test_where_one_side_is_not_there_that_is_said(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第29段和第300段有什么不同？")
    assert answer.abstained
    assert "第300段" in answer.text
