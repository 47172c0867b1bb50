from pathlib import Path

import pytest

from assistant import Assistant


@pytest.fixture
def rules(tmp_path: Path) -> Assistant:
    path = tmp_path / "rules.txt"
    path.write_text(
        "码头管理规则\n\n"
        "第一条 码头长负责码头的日常管理。\n\n"
        "第二条 有下列情形之一的，码头长应当停止装卸：（一）风力达到八级；（二）照明设备发生故障；（三）渡轮正在靠泊。\n\n"
        "第三条 渡轮的船票由售票处出售。\n",
        encoding="utf-8",
    )
    assistant = Assistant.open(tmp_path / "home")
    assistant.library.add(path)
    return assistant


def labels(assistant: Assistant, question: str) -> list[str]:
    return [str(hit.paragraph.label) for hit in assistant.search(question, 3, reports=["rules"])]


def test_the_item_inside_a_sentence_that_holds_what_is_asked_for_stands_for_its_paragraph(rules: Assistant) -> None:
    found = labels(rules, "照明设备发生什么？")
    assert found[0] == "第二条(二)"
    assert "第二条" not in found


def test_an_item_that_answers_is_what_is_cited(rules: Assistant) -> None:
    answer = rules.ask("风力达到几级？", reports=["rules"])
    assert [(str(citation.label), citation.quote) for citation in answer.citations][:1] == [
        ("第二条(一)", "风力达到八级；")
    ]


def test_a_paragraph_whose_own_words_answer_is_not_cut_to_an_item(rules: Assistant) -> None:
    assert labels(rules, "照明设备发生故障时码头长应当做什么？")[0] == "第二条"


@pytest.mark.parametrize("question", ["哪些情形下码头长应当停止装卸？", "风力达到八级或者照明设备发生故障时怎么办？"])
def test_a_question_for_several_items_or_of_several_gets_the_whole_paragraph(rules: Assistant, question: str) -> None:
    assert labels(rules, question)[0] == "第二条"
