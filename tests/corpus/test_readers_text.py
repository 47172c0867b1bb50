from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.parsing import id_from_name, parse_report


def write(folder: Path, content: bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"  \n\n \t \n", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 0x89"),
        (b"1. text\x00more\n", "binary file"),
        ("1. 会议商定。".encode("gb18030"), "save it as UTF-8"),
        ("没有编号的一段话，只有一句。\n".encode(), "numbered paragraphs"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(tmp_path: Path, content: bytes, found: str) -> None:
    with pytest.raises(ParseError, match="expected") as error:
        parse_report(write(tmp_path, content))
    assert found in str(error.value)
    assert "report.txt" in str(error.value)


def test_a_line_of_20_mb_is_refused_with_its_number(tmp_path: Path) -> None:
    path = write(tmp_path, "1. 会议商定。\n\n".encode() + b"a" * 20_000_000)
    with pytest.raises(ParseError, match="20,000,000 characters") as error:
        parse_report(path)
    assert error.value.line == 3


def test_a_missing_path_a_folder_and_another_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="found nothing"):
        parse_report(tmp_path / "gone.txt")
    with pytest.raises(ParseError, match="folder"):
        parse_report(tmp_path)
    with pytest.raises(ParseError, match=r"found \.xyz"):
        parse_report(write(tmp_path, b"1. a", "report.xyz"))


def test_a_byte_order_mark_and_dos_line_ends_change_nothing(tmp_path: Path, bundled_path: Path) -> None:
    dos = write(tmp_path, b"\xef\xbb\xbf" + bundled_path.read_bytes().replace(b"\n", b"\r\n"), "dos.txt")
    here, there = parse_report(dos), parse_report(bundled_path)
    assert [p.text for p in here.paragraphs] == [p.text for p in there.paragraphs]


def test_ids_are_made_from_names_that_a_link_can_carry() -> None:
    assert id_from_name("un-space-meeting-38.zh.txt") == "un-space-meeting-38.zh"
    assert id_from_name("报告 2025 (定稿).txt") == "报告-2025-定稿"
    assert id_from_name("???.txt") == "report"
