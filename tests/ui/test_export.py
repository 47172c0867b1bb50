"""What is taken away: `pincite export`, the page's downloads, copied citations, and the notes that `pincite show` prints."""

import io
import json
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.errors import ExportError
from corpus.readers.word.reader import read
from tests.ui.conftest import App, keep
from tests.ui.test_cli import pincite
from tests.ui.test_web import add_file, ask, opened
from ui.export_command import write_file

QUESTION = "第12(c)段说了什么？"
SYMBOL_REPORT = """联合国
A/77/1234

河流联合监测委员会第五届会议报告

一. 引言

1. 河流联合监测委员会于 2021 年 3 月 4 日在清水镇举行了第五届会议。
2. 会议由镇水务所担任秘书处，秘书长为柳岸青。
"""
ARTICLES = """镇水务条例

第一条 为了保护青溪的水质，制定本条例。

第二条 本条例适用于清水镇。

第十二条 水务所每季度公布一次浊度数据。

第十三条 违反本条例的，由水务所责令改正，并处以罚款；拒不改正的，依照有关规定处理。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled report; tests must not change it."""
    home = tmp_path_factory.mktemp("home")
    assert pincite(home, "list").returncode == 0
    return home


def notes_in(path: Path) -> list[str]:
    return [block.text for block in read(path, lambda _done, _total: None) if block.kind == "note"]


def test_export_writes_a_word_file_whose_footnotes_cite(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    run = pincite(home, "export", "--question", QUESTION, "-o", path)
    assert (run.returncode, run.stdout) == (0, "")
    assert f"wrote {path}" in run.stderr
    (note,) = notes_in(path)
    assert "第12(c)段：“交流共同有兴趣" in note
    assert note.endswith("pincite://un-space-meeting-38.zh/12%28c%29")


def test_several_questions_are_a_conversation_with_history(home: Path) -> None:
    run = pincite(home, "export", "--question", "第12(c)段", "--question", "下一段", "--format", "json")
    record = json.loads(run.stdout)
    assert [t["question"] for t in record["turns"]] == ["第12(c)段", "下一段"]
    assert record["turns"][1]["understood"] != "下一段"
    assert record["turns"][1]["citations"]


def test_markdown_is_what_is_written_without_a_format_and_json_an_option(home: Path) -> None:
    markdown = pincite(home, "export", "-q", QUESTION)
    assert markdown.stdout.startswith(f"# {QUESTION}\n")
    assert "[^1]: " in markdown.stdout
    assert json.loads(pincite(home, "export", "-q", QUESTION, "--json").stdout)["schema"] == "pincite-conversation"


def test_the_suffix_chooses_the_format_and_an_unknown_one_is_refused(home: Path, tmp_path: Path) -> None:
    assert pincite(home, "export", "-q", QUESTION, "-o", tmp_path / "a.txt").returncode == 0
    assert "\n注释\n[1] 《" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    refused = pincite(home, "export", "-q", QUESTION, "-o", tmp_path / "a.odt")
    assert refused.returncode == 2
    assert "md, docx, txt, json" in refused.stderr
    assert not (tmp_path / "a.odt").exists()


def test_nothing_is_overwritten_without_force(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.md"
    path.write_text("kept", encoding="utf-8")
    refused = pincite(home, "export", "-q", QUESTION, "-o", path)
    assert refused.returncode == ExportError.exit_code
    assert "--force" in refused.stderr
    assert path.read_text(encoding="utf-8") == "kept"
    assert pincite(home, "export", "-q", QUESTION, "-o", path, "--force").returncode == 0
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert [p.name for p in tmp_path.iterdir()] == ["kept.md"]


@pytest.mark.parametrize("place", ["none/out.md", "."])
def test_a_place_that_cannot_be_written_is_named_before_anything_is_asked(
    home: Path, tmp_path: Path, place: str
) -> None:
    run = pincite(home, "export", "-q", QUESTION, "-o", tmp_path / place)
    assert run.returncode == ExportError.exit_code
    assert "-o" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept.md"
    path.write_text("kept", encoding="utf-8")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportError, match="No space left"):
        write_file(path, b"new", force=True)
    assert path.read_text(encoding="utf-8") == "kept"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.md"]


def test_show_prints_the_notes_of_a_paragraph_below_its_text(home: Path) -> None:
    lines = pincite(home, "show", "18").stdout.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("  18  "))
    assert lines[at + 1].startswith("      脚注1  A/AC.105/1168、")
    (record,) = (r for r in json.loads(pincite(home, "show", "18", "--json").stdout) if r["label"] == "18")
    assert [note["label"] for note in record["notes"]] == ["脚注1"]
    assert record["notes"][0]["text"].startswith("A/AC.105/1168、")


