"""What an interruption just after the commit leaves."""

from pathlib import Path

import pytest

from assistant import Assistant
from corpus.library import records
from tests.safety.conftest import WriteReport


def test_an_interruption_just_after_the_commit_leaves_the_copy_of_what_was_added(
    tmp_path: Path, write_report: WriteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = Assistant.open(tmp_path / "home")
    real = records.count_change

    def interrupted(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        connection.commit()  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "count_change", interrupted)
    with pytest.raises(KeyboardInterrupt):
        assistant.library.add(write_report("gamma", 0))
    monkeypatch.undo()
    again = Assistant.open(tmp_path / "home").library
    kept = [entry.id for entry in again.entries()]
    assert "gamma-0" in kept
    again.rebuild()
    assert [entry.id for entry in again.entries()] == kept
