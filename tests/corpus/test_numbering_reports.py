"""United Nations reports: chapters, paragraphs that run through, items, annexes, lists and tables among them."""

import pytest

from corpus.block import Block
from corpus.label import Label
from tests.corpus.numbering_texts import at, findings, heading, labels, numbered, read


def test_numbers_run_through_chapters_and_headings_stand_in_the_path() -> None:
    report = numbered(
        heading("I. Introduction"),
        "1. The Committee met in Oslo.",
        heading("II. Proceedings"),
        heading("A. Opening", size=1.1),
        "2. The Chair opened the session.",
        heading("B. Closing", size=1.1),
        "3. The Chair closed the session.",
    )
    assert labels(report) == ["1", "2", "3"]
    assert at(report, "2").heading_path == ("II. Proceedings", "A. Opening")
    assert at(report, "3").heading_path == ("II. Proceedings", "B. Closing")
    assert not report.findings


def test_numbers_begin_again_in_each_annex_and_in_an_annex_of_an_annex() -> None:
    report = numbered(
        heading("I. Introduction"),
        "1. The Committee met in Oslo.",
        heading("Annex I"),
        heading("Rules"),
        "1. Members shall meet.",
        "2. Members shall vote.",
        heading("Annex II"),
        heading("Decisions"),
        "1. The Committee decides to meet.",
        heading("Annex"),
        heading("Terms"),
        "1. The terms are these.",
    )
    assert labels(report) == [
        *("1", "Annex I", "Annex I/1", "Annex I/2"),
        *("Annex II", "Annex II/1", "Annex II/Annex", "Annex II/Annex/1"),
    ]


def test_an_annex_whose_number_came_before_belongs_to_the_annex_it_stands_in() -> None:
    report = numbered(
        "1. The Committee met in Oslo.",
        heading("Annex I"),
        "1. One applies.",
        heading("Annex II"),
        "1. Two applies.",
        heading("Annex I"),
        "1. An inner one applies.",
        heading("Annex III"),
        "1. Three applies.",
    )
    assert labels(report)[-4:] == ["Annex II/Annex I", "Annex II/Annex I/1", "Annex III", "Annex III/1"]


def test_bis_numbers_stand_between_their_neighbours() -> None:
    report = read("I. Scope\n\n6. Six applies.\n\n6 bis. Six bis applies.\n\n7. Seven applies.\n")
    assert labels(report) == ["6", "6bis", "7"]
    assert not report.findings


def test_letters_and_roman_items_are_told_apart_by_what_stands_before() -> None:
    letters = "\n\n".join(f"({c}) Point {c} applies;" for c in "abcdefghij")
    report = read(
        f"I. Scope\n\n1. The points are:\n\n{letters}\n\n2. The Committee shall:\n\n(a) Meet:\n\n(i) Soon;\n\n(ii) Often.\n"
    )
    assert labels(report) == ["1", *(f"1({c})" for c in "abcdefghij"), "2", "2(a)", "2(a)(i)", "2(a)(ii)"]


def test_text_after_the_last_item_goes_on_from_the_paragraph_and_between_items_from_the_item() -> None:
    report = numbered(
        "1. The Committee shall:",
        "(a) Inspect piers:",
        "Also those out of use.",
        "(b) Register ferries.",
        "It shall do so yearly.",
        "2. It adjourned.",
    )
    assert labels(report) == ["1", "1(a)", "1(a)¶2", "1(b)", "1¶2", "2"]


def test_an_agenda_inside_a_paragraph_is_a_list_of_that_paragraph() -> None:
    agenda = [
        Block(f"{i}. {what}.", 0, indent=3.0) for i, what in enumerate(["Opening", "Elections", "Closing"], start=1)
    ]
    report = numbered("7. The Chair opened.", "8. The agenda was as follows:", *agenda, "9. The meeting adopted it.")
    assert labels(report) == ["7", "8", "8(1)", "8(2)", "8(3)", "9"]
    assert not report.findings


