from pathlib import Path

from corpus.library.adding import Outcome
from corpus.report import Entry
from ui.output import outcome_line, outcome_record, table_lines


def test_what_to_know_of_a_report_that_was_added_is_said_in_every_form() -> None:
    entry = Entry(id="b", title="Letter", language="en", n_paragraphs=2)
    outcome = Outcome(Path("b.txt"), "added", entry, hint="a has the symbol A/80/33, too")
    assert outcome_line(outcome) == "added b: Letter\n  note: a has the symbol A/80/33, too"
    assert outcome_record(outcome)["hint"] == "a has the symbol A/80/33, too"
    assert "note: b.txt: a has the symbol A/80/33, too" in table_lines([outcome])
