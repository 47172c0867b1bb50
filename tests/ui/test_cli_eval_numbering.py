"""`pincite eval-numbering`, run as people run it, over a folder whose gold the test makes."""

import json
from pathlib import Path

import pytest

from tests.ui.test_cli import pincite

DOCUMENT = "一. 引言\n\n1. 审查会在奥斯陆开会。\n\n2. 审查会通过议程。\n\n3. 审查会结束。\n"


def entry(label: str, starts: str, line: int) -> dict[str, object]:
    return {
        "label": label,
        "scope": None,
        "kind": "numbered",
        "heading_path": ["一. 引言"],
        "starts": starts,
        "ends": starts,
        "line": line,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document of three paragraphs whose gold has one with other words and one that it lacks."""
    folder = tmp_path / "documents"
    (folder / "gold").mkdir(parents=True)
    (folder / "harbour.zh.txt").write_text(DOCUMENT, encoding="utf-8")
    entries = [
        entry("1", "审查会在奥斯陆开会。", 3),
        entry("2", "审查会不通过议程。", 5),
        entry("3", "审查会结束。", 7),
        entry("4", "没有这一段。", 9),
    ]
    (folder / "gold" / "harbour.zh.json").write_text(json.dumps({"paragraphs": entries}), encoding="utf-8")
    return folder


def test_the_figures_of_each_document_and_of_all_are_printed(tmp_path: Path, folder: Path) -> None:
    run = pincite(tmp_path / "home", "eval-numbering", folder)
    assert run.returncode == 0
    rows = [line.split() for line in run.stdout.splitlines()]
    assert ["harbour.zh", "4", "0.750", "0.500", "0"] in rows
    assert ["all", "4", "0.750", "0.500"] in rows
    assert "4: not found" in run.stdout
    assert "not '审查会不通过议程。'" in run.stdout
    few = pincite(tmp_path / "home", "eval-numbering", folder, "--wrong", "0")
    assert "not found" not in few.stdout


def test_json_has_the_same_figures(tmp_path: Path, folder: Path) -> None:
    record = json.loads(pincite(tmp_path / "home", "eval-numbering", folder, "--json").stdout)[0]
    assert (record["document"], record["gold"], record["labels"], record["whole"]) == ("harbour.zh", 4, 3, 2)
    assert [wrong["label"] for wrong in record["wrong"]] == ["4", "2"]


def test_a_folder_without_gold_is_an_error_that_says_so(tmp_path: Path) -> None:
    run = pincite(tmp_path / "home", "eval-numbering", tmp_path)
    assert run.returncode != 0
    assert "expected gold files" in run.stderr
    assert "Traceback" not in run.stderr


def test_gold_of_another_format_is_an_error_that_names_the_file(tmp_path: Path, folder: Path) -> None:
    (folder / "gold" / "harbour.zh.json").write_text('{"paragraphs": [{}]}', encoding="utf-8")
    run = pincite(tmp_path / "home", "eval-numbering", folder)
    assert run.returncode != 0
    assert "harbour.zh.json" in run.stderr
    assert "Traceback" not in run.stderr