def test_numbers_that_begin_again_below_an_unmarked_heading_are_named_by_it() -> None:
    report = numbered(
        heading("I. Decisions"),
        heading("Decision on ferries", size=1.1),
        "1. Ferries shall stop.",
        "2. Ferries shall wait.",
        heading("Decision on piers", size=1.1),
        "1. Piers shall close.",
        "2. Piers shall open.",
        "3. Piers shall be lit.",
    )
    assert labels(report) == ["1", "2", *(f"Decision on piers/{n}" for n in (1, 2, 3))]
    assert not report.findings


def test_all_of_a_numbered_series_of_headings_are_named_with_what_stands_above_their_numbers() -> None:
    report = numbered(
        heading("I. Decisions", size=1.4),
        heading("Session decision 1"),
        "Recalling its rules, the meeting agreed.",
        "1. Ferries shall stop.",
        heading("Session decision 2"),
        "Recalling its rules, the meeting agreed again.",
        "1. Piers shall close.",
        "2. Piers shall open.",
    )
    assert labels(report) == [
        *("Session decision 1¶1", "Session decision 1/1"),
        *("Session decision 2¶1", "Session decision 2/1", "Session decision 2/2"),
    ]


def test_numbers_that_go_on_after_a_quoted_decision_are_those_of_the_report() -> None:
    report = numbered(
        heading("I. Proceedings"),
        "1. The Chair opened.",
        "2. The Chair proposed a text.",
        "3. The text was adopted.",
        heading("On piers", size=1.0),
        "1. Piers shall close.",
        "2. Piers shall open.",
        "4. The Chair closed the session.",
    )
    assert labels(report) == ["1", "2", "3", "On piers/1", "On piers/2", "4"]
    assert at(report, "4").heading_path == ("I. Proceedings",)


def test_an_extract_above_a_paper_does_not_name_the_papers_numbers() -> None:
    report = numbered(
        heading("Resolution"),
        "4. The Assembly agrees.",
        heading("Paper"),
        "1. One.",
        "2. Two.",
        "3. Three.",
        "5. Five.",
    )
    assert labels(report) == ["4", "1", "2", "3", "5"]


def test_note_marks_are_no_part_of_headings() -> None:
    report = numbered(
        heading("I. Treaty on piers¹"),
        heading("Scope2", size=1.1),
        "1. Piers are meant.",
        Block("¹ Adopted in Oslo.", 0, "note"),
        Block("² Also in Bergen.", 0, "note"),
        heading("II. Piers in 2030", size=1.2),
        "2. They stand.",
    )
    assert at(report, "1").heading_path == ("I. Treaty on piers", "Scope")
    assert at(report, "2").heading_path == ("II. Piers in 2030",)


def test_a_commentarys_bracketed_numbers_are_cited_by_its_article() -> None:
    report = numbered(
        heading("Article 1"),
        heading("Scope"),
        "1. These articles apply to piers.",
        "2. They do not apply to ferries.",
        heading("Commentary"),
        "(1) Paragraph 1 is plain.",
        "(2) So is paragraph 2.",
        heading("Article 2"),
        heading("Terms"),
        "A pier is a pier.",
    )
    assert labels(report) == [
        *("Article 1/1", "Article 1/2", "Article 1 Commentary(1)", "Article 1 Commentary(2)", "Article 2"),
    ]
    assert at(report, "Article 1/1").heading_path == ("Article 1 Scope",)


def test_a_list_that_other_text_breaks_off_goes_on() -> None:
    report = numbered(
        "1. The documents are:", "(a) Budget.", heading("Documentation"), "A note on it was issued.", "(b) Evaluation."
    )
    assert "1(b)" in labels(report)
    assert not report.findings


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2025 was the day on which the Committee met again.",
        "1.5 million people live there, and more will come.",
        "2019. The year was dry, and few ferries ran.",
        "第 2 段所述内容业经委员会审议并通过。",
    ],
)
def test_a_number_in_a_sentence_or_a_date_opens_no_paragraph(line: str) -> None:
    report = numbered("1. The Committee met in Oslo.", line, "2. It adjourned.")
    assert labels(report) == ["1", "1¶2", "2"]


