from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
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
        ("12(a)–(c)", ["12(a)", "12(b)", "12(c)"]),
        ("第12(a)至(c)段", ["12(a)", "12(b)", "12(c)"]),
        ("第12(a)到(c)项", ["12(a)", "12(b)", "12(c)"]),
        ("para. 12 (a)-(c)", ["12(a)", "12(b)", "12(c)"]),
        ("40到42段", ["40", "41", "42"]),
        ("第14段(c)(一)至(三)", ["14(c)(一)", "14(c)(二)", "14(c)(三)"]),
    ],
)
def test_a_place_is_read_in_the_forms_of_texts_people_write(question: str, labels: list[str]) -> None:
    references = references_in(question)
    assert [str(label) for reference in references for label in reference.labels] == labels


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("第12段(c)、(d)项", "12(c) 12(d)"),
        ("第12段第c项", "12(c)"),
        ("第十二段第（三）项", "12(三)"),
        ("12段第三小项", "12(c)"),
        ("第12.c段", "12(c)"),
        ("12.(c)", "12(c)"),
        ("14.c.iv", "14(c)(iv)"),
        ("第12段c至e项", "12(c) 12(d) 12(e)"),
        ("第12段c、d项", "12(c) 12(d)"),
        ("第14段c项第4小项", "14(c)(4)"),
        ("14c(四)", "14(c)(四)"),
        ("30、31段", "30 31"),
        ("第30，31，33段", "30 31 33"),
        ("第30段、第31段和第33段", "30 31 33"),
        ("41、42、43段分别讲什么", "41 42 43"),
        ("30至33", "30 31 32 33"),
        ("30-33", "30 31 32 33"),
        ("第41段与第43段之间", "41 42 43"),
        ("between paragraphs 41 and 43", "41 42 43"),
        ("from paragraph 41 to 43", "41 42 43"),
        ("看一下30段", "30"),
        ("30号段", "30"),
        ("三十号段落", "30"),
        ("段30", "30"),
        ("第30段落", "30"),
        ("编号30", "30"),
        ("编号为30的段落", "30"),
        ("第卅段", "30"),
        ("#12", "12"),
        ("¶12", "12"),
        ("§ 12", "12"),
        ("paragraph twelve", "12"),
        ("paragraph twenty-five", "25"),
        ("Paragraph 12, subparagraph (c)", "12(c)"),
        ("subparagraph (c) of paragraph 12", "12(c)"),
        ("item (c) of paragraph 12", "12(c)"),
        ("paras. 12 (c), 14 and 16", "12(c) 14 16"),
        ("paragraphs 12, 14 and 16–18", "12 14 16 17 18"),
        ("附件二第1段", "附件二/1"),
        ("附件二(a)至(c)", "附件二(a) 附件二(b) 附件二(c)"),
        ("附件二、附件三", "附件二 附件三"),
        ("附件三第1至3行", "附件三#1 附件三#2 附件三#3"),
        ("附件三表格第5行", "附件三#5"),
        ("第二个附件", "附件二"),
        ("row 5 of annex III", "附件三#5"),
        ("the second annex", "附件二"),
        ("Annexes I and III", "附件一 附件三"),
        ("第41段和附件一(b)", "41 附件一(b)"),
        ("注1", "脚注1"),
        ("第一个脚注", "脚注1"),
        ("footnotes 1 and 2", "脚注1 脚注2"),
        ("Article 6", "第六条"),
        ("Articles 6 and 7", "第六条 第七条"),
        ("art. 6, para. 2", "第六条2"),
        ("刑法31条", "第三十一条"),
    ],
)
def test_a_place_is_read_in_every_form_people_write(question: str, labels: str) -> None:
    assert " ".join(str(label) for reference in references_in(question) for label in reference.labels) == labels


def test_a_paragraph_of_an_annex_may_have_no_number() -> None:
    for question in ("附件二第1段", "annex II, paragraph 1", "paragraph 1 of annex II"):
        (reference,) = references_in(question)
        assert "附件二¶1" in [str(label) for label in reference.places[0]]


@pytest.mark.parametrize(
    "question",
    [
        "共30段",
        "前30段",
        "下一阶段30年",
        "2018.10.29",
        "2018-10-29",
        "2018-2019",
        "第12.5条",
        "1.5米",
        "备注1",
        "no. 12 of the list",
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


def test_a_bare_place_that_no_report_has_is_said_to_be_lacking(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第九十九条")
    assert answer.abstained
    assert "没有第九十九条" in answer.text


def test_an_article_of_a_law_that_the_library_lacks_is_no_other_law_s(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text(
        "码头管理规则\n\n第一条 码头设码头长。\n\n第二条 渡轮每日检查。\n\n第三条 船票限当日使用。\n", encoding="utf-8"
    )
    assistant.library.add(tmp_path / "rules.txt")
    answer = assistant.ask("刑法第三条")
    assert (answer.text, answer.citations) == ("报告库里找不到“刑法”的第三条。", ())