def downloaded(page: Page, button: Locator) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_an_answer_is_downloaded_in_each_format(page: Page, app: App, tmp_path: Path) -> None:
    opened(page, app)
    turn = ask(page, QUESTION)
    expect(page.locator(".export-whole")).to_have_count(0)
    turn.get_by_text("下载答案").click()
    menu = turn.locator(".export button")
    assert menu.all_text_contents() == ["Word", "Markdown", "纯文本", "JSON"]
    keep(page, "40-download")
    found = {button: downloaded(page, menu.nth(i)) for i, button in enumerate(("docx", "md", "txt", "json"))}
    assert [name for name, _ in found.values()] == [f"第12(c)段说了什么？.{suffix}" for suffix in found]
    path = tmp_path / "page.docx"
    path.write_bytes(found["docx"][1])
    assert len(notes_in(path)) == 1
    assert found["md"][1].decode().startswith(f"# {QUESTION}\n")
    assert "[1] 《" in found["txt"][1].decode()
    assert len(json.loads(found["json"][1])["turns"]) == 1


def test_the_conversation_and_an_earlier_answer_are_downloaded(page: Page, app: App) -> None:
    opened(page, app, "?lang=en")
    first = ask(page, "第12(c)段")
    ask(page, "第18段")
    whole = page.locator(".export-whole")
    whole.get_by_text("Download conversation").click()
    expect(whole.get_by_text("JSON")).to_be_in_viewport(ratio=1)
    first.get_by_text("Download answer").click()
    keep(page, "41-download-conversation")
    _, conversation = downloaded(page, whole.get_by_text("JSON"))
    assert [t["question"] for t in json.loads(conversation)["turns"]] == ["第12(c)段", "第18段"]
    _, one = downloaded(page, first.get_by_text("JSON"))
    assert [t["question"] for t in json.loads(one)["turns"]] == ["第12(c)段"]
    _, word = downloaded(page, whole.get_by_text("Word"))
    assert "Heading 1" in {p.style.name for p in docx.Document(io.BytesIO(word)).paragraphs if p.style}


def test_a_copied_citation_names_the_symbol_of_its_report(page: Page, own_app: App, tmp_path: Path) -> None:
    path = tmp_path / "river.txt"
    path.write_text(SYMBOL_REPORT, encoding="utf-8")
    assert own_app.assistant.library.add(path).symbol == "A/77/1234"
    opened(page, own_app)
    turn = ask(page, "河流联合监测委员会第五届会议在哪里举行？")
    turn.locator("button.copy").click()
    expect(turn.locator("button.copy")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[第1段（A/77/1234）]" in copied


def test_a_long_number_stands_beside_its_text(page: Page, own_app: App, tmp_path: Path) -> None:
    path = tmp_path / "articles.txt"
    path.write_text(ARTICLES, encoding="utf-8")
    opened(page, own_app)
    add_file(page, path)
    article = page.locator('.paragraph[data-label="第十三条"]')
    expect(article).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    keep(page, "42-articles")
    number, words = article.locator(".number").bounding_box(), article.locator(".words").bounding_box()
    assert number
    assert words
    assert number["x"] + number["width"] <= words["x"]
    short = page.locator('.paragraph[data-label="第一条"] .words').bounding_box()
    assert short
    assert short["x"] == words["x"]
