import contextlib
import html
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.block import Block
from corpus.errors import ParseError
from corpus.parsing import parse_report
from corpus.readers.html.reader import blocks_of, read

HERE = Path("report.html")
WORDS = st.text("会议报告第一条款。，（）《》—abcXYZ 123.,()&<>\"'éЖ\u3000", max_size=30)


def page(body: str) -> list[Block]:
    return blocks_of(f"<!DOCTYPE html>\n<html><head><title>no text</title></head><body>{body}</body></html>", HERE)


def texts(body: str) -> list[str]:
    return [block.text for block in page(body)]


def test_headings_have_their_level_and_blocks_their_line() -> None:
    found = page(
        "\n<h1>Report<br>of the Committee</h1>\n<div>Text <i>of</i> a div\n<p>A paragraph</p></div><h3>Third</h3>"
    )
    assert [(b.text, b.kind, b.level, b.line) for b in found] == [
        ("Report of the Committee", "heading", 1, 3),
        ("Text of a div", "text", None, 4),
        ("A paragraph", "text", None, 5),
        ("Third", "heading", 3, 5),
    ]


def test_what_is_around_the_text_and_what_is_hidden_is_left_out() -> None:
    around = "<nav>a</nav><header>b</header><footer>c</footer><aside>d</aside><script>e</script><style>f</style>"
    hidden = '<p hidden>h</p><p style="display: none">i</p><p aria-hidden=true>j</p><form><input value=k><button>l</button></form>'
    kept = "<article><header><h1>Title</h1></header></article><form><p>In a form</p><select><option>m</select></form>"
    assert texts(around + hidden + kept + "<!-- n -->") == ["Title", "In a form"]


def test_numbered_lists_print_their_marks_and_letters_in_brackets() -> None:
    assert texts("<ol start=3><li>c<ol type=a><li>x<li value=27>y</ol><li><p>d</p><p>more</p></ol>") == [
        "3. c", "(a) x", "(aa) y", "4. d", "more",
    ]  # fmt: skip
    assert texts("<ol reversed type=I><li>x<li>y</ol>") == ["II. x", "I. y"]
    assert texts('<ol style="list-style-type:cjk-ideographic"><li>总则<li>附则</ol>') == ["一、总则", "二、附则"]
    assert texts('<ul><li>x</ul><ol style="list-style:none"><li>y</ol><ol start=-1><li>z</ol>') == ["x", "y", "-1. z"]


def test_breaks_end_a_block_but_not_a_heading_or_a_cell() -> None:
    assert texts("第一条　甲。<br>第二条　乙。<br/><br/>（一）丙") == ["第一条　甲。", "第二条　乙。", "（一）丙"]
    assert texts("<table><tr><td>a<br>b<td>c</table>") == ["a b\tc"]


def test_line_ends_in_the_source_join_without_a_space_between_han_characters() -> None:
    assert texts("<p>会议\n  商定。\n下届 会议 in\nJune&nbsp;2026</p>") == ["会议商定。下届 会议 in June 2026"]


def test_tables_become_rows_whose_merged_cells_come_once() -> None:
    body = "<table><caption>Table 1</caption><tr><th>Name<th>Post<tr><td rowspan=2>A<td>B<tr><td>C<tr><td colspan=2>D</table>"
    assert [(b.text, b.kind, b.bold) for b in page(body)] == [
        ("Table 1", "text", False), ("Name\tPost", "row", True), ("A\tB", "row", False), ("\tC", "row", False), ("D", "row", False),
    ]  # fmt: skip


def test_tables_that_only_arrange_the_page_are_read_as_paragraphs() -> None:
    assert [b.kind for b in page("<table><tr><td>menu<td><h2>Title</h2><p>1. Text.</p></table>")] == [
        "text",
        "heading",
        "text",
    ]
    assert [b.kind for b in page("<table><tr><td><p>1. a<p>2. b<p>3. c</table>")] == ["text"] * 3


@pytest.mark.parametrize(
    "body",
    [
        '<p>Text<sup><a href="#fn1" id="r">1</a></sup></p><ol><li id="fn1"><p>A note. <a href="#r">↩</a></p></li></ol>',
        '<p>Text<a href="#_ftn1" name="_ftnref1">[1]</a><div><p><a href="#_ftnref1" name="_ftn1">[1]</a> A note.</p></div>',
        '<p>Text<sup>[<a href="#cite_note-1" id="c">1</a>]</sup></p><ol><li id="cite_note-1"><a href="#c">^</a> A note.</li></ol>',
        '<p>Text<a role="doc-noteref" href="#x">1</a></p><aside role="doc-footnote" id="x">A note.</aside>',
        '<p>Text<sup><a href="#n" id="m">1</a></sup></p><p id="n"><sup><a href="#m">1</a></sup>A note.</p>',
    ],
)
def test_note_marks_are_raised_and_their_notes_notes(body: str) -> None:
    assert [(b.text, b.kind) for b in page(body)] == [("Text¹", "text"), ("¹ A note.", "note")]


