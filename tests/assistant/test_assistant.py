import threading
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.errors import IndexDamaged, IndexMismatch, UnknownParagraph, UnknownReport
from corpus.report import Report


def labels(assistant: Assistant, question: str) -> list[str]:
    return [str(c.label) for c in assistant.ask(question).citations]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("第30段说了什么", "30"),
        ("第十二段（e）项", "12(e)"),
        ("附件三", "附件三"),
        ("脚注1", "脚注1"),
        ("para. 12(c)", "12(c)"),
        ("第14(c)(iv)段", "14(c)(四)"),
        ("footnote 1", "脚注1"),
        ("附件二第三段", "附件二¶3"),
    ],
)
def test_an_explicit_reference_is_looked_up(shared_assistant: Assistant, question: str, first: str) -> None:
    assert labels(shared_assistant, question)[0] == first
    assert str(shared_assistant.search(question)[0].paragraph.label) == first


def test_a_range_shows_every_paragraph_of_it_in_order(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "第40至45段") == [str(n) for n in range(40, 46)]


def test_a_paragraph_with_items_is_shown_with_them(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "第12段") == ["12", *(f"12({c})" for c in "abcdef")]


def test_a_number_that_is_not_there_is_said_not_to_be_with_the_range(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第60段写了什么？")
    assert answer.abstained
    assert not answer.citations
    assert "没有第60段" in answer.text
    assert "1–52" in answer.text


def test_of_a_named_annex_the_rows_that_answer_are_shown(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "附件三里儿基会的代表有谁") == ["附件三#15"]


def test_an_answer_quotes_verbatim_with_label_and_headings(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("肯尼亚的第一颗卫星是什么时候部署的？")
    assert not answer.abstained
    citation = answer.citations[0]
    assert (citation.report, str(citation.label)) == ("un-space-meeting-38.zh", "25")
    assert "2018 年 5 月" in citation.quote
    assert citation.quote in answer.hits[0].paragraph.text
    assert "[第25段](pincite://un-space-meeting-38.zh/25)" in answer.text
    assert "三. 外空协调会议第三十八届会议" in answer.text


@pytest.mark.parametrize(
    "question", ["How many member states does ITU have?", "國際電聯有多少成員國？", "国际电联有多少成员国？"]
)
def test_one_paragraph_answers_in_three_spellings(shared_assistant: Assistant, question: str) -> None:
    answer = shared_assistant.ask(question)
    assert "193" in answer.text
    assert "36" in [str(c.label) for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("第四十二届会议在哪里举行？", "第42届"),
        ("俄罗斯代表投了反对票吗？", "俄罗斯"),
        ("1999年公开会议的主题是什么？", "1999年"),
    ],
)
def test_an_abstention_names_what_was_not_found_and_shows_the_nearest(
    shared_assistant: Assistant, question: str, named: str
) -> None:
    answer = shared_assistant.ask(question)
    assert answer.abstained
    assert named in answer.text
    assert len(answer.hits) == 3
    assert all(
        f"/{hit.paragraph.label}" in answer.text.replace("%23", "#")
        for hit in answer.hits
        if not hit.paragraph.label.scope
    )


def test_what_the_report_does_not_answer_is_not_answered(shared_assistant: Assistant) -> None:
    for question in (
        "请推荐一家纽约的餐厅",
        "会议注册费是多少？",
        "詹姆斯·韦伯望远镜是哪年发射的？",
        "教科文组织的代表讲了什么？",
    ):
        assert shared_assistant.ask(question).abstained, question


def test_two_questions_in_one_are_both_answered(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第三十八届会议由谁组织安排？2020年的会议在哪里举行？")
    assert {"11", "49"} <= {str(c.label) for c in answer.citations}


def test_the_pieces_of_a_stream_are_the_answer(shared_assistant: Assistant) -> None:
    stream = shared_assistant.stream("本届会议的目标是什么？")
    pieces = []
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            answer = end.value
            break
    assert len(pieces) > 3
    assert "".join(pieces) == answer.text == shared_assistant.ask("本届会议的目标是什么？").text


def test_an_empty_and_an_endless_question_are_answered_with_a_sentence(shared_assistant: Assistant) -> None:
    assert shared_assistant.ask("  ").abstained
    assert shared_assistant.ask("？？？").abstained
    assert shared_assistant.ask("卫星" * 50_000).text


def test_a_report_added_answers_and_one_removed_does_not(assistant: Assistant, second_report: Path) -> None:
    question = "港口照明改造的预算是多少？"
    assert assistant.ask(question).abstained
    added = assistant.library.add(second_report)
    answer = assistant.ask(question)
    assert [(c.report, str(c.label)) for c in answer.citations] == [(added.id, "1")]
    assert added.title in answer.text
    assistant.library.remove(added.id)
    assert assistant.ask(question).abstained
    assert all(hit.report != added.id for hit in assistant.search(question))


def test_a_question_can_be_kept_to_some_reports(assistant: Assistant, second_report: Path) -> None:
    added = assistant.library.add(second_report)
    assert {h.report for h in assistant.search("会议", reports=[added.id])} == {added.id}
    assert assistant.search("第1段", reports=[added.id])[0].report == added.id
    with pytest.raises(UnknownReport, match="the library has"):
        assistant.search("会议", reports=["nope"])


def test_an_empty_library_says_so_and_stays_empty(assistant: Assistant) -> None:
    assistant.library.remove("un-space-meeting-38.zh")
    assert "报告库是空的" in assistant.ask("国际电联有多少成员国？").text
    assert Assistant.open(assistant.settings.home).library.reports() == []


def test_rebuilding_gives_the_same_answers(assistant: Assistant) -> None:
    question = "亚太经社会重点介绍了哪方面工作？"
    before = assistant.ask(question)
    assistant.library.rebuild()
    assert assistant.ask(question).text == before.text


def test_a_label_is_shown_in_any_spelling_with_all_below_it(shared_assistant: Assistant) -> None:
    for spelling in ("23", "第23段", "para. 23"):
        assert [str(h.paragraph.label) for h in shared_assistant.show(spelling)] == ["23", "23(a)", "23(b)", "23(c)"]
    assert [str(h.paragraph.label) for h in shared_assistant.show("14(c)(iv)")] == ["14(c)(四)"]
    with pytest.raises(UnknownParagraph, match="1–52"):
        shared_assistant.show("99")
    with pytest.raises(UnknownParagraph, match="expected a label"):
        shared_assistant.show("hello")


def test_a_damaged_index_is_a_sentence_and_rebuild_mends_it(assistant: Assistant) -> None:
    home = assistant.settings.home
    next((home / "index").iterdir()).joinpath("dense.faiss").write_bytes(b"damaged")
    reopened = Assistant.open(home)
    with pytest.raises(IndexDamaged, match="pincite rebuild"):
        reopened.ask("国际电联有多少成员国？")
    reopened.library.rebuild()
    assert "193" in reopened.ask("国际电联有多少成员国？").text


def test_another_embedder_is_a_mismatch_not_a_wrong_answer(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopened = Assistant.open(assistant.settings.home)
    monkeypatch.setattr(reopened._views.embedder, "fingerprint", "another")
    with pytest.raises(IndexMismatch, match="pincite rebuild"):
        reopened.ask("国际电联有多少成员国？")


def test_questions_are_answered_from_one_state_while_the_library_changes(
    assistant: Assistant, second_report: Path
) -> None:
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert "193" in assistant.ask("国际电联有多少成员国？").text
            except Exception as error:  # every failure is the test's result
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        added = assistant.library.add(second_report)
        assistant.library.remove(added.id)
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_every_label_is_found_by_what_it_is_shown_as(shared_assistant: Assistant, bundled: Report) -> None:
    for paragraph in bundled.paragraphs:
        for language in ("zh", "en"):
            shown = paragraph.label.shown(language)
            assert shared_assistant.show(shown)[0].paragraph.label == paragraph.label, shown


def test_a_range_that_ends_past_the_report_says_what_is_not_there(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第50至60段")
    assert [str(c.label) for c in answer.citations] == ["50", "51", "52"]
    assert "没有第53段–第60段" in answer.text


def test_an_annex_of_many_rows_is_cut_with_a_word(assistant: Assistant, tmp_path: Path) -> None:
    rows = "\n".join(f"第{n}办公室\tA. Name{n}" for n in range(1, 151))
    file = tmp_path / "long.txt"
    file.write_text(f"1. 会议通过了名单。\n\n附件九\n\n与会者名单\n\n{rows}\n", encoding="utf-8")
    assistant.library.add(file)
    answer = assistant.ask("附件九")
    assert len(answer.citations) == 80
    assert "共 151 处" in answer.text


def test_search_gives_as_many_as_asked_for(shared_assistant: Assistant) -> None:
    assert len(shared_assistant.search("外层空间会议", top_k=60)) == 60


def test_a_repeated_number_is_shown_with_both_its_paragraphs_told_apart(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "repeat.txt"
    file.write_text("一. 引言\n\n1. 甲方同意停泊。\n\n3. 乙方同意停泊。\n\n3. 丙方同意停泊。\n", encoding="utf-8")
    added = assistant.library.add(file)
    answer = assistant.ask("哪些方同意停泊？", reports=[added.id])
    assert len({c.link for c in answer.citations}) == len(answer.citations)


def test_an_english_report_is_added_and_answers(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "harbour.en.txt"
    file.write_text(
        "Report of the Harbour Committee\n\nI. Introduction\n\n"
        "1. The Committee met in Oslo on 4 March 2025 at the invitation of the international telecommunication satellite "
        "organization and of the World Lighthouse Union (WLU).\n\n2. The Committee decided to inspect every pier by 2027.\n",
        encoding="utf-8",
    )
    added = assistant.library.add(file)
    answer = assistant.ask("When will the piers be inspected?", reports=[added.id])
    assert [str(c.label) for c in answer.citations] == ["2"]
    assert "Lighthouse" in assistant.ask("Who invited the Committee to Oslo? WLU?", reports=[added.id]).text


def test_every_quotation_of_an_answer_has_its_own_citation(shared_assistant: Assistant) -> None:
    for question in ("高级别小组的发言者有哪些人？", "外空厅跟哪些机构合作？", "2009年那次公开会议谈的是什么？"):
        answer = shared_assistant.ask(question)
        assert answer.text.count("](pincite://") == len(answer.citations) + bool(answer.short)


def test_a_list_is_not_cut_to_its_first_entry(shared_assistant: Assistant) -> None:
    text = shared_assistant.ask("以往的特别报告有哪些？").text
    assert all(symbol in text for symbol in ("A/AC.105/843", "A/AC.105/1042", "A/AC.105/1146"))


def test_a_body_that_the_report_never_names_is_not_said_to_be_named(shared_assistant: Assistant) -> None:
    assert "没有出现“教科文组织”" in shared_assistant.ask("教科文组织的代表讲了什么？").text


def test_who_holds_a_post_is_found_by_the_row_of_the_post(shared_assistant: Assistant) -> None:
    assert "A. Duysenhanova" in shared_assistant.ask("秘书是谁？").text
