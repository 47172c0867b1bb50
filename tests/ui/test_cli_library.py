"""The commands that change the library, run as people run them."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.test_cli import pincite

PATIENCE_S = 100


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def corrected(tmp_path: Path, second_report: Path) -> Path:
    path = tmp_path / "corrected.txt"
    path.write_text(second_report.read_text(encoding="utf-8").replace("七百万", "八百万"), encoding="utf-8")
    return path


def test_a_replaced_report_says_its_version_and_old_links_open_the_old_one(
    home: Path, second_report: Path, corrected: Path
) -> None:
    pincite(home, "add", second_report)
    added = pincite(home, "add", "--replace", "harbour-2025.zh", corrected)
    assert "replaced harbour-2025.zh, version 2: 港口安全审查会第五届会议报告" in added.stdout
    assert "numbers: 1–2" in added.stdout
    old = pincite(home, "show", "pincite://harbour-2025.zh/1")
    assert (
        old.stdout.splitlines()[0]
        == "version 1 of harbour-2025.zh; the newest is version 2: pincite://harbour-2025.zh@2/1"
    )
    assert "七百万" in old.stdout
    new = pincite(home, "show", "pincite://harbour-2025.zh@2/1", "--json")
    assert [(h["version"], h["versions"], h["link"]) for h in json.loads(new.stdout)] == [
        (2, 2, "pincite://harbour-2025.zh@2/1")
    ]
    listed = json.loads(pincite(home, "list", "--json").stdout)[1]
    assert (listed["version"], listed["versions"], listed["session"]) == (2, 2, "第五届会议")
    assert "version 2" in pincite(home, "list").stdout


def test_the_same_symbol_replaces_unless_both_are_to_be_kept(home: Path, second_report: Path, corrected: Path) -> None:
    for path in (second_report, corrected):
        path.write_text("A/80/1\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    pincite(home, "add", second_report)
    beside = pincite(home, "add", "--keep-both", corrected, "--json")
    assert [(r["id"], r["outcome"], r["version"]) for r in json.loads(beside.stdout)] == [("corrected", "added", 1)]
    pincite(home, "remove", "corrected")
    replaced = pincite(home, "add", corrected, "--json")
    assert [(r["id"], r["outcome"], r["version"]) for r in json.loads(replaced.stdout)] == [
        ("harbour-2025.zh", "replaced", 2)
    ]


def test_a_report_is_edited_and_renamed(home: Path, second_report: Path) -> None:
    pincite(home, "add", second_report)
    run = pincite(home, "edit", "harbour-2025.zh", "--symbol", "A/80/1", "--date", "2025-03-05", "--id", "harbour")
    assert run.stdout.splitlines()[0].split() == ["id", "harbour"]
    entry = json.loads(pincite(home, "edit", "harbour", "--title", "港口", "--json").stdout)
    assert (entry["title"], entry["symbol"], entry["date"]) == ("港口", "A/80/1", "2025-03-05")
    assert pincite(home, "show", "1", "--report", "harbour-2025.zh").stdout.startswith("harbour › ")
    for arguments, says in (
        (("--date", "yesterday"), "date: expected a date such as"),
        (("--id", "un-space-meeting-38.zh"), "no other report has or had"),
        ((), "expected something to change"),
    ):
        run = pincite(home, "edit", "harbour", *arguments)
        assert (run.returncode, says in run.stderr) == (2, True)


def test_collections_limit_questions_and_lists(home: Path, second_report: Path) -> None:
    pincite(home, "add", second_report)
    assert pincite(home, "collection", "add", "港口", "harbour-2025.zh").stdout == "港口\tharbour-2025.zh\n"
    for command in (("search", "会议"), ("ask", "会议批准了多少预算？"), ("show", "1"), ("list",)):
        run = pincite(home, *command, "--collection", "港口", "--json")
        assert "un-space" not in run.stdout
        assert "harbour" in run.stdout
    assert json.loads(pincite(home, "collection", "list", "--json").stdout) == [
        {"name": "港口", "reports": ["harbour-2025.zh"]}
    ]
    unknown = pincite(home, "ask", "预算", "--collection", "海港")
    assert (unknown.returncode, "there are: 港口" in unknown.stderr) == (4, True)
    pincite(home, "collection", "remove", "港口", "harbour-2025.zh")
    assert 'abstained": true' in pincite(home, "ask", "预算", "--collection", "港口", "--json").stdout
    assert pincite(home, "collection", "remove", "港口").stdout == "removed the collection 港口\n"
    assert pincite(home, "collection", "list").stdout == ""


def test_a_folder_is_added_with_a_table_of_what_became_of_each_file(
    home: Path, tmp_path: Path, second_report: Path
) -> None:
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    for n in range(7):
        (folder / "below" / f"r{n}.txt").write_text(f"1. 第{n}份报告。\n\n3. 缺一段。\n", encoding="utf-8")
    (folder / "again.txt").write_text("1. 第0份报告。\n\n3. 缺一段。\n", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00")
    (folder / "~$r1.txt").write_bytes(b"\x00")
    run = pincite(home, "add", folder)
    assert run.returncode == 3
    lines = run.stdout.splitlines()
    assert lines[-1] == "7 added, 0 replaced, 1 skipped, 1 failed"
    assert any(line.split()[:3] == ["added", "r3.txt", "r3"] and "2 paragraphs, 1 findings" in line for line in lines)
    assert any(line.startswith("failed") and "control character" in line for line in lines)
    assert any(line.startswith("skipped") and "as again" in line for line in lines)
    (folder / "bad.txt").unlink()
    again = pincite(home, "add", folder, "--json")
    assert again.returncode == 0
    assert {r["outcome"] for r in json.loads(again.stdout)} == {"duplicate"}
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "none that can be read" in pincite(home, "add", empty).stderr


def test_findings_are_printed_with_their_lines_and_cut_after_twenty(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "gaps.txt"
    path.write_text("\n\n".join(f"{n}. 第{n}段。" for n in range(1, 60, 2)), encoding="utf-8")
    added = pincite(home, "add", path).stdout.splitlines()
    assert added[3] == "  gap: 2 missing before line 3"
    assert added[-1] == "  … and 9 more: pincite check gaps"
    assert len(pincite(home, "check", "gaps").stdout.splitlines()) == 3 + 29
    findings = json.loads(pincite(home, "check", "gaps", "--json").stdout)[0]["findings"]
    assert findings[0] == {"kind": "gap", "where": "2", "line": 3, "page": None}


def test_a_watched_folder_is_followed_until_interrupted(home: Path, tmp_path: Path, second_report: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    pincite(home, "list")
    command = [sys.executable, "-m", "ui.cli", "watch", str(folder), "--delete", "--json"]
    environment = os.environ | {"PINCITE_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stderr.readline().startswith("watching")
        file = folder / "harbour.txt"
        file.write_bytes(second_report.read_bytes())
        assert line_of(process) == ("added", "harbour")
        file.write_text(second_report.read_text(encoding="utf-8").replace("七百万", "八百万"), encoding="utf-8")
        assert line_of(process) == ("replaced", "harbour")
        file.unlink()
        assert line_of(process) == ("removed", "harbour")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
        assert process.stderr.read() == "stopped watching\n"
    assert pincite(home, "watch", tmp_path / "nowhere").returncode == 3


def line_of(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Return the outcome and the id of the next line that a watch prints."""
    assert process.stdout is not None
    end = time.monotonic() + PATIENCE_S
    while not select.select([process.stdout], [], [], 0.2)[0]:
        assert process.poll() is None
        assert time.monotonic() < end, "waited in vain"
    record = json.loads(process.stdout.readline())
    return record["outcome"], record["id"]


def test_serve_follows_a_folder_in_the_background(home: Path, tmp_path: Path, second_report: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "harbour.txt").write_bytes(second_report.read_bytes())
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-browser", "--port", "0"]
    environment = os.environ | {"PINCITE_HOME": str(home), "PINCITE_WATCH": str(folder)}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        said = next(line for line in process.stderr if "harbour" in line)
        assert said.startswith("added harbour: ")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert "harbour" in pincite(home, "list").stdout
