from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.parsing import id_from_name, parse_report
from corpus.readers.text import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def write(folder: Path, content: bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"  \n\n \t \n", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"1. text\x00more\n", "binary file"),
        (b"1. \x81\x8d\xff\xfe\x9d\n", "save it as UTF-8"),
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


def test_form_feeds_give_pages_and_line_ends_of_all_kinds_lines(tmp_path: Path) -> None:
    blocks = read(write(tmp_path, b"1. One.\r\n\r\n2. Two\r\n\x0c3. Three.\r\r4. Four.\n"), lambda _done, _total: None)
    assert [(b.text, b.line, b.page, b.page_end) for b in blocks] == [
        ("1. One.", 1, 1, 1),
        ("2. Two", 3, 1, 1),
        ("3. Three.", 4, 2, 2),
        ("4. Four.", 6, 2, 2),
    ]


def test_a_text_without_form_feeds_has_no_pages(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"1. One.\n"), lambda _done, _total: None)[0].page is None


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("report.txt", b"%PDF-1.7\n", "a PDF; rename it to end in .pdf"),
        ("report.txt", b"<!DOCTYPE html><html><p>1. a", "a web page (.html)"),
        ("report.md", b"\x1f\x8b\x08", "a gzip archive"),
        ("report.docx", b"%PDF-1.7\n", "a PDF"),
        ("report.docx", b"<html><body><p>1. a</p>", "a web page"),
        ("report.docx", b"{\\rtf1 1. a}", "a rich text file (.rtf); save it as .docx"),
        ("report.docx", b"1. a plain text", "open it in Word and save it anew"),
        ("report.docx", b"", "an empty file"),
        ("report.docx", OLE + "WordDocument".encode("utf-16-le"), "an old Word file (.doc); save it as .docx"),
        ("report.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "save it without one"),
        ("report.html", b"\xff\xd8\xff\xe0", "a JPEG image"),
        ("report.html", b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web archive"),
        ("report.doc", OLE, "an old Word or WPS file; save it as .docx"),
        ("report.rtf", b"{\\rtf1 1. a}", "save it as .docx"),
        ("report.docm", b"PK", "save it as .docx"),
    ],
)
def test_a_file_of_another_format_is_named(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    with pytest.raises(ParseError, match="expected") as error:
        parse_report(write(tmp_path, content, name))
    assert found in str(error.value)


def test_a_symbol_below_the_title_is_the_reports_and_no_part_of_it(tmp_path: Path) -> None:
    head = "港口委员会第23次会议报告\n\nA/AC.23/12\n2024年3月23日\n\n1. 委员会开会。\n\n2. 委员会休会。\n"
    report = parse_report(write(tmp_path, head.encode()))
    assert (report.title, report.symbol, report.date) == ("港口委员会第23次会议报告", "A/AC.23/12", "2024-03-23")


LONG_ZH = "全市经济社会发展稳中有进、进中提质，城乡居民生活持续改善，各项社会事业全面进步。" * 4


def texts(tmp_path: Path, content: str) -> list[str]:
    return [b.text for b in read(write(tmp_path, content.encode()), lambda _done, _total: None)]


def test_paragraphs_set_on_one_line_each_stay_apart_without_empty_lines_between(tmp_path: Path) -> None:
    lines = [
        "政府工作报告",
        "各位代表：",
        LONG_ZH,
        "一、工作回顾",
        LONG_ZH,
        "二、工作安排",
        "（一）港口",
        LONG_ZH,
        "名单\t人数",
    ]
    assert texts(tmp_path, "\n".join(lines)) == lines


def test_a_government_report_as_copied_from_a_web_page_is_numbered_by_its_headings(tmp_path: Path) -> None:
    above = [
        "下载",
        "打印",
        "【字号：",
        "大",
        "小",
        "】",
        "来源：日报",
        "时间：2026-02-09",
        "市长 李明",
        "港口市",
        "一号",
        "各位代表：",
    ]
    lines = [
        *above,
        LONG_ZH,
        "一、工作回顾",
        LONG_ZH,
        "二、工作安排",
        "重点做好以下工作：",
        "（一）港口",
        LONG_ZH,
        "（二）道路",
        LONG_ZH,
    ]
    report = parse_report(write(tmp_path, "\n".join(lines).encode()))
    shown = [(str(p.label), p.heading_path) for p in report.paragraphs if p.kind == "unnumbered"]
    assert shown == [
        ("¶1", ()),
        ("¶2", ("一、工作回顾",)),
        ("¶3", ("二、工作安排",)),
        ("¶4", ("二、工作安排", "（一）港口")),
        ("¶5", ("二、工作安排", "（二）道路")),
    ]
    assert report.findings == ()


def test_wrapped_lines_that_begin_with_an_article_go_on_with_their_sentence(tmp_path: Path) -> None:
    line = "3. The Commission reviewed the requests of three members under"
    rest = "Article 19 of the Charter and asked for further particulars of them."
    assert texts(tmp_path, f"{line}\n{rest}\n") == [f"{line} {rest}"]
