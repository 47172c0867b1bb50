"""The command line, run as people run it: a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BUNDLED, EVALUATION
from tests.corpus.pdf_files import write_report


def pincite(home: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PINCITE_HOME": str(home)} | environment
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled report; tests must not change it."""
    home = tmp_path_factory.mktemp("home")
    assert pincite(home, "list").returncode == 0
    return home


def test_ask_prints_the_quotation_and_its_citation(home: Path) -> None:
    run = pincite(home, "ask", "国际电联有多少成员国？")
    assert run.returncode == 0
    assert "国际电联成员有 193 个国家" in run.stdout
    assert "[第36段]" in run.stdout
    assert "pincite://" not in run.stdout
    assert run.stderr == ""


def test_ask_in_json_has_all_of_the_answer(home: Path) -> None:
    answer = json.loads(pincite(home, "ask", "第12(c)段", "--json").stdout)
    assert answer["abstained"] is False
    assert answer["citations"][0]["label"] == "12(c)"
    assert answer["citations"][0]["link"] == "pincite://un-space-meeting-38.zh/12%28c%29"
    assert answer["citations"][0]["quote"] in answer["hits"][0]["text"]


def test_abstaining_is_a_result_not_an_error(home: Path) -> None:
    run = pincite(home, "ask", "请推荐一家纽约的餐厅", "--json")
    assert run.returncode == 0
    assert json.loads(run.stdout)["abstained"] is True


def test_search_for_all_mentions_prints_their_count_and_each_place(home: Path) -> None:
    lines = pincite(home, "search", "--all", "训研所").stdout.splitlines()
    assert lines[0] == "3 paragraphs mention 训研所 (as 联合国训练研究所 too); occurrences: 4"
    assert [line.split()[1] for line in lines[1:]] == ["13", "35", "附件三#17"]
    found = json.loads(pincite(home, "search", "--all", "every paragraph that mentions UNITAR", "--json").stdout)
    assert (found["phrase"], found["paragraphs"], found["times"]) == ("UNITAR", 3, 4)
    assert found["hits"][0]["mentions"] == ["联合国训练研究所", "训研所"]


def test_options_keep_a_question_to_a_section_a_year_and_a_language(home: Path) -> None:
    run = pincite(home, "search", "会议代表", "--section", "附件三", "--year", "2018", "--language", "zh", "--json")
    assert {hit["label"].split("#")[0] for hit in json.loads(run.stdout)} == {"附件三"}
    none = pincite(home, "ask", "会议由谁主持？", "--year", "1950")
    assert none.returncode == 0
    assert "没有符合所选范围的段落" in none.stdout


def test_search_show_list_and_check_print_lines_and_json(home: Path) -> None:
    assert pincite(home, "search", "肯尼亚的卫星", "-k", "3").stdout.splitlines()[0].split()[2] == "25"
    assert len(json.loads(pincite(home, "search", "肯尼亚的卫星", "-k", "3", "--json").stdout)) == 3
    shown = pincite(home, "show", "23")
    assert [line.split()[0] for line in shown.stdout.splitlines() if line.startswith("  ")] == [
        "23",
        "23(a)",
        "23(b)",
        "23(c)",
    ]
    assert json.loads(pincite(home, "show", "附件三#15", "--json").stdout)[0]["label"] == "附件三#15"
    assert "→ 14(a)  9  第 9 段" in pincite(home, "show", "14").stdout
    assert "← 9  14(a)  第 9 段: 上文" in pincite(home, "show", "9").stdout
    linked = json.loads(pincite(home, "show", "14(a)", "--json").stdout)[0]
    assert (linked["refers_to"][0]["label"], linked["referred_by"]) == ("9", [])
    assert "un-space-meeting-38.zh" in pincite(home, "list").stdout
    check = pincite(home, "check").stdout
    assert "1–52" in check
    assert "join: 28" in check
    assert json.loads(pincite(home, "check", "--json").stdout)[0]["counts"]["numbered"] == 52


def test_eval_prints_the_figures(home: Path) -> None:
    run = pincite(home, "eval", EVALUATION / "report_dev.jsonl", "--json")
    assert json.loads(run.stdout)["summary"]["hit_at_1"] >= 0.9
    figures = pincite(home, "eval", EVALUATION / "report_dev.jsonl").stdout
    assert "hit@1" in figures
    assert "citation precision   1.000" in figures
    assert "quotations exact     1.000" in figures


def test_eval_of_conversations_prints_the_turns_that_are_right(home: Path) -> None:
    printed = pincite(home, "eval", EVALUATION / "conversations_dev.jsonl").stdout
    assert "turns right          14 of 14 (1.000)" in printed
    record = json.loads(pincite(home, "eval", EVALUATION / "conversations_dev.jsonl", "--json").stdout)
    assert (record["right"], len(record["turns"])) == (14, 14)


