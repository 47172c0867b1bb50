from pathlib import Path

import pytest

from assistant import Assistant
from assistant.filter import Filter

LAW = """港口管理办法

第一章 总则

第一条 为了管理港口，制定本办法。

第二条 引航费的缴纳适用第五条的规定。

第三条 港口的灯光按照本办法第四条和第五条办理。

第四条 灯光每晚不得少于十二小时。

第五条 引航费应当在靠泊后七日内缴纳。

第六条 违反第二条至第五条的，责令改正。
"""


def labels(assistant: Assistant, question: str, within: Filter | None = None) -> list[str]:
    return list(dict.fromkeys(str(c.label) for c in assistant.ask(question, within=within).citations))


@pytest.fixture
def law(assistant: Assistant, tmp_path: Path) -> Assistant:
    """An assistant over a short invented law alone."""
    (tmp_path / "gangkou.txt").write_text(LAW, encoding="utf-8")
    assistant.library.add(tmp_path / "gangkou.txt")
    assistant.library.remove("un-space-meeting-38.zh")
    return assistant


def test_a_paragraph_that_points_above_brings_the_other_along(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("第14(a)段")
    assert [str(c.label) for c in answer.citations] == ["14(a)", "9"]
    assert "（第14(a)段所指）2017年8月24日在日内瓦" in answer.text


def test_what_is_pointed_to_stands_after_all_that_answers(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "第14段") == ["14", "14(a)", "14(b)", "14(c)", "9"]


def test_an_answer_found_by_its_words_brings_the_annex_that_it_names(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "声明案文在哪里？")[:2] == ["7", "附件二"]
    assert labels(shared_assistant, "小组讨论会日程是怎样的？")[:2] in (["6", "附件一"], ["6", "5"])
    assert "附件一" in labels(shared_assistant, "小组讨论会日程是怎样的？")


def test_nothing_is_brought_along_twice_or_for_a_long_range(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "第9段和第14(a)段") == ["9", "14(a)"]
    assert "9" not in labels(shared_assistant, "第12至20段")


def test_articles_that_apply_are_brought_along(law: Assistant) -> None:
    assert labels(law, "第二条") == ["第二条", "第五条"]
    assert labels(law, "第三条") == ["第三条", "第四条", "第五条"]
    assert labels(law, "引航费的缴纳适用什么规定？")[0] == "第二条"
    assert "第五条" in labels(law, "引航费的缴纳适用什么规定？")


def test_no_more_than_three_are_brought_along(law: Assistant) -> None:
    assert labels(law, "第六条") == ["第六条", "第二条", "第三条", "第四条"]


def test_an_english_report_brings_its_annex_and_its_paragraph(assistant: Assistant, english_report: Path) -> None:
    report = assistant.library.add(english_report)
    only = Filter(reports=(report.id,))
    assert labels(assistant, "Which rules on quorum applied to the vote?", only)[:2] == ["4", "6"]
    decided = assistant.ask("What does paragraph 5 say?", within=only)
    assert [str(c.label) for c in decided.citations] == ["5", "Annex I", "Annex I¶1"]
    assert "(which para. 5 refers to) " in decided.text


def test_what_lies_outside_the_filter_is_not_brought_along(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant, "第14(a)段", Filter(sections=("III.C",))) == ["14(a)"]