def test_a_quoted_list_is_no_list_of_the_report() -> None:
    report = numbered(
        "1. The Charter says:", "“1. Members shall meet.", "2. They shall vote.”", "2. The Committee agreed."
    )
    assert [label for label in labels(report) if label.isdecimal()] == ["1", "2"]
    assert at(report, "2").text == "The Committee agreed."


def test_a_table_of_contents_is_kept_apart() -> None:
    report = numbered(
        "Contents",
        "I. Introduction ........ 3",
        "1. Opening ........ 3",
        "II. Proceedings ........ 4",
        heading("I. Introduction"),
        "1. The Committee met in Oslo.",
    )
    assert labels(report) == ["1"]
    assert "1. Opening ........ 3" in report.unlabelled


def test_rows_are_counted_below_their_caption_and_their_numbers_are_no_paragraphs() -> None:
    rows = [Block("1. Albania\t3", 0, "row"), Block("2. Belgium\t4", 0, "row")]
    report = numbered("1. The shares follow.", heading("Table 2", size=1.0), *rows, "2. They were agreed.")
    assert labels(report) == ["1", "Table 2#1", "Table 2#2", "2"]
    assert not report.findings


def test_a_paragraph_over_a_page_break_knows_both_pages() -> None:
    report = numbered(
        Block("1. It goes on over the page.", 0, page=3, page_end=4), Block("2. It ends.", 0, page=4, page_end=4)
    )
    assert (at(report, "1").page, at(report, "1").page_end) == (3, 4)
    assert findings(report) == []


def test_endnotes_in_roman_numerals_are_cited_and_tied_to_their_paragraph() -> None:
    report = numbered(
        "1. The Committee metⁱ in Osloⁱᵛ.", Block("ⁱ In March.", 0, "note"), Block("ⁱᵛ In the harbour.", 0, "note")
    )
    assert labels(report) == ["1", "fni", "fniv"]
    assert at(report, "1").text == "The Committee met in Oslo."
    assert [str(note) for note in at(report, "1").footnotes] == ["fni", "fniv"]
    assert at(report, "fniv").parent == at(report, "1").label


def test_a_note_below_a_table_is_no_heading() -> None:
    report = numbered(
        heading("I. Shares"),
        "1. The shares follow.",
        Block("Albania\t3", 0, "row"),
        Block("a As at 28 February 2025", 0, size=0.85, indent=0.0),
        "2. They were agreed.",
    )
    assert at(report, "2").heading_path == ("I. Shares",)


def test_a_heading_below_a_chapter_of_an_annex_is_not_the_annexs_title() -> None:
    report = numbered(heading("Annex II"), heading("I. Scope"), heading("Piers", size=1.1), "1. Piers are meant.")
    assert at(report, "Annex II/1").heading_path == ("Annex II", "I. Scope", "Piers")


@pytest.mark.parametrize(
    ("office", "others"),
    [
        ("Chair: Ms. Ada Brook (Norway)", ["Vice-Chair: Mr. Li Wei (China)", "Rapporteur: Ms. Anna Petrova"]),
        ("主席：王小明（中国）", ["副主席：安娜·彼得罗娃（俄罗斯）", "报告员：李雷"]),
        ("Présidente : Mme Ada Brook (Norvège)", ["Rapporteuse : Mme Anna Petrova"]),
    ],
)
def test_officers_listed_in_an_annex_of_plain_text_are_its_rows(office: str, others: list[str]) -> None:
    annex = "附件" if "主席" in office else "Annex"
    report = read("\n\n".join(["I. Introduction", "1. The Committee met.", annex, "Bureau", office, *others]))
    rows = [p for p in report.paragraphs if p.kind == "row"]
    assert len(rows) == 1 + len(others)
    assert rows[0].label == Label.parse(f"{annex}#1")
    assert "".join("".join(rows[0].cells).split()) == "".join(office.split())


