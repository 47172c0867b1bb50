"""`pincite conversations`, run as people run it."""

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.conversations.conversations import Conversations
from assistant.conversations.file import DATABASE
from assistant.conversations.kept import kept_turn
from tests.ui.test_cli import pincite

ITU = "国际电联有多少成员国？"
RIVERS = "枫桥水文站增设几台自动采样器？"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with two conversations, one of them about a report that has been removed since."""
    path = tmp_path / "rivers.txt"
    path.write_text(
        "河流会议报告\n\n1. 会议于 2021 年举行。\n\n2. 在枫桥水文站增设两台自动采样器。\n\n3. 会议闭幕。\n",
        encoding="utf-8",
    )
    assistant = Assistant.open(tmp_path / "home")
    report = assistant.library.add(path)
    kept = Conversations(tmp_path / "home")
    kept.new(kept_turn(RIVERS, assistant.ask(RIVERS)))
    kept.new(kept_turn(ITU, assistant.ask(ITU)))
    assistant.library.remove(report.id)
    kept.close()
    return tmp_path / "home"


def test_they_are_listed_searched_shown_renamed_and_deleted(home: Path) -> None:
    lines = pincite(home, "conversations").stdout.splitlines()
    assert [line.split("\t")[2:] for line in lines] == [["1 turns", ITU], ["1 turns", RIVERS]]
    assert pincite(home, "conversations", "list").stdout.splitlines() == lines
    found = json.loads(pincite(home, "conversations", "search", "水文站", "兩台", "--json").stdout)
    assert [record["name"] for record in found] == [RIVERS]
    conversation_id = found[0]["id"]

    shown = pincite(home, "conversations", "show", conversation_id)
    assert "增设两台自动采样器" in shown.stdout
    assert "! rivers 2: the report has been removed" in shown.stdout
    turns = json.loads(pincite(home, "conversations", "show", conversation_id, "--json").stdout)["turns"]
    assert turns[0]["citations"][0]["link"] == turns[0]["remarks"][0]["link"] == "pincite://rivers/2"
    assert turns[0]["remarks"][0]["kind"] == "removed"

    assert pincite(home, "conversations", "rename", conversation_id, "采样器").stdout.endswith("\t采样器\n")
    assert json.loads(pincite(home, "conversations", "delete", conversation_id, "--json").stdout) == {"deleted": 1}
    assert pincite(home, "conversations", "delete", "--all").stdout == "deleted 1 conversations\n"
    assert pincite(home, "conversations").stdout == ""


def test_what_is_wrong_is_said_with_what_to_do(home: Path) -> None:
    unknown = pincite(home, "conversations", "show", "nothing")
    assert (unknown.returncode, unknown.stdout) == (4, "")
    assert "`pincite conversations list` has all" in unknown.stderr
    known = pincite(home, "conversations").stdout.split("\t")[0]
    unnamed = pincite(home, "conversations", "rename", known, "")
    assert (unnamed.returncode, "expected a name of 1 to 100" in unnamed.stderr) == (2, True)
    for arguments in ([], [known, "--all"]):
        neither = pincite(home, "conversations", "delete", *arguments)
        assert neither.returncode == 2
        assert "expected the ID of a conversation, or --all and no ID" in neither.stderr
    before = pincite(home, "conversations", "--json", "list")
    assert (before.returncode, "--json after list" in before.stderr) == (2, True)
    (home / DATABASE).write_bytes(b"no database " * 500)
    damaged = pincite(home, "conversations", "list")
    assert (damaged.returncode, damaged.stdout) == (6, "")
    assert "damaged file; restore it, or move it" in damaged.stderr
    assert "Traceback" not in damaged.stderr


def test_a_kept_conversation_is_exported_with_the_notes_that_still_hold(home: Path, tmp_path: Path) -> None:
    itu, rivers = (line.split("\t")[0] for line in pincite(home, "conversations").stdout.splitlines())
    pincite(home, "conversations", "rename", itu, "电联")
    written = pincite(home, "export", "--conversation", itu, "-f", "md").stdout
    assert written.startswith("# 电联\n")
    assert "pincite://un-space-meeting-38.zh/36" in written
    gone = pincite(home, "export", "--conversation", rivers, "-f", "txt").stdout
    assert "增设两台自动采样器" in gone
    assert "pincite://" not in gone
    assert "已从报告库移除，这里的引文无法再核对。" in gone
    assert pincite(home, "export", "--conversation", "nothing").returncode == 4
    for arguments in ([], ["--conversation", itu, "-q", "问"]):
        run = pincite(home, "export", *arguments)
        assert (run.returncode, "expected --question, or --conversation" in run.stderr) == (2, True)