def test_notes_one_after_another_in_one_element_are_parted() -> None:
    marks = '<p>a<sup><a href="#f1">1</a></sup> b<sup><a href="#f2">2</a></sup></p>'
    body = f"{marks}<div><a id=f1></a>1. One.<br><a id=f2></a>2. Two.</div>"
    assert texts(body) == ["a¹ b²", "¹ One.", "² Two."]


def test_links_to_headings_are_no_notes_and_raised_figures_are_superscript() -> None:
    assert texts('<p>See <a href="#c2">Chapter 2</a>, 5 km<sup>2</sup>, 1<sup>st</sup></p><h2 id=c2>Chapter 2</h2>') == [
        "See Chapter 2, 5 km², 1st", "Chapter 2",
    ]  # fmt: skip


def test_looks_of_the_text() -> None:
    found = page(
        "<p><b>1.</b> The <i>Committee</i><p align=center><b>All</b> <strong>bold</strong><p><em>Recalling</em> that"
    )
    assert [(b.lead, b.bold, b.centred) for b in found] == [
        ("1.", False, False),
        ("", True, True),
        ("Recalling", False, False),
    ]


def test_preformatted_text_is_read_by_lines() -> None:
    assert [(b.text, b.line) for b in page("\n<pre>1. One.\n2. Two\n  goes on.\n</pre>")] == [
        ("1. One.", 3),
        ("2. Two goes on.", 4),
    ]


def test_xhtml_with_elements_closed_at_once_loses_nothing() -> None:
    source = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body>'
    )
    assert [b.text for b in blocks_of(source + '<a id="x"/><p>1. <![CDATA[A < B]]></p></body></html>', HERE)] == [
        "1. A < B"
    ]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("", "gb18030"),
        ("", "utf-16"),
        ('<meta charset="big5">', "utf-8"),
        ('<meta charset="big5">', "utf-8-sig"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, head: str, codec: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body><p>1. 会议商定下届会议的日期。</p></body></html>".encode(codec)
    )
    assert [b.text for b in read(path, lambda _done, _total: None)] == ["1. 会议商定下届会议的日期。"]
    assert str(parse_report(path).paragraphs[0].label) == "1"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><html><body><script>load()</script></body></html>", "saved from the browser"),
        (b"<!DOCTYPE html>" + b"<div>" * 1_000_000 + b"1. deep", "deep"),
        (b"<html><body>\x00\x01", "binary"),
    ],
)
def test_hostile_pages_are_refused_with_a_sentence(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(content)
    with pytest.raises(ParseError, match="expected") as error:
        parse_report(path)
    assert found in str(error.value)


def test_entities_do_not_grow_and_nothing_is_fetched() -> None:
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    source = (
        f'<!DOCTYPE html [<!ENTITY l0 "lol">{lol}<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>1. a &l11; &x;</p>'
    )
    text = " ".join(b.text for b in blocks_of(source, HERE))
    assert "1. a" in text
    assert len(text) < 5000
    assert "root:" not in text


@given(st.lists(st.tuples(st.sampled_from("p div li h2 blockquote td pre b sup".split()), WORDS, WORDS), max_size=8))
def test_no_text_is_lost(parts: list[tuple[str, str, str]]) -> None:
    body = expected = ""
    for tag, text, tail in parts:
        inner = f"<{tag}>{html.escape(text)}</{tag}>"
        around = {"td": f"<table><tr>{inner}</tr></table>", "li": f"<ul>{inner}</ul>"}.get(tag, inner)
        body += around + html.escape(tail)
        expected += text + tail
    found = page(body)
    assert _letters("".join(block.text for block in found)) == _letters(expected)
    assert all(block.text.startswith(block.lead) for block in found)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


RICH = """<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h1>报告</h1><ol type=a start=2><li>x<li>y</ol>
<table><tr><th rowspan=2>A<td>B<tr><td>C</table><p>Text<sup><a href="#f" id=r>1</a></sup><br>more</p><pre>1. a\n2. b</pre>
<form><p>z</form><section><ol><li id=f>Note <a href="#r">↩</a></ol></section></body></html>"""


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mangled_pages_give_blocks_or_a_clear_error(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    mangled = bytearray(RICH.encode())
    for _ in range(rng.randrange(1, 15)):
        at = rng.randrange(len(mangled))
        if rng.random() < 0.4:
            mangled[at] = rng.randrange(256) if rng.random() < 0.3 else rng.choice(b"<>/\"'=#&; \n")
        elif rng.random() < 0.5:
            del mangled[at : at + rng.randrange(1, 30)]
        else:
            mangled[at:at] = mangled[max(0, at - 40) : at]
    path = tmp_path / "report.html"
    path.write_bytes(mangled)
    with contextlib.suppress(ParseError):
        assert all(block.text for block in read(path, lambda _done, _total: None))


def test_lettered_lists_are_items_of_the_paragraph_before_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Report</h1><p>1. We met.</p><p>2. The officers are:</p><ol type=a><li>Chair: Ms. A</li><li>Clerk: Mr. B</li></ol>"
        "<p>3. See para. 2 (b) above.</p>"
    )
    assert [str(p.label) for p in parse_report(page).paragraphs] == ["1", "2", "2(a)", "2(b)", "3"]
