import pytest

from assistant.reading.wanted import KINDS, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("会议是什么时候举行的？", "time"),
        ("他在那里住了多久？", "duration"),
        ("国际电联有多少成员国？", "number"),
        ("会议由谁主持？", "person"),
        ("总部设在哪里？", "place"),
        ("他毕业于哪所大学？", "body"),
        ("这份文件叫什么？", "name"),
        ("为什么推迟？", "reason"),
        ("数据是如何收集的？", "manner"),
        ("什么是外空厅？", "what_is"),
        ("有哪些目标？", "several"),
        ("会议讨论了什么？", "thing"),
        ("When was it held?", "time"),
        ("How many members are there?", "number"),
        ("Who chaired it?", "person"),
    ],
)
def test_the_words_of_asking_say_what_kind_of_thing_is_wanted(question: str, kind: str) -> None:
    assert kind in KINDS
    assert kind in wanted(question).kinds


def test_the_noun_and_the_unit_beside_the_word_of_asking_are_kept() -> None:
    assert wanted("他毕业于哪所大学？").noun == "大学"
    assert wanted("一共有多少人参加？").unit == "人"
    assert wanted("会议由谁主持？").noun == ""
