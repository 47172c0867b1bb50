"""The numbering check: what it is unsure of, with line and page."""

from pathlib import Path

import pytest

from corpus.block import Block
from corpus.parsing import number
from corpus.readers.text import blocks_of
from tests.corpus.numbering_texts import findings, heading, labels, numbered


def on_page(page: int, text: str) -> Block:
    return Block(text, 0, page=page, page_end=page)


def test_a_gap_names_the_numbers_left_out() -> None:
    report = numbered(on_page(1, "1. One applies."), on_page(2, "3. Three applies."), on_page(3, "6. Six applies."))
    assert labels(report) == ["1", "3", "6"]
    assert findings(report) == [("gap", "2", 2, 2), ("gap", "4–5", 3, 3)]


def test_a_number_printed_again_is_a_repeat_and_keeps_a_label_of_its_own() -> None:
    report = numbered(on_page(1, "1. One applies."), on_page(1, "2. Two applies."), on_page(2, "2. Two applies again."))
    assert labels(report) == ["1", "2", "occurrence 2/2"]
    assert findings(report) == [("repeat", "2", 3, 2)]


def test_a_second_list_without_a_heading_is_one_repeat_and_one_scope() -> None:
    texts = ["1. One applies.", "2. Two applies.", "1. Another one.", "2. Another two.", "3. Another three."]
    report = numbered(heading("I. Scope"), *[on_page(4, text) for text in texts])
    assert labels(report) == ["1", "2", "occurrence 2/1", "occurrence 2/2", "occurrence 2/3"]
    assert findings(report) == [("repeat", "1", 4, 4)]


def test_a_number_below_the_one_before_it_is_back() -> None:
    report = numbered(on_page(1, "4. Four applies."), on_page(1, "5. Five applies."), on_page(2, "2. Two applies."))
    assert labels(report) == ["4", "5", "2"]
    assert ("back", "2", 3, 2) in findings(report)


def test_an_item_no_list_is_open_for_is_an_orphan() -> None:
    report = numbered(on_page(1, "1. One applies."), on_page(2, "(d) A fourth point applies."))
    assert ("orphan", "(d)", 2, 2) in findings(report)
    assert "(d) A fourth point applies." in {p.text for p in report.paragraphs}


def test_halves_put_together_are_a_join() -> None:
    lines = "一. 引言\n\n1. 审查会听取了关于港口照明\n\n改造工程进展情况的报告。\n\n2. 审查会结束。\n"
    report = number(blocks_of(lines, Path("made-up.txt")), "made-up")
    assert report.paragraphs[0].text == "审查会听取了关于港口照明改造工程进展情况的报告。"
    assert findings(report) == [("join", "1", 5, None)]


@pytest.mark.parametrize(
    "line", ["90. A number far ahead of the others applies.", "3 The third paragraph lost its full stop."]
)
def test_a_line_that_may_be_a_paragraph_is_missed(line: str) -> None:
    report = numbered("1. One applies.", "2. Two applies.", on_page(7, line))
    assert [(kind, at, page) for kind, _, at, page in findings(report)] == [("missed", 3, 7)]
    assert labels(report)[:2] == ["1", "2"]


def test_an_article_that_comes_again_is_a_repeat() -> None:
    report = numbered(heading("Article 1"), "One applies.", heading("Article 1"), "Another one applies.")
    assert labels(report) == ["Article 1", "occurrence 2/Article 1"]
    assert [(kind, where) for kind, where, *_ in findings(report)] == [("repeat", "Article 1")]


def test_a_clean_report_has_no_findings() -> None:
    report = numbered(
        heading("I. Scope"), "1. One:", "(a) First;", "(b) Second.", "2. Two.", heading("Annex"), "1. Its own."
    )
    assert findings(report) == []
