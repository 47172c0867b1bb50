import pytest

from assistant import Assistant
from assistant.small_talk import reply_to_small_talk


@pytest.mark.parametrize(
    "words",
    [
        "你好",
        "您好！",
        "早上好",
        "好的，谢谢！",
        "谢谢，再见",
        "你是谁？",
        "你能做什么？",
        "辛苦了",
        "明白了",
        "帮助",
        "Hello!",
        "Good morning",
        "Thank you, goodbye",
        "ok thanks",
        "What can you do?",
        "Who are you?",
        "bye",
    ],
)
def test_small_talk_is_answered_as_a_person_would_without_a_citation(shared_assistant: Assistant, words: str) -> None:
    answer = shared_assistant.ask(words)
    assert not answer.abstained
    assert not answer.citations
    assert "pincite://" not in answer.text
    assert answer.text


@pytest.mark.parametrize(
    ("words", "reply"),
    [("谢谢", "不客气"), ("再见", "再见"), ("你是谁", "Pincite"), ("hi", "Hello"), ("bye", "Goodbye")],
)
def test_each_kind_has_its_reply(words: str, reply: str) -> None:
    assert reply in str(reply_to_small_talk(words, "en" if words.isascii() else "zh"))


@pytest.mark.parametrize(
    "question",
    [
        "你好，第30段说了什么",
        "谢谢，那下一段呢？",
        "好的，第5段",
        "Hello, what does para. 30 say?",
        "谢谢主席的是谁？",
        "Thanks to whom was the session held?",
        "帮助会员国的是哪个机构？",
        "What can you do with satellite images?",
        "第5段",
    ],
)
def test_a_question_that_begins_with_small_talk_is_a_question(question: str) -> None:
    assert reply_to_small_talk(question, "zh") is None


def test_a_place_behind_a_greeting_is_looked_up(shared_assistant: Assistant) -> None:
    assert str(shared_assistant.ask("你好，第30段说了什么").citations[0].label) == "30"
