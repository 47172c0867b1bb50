import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation import answers_gold, evaluate, load_questions
from corpus.errors import ParseError
from corpus.label import Label
from tests.conftest import EVALUATION


def test_a_row_counts_for_its_annex_and_an_item_not_for_its_paragraph() -> None:
    gold = [Label.parse("附件三"), Label.parse("12")]
    assert answers_gold(Label.parse("附件三#4"), gold)
    assert not answers_gold(Label.parse("12(c)"), gold)
    assert not answers_gold(Label.parse("附件一"), gold)


def test_figures_are_those_worked_out_by_hand(shared_assistant: Assistant, tmp_path: Path) -> None:
    records = [
        {"id": "a", "question": "第30段", "gold": ["30"], "answer": ["卫星图像"]},
        {"id": "b", "question": "第30段", "gold": ["31"], "answer": ["不在其中的话"]},
        {"id": "c", "question": "第23段", "gold": ["23(a)", "31"], "answer": []},
        {"id": "d", "question": "第60段", "gold": []},
        {"id": "e", "question": "第60段", "gold": ["52"]},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    summary, outcomes = evaluate(load_questions(file), shared_assistant)
    assert (summary.n_answerable, summary.n_unanswerable) == (4, 1)
    assert summary.hit_at_1 == pytest.approx(1 / 4)
    assert summary.recall_at_5 == pytest.approx((1 + 0 + 0.5 + 0) / 4)
    assert summary.contains_answer == pytest.approx(2 / 4)
    assert (summary.rightly_abstained, summary.wrongly_abstained) == (1, 1)
    assert outcomes[2].found[:2] == ("23", "23(a)")


@pytest.mark.parametrize(
    "content", ["", "not json\n", '{"id": "a"}\n', '{"id": "a", "question": "q", "gold": ["(("]}\n']
)
def test_a_file_that_is_no_set_of_questions_is_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ParseError, match="expected"):
        load_questions(file)


def test_the_bundled_report_s_questions_reach_the_figures_promised(shared_assistant: Assistant) -> None:
    summary, _ = evaluate(load_questions(EVALUATION / "report_dev.jsonl"), shared_assistant)
    assert summary.hit_at_1 >= 0.90
    assert summary.recall_at_5 >= 0.98
    assert summary.contains_answer >= 0.92
    assert summary.citation_precision >= 0.98
    assert summary.citation_recall == 1.0
    assert summary.quotations_exact == 1.0
    assert summary.rightly_abstained == 8
    assert summary.wrongly_abstained <= 1
