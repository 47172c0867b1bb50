from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer, Citation, Hit, UnsupportedCitation
from corpus.label import Label
from corpus.report import Paragraph

LONG = (
    "灯塔委员会是负责沿海航标的机构。委员会于1952年在青岛成立，首任主席为林远舟。委员会每年举行两次会议，审议航标的改造方案。"
    "该委员会的档案保存在大连的海事博物馆，研究者可以申请查阅。委员会的预算由沿海各市分担，其中青岛承担三分之一。"
    "由于资金不足，委员会在1998年停止了夜间巡航。近年来，委员会同高校合作培训年轻的守塔人，课程包括气象、电工和急救等内容。"
    "每年夏天，沿海各市的学生到灯塔参观，并在塔下的小广场听守塔人讲述风浪中的往事。"
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("short")
    file = folder / "lights.jsonl"
    file.write_text(
        f'{{"title": "灯塔委员会概况"}}\n{{"label": "1", "text": "{LONG}"}}\n'
        '{"label": "2", "text": "犯前款罪的，依照数罪并罚的规定处罚；故意损坏航标罪的追诉时效由法律规定。"}\n'
        '{"label": "3", "text": "故意损坏航标的，处三年以下有期徒刑；情节严重的，处三年以上七年以下有期徒刑。"}\n',
        encoding="utf-8",
    )
    assistant = Assistant.open(folder / "home")
    bundled = assistant.library.entries()[0].id
    assistant.library.add(file)
    assistant.library.remove(bundled)
    return assistant


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("灯塔委员会的档案保存在哪里？", "大连的海事博物馆"),
        ("灯塔委员会为什么停止夜间巡航？", "由于资金不足"),
        ("守塔人的课程包括什么内容？", "气象、电工和急救"),
    ],
)
def test_of_a_long_paragraph_the_sentence_that_answers_is_quoted_first(
    reader: Assistant, question: str, sentence: str
) -> None:
    first = reader.ask(question).citations[0]
    assert sentence in first.quote
    assert len(first.quote) < len(LONG) / 2


def test_the_short_answer_stands_bold_above_the_quotation_it_is_from(reader: Assistant) -> None:
    answer = reader.ask("灯塔委员会是哪一年成立的？")
    assert answer.short == "1952年"
    assert answer.text.startswith("**1952年** [第1段](pincite://lights/1)\n\n> ")
    assert answer.short in answer.citations[0].quote


def test_a_question_for_yes_or_no_gets_the_sentence_alone(reader: Assistant) -> None:
    answer = reader.ask("灯塔委员会是否停止了夜间巡航？")
    assert answer.short == ""
    assert "停止了夜间巡航" in answer.citations[0].quote


def test_a_question_for_a_penalty_is_answered_by_the_paragraph_that_sets_it(reader: Assistant) -> None:
    answer = reader.ask("犯故意损坏航标罪的，处什么刑？")
    assert str(answer.citations[0].label) == "3"
    assert answer.short == ""


def test_persons_are_counted_from_the_row_that_names_them(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("儿基会派了几个人？")
    assert answer.short == "2"
    assert [str(c.label) for c in answer.citations] == ["附件三#15"]


def test_items_are_counted_from_their_list(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("会议有几个目标？")
    assert answer.short == "6"
    assert sum(len(c.label.steps) == 2 for c in answer.citations) == 6


def test_a_short_answer_is_not_read_from_a_sentence_without_the_ordinal_asked_for(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("外空协调会议第三十八届会议在哪里举行？")
    assert answer.short == "" or any(answer.short in c.quote and "三十八届" in c.quote for c in answer.citations)


def test_a_short_answer_that_no_quotation_holds_cannot_be_made() -> None:
    hit = Hit(Paragraph(Label.parse("1"), "会议在青岛举行。", "paragraph"), "r", 1.0)
    cited = (Citation("r", Label.parse("1"), "会议在青岛举行。"),)
    assert Answer("q", "t", cited, False, (hit,), "青岛").short == "青岛"
    assert Answer("q", "t", cited, False, (hit,), "1").short == "1"
    for wrong in ("大连", "2"):
        with pytest.raises(UnsupportedCitation):
            Answer("q", "t", cited, False, (hit,), wrong)


def test_a_name_that_is_no_word_of_the_dictionary_finds_its_paragraph(tmp_path: Path, assistant: Assistant) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text(
        '{"title": "人物"}\n{"label": "1", "text": "黎翀翯是福州的造船师，著有三部关于帆船的书。"}\n'
        '{"label": "2", "text": "许多造船师的父亲也是福州的造船师，他们著有许多书。"}\n',
        encoding="utf-8",
    )
    assistant.library.add(file)
    assert "黎翀翯" in assistant.ask("黎翀翯是做什么的？").citations[0].quote
    assert assistant.ask("黎翀翀著有什么书？").abstained


def test_persons_in_two_lists_are_not_added_up(shared_assistant: Assistant) -> None:
    assert "清点" not in shared_assistant.ask("外空司派了几人？").text
    assert "**2**" in shared_assistant.ask("儿基会派了几个人？").text


def test_a_range_of_days_is_given_whole(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "dates.txt"
    file.write_text(
        "Report of the Buoy Committee\n\n1. The Buoy Committee met in Valletta from 18 to 26 February 2025.\n\n"
        "2. It adopted its programme of work.\n",
        encoding="utf-8",
    )
    report = assistant.library.add(file)
    assert assistant.ask("When did the Buoy Committee meet?", reports=[report.id]).short == "18 to 26 February 2025"


def test_of_a_time_and_a_place_at_once_neither_is_given_alone(shared_assistant: Assistant) -> None:
    assert shared_assistant.ask("第四十届会议什么时候在哪里举行？").short == ""
