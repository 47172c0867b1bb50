"""What a sentence may say of the passage that it cites."""

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answer import Hit
from assistant.model.checker import Checker
from assistant.model.support import fault_of
from corpus.label import Label

CHINESE = "委员会决定在维也纳举行年度会议。会议建议公布草案，法国提供了资金。12个国家和300名代表出席了会议。"
ENGLISH = (
    "The Committee decided to hold its annual session in Vienna. It recommended that France shall not publish the draft. "
    "Twelve States who attended paid 40 dollars."
)


@pytest.fixture(scope="module")
def given_passage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checker, Hit]:
    with Assistant.open(tmp_path_factory.mktemp("home"))._view(None) as view:
        return Checker.of(view.index), replace(view.at(Label.parse("12"))[0], context=())


@pytest.mark.parametrize(
    ("sentence", "passage", "fault"),
    [
        ("委员会决定在维也纳举行年度会议。", CHINESE, ""),
        ("12个国家和300名代表出席了会议。", CHINESE, ""),
        ("十二个国家出席了会议。", CHINESE, ""),
        ("委员会建议在维也纳举行年度会议。", CHINESE, "verb"),
        ("委员会决定在日内瓦举行年度会议。", CHINESE, "name"),
        ("日本提供了资金。", CHINESE, "name"),
        ("王小明提供了资金。", CHINESE, "name"),
        ("300个国家和12名代表出席了会议。", CHINESE, "number"),
        ("法国没有提供资金。", CHINESE, "negation"),
        ("法国提供了资金，会费由与会者缴纳。", CHINESE, "not_held"),
        ("会议说“公布全部草案”。", CHINESE, "quotation"),
        ("12个国家和300名代出席了会议。", CHINESE, "altered"),
        ("The Committee decided to hold its annual session in Vienna.", ENGLISH, ""),
        ("Twelve States attended.", ENGLISH, ""),
        ("The Committee recommended to hold its annual session in Vienna.", ENGLISH, "verb"),
        ("It recommended that Japan shall not publish the draft.", ENGLISH, "name"),
        ("It recommended that France shall publish the draft.", ENGLISH, "negation"),
        ("Fifteen States attended.", ENGLISH, "number"),
        ("WHO attended.", ENGLISH, "name"),
        ("The Committee held its session in Geneva.", ENGLISH, "name"),
        ("法国不应公布草案。", ENGLISH, ""),
        ("法国应公布草案。", ENGLISH, "negation"),
        ("德国不应公布草案。", ENGLISH, "name"),
    ],
)
def test_a_sentence_is_supported_or_is_not(
    given_passage: tuple[Checker, Hit], sentence: str, passage: str, fault: str
) -> None:
    checker, hit = given_passage
    assert fault_of(sentence, [replace(hit, paragraph=replace(hit.paragraph, text=passage))], checker) == fault


def test_a_sentence_without_a_passage_is_not_supported(given_passage: tuple[Checker, Hit]) -> None:
    assert fault_of("法国提供了资金。", [], given_passage[0]) == "uncited"


def test_where_a_passage_stands_is_no_statement_of_it(given_passage: tuple[Checker, Hit]) -> None:
    checker, hit = given_passage
    below = replace(hit, context=("第二章", "会议安排"), paragraph=replace(hit.paragraph, text=CHINESE))
    assert fault_of("委员会决定在维也纳举行年度会议，第二章 › 会议安排。", [below], checker) == "not_held"
