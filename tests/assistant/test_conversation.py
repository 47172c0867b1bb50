import json
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.evaluation import answers_gold
from corpus.label import Label
from tests.conftest import EVALUATION

CONVERSATIONS = [
    json.loads(line) for line in (EVALUATION / "conversations_dev.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("as_messages", [False, True], ids=["answers", "messages"])
@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: str(c["id"]))
def test_every_turn_cites_what_answers_it(
    shared_assistant: Assistant, conversation: dict[str, Any], as_messages: bool
) -> None:
    history: list[Any] = []
    for turn in conversation["turns"]:
        answer = shared_assistant.ask(turn["question"], history)
        gold = [Label.parse(label) for label in turn["gold"]]
        cited = [c.label for c in answer.citations]
        assert answers_gold(cited[0], gold) if gold else not cited, f"{turn['question']} was read as {answer.question}"
        if as_messages:
            history.append({"role": "user", "content": turn["question"]})
            history.append({"role": "assistant", "content": answer.text})
        else:
            history.append((turn["question"], answer))


def followed(assistant: Assistant, *questions: str) -> Answer:
    """Return the answer to the last of `questions`, asked one after another."""
    history: list[tuple[str, Answer]] = []
    for question in questions:
        history.append((question, assistant.ask(question, history)))
    return history[-1][1]


@pytest.mark.parametrize(
    ("questions", "label"),
    [
        (("第44段", "再下一段呢？", "上一段"), "44"),
        (("第12段(a)项", "(d)项呢？", "下一项呢？"), "12(e)"),
        (("第12段", "第三项是什么？"), "12(c)"),
        (("专题会议A审议什么？", "B呢"), "23(b)"),
        (("What does para. 30 say?", "next paragraph"), "31"),
    ],
)
def test_a_step_from_what_was_cited_is_a_place(
    shared_assistant: Assistant, questions: tuple[str, ...], label: str
) -> None:
    assert str(followed(shared_assistant, *questions).citations[0].label) == label


def test_the_question_as_understood_is_told(shared_assistant: Assistant) -> None:
    assert "国际电联" in followed(shared_assistant, "国际电联的代表介绍了什么？", "它有多少成员国？").question


def test_a_change_of_subject_is_not_dragged_back(shared_assistant: Assistant) -> None:
    first = "国际电联的代表介绍了什么？"
    assert followed(shared_assistant, first, "今天中午吃什么好？").abstained
    assert str(followed(shared_assistant, first, "第8段讲了什么？").citations[0].label) == "8"
    assert str(followed(shared_assistant, first, "肯尼亚的第一颗卫星是什么时候部署的？").citations[0].label) == "25"


def test_thanks_and_greetings_are_answered_without_a_citation(shared_assistant: Assistant) -> None:
    for words in ("谢谢", "好的，谢谢！", "你好", "Thank you", "hello", "你能做什么？"):
        answer = shared_assistant.ask(words)
        assert not answer.abstained
        assert not answer.citations
        assert answer.text


def test_an_entry_that_is_no_turn_is_refused_with_what_was_expected(shared_assistant: Assistant) -> None:
    with pytest.raises(TypeError, match="expected"):
        shared_assistant.ask("它呢？", ["国际电联"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="'role'"):
        shared_assistant.ask("它呢？", [{"content": "国际电联"}])
