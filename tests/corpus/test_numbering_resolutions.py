"""Resolutions: opening words, preambular paragraphs without numbers, operative ones with."""

import pytest

from tests.corpus.numbering_texts import heading, labels, numbered, read


@pytest.mark.parametrize(
    "opening",
    [
        "The General Assembly,",
        "The Meeting of States Parties,",
        "The Executive Board,",
        "L’Assemblée générale,",
        "La Asamblea General,",
        "Генеральная Ассамблея,",
        "大会，",
    ],
)
def test_opening_words_are_no_paragraph_and_preambular_ones_are_counted(opening: str) -> None:
    report = numbered(
        opening,
        "Recalling its resolution 72/79 of 7 December 2017,",
        "Noting the report of the Committee,",
        "1. Welcomes the report;",
        "2. Decides to remain seized.",
    )
    assert labels(report) == ["¶1", "¶2", "1", "2"]
    assert [p.kind for p in report.paragraphs] == ["preambular", "preambular", "numbered", "numbered"]
    assert opening in report.unlabelled


def test_preambular_paragraphs_have_items_of_their_own() -> None:
    report = numbered(
        "The General Assembly,", "Bearing in mind the benefits:", "(a) Safety,", "(b) Order,", "1. Agrees."
    )
    assert labels(report) == ["¶1", "¶1(a)", "¶1(b)", "1"]


def test_opening_words_that_a_list_follows_are_the_paragraph_it_belongs_to() -> None:
    report = numbered(
        heading("Draft decision"),
        "The Economic and Social Council:",
        "(a) Takes note of the report;",
        "(b) Approves it.",
    )
    assert labels(report) == ["¶1", "¶1(a)", "¶1(b)"]


def test_headings_divide_the_operative_part_and_numbers_run_on() -> None:
    report = numbered(
        "The Security Council,",
        "Noting it,",
        "1. Decides;",
        heading("Sanctions"),
        "2. Decides also;",
        heading("Review"),
        "3. Ends.",
    )
    assert labels(report) == ["¶1", "1", "2", "3"]
    assert report.paragraphs[-1].heading_path == ("Review",)


def test_chinese_operative_paragraphs_count_in_chinese() -> None:
    report = read(
        "大会，\n\n回顾其以往各项决议，\n\n一. 促请各国：\n\n(a) 提供资料；\n\n(b) 提供协助；\n\n二. 请秘书长提出报告。\n"
    )
    assert labels(report) == ["¶1", "一", "一(a)", "一(b)", "二"]


def test_the_closing_line_is_no_paragraph() -> None:
    report = numbered("The General Assembly,", "Noting it,", "1. Decides so.", "26th plenary meeting 26 October 2018")
    assert labels(report) == ["¶1", "1"]


def test_the_number_of_a_resolution_is_no_paragraph() -> None:
    report = numbered(
        heading("73/6. Fiftieth anniversary of the Conference"), "The General Assembly,", "Noting it,", "1. Decides so."
    )
    assert labels(report) == ["¶1", "1"]
    assert report.title == "Fiftieth anniversary of the Conference"


def test_preambular_paragraphs_of_plain_text_end_with_their_commas() -> None:
    report = read(
        "The General Assembly,\n\nRecalling its resolution 1/2,\n\nMindful of the harbours of its members,²\n\n"
        "Convinced of the need for piers,\n\n1. Decides to meet;\n\n2. Requests a report.\n"
    )
    assert labels(report) == ["¶1", "¶2", "¶3", "1", "2"]
    assert not report.findings
