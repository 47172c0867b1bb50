import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.evaluation import answers_gold
from assistant.turns import are_conversations, evaluate_turns, load_conversations
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
        (("第50段", "第二项呢", "还有呢"), "50(c)"),
        (("第12段", "最后一项呢？"), "12(f)"),
        (("What does paragraph 12 say?", "the third item"), "12(c)"),
        (("What does paragraph 12 say?", "and the second?"), "12(b)"),
        (("第32段", "谁说的？"), "32"),
        (("第48段", "为什么？"), "48"),
    ],
)
def test_a_step_from_what_was_cited_is_a_place(
    shared_assistant: Assistant, questions: tuple[str, ...], label: str
) -> None:
    assert str(followed(shared_assistant, *questions).citations[0].label) == label


def test_the_question_as_understood_is_told(shared_assistant: Assistant) -> None:
    assert "国际电联" in followed(shared_assistant, "国际电联的代表介绍了什么？", "它有多少成员国？").question


@pytest.mark.parametrize(
    ("questions", "understood", "label"),
    [
        (("2012年公开会议的主题是什么？", "后一年呢？"), "2013年", "8"),
        (("第三十八届会议在哪里举行？", "下一届呢？"), "第39届", "49"),
        (("第三十八届会议在哪里举行？", "是什么时候？"), "第三十八届会议是什么时候", "3"),
        (("第三十八届会议在哪里举行？", "由谁主持？"), "第三十八届", "11"),
        (("法律事务厅的代表介绍了什么？", "道德操守办公室呢？"), "道德操守办公室的代表介绍了什么", "27"),
        (("儿童基金会用卫星图像做什么？", "好的，它还用什么绘制贫困图？"), "儿童基金会", "34"),
        (("What did the representative of ITU say?", "And how many member States does it have?"), "ITU", "36"),
        (("How many member states does ITU have?", "What about its sector members?"), "ITU sector members", "36"),
    ],
)
def test_a_follow_up_is_made_whole(
    shared_assistant: Assistant, questions: tuple[str, ...], understood: str, label: str
) -> None:
    answer = followed(shared_assistant, *questions)
    assert understood in answer.question
    assert str(answer.citations[0].label) == label


def test_thanks_in_between_do_not_lose_the_thread(shared_assistant: Assistant) -> None:
    answer = followed(shared_assistant, "国际电联的代表概述了什么？", "好的，谢谢", "它有多少成员国？")
    assert "193" in answer.text


def test_what_is_not_there_of_another_thing_is_refused_and_not_answered_of_the_first(
    shared_assistant: Assistant,
) -> None:
    assert followed(shared_assistant, "2012年公开会议的主题是什么？", "2016年的呢？").abstained
    assert followed(shared_assistant, "第三十八届会议在哪里举行？", "第四十二届呢？").abstained


@pytest.mark.parametrize("part", ["tune", "measure"])
def test_most_turns_over_three_reports_are_right(tmp_path: Path, part: str) -> None:
    assistant = Assistant.open(tmp_path / "home")
    for file in sorted((EVALUATION / "reports").glob("*.txt")):
        assistant.library.add(file)
    outcomes = evaluate_turns(load_conversations(EVALUATION / "conversations_own.jsonl", part), assistant)
    assert len(outcomes) >= 100
    assert sum(o.right for o in outcomes) >= 0.85 * len(outcomes)


def test_a_file_of_conversations_is_told_from_one_of_questions(tmp_path: Path) -> None:
    assert are_conversations(EVALUATION / "conversations_own.jsonl")
    assert not are_conversations(EVALUATION / "near_miss.jsonl")
    assert not are_conversations(tmp_path / "missing.jsonl")


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


@pytest.mark.parametrize(
    ("first", "step", "label"),
    [
        ("第二条", "下一段", "第三条"),
        ("第三条", "上一段呢？", "第二条"),
        ("第二条第一款第（一）项", "再下一段", "第三条"),
    ],
)
def test_a_step_in_a_law_is_an_article(tmp_path: Path, first: str, step: str, label: str) -> None:
    law = tmp_path / "法.md"
    law.write_text(
        "# 灯塔管理法\n\n第一条 灯塔归公。\n\n第二条 守塔人应当：\n\n（一）点灯；\n\n（二）记录。\n\n第三条 违者罚款。\n",
        encoding="utf-8",
    )
    assistant = Assistant.open(tmp_path / "home")
    assistant.library.remove(assistant.library.entries()[0].id)
    assistant.library.add(law)
    assert str(followed(assistant, first, step).citations[0].label) == label


@pytest.mark.parametrize(
    "questions",
    [
        ("水机制的代表介绍了什么？", "什么时候成立的？"),
        ("肯尼亚的卫星什么时候部署的？", "花了多少钱？"),
    ],
)
def test_what_is_not_said_of_the_thing_before_is_not_answered_of_another(
    shared_assistant: Assistant, questions: tuple[str, ...]
) -> None:
    assert followed(shared_assistant, *questions).abstained


def test_a_session_is_counted_with_and_without_its_sign(shared_assistant: Assistant) -> None:
    assert followed(shared_assistant, "第三十九届会议在哪里举行？", "那四十届呢").short == "曼谷"
    assert not shared_assistant.ask("四十届会议在哪里举行？").abstained
