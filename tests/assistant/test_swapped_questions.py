import random

from assistant.swapped_questions import swapped

ASKED = {
    "白沙镇在江北，一九五六年设镇。": ["白沙镇位于哪里？", "白沙镇何时设镇？"],
    "范廷颂是越南的枢机主教，生于河内。": ["范廷颂何时晋铎？", "范廷颂生于哪里？"],
}


def test_what_is_asked_of_one_passage_is_asked_of_the_other() -> None:
    found = swapped(ASKED, 20, random.Random(1))
    assert set(found) == {"范廷颂何时设镇?", "白沙镇何时晋铎?"}


def test_one_passage_alone_gives_no_question() -> None:
    assert swapped(dict([*ASKED.items()][:1]), 20, random.Random(1)) == []
