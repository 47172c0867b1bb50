import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError
from corpus.parsing import parse_report
from corpus.readers.json_lines import read


def write(folder: Path, *lines: object) -> Path:
    path = folder / "law.jsonl"
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines)
    )
    return path


def silent(_done: int, _total: int) -> None:
    pass


def test_entries_become_blocks_with_labels_below_their_headings(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"title": "某法", "symbol": "A/1", "date": "2025-03-04", "language": "zh"},
        {"label": "第一条", "text": " 甲\n乙。", "heading_path": ["第一章", "第一节"]},
        b"",
        {"label": "第二条", "text": "丙。", "heading_path": ["第一章", "第二节"]},
        {"label": "第三条", "text": "丁。", "heading_path": ["第二章"]},
        {"label": "12(c)", "text": "Item.", "heading_path": []},
    )
    assert [(b.text, b.line, b.kind, b.level, b.label) for b in read(path, silent)] == [
        ("某法", 1, "heading", 0, ""),
        ("A/1", 1, "text", None, ""),
        ("2025-03-04", 1, "text", None, ""),
        ("第一章", 2, "heading", 1, ""),
        ("第一节", 2, "heading", 2, ""),
        ("甲乙。", 2, "text", None, "第一条"),
        ("第二节", 4, "heading", 2, ""),
        ("丙。", 4, "text", None, "第二条"),
        ("第二章", 5, "heading", 1, ""),
        ("丁。", 5, "text", None, "第三条"),
        ("Item.", 6, "text", None, "12(c)"),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe{}", "other bytes"),
        (b"3", "a number"),
        ({"label": "2"}, "'text' nothing"),
        ({"text": "x"}, "'label' nothing"),
        ({"label": "2", "text": " "}, "'text' empty"),
        ({"label": "2", "text": 7}, "'text' a number"),
        ({"label": "¶¶", "text": "x"}, "found '¶¶'"),
        ({"label": "2", "text": "x", "name": "y"}, "the key 'name'"),
        ({"label": "2", "text": "x", "heading_path": "I"}, "a list of headings"),
        ({"label": "1", "text": "x"}, "first on line 1"),
        ({"title": "late"}, "the key 'title'"),
        (b'{"label": "2", "text": "' + b"x" * 1_000_000, "over 1,000,000 bytes"),
    ],
)
def test_a_line_that_is_no_labelled_paragraph_is_refused_with_its_number(
    tmp_path: Path, line: object, found: str
) -> None:
    with pytest.raises(ParseError, match="expected") as error:
        read(write(tmp_path, {"label": "1", "text": "x"}, b" ", line), silent)
    assert found in str(error.value)
    assert error.value.line == 3


def test_a_label_written_in_another_way_is_the_same_label(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="again, first on line 1"):
        read(write(tmp_path, {"label": "14(c)(iv)", "text": "x"}, {"label": "14(c)(四)", "text": "y"}), silent)


@pytest.mark.parametrize("lines", [(), (b" ",), ({"title": "only"},), ({},)])
def test_a_file_without_a_paragraph_is_refused(tmp_path: Path, lines: tuple[object, ...]) -> None:
    with pytest.raises(ParseError, match="expected"):
        read(write(tmp_path, *lines), silent)


def test_a_report_of_labelled_lines_has_their_labels_and_the_facts_of_its_first_line(tmp_path: Path) -> None:
    first = {"title": "某法", "symbol": "A/AC.105/1", "date": "2025-03-04"}
    line = {"label": "第一条(一)", "text": "项。", "heading_path": ["第一章 总则"]}
    report = parse_report(write(tmp_path, first, {**line, "label": "第一条"}, line))
    assert (report.title, report.symbol, report.date) == ("某法", "A/AC.105/1", "2025-03-04")
    below = ("第一章 总则",)
    assert [(str(p.label), p.heading_path) for p in report.paragraphs] == [("第一条", below), ("第一条(一)", below)]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"]), min_size=1, max_size=40),
        min_size=1,
        max_size=9,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_lost(tmp_path: Path, words: list[str]) -> None:
    path = write(tmp_path, *({"label": str(i + 1), "text": text} for i, text in enumerate(words)))
    assert [b.text for b in read(path, silent)] == words


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_blocks_or_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, {"label": "1", "text": "x"}, data)
    with contextlib.suppress(ParseError):
        assert read(path, silent)
