"""An item is quoted with the words that open its list: not all that is listed is so."""

from pathlib import Path

import pytest

from assistant import Assistant

FEES = (
    "码头收费办法\n\n第一条　船舶靠泊交纳靠泊费。\n\n第二条　下列船舶不交纳靠泊费：\n\n（一）海上救援船；\n\n（二）渔政巡逻船。\n\n"
    "第三条　本办法自公布之日起施行。\n"
)
OPENING = "下列船舶不交纳靠泊费："


@pytest.fixture
def fees(assistant: Assistant, tmp_path: Path) -> Assistant:
    (tmp_path / "fees.txt").write_text(FEES, encoding="utf-8")
    assistant.library.add(tmp_path / "fees.txt")
    return assistant


def test_what_opens_a_list_stands_above_an_item_of_it(fees: Assistant) -> None:
    answer = fees.ask("渔政巡逻船要交靠泊费吗？", reports=["fees"])
    assert str(answer.citations[0].label) == "第二条(二)"
    assert f"{OPENING}*" in answer.text


def test_it_is_not_said_again_where_the_whole_list_is_quoted(fees: Assistant) -> None:
    answer = fees.ask("第二条", reports=["fees"])
    assert [str(c.label) for c in answer.citations] == ["第二条", "第二条(一)", "第二条(二)"]
    assert answer.text.count(OPENING) == 1
