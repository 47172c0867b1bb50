import pytest

from corpus.block import Block
from corpus.numbering.note_marks import note_marks
from corpus.report import Report
from tests.corpus.numbering_texts import at, heading, numbered

NOTES = [f"{sign} Note number {at} here." for at, sign in enumerate("¹²³⁴⁵⁶", 1)]
MARKED = ["1. The treaty¹ and the protocol² entered into force.", "2. They were amended.³"]


def report_of(*texts: Block | str) -> Report:
    return numbered(*texts, *NOTES)


@pytest.mark.parametrize(
    "figures",
    [
        "a load of 5 × 10⁶ newtons",
        "a load of 5 ×10³",
        "a dose of 3×10³ units",
        "R² was 0.93",
        "E=mc² holds",
        "(1+r)² is the rate",
        "(n)³ is the volume",
        "an area of 30 km² and 12 m²",
        "400 metres² of floor",
        "CO² fell",
        "面积为20平方公里²。",
        "sin² of the angle",
        "5² is 25",
        "10 ⁶ units",
        "10⁶,⁵ units",
        "x⁻⁶ fell",
        "see section A.2",
        "see the rule of table B.1",
        "see sect.2",
        "the factor was 3,2",
        "see A/80/176, Add.1",
    ],
)
def test_figures_that_are_no_note_marks_stay_in_the_text(figures: str) -> None:
    paragraph = report_of("1. The meeting noted this.", f"2. {figures}").paragraphs[1]
    assert paragraph.text == figures
    assert paragraph.footnotes == ()


@pytest.mark.parametrize("figures", ["the treaty⁵ came", "They were amended.5", "in 2019⁵ and", "decision III/4⁶ of"])
def test_a_sign_that_is_not_that_of_the_next_note_stays_in_the_text(figures: str) -> None:
    texts = [*MARKED, f"3. {figures}", "4. The treaty⁴ and the protocol⁵ and the annex⁶ were read."]
    assert at(report_of(*texts), "3").text == figures


@pytest.mark.parametrize(
    ("printed", "kept", "note"),
    [
        ("the annex⁴ came", "the annex came", "fn4"),
        ("the annex again¹ came", "the annex again came", "fn1"),
        ("the annex,⁴ which came", "the annex, which came", "fn4"),
        ("resolution 2625 (XXV)⁴ of 1970", "resolution 2625 (XXV) of 1970", "fn4"),
        ("the years 2015–2030⁴ and later", "the years 2015–2030 and later", "fn4"),
        ("document A/80/33⁴ was read", "document A/80/33 was read", "fn4"),
        ("“so it was.” ⁴ They left", "“so it was.” They left", "fn4"),
        ("the aims of UNISPACE+50,4", "the aims of UNISPACE+50,", "fn4"),
        ("the aims of UNISPACE+50,1", "the aims of UNISPACE+50,", "fn1"),
        ("They were amended again.4", "They were amended again.", "fn4"),
        ("《登记公约》 ⁴ 和", "《登记公约》和", "fn4"),
    ],
)
def test_the_mark_of_the_next_note_or_of_one_before_is_taken_out(printed: str, kept: str, note: str) -> None:
    paragraph = at(report_of(*MARKED, f"3. {printed}"), "3")
    assert paragraph.text == kept
    assert [str(label) for label in paragraph.footnotes] == [note]


def test_a_note_whose_mark_is_in_no_text_is_passed_over() -> None:
    paragraphs = report_of(*MARKED, "3. The annex⁵ came.").paragraphs
    assert [str(label) for label in paragraphs[2].footnotes] == ["fn5"]


def test_notes_of_an_annex_are_a_series_of_their_own() -> None:
    annex = ["Annex I", "1. The annex¹ has a note.", "2. A load of 10² and another² note.", "¹ Of the annex.", "² Too."]
    report = numbered(*MARKED, "3. The last.", *NOTES, *annex)
    assert [str(label) for label in at(report, "Annex I/1").footnotes] == ["Annex I/fn1"]
    assert at(report, "Annex I/2").text == "A load of 10² and another note."


def test_headings_keep_exponents_and_signs_of_no_note() -> None:
    texts = ["1. The treaty¹ and² the protocol came.", heading("Forces of 10⁶ newtons²"), "2. First one."]
    report = report_of(*texts, heading("Areas in km²"), "3. Second one⁹.")
    assert at(report, "2").heading_path[-1] == "Forces of 10⁶ newtons"
    assert at(report, "3").heading_path[-1] == "Areas in km²"
    assert at(report, "3").text == "Second one⁹."


def test_several_marks_stand_together() -> None:
    assert [mark.signs for mark in note_marks("the treaty¹,² and the annexⁱᵛ here")] == [("1", "2"), ("iv",)]
