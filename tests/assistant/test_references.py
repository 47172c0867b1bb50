import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.references import references_in, rest_of


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("第30段讲了什么？", ["30"]),
        ("第 ３０ 段", ["30"]),
        ("第十二段（e）项", ["12(e)"]),
        ("第12(c)段", ["12(c)"]),
        ("12(c)", ["12(c)"]),
        ("五十(d)项是什么", ["50(d)"]),
        ("14段c项", ["14(c)"]),
        ("12c", ["12(c)"]),
        ("第12段c", ["12(c)"]),
        ("36", ["36"]),
        ("段落36", ["36"]),
        ("附件Ⅲ", ["附件三"]),
        ("第14段(c)(四)", ["14(c)(四)"]),
        ("第12段第三项", ["12(c)"]),
        ("第一百一十八段", ["118"]),
        ("第40至42段", ["40", "41", "42"]),
        ("第40—42段", ["40", "41", "42"]),
        ("从第3段到第5段", ["3", "4", "5"]),
        ("附件三", ["附件三"]),
        ("附件二(b)项", ["附件二(b)"]),
        ("附件三第4行", ["附件三#4"]),
        ("脚注1", ["脚注1"]),
        ("para. 12(c)", ["12(c)"]),
        ("paragraphs 12 to 14", ["12", "13", "14"]),
        ("annex II (b)", ["附件二(b)"]),
        ("footnote 1", ["脚注1"]),
        ("第三十一條第二款", ["第三十一条2"]),
        ("第12段第(c)项", ["12(c)"]),
        ("第12(c)和(d)段", ["12(c)", "12(d)"]),
        ("第12、13和14段", ["12", "13", "14"]),
        ("第12及20段", ["12", "20"]),
        ("第45至43段", ["43", "44", "45"]),
        ("附件一至三", ["附件一", "附件二", "附件三"]),
        ("paras. 12 and 13", ["12", "13"]),
        ("paragraph 12 (c) and (d)", ["12(c)", "12(d)"]),
        ("annex II, third paragraph", ["附件二¶3"]),
        ("annex I, row 2", ["附件一#2"]),
    ],
)
def test_a_place_is_read_in_every_form_people_write(question: str, labels: list[str]) -> None:
    references = references_in(question)
    assert [str(label) for reference in references for label in reference.labels] == labels


@pytest.mark.parametrize(
    "question",
    [
        "第三十九届会议在哪里开？",
        "第73/6号决议",
        "第四委员会",
        "第55/122号决议第4段",
        "paragraph 5 (b) of resolution 77/109",
        "Article 2 (4)",
        "2018年12月的会议",
        "A/AC.105/1179",
        "这一段时间",
    ],
)
def test_what_is_no_place_in_the_report_is_not_read_as_one(question: str) -> None:
    assert references_in(question) == []


def test_several_places_keep_their_order() -> None:
    references = references_in("比较第31段和第30段")
    assert [str(r.labels[0]) for r in references] == ["31", "30"]


def test_what_is_asked_of_a_place_is_left_over() -> None:
    question = "附件三里儿基会派了谁"
    assert rest_of(question, references_in(question)) == "里儿基会派了谁"


@given(st.text(alphabet="第一二三十百0123456789段项(a)（b）附件至到—条款 para.annex", max_size=30))
def test_any_question_is_read_without_an_error(question: str) -> None:
    for reference in references_in(question):
        assert reference.labels
        assert all(str(label) for label in reference.labels)
