import pytest

from assistant import Assistant
from corpus.report import Report
from index.lexicon import abbreviations, is_short_for, synonyms, un_bodies


def test_abbreviations_are_those_the_report_introduces(bundled: Report) -> None:
    assert abbreviations(p.text for p in bundled.paragraphs) == {
        "外空协调会议": "外层空间活动机构间会议",
        "国际电联": "国际电信联盟",
        "训研所": "联合国训练研究所",
        "儿童基金会": "联合国儿童基金会",
    }


def test_english_acronyms_take_the_words_they_begin() -> None:
    text = "The International Telecommunication Union (ITU) and the Office for Outer Space Affairs (OOSA) met (again)."
    assert abbreviations([text]) == {
        "ITU": "International Telecommunication Union",
        "OOSA": "Office for Outer Space Affairs",
    }


@pytest.mark.parametrize(
    ("short", "long", "holds"),
    [
        ("亚太经社会", "亚洲及太平洋经济社会委员会", True),
        ("毒罪办", "联合国毒品和犯罪问题办公室", True),
        ("裁研所", "联合国裁军研究所", True),
        ("粮农组织", "联合国训练研究所", False),
        ("所训研", "联合国训练研究所", False),
    ],
)
def test_an_abbreviation_keeps_the_order_of_the_name(short: str, long: str, holds: bool) -> None:
    assert is_short_for(short, long) is holds


def test_an_acronym_names_its_body_only_in_capitals() -> None:
    who = next(body for body in un_bodies() if body.acronym == "WHO")
    assert who.named_in("Did WHO attend?", "did who attend?") == ["who"]
    assert who.named_in("Who attended?", "who attended?") == []
    assert "世界卫生组织" in who.other_names("who")


@pytest.mark.timeout(5)
def test_long_english_text_is_read_at_once() -> None:
    assert abbreviations(["international telecommunication satellite organization " * 200, "a" * 100_000]) == {}


def test_words_that_say_the_same_stand_in_one_group_each_of_them_once() -> None:
    groups = synonyms()
    assert {"成立", "建立", "establish"} <= set(groups["建立"])
    assert all(word in group for word, group in groups.items())
    assert "建议" not in groups.get("决定", ())


def test_words_of_one_stem_keep_what_each_says_the_same_as(shared_assistant: Assistant) -> None:
    with shared_assistant._view(None) as view:
        assert {"参加", "与会者"} <= set(view.index.synonyms["particip"])
