"""What a question, a link and an answer see of a library whose reports get new versions, other ids and collections."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import links_in
from corpus.errors import UnknownParagraph, UnknownReport

BUDGET = "港口照明改造的预算是多少？"


@pytest.fixture
def corrected(tmp_path: Path, second_report: Path) -> Path:
    """The second report with another budget and without its second paragraph's items."""
    path = tmp_path / "corrected.txt"
    text = second_report.read_text(encoding="utf-8").replace("七百万元", "八百万元").replace("(a) 核查", "(a) 更换")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def harbour(assistant: Assistant, second_report: Path, corrected: Path) -> Assistant:
    """An assistant with the second report in two versions."""
    assistant.library.add(second_report)
    assistant.library.replace("harbour-2025.zh", corrected)
    return assistant


def test_answers_quote_the_newest_version_and_their_links_name_it(harbour: Assistant) -> None:
    answer = harbour.ask(BUDGET)
    assert "八百万元" in answer.text
    assert "七百万元" not in "".join(hit.paragraph.text for hit in harbour.search("七百万元的预算", top_k=50))
    assert answer.citations[0].link == "pincite://harbour-2025.zh@2/1"
    assert {address.version for address in links_in(answer.text)} == {2}


def test_a_link_opens_the_version_it_was_made_of(assistant: Assistant, second_report: Path, corrected: Path) -> None:
    assistant.library.add(second_report)
    before = assistant.ask(BUDGET).citations[0].link
    assistant.library.replace("harbour-2025.zh", corrected)
    after = assistant.ask(BUDGET).citations[0].link
    old, new = assistant.show(before)[0], assistant.show(after)[0]
    assert ("七百万元" in old.paragraph.text, old.version) == (True, 1)
    assert ("八百万元" in new.paragraph.text, new.version) == (True, 2)
    assert [h.paragraph.text for h in assistant.show("pincite://harbour-2025.zh/2")][1] == "核查码头的消防设备；"
    assert assistant.show("1", reports=["harbour-2025.zh"]) == [new]


def test_a_link_to_what_is_not_there_is_a_sentence(harbour: Assistant) -> None:
    with pytest.raises(UnknownParagraph):
        harbour.show("pincite://harbour-2025.zh/99")
    with pytest.raises(UnknownReport, match="from 1 to 2, found 3"):
        harbour.show("pincite://harbour-2025.zh@3/1")
    with pytest.raises(UnknownReport, match="the library has"):
        harbour.show("pincite://nope/1")


def test_a_renamed_report_is_asked_by_either_id_and_cited_by_the_new_one(
    assistant: Assistant, second_report: Path, corrected: Path
) -> None:
    assistant.library.add(second_report)
    old = assistant.ask(BUDGET).citations[0].link
    assistant.library.edit("harbour-2025.zh", id="港口")
    for name in ("港口", "harbour-2025.zh"):
        answer = assistant.ask(BUDGET, reports=[name])
        assert not answer.abstained
        assert {c.report for c in answer.citations} == {"港口"}
        assert {hit.report for hit in assistant.search("消防设备", reports=[name])} == {"港口"}
    assert assistant.show(old)[0].report == "港口"
    assistant.library.replace("港口", corrected)
    assert assistant.show(old)[0].version == 1
    assert assistant.ask(BUDGET, reports=["港口"]).citations[0].version == 2
    assistant.library.rebuild()
    assert assistant.ask(BUDGET, reports=["港口"]).citations[0].report == "港口"


def test_a_follow_up_on_a_report_that_was_removed_is_answered(assistant: Assistant, second_report: Path) -> None:
    assistant.library.add(second_report)
    history = [(BUDGET, assistant.ask(BUDGET))]
    assistant.library.remove("harbour-2025.zh")
    assert assistant.ask("下一段", history).question == "下一段"


def test_a_question_to_a_collection_is_answered_from_its_reports(assistant: Assistant, second_report: Path) -> None:
    assistant.library.add(second_report)
    assistant.library.collections.add("港口", ["harbour-2025.zh"])
    hits = assistant.search("会议的预算", reports=assistant.library.collection("港口"))
    assert {hit.report for hit in hits} == {"harbour-2025.zh"}
    assistant.library.remove("harbour-2025.zh")
    assert assistant.ask(BUDGET, reports=assistant.library.collection("港口")).abstained
