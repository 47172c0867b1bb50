import pytest

from assistant import Assistant
from assistant.summary import MOST, summarised


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("总结第三章", "第三章"),
        ("请总结一下第三章的主要内容", "第三章"),
        ("summarise chapter III", "chapter III"),
        ("Summarize the report.", ""),
        ("总结报告", ""),
    ],
)
def test_what_is_to_be_summed_up_is_understood(question: str, what: str) -> None:
    assert summarised(question) == what


def test_a_question_of_another_kind_wants_no_summary() -> None:
    assert summarised("国际电联有多少成员国？") is None


@pytest.mark.parametrize("question", ["总结第三章", "summarise chapter III"])
def test_the_key_sentences_of_a_section_are_quoted_in_its_order(shared_assistant: Assistant, question: str) -> None:
    answer = shared_assistant.ask(question)
    assert not answer.abstained
    assert 3 <= len(answer.citations) <= MOST
    assert all(c.heading_path[0].startswith("三.") for c in answer.citations)
    keys = [c.label.sort_key for c in answer.citations]
    assert keys == sorted(keys)


def test_the_whole_of_one_report_can_be_summed_up(shared_assistant: Assistant) -> None:
    chapters = {c.heading_path[0] for c in shared_assistant.ask("总结报告").citations if c.heading_path}
    assert len(chapters) > 1
