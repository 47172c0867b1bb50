import pytest

from assistant import Assistant
from assistant.query import understand
from assistant.second_look import Features, look_at
from corpus.label import Label


def features(assistant: Assistant, question: str, label: str) -> Features:
    with assistant._view(None) as view:
        return look_at(view.at(Label.parse(label))[0], understand(question, view.index)).features


@pytest.mark.parametrize(
    ("question", "label", "expected"),
    [
        ("训研所做了什么？", "13", 1.0),  # one of three dozen bodies that attended
        ("训研所做了什么？", "35", 0.0),
        ("哪些机构出席了会议？训研所在内吗？", "13", 0.0),  # the enumeration is what is asked for
        ("会议做了什么？", "13", 0.0),  # no name is asked for
    ],
)
def test_a_name_amid_a_long_enumeration_is_told_unless_who_attended_is_asked(
    shared_assistant: Assistant, question: str, label: str, expected: float
) -> None:
    assert features(shared_assistant, question, label).enumerated == expected


def test_what_a_body_did_is_answered_by_what_is_said_of_it_and_not_by_the_list_of_those_present(
    shared_assistant: Assistant,
) -> None:
    assert str(shared_assistant.search("训研所做了什么？", 1)[0].paragraph.label) == "35"


def test_a_paragraph_that_lacks_the_number_asked_for_stands_behind_a_near_one_that_has_it(
    shared_assistant: Assistant,
) -> None:
    hits = shared_assistant.search("第三十九届会议哪个议程项目介绍“2030年空间”的筹备？", 5)
    assert str(hits[0].paragraph.label) == "50(a)"
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
