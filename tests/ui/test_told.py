"""What the page says of errors: on a Chinese page each that its user can cause is told in Chinese."""

import re
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from assistant import Assistant
from assistant.conversations.conversations import Conversations
from assistant.conversations.file import DATABASE
from assistant.conversations.kept import KeptTurn
from corpus.errors import HomeError, ParseError, PinciteError
from tests.ordinary_user import as_ordinary_user, let_in
from ui.told import _table, in_chinese, told

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
_ENGLISH = re.compile(r"\b(?:expected|found|save|it|the|is|run|add|nothing)\b")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant.open(tmp_path_factory.mktemp("home"))


def told_in_chinese(error: PinciteError) -> str:
    said = told(error, "zh")
    assert not _ENGLISH.search(said), said
    assert told(error, "en") == str(error)
    return said


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.txt", b"", "《空.txt》：应为一份报告，但文件是空的；请检查是否保存完整"),
        ("空白.txt", b" \n\n ", "只有空白"),
        ("无号.txt", "没有编号的一段话。\n".encode(), "应有编号的段落"),
        ("表.xlsx", b"PK\x03\x04", "是电子表格或幻灯片；请把文字另存为 .docx 或 .txt"),
        ("图.png", b"\x89PNG\r\n", "请另存为带文字层的 PDF"),
        ("怪.abc", b"1. x", "这份以 .abc 结尾；请另存为其中一种格式"),
        ("旧.docx", _OLD_WORD, "请"),
        ("假.pdf", b"1. not a pdf", "应为 PDF，但文件已损坏或不是 PDF"),
        ("坏.docx", b"PK\x03\x04" + b"\0" * 100, "请"),
        ("坏.txt", b"1. \x00\x01\x02 binary", "请"),
        ("行.jsonl", b'{"label": "1", "text": "a"}\n{"label"', "第 2 行"),
    ],
)
def test_a_file_that_cannot_be_added_is_told_in_chinese(
    assistant: Assistant, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ParseError) as raised:
        assistant.library.add(tmp_path / name)
    assert says in told_in_chinese(raised.value)


def test_a_scan_is_told_in_chinese(assistant: Assistant, tmp_path: Path) -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(3):
        document.new_page(595, 842)
    document.save(tmp_path / "扫描.pdf")
    document.close()
    with pytest.raises(ParseError) as raised:
        assistant.library.add(tmp_path / "扫描.pdf")
    assert (
        told_in_chinese(raised.value)
        == "《扫描.pdf》：应为带文字层的 PDF，这份是3 页图像（扫描件）；请先做文字识别（OCR）"
    )


def test_an_encrypted_word_file_is_told_in_chinese(assistant: Assistant, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "密.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    data = bytearray((tmp_path / "密.docx").read_bytes())
    data[6] |= 1  # the flag of encryption, in the head of the part and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "密.docx").write_bytes(data)
    with pytest.raises(ParseError) as raised:
        assistant.library.add(tmp_path / "密.docx")
    assert "密码" in told_in_chinese(raised.value)


def test_a_file_that_is_too_large_is_told_in_chinese(assistant: Assistant, tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.write("1. 第一段。\n".encode())
        file.truncate(400_000_000)
    with pytest.raises(ParseError) as raised:
        assistant.library.add(tmp_path / "大.txt")
    assert re.search(r"文字应不超过 [\d,]+ MB，这份有 400 MB；请拆成几份再添加", told_in_chinese(raised.value))


def test_a_report_that_is_there_already_is_told_in_chinese(assistant: Assistant, tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("报告\n\n1. 灯塔修好了。\n", encoding="utf-8")
    report = assistant.library.add(tmp_path / "甲.txt")
    with pytest.raises(PinciteError) as raised:
        assistant.library.add(tmp_path / "乙.txt")
    assistant.library.remove(report.id)
    assert told_in_chinese(raised.value) == f"乙.txt 已在报告库中（编号 {report.id}）；没有再次添加"
    with pytest.raises(PinciteError) as gone:
        assistant.library.get(report.id)
    assert "报告库中没有编号为" in told_in_chinese(gone.value)


def test_a_damaged_index_is_told_in_chinese(tmp_path: Path) -> None:
    Assistant.open(tmp_path / "home")
    manifest = next((tmp_path / "home" / "index").rglob("manifest.json"))
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(PinciteError) as raised:
        Assistant.open(tmp_path / "home").search("会议")
    assert "请点“重建索引”" in told_in_chinese(raised.value)


def test_a_folder_that_cannot_be_written_is_told_in_chinese(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Assistant.open(home)
    let_in(home)
    files = [home, *home.rglob("*")]

    def work() -> None:
        with pytest.raises(HomeError) as raised:
            Assistant.open(home).library.refuse_read_only()
        assert "没有权限；没有作任何改动" in told_in_chinese(raised.value)

    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        as_ordinary_user(work)
    finally:
        for file in files:
            file.chmod(0o755 if file.is_dir() else 0o644)


def test_faults_of_kept_conversations_are_told_in_chinese(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    first = kept.new(KeptTurn("问", "问", "答"))
    faults = (lambda: kept.rename(first.id, ""), lambda: kept.rename(first.id, "长" * 101), lambda: kept.open("没有"))
    for fault in faults:
        with pytest.raises(PinciteError) as raised:
            fault()
        told_in_chinese(raised.value)
    kept.close()
    (tmp_path / DATABASE).write_bytes(b"no database " * 500)
    with pytest.raises(PinciteError) as damaged:
        Conversations(tmp_path).list()
    assert "已损坏" in told_in_chinese(damaged.value)


def test_an_error_that_nobody_put_into_chinese_is_told_by_its_kind() -> None:
    said = told(ParseError(Path("a.pdf"), "expected the moon, found cheese", 3), "zh")
    assert said == "《a.pdf》第 3 行：无法把这份文件读成报告（expected the moon, found cheese）"


def test_every_line_of_the_table_fills_its_places() -> None:
    assert len(_table()) > 50
    for pattern, chinese in _table():
        assert set(pattern.groupindex) >= set(re.findall(r"\{(\w+)\}", chinese)), chinese
    assert in_chinese("expected 1 to 9 pages, found 12") == "应为 1 至 9 页，这份有 12 页；请拆成几份再添加"
