"""Turns to a document: its blocks and its notes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.compose import side_by_side
from assistant.export.building import document_of
from assistant.export.document import Cite, cleaned, plain, title_of
from assistant.export.sources import sources_of
from corpus.label import Label
from tests.assistant.export.answers import SOURCES, answer, document, hit, refusal

odd = st.text(min_size=1, max_size=40).filter(lambda t: bool(cleaned(t).strip()))


def test_a_note_names_report_symbol_label_quotation_and_link() -> None:
    note = document(answer(("12(c)", "交流情况。"))).notes[0]
    assert note.words == "《空间会议报告》，A/AC.105/1206，第12(c)段：“交流情况。”"
    assert note.address.link == "pincite://un-38/12%28c%29"
    english = document(answer(("12(c)", "交流情况。"), language="en"), language="en").notes[0]
    assert english.words == "空间会议报告, A/AC.105/1206, para. 12 (c): “交流情况。”"


def test_notes_count_through_the_conversation_and_a_quotation_repeated_in_a_turn_keeps_its_note() -> None:
    exported = document(answer(("5", "成员有 193 个。"), short="193 个"), answer(("5", "成员有 193 个。")))
    cites = [i.note for b in exported.blocks for i in b.inlines if isinstance(i, Cite)]
    assert cites == [1, 1, 2]
    assert [n.number for n in exported.notes] == [1, 2]


def test_each_quotation_of_a_paragraph_gets_its_own_words() -> None:
    two = hit("5", "第一句。第二句。第三句。")
    text = "> 第三句。 [第5段](pincite://un-38/5)\n\n> 第一句。 [第5段](pincite://un-38/5)"
    quotes = (Citation("un-38", Label.parse("5"), "第一句。"), Citation("un-38", Label.parse("5"), "第三句。"))
    exported = document(Answer("问", text, quotes, False, (two,)))
    assert [n.quote for n in exported.notes] == ["第三句。", "第一句。"]


def test_what_a_report_says_of_itself_is_that_of_the_version_cited() -> None:
    old = Answer("问", "二。 [第5段](pincite://un-38@2/5)", (), False, (hit("5", "二。", version=2),))
    assert document(old).notes[0].source.title == "第二版"
    unknown = document_of([("问", old)], {}, "zh")
    assert unknown.notes[0].source.title == "un-38"


def test_nearest_paragraphs_of_a_refusal_are_notes_without_a_quotation() -> None:
    notes = document(refusal()).notes
    assert [n.shown for n in notes] == ["第7段", "第8段"]
    assert notes[0].words == "《空间会议报告》，A/AC.105/1206，第7段。"


def test_headings_stand_below_their_quotations_and_questions_above() -> None:
    exported = document(answer(("1", "甲。"), question="一问"), answer(("2", "乙。"), question="二问"))
    kinds = [b.kind for b in exported.blocks]
    assert kinds == ["title", "question", "quotation", "place", "question", "quotation", "place"]
    assert exported.title == "对话：一问"
    single = document(answer(("1", "甲。"), question="一问"))
    assert [b.kind for b in single.blocks] == ["title", "quotation", "place"]


def test_question_as_understood_is_told_where_it_differs() -> None:
    made_whole = replace(answer(("1", "甲。")), question="训研所的任务是什么？")
    blocks = document_of([("它呢", made_whole)], SOURCES, "zh").blocks
    assert plain(blocks[1].inlines) == "理解为：训研所的任务是什么？"


def test_what_has_become_of_old_citations_stands_below_its_answer() -> None:
    turns = [("一问", answer(("1", "甲。"))), ("二问", answer(("2", "乙。")))]
    made = document_of(turns, SOURCES, "zh", remarks=[["第1段已移除。"], []])
    kinds = [(block.kind, plain(block.inlines)) for block in made.blocks]
    assert kinds.index(("remark", "第1段已移除。")) < kinds.index(("question", "二问"))
    assert made.remarks == (("第1段已移除。",), ())


def test_paragraphs_side_by_side_are_a_table() -> None:
    table = document(side_by_side("比较", (answer(("1", "甲。")), answer(("2", "乙。"))), "zh")).blocks[1]
    assert [[plain(cell).strip() for cell in row] for row in table.rows] == [["问？", "问？"], ["甲。", "乙。"]]


def test_lists_and_code_written_by_a_model_are_kept() -> None:
    text = "# 头\n\n- 一\n- 二\n\n3. 三\n4. 四\n\n```\nx = <b>1</b>\n```\n\n[外](http://example.invalid) <i>斜</i>"
    blocks = document(Answer("问", text, (), False, ())).blocks[1:]
    assert [(b.kind, b.mark) for b in blocks] == [
        ("text", ""),
        ("item", "•"),
        ("item", "•"),
        ("item", "3."),
        ("item", "4."),
        ("text", ""),
        ("text", ""),
    ]
    assert plain(blocks[-1].inlines) == "[外](http://example.invalid) <i>斜</i>"
    assert plain(blocks[-2].inlines) == "x = <b>1</b>"


@pytest.mark.parametrize(("turns", "title"), [(0, "对话"), (1, "问？"), (2, "对话：问？")])
def test_title_of_turns_without_a_name(turns: int, title: str) -> None:
    assert title_of([("问？", refusal())] * turns, "zh") == title


@given(odd)
def test_quotations_of_any_words_reach_the_notes_and_the_text(text: str) -> None:
    exported = document(answer(("5", text), ("6", "六。")))
    first = exported.notes[0]
    assert "".join(first.quote.split()) == "".join(cleaned(text).split())
    assert exported.notes[1].quote == "六。"


@given(st.text(st.characters(), max_size=60))
def test_cleaned_text_can_be_written_and_keeps_every_printed_character(text: str) -> None:
    cleaned(text).encode()
    assert [c for c in text if c.isprintable()] == [c for c in cleaned(text) if c.isprintable() and c in text]


def test_sources_come_from_the_library(shared_assistant: Assistant) -> None:
    found = shared_assistant.ask("第12(c)段")
    entry = shared_assistant.library.entries()[0]
    sources = sources_of([found], shared_assistant.library)
    assert {name: s.title for name, s in sources.items()} == {entry.id: entry.title}


def test_a_report_that_is_gone_goes_by_its_id(shared_assistant: Assistant) -> None:
    assert sources_of([answer(("5", "五。"))], shared_assistant.library)["un-38"].title == "un-38"
