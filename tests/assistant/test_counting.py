from pathlib import Path

import pytest

from assistant import Assistant
from assistant.counting import counted
from assistant.filter import Filter


def labels(assistant: Assistant, question: str, within: Filter | None = None) -> list[str]:
    return list(dict.fromkeys(str(c.label) for c in assistant.ask(question, within=within).citations))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("最后一段", ["52"]),
        ("报告的最后两段说了什么", ["51", "52"]),
        ("倒数第二段", ["51"]),
        ("前三段", ["1", "2", "3"]),
        ("开头几段", ["1", "2", "3"]),
        ("第40段以后的三段", ["41", "42", "43"]),
        ("第40段之前的两段", ["38", "39"]),
        ("第40段的下一段", ["41"]),
        ("第40段前一段", ["39"]),
        ("第40段前后", ["39", "40", "41"]),
        ("the last paragraph", ["52"]),
        ("Show the last three paragraphs", ["50", "51", "52"]),
        ("What are the two paragraphs after paragraph 40?", ["41", "42"]),
        ("the paragraph before paragraph 40", ["39"]),
    ],
)
def test_a_place_is_counted_to(shared_assistant: Assistant, question: str, first: list[str]) -> None:
    found = [label for label in labels(shared_assistant, question) if "(" not in label]
    assert found[: len(first)] == first


def test_counting_goes_on_within_a_section(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "最后一段", Filter(sections=("第二章",))) == ["8"]
    assert labels(shared_assistant, "在第二章里，最后一段") == ["8"]


def test_of_several_reports_none_has_the_last_paragraph(assistant: Assistant, second_report: Path) -> None:
    added = assistant.library.add(second_report)
    assert "第52段" not in assistant.ask("最后一段").text
    assert labels(assistant, "最后一段", Filter(reports=(added.id,)))[0] == "2"


@pytest.mark.parametrize("question", ["前三届会议在哪里召开？", "最后一次会议", "第99段以后的三段"])
def test_what_counts_to_no_paragraph_is_left_alone(shared_assistant: Assistant, question: str) -> None:
    with shared_assistant._view(None) as view:
        assert counted(question, view) == question