def test_add_rebuild_and_remove_change_the_library(tmp_path: Path, second_report: Path) -> None:
    home = tmp_path / "home"
    added = pincite(home, "add", second_report)
    assert added.returncode == 0
    assert "added harbour-2025.zh" in added.stdout
    assert "numbers: 1–2" in added.stdout
    assert "[第1段]" in pincite(home, "ask", "港口照明改造的预算是多少？").stdout
    assert "2 reports" in pincite(home, "rebuild").stdout
    assert pincite(home, "remove", "harbour-2025.zh").returncode == 0
    assert "harbour" not in pincite(home, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("show", "99"), 4, "1–52"),
        (("remove", "nope"), 4, "the library has: un-space-meeting-38.zh"),
        (("add", "/no/such/file.txt"), 3, "found nothing"),
        (("add", ""), 2, "expected a file or a folder"),
        (("add", BUNDLED), 5, "in the library already"),
        (("eval", "/no/such/file.jsonl"), 3, "expected a file of questions"),
        (("search",), 2, "Missing argument"),
    ],
)
def test_errors_are_one_sentence_and_an_exit_code(home: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    run = pincite(home, *arguments)
    assert run.returncode == code
    assert says in run.stderr
    assert "Traceback" not in run.stdout + run.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "an empty file"),
        ("binary.txt", bytes(range(256)) * 10, "byte 0x"),
        ("line.txt", b"1. a" + b"a" * 20_000_000, "characters"),
        ("report.xyz", b"1. a", "found .xyz"),
    ],
)
def test_a_wrong_file_loses_nothing_and_others_are_added(
    tmp_path: Path, second_report: Path, name: str, content: bytes, says: str
) -> None:
    wrong = tmp_path / name
    wrong.write_bytes(content)
    home = tmp_path / "home"
    run = pincite(home, "add", wrong, second_report)
    assert run.returncode == 3
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert len(json.loads(pincite(home, "list", "--json").stdout)) == 2


def workers_of(pid: int) -> list[int]:
    """The processes that a process has started, as Linux tells."""
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_interrupting_add_leaves_the_library_as_it_was_and_no_process(home: Path, tmp_path: Path) -> None:
    path = write_report(tmp_path / "long.pdf", pages=600, paragraphs_a_page=30)
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "add", str(path), "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        while not (workers := workers_of(run.pid)):
            assert run.poll() is None
            time.sleep(0.02)
        time.sleep(0.5)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        out, err = run.communicate()
    assert run.returncode == 130
    assert err == "pincite: cancelled; what was under way has changed nothing\n"
    assert out == ""
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert [r["id"] for r in json.loads(pincite(home, "list", "--json").stdout)] == ["un-space-meeting-38.zh"]


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file, not a folder")
    run = pincite(file / "home", "list")
    assert run.returncode == 6
    assert "expected a data folder that can be written" in run.stderr


def test_a_damaged_index_is_a_sentence_and_the_library_is_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    pincite(home, "list")
    next((home / "index").iterdir()).joinpath("manifest.json").write_text("{")
    run = pincite(home, "ask", "第30段")
    assert run.returncode == 7
    assert "pincite rebuild" in run.stderr
    assert pincite(home, "rebuild").returncode == 0
    assert "[第30段]" in pincite(home, "ask", "第30段").stdout


def test_a_port_in_use_is_a_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = pincite(home, "serve", "--port", str(taken.getsockname()[1]), "--no-browser")
    assert run.returncode == 8
    assert "expected a free port" in run.stderr


def test_serve_indexes_anew_what_another_version_has_indexed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert pincite(home, "ask", "第12段").returncode == 0
    [manifest] = home.glob("index/*/manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format_version": ', '"format_version": 99'))
    assert pincite(home, "ask", "第12段").returncode == 7
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = pincite(home, "serve", "--port", str(taken.getsockname()[1]), "--no-browser")
    assert run.returncode == 8
    assert "all reports are indexed anew" in run.stderr
    assert "第12段" in pincite(home, "ask", "第12段").stdout


def test_a_cold_ask_imports_no_torch(home: Path) -> None:
    code = "import sys; from ui.cli import main; sys.argv = ['pincite', 'ask', '国际电联有多少成员国？']\ntry:\n    main()\n"
    code += (
        "finally:\n    print(sorted({'torch', 'gradio', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    environment = os.environ | {"PINCITE_HOME": str(home)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert "第36段" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]"


def test_every_command_is_in_both_readmes_and_takes_json() -> None:
    import typer

    from ui.cli import app

    def commands(group: Any, name: str) -> list[tuple[str, Any]]:
        inside = getattr(group, "commands", None)
        return [c for n, g in inside.items() for c in commands(g, f"{name} {n}")] if inside else [(name, group)]

    found = commands(typer.main.get_command(app), "pincite")
    assert {"pincite ask", "pincite collection add", "pincite watch"} <= {name for name, _ in found}
    for command, callback in found:
        assert any("--json" in parameter.opts for parameter in callback.params), f"{command} takes no --json"
    for name in ("README.md", "README.zh-CN.md"):
        text = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
        for command, _ in found:
            assert command in text, f"{name} does not tell of `{command}`"