def test_a_line_with_a_colon_in_an_annex_is_a_row_only_for_an_office_or_among_others() -> None:
    report = read("I. Introduction\n\n1. The Committee met.\n\nAnnex\n\nTheme: water\n\nIt was chosen by all members.")
    assert [p.kind for p in report.paragraphs] == ["numbered", "annex", "unnumbered"]


def test_a_letter_above_the_next_number_is_a_heading_of_plain_text() -> None:
    report = read(
        "I. Method\n\nA. Elements\n\n9. The Committee began.\n\n(a) Income measure\n\n10. It took note.\n\n"
        "(b) Conversion rates\n\n11. It agreed on these:\n\n(a) Two rates\n\n(b) One table\n\n12. It ended.\n"
    )
    assert at(report, "10").heading_path[-1] == "(a) Income measure"
    assert at(report, "11").heading_path[-1] == "(b) Conversion rates"
    assert {"11(a)", "11(b)"} <= set(labels(report))


def test_a_numbered_heading_above_the_next_paragraph_is_none_of_its_numbers() -> None:
    report = read(
        "I. Requests\n\n95. Three requests came.\n\n1. Norland\n\n96. Its request was read.\n\n2. Sudland\n\n"
        "97. So was its own.\n"
    )
    assert labels(report) == ["95", "96", "97"]
    assert at(report, "97").heading_path == ("I. Requests", "2. Sudland")


def test_a_long_title_of_an_annex_and_the_line_below_it_stay_above_its_chapters() -> None:
    title = "Obligations of members in relation to measures of other members: " + "guidelines on ways and means, " * 5
    report = read(
        f"1. The Committee met.\n\nAnnex\n\n{title}and redress\n\nWorking paper of Norland\n\nI. Objectives\n\n"
        "1. To meet.\n\nII. Background\n\n2. They met before.\n"
    )
    assert at(report, "Annex/2").heading_path == (
        "Annex",
        f"{title}and redress",
        "Working paper of Norland",
        "II. Background",
    )


def test_numbers_in_parts_are_those_of_their_paragraphs_and_begin_again_with_another_part() -> None:
    report = read(
        "Overall orientation\n\n3.I.1 The Office serves the piers.\n\n3.I.2 It shall, in 2027:\n\n(a) Inspect them;\n\n"
        "(b) Paint them.\n\n3.II.1 The Fund pays.\n\n3.II.2 It paid 10.5 million in all.\n\n29A.1 The Department met.\n\n"
        "29A.2 It rose.\n\n29A.4 It met again.\n\n29A.5 It rose again.\n"
    )
    assert labels(report) == [
        *("3.I.1", "3.I.2", "3.I.2(a)", "3.I.2(b)", "3.II.1", "3.II.2", "29A.1", "29A.2", "29A.4", "29A.5")
    ]
    assert findings(report) == [("gap", "29A.3", 19, None)]


def test_a_sum_at_the_start_of_a_paragraph_is_no_number_in_parts() -> None:
    report = read("1. The Fund paid.\n\n10.5 million went to the piers.\n\n2. It had 1.2 million left.\n")
    assert {str(p.label) for p in report.paragraphs if p.kind == "numbered"} == {"1", "2"}


def test_a_heading_that_ends_with_a_year_is_no_line_of_the_contents() -> None:
    contents = "Contents\n\nI. Programme ........ 3\n\nII. Posts ........ 7\n\n"
    report = read(f"{contents}I. Programme for 2027\n\n1. The Office meets.\n\nResults in 2025\n\n2. It met.\n")
    assert [str(p.label) for p in report.paragraphs if p.kind == "numbered"] == ["1", "2"]
