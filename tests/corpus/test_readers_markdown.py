import contextlib
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError
from corpus.readers.markdown import blocks_of, read
from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS, bare, gold_entries

HERE = Path("report.md")
WORDS = st.text("会议报告第一条款。，（）《》—abcXYZ 123.,()&<>\"'éЖ*_[]#-|~`^\\!+:", min_size=1, max_size=30)


def texts(source: str) -> list[str]:
    return [block.text for block in blocks_of(source, HERE)]


def test_headings_of_both_forms_have_their_level_and_line() -> None:
    found = blocks_of("# Title\n\nText of\na paragraph\n\nChapter\n=======\n\n## 第一章 总则 ##\n", HERE)
    assert [(b.text, b.kind, b.level, b.line) for b in found] == [
        ("Title", "heading", 1, 1),
        ("Text of a paragraph", "text", None, 3),
        ("Chapter", "heading", 1, 6),
        ("第一章 总则", "heading", 2, 9),
    ]


def test_lines_that_open_with_a_mark_or_follow_a_chinese_sentence_are_paragraphs() -> None:
    found = blocks_of("第一条 甲乙：\n(一)项目；\n(二)项目。\n第二款没有\n空行。\n第二条 丙\n", HERE)
    assert [(b.text, b.line) for b in found] == [
        ("第一条 甲乙：", 1), ("(一)项目；", 2), ("(二)项目。", 3), ("第二款没有空行。", 4), ("第二条 丙", 6),
    ]  # fmt: skip


def test_wrapped_sentences_stay_one_paragraph_and_hard_breaks_part() -> None:
    wrapped = "The Committee met at Vienna from 3 to 14 June 2025.\nIt heard statements made by representatives of nine\nStates.\n"
    assert texts(wrapped) == [" ".join(wrapped.split())]
    assert texts("One  \nTwo\\\nThree") == ["One", "Two", "Three"]


def test_lists_keep_the_numbers_that_the_source_prints() -> None:
    source = "3. three\n7. seven\n\n   more\n   1) inner\n\n- bullet\n\n04) four\n"
    assert texts(source) == ["3. three", "7. seven", "more", "1) inner", "bullet", "04) four"]


def test_tables_become_rows() -> None:
    found = blocks_of("| a | b |\n|---|:-:|\n| 1 **x** | |\n| [l](u) | 2 |\n", HERE)
    assert [(b.text, b.kind, b.line) for b in found] == [("a\tb", "row", 1), ("1 x", "row", 3), ("l\t2", "row", 4)]


def test_footnotes_are_marked_and_kept_also_where_nothing_refers_to_them() -> None:
    found = blocks_of(
        "One[^1] two[^see] three^[in *line*].\n\n[^see]: Named.\n\n    More.\n[^1]: First.\n[^9]: Unused.\n", HERE
    )
    assert [(b.text, b.kind) for b in found] == [
        ("One¹ two² three³.", "text"),
        ("³ in line", "note"),
        ("² Named. More.", "note"),
        ("¹ First.", "note"),
        ("⁹ Unused.", "note"),
    ]


def test_emphasis_links_escapes_and_comments_show_as_printed() -> None:
    source = (
        "**Bold lead.** See [A/AC.105/843](#) and <http://un.org> \\*as is\\* `code` 5 km<sup>2</sup><!-- no --> &amp;"
    )
    source += "\n\n<!-- INFO END -->\n"
    found = blocks_of(source, HERE)
    assert [(b.text, b.lead) for b in found] == [
        ("Bold lead. See A/AC.105/843 and http://un.org *as is* code 5 km² &", "Bold lead."),
    ]


def test_a_bold_lead_after_a_number_goes_with_it() -> None:
    found = blocks_of("3. *Decides* to act\n4. **All of it**\n", HERE)
    assert [(b.text, b.lead, b.bold) for b in found] == [
        ("3. Decides to act", "3. Decides", False),
        ("4. All of it", "", True),
    ]


def test_matter_at_the_top_is_left_out_and_a_rule_is_not_taken_for_it() -> None:
    assert [(b.text, b.line) for b in blocks_of("---\ntitle: x\ntags: [a]\n---\n1. Text.\n", HERE)] == [("1. Text.", 5)]
    assert texts("---\n\n1. Text.\n\n---\n\n2. More.\n") == ["1. Text.", "2. More."]


def test_code_and_markup_are_text() -> None:
    found = blocks_of("```\n1. In code.\n```\n\n    indented\n\n<div>\n<p>In markup</p>\n</div>\n", HERE)
    assert [(b.text, b.line) for b in found] == [("1. In code.", 2), ("indented", 5), ("In markup", 8)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (">" * 300 + " deep", "100 deep"),
        ("- " * 300 + "deep", "100 deep"),
        ("```\n" + "x" * 1_000_001, "1,000,001 characters"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(source: str, found: str) -> None:
    with pytest.raises(ParseError, match="expected") as error:
        blocks_of(source, HERE)
    assert found in str(error.value)


def test_a_file_of_nothing_but_markup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("---\n\n<!-- a -->\n")
    with pytest.raises(ParseError, match="expected the text"):
        read(path, lambda _done, _total: None)


@given(st.lists(st.tuples(st.sampled_from(["", "# ", "> ", "- ", "7. ", "**"]), WORDS), min_size=1, max_size=8))
def test_no_text_is_lost(parts: list[tuple[str, str]]) -> None:
    source, expected = "", ""
    for before, words in parts:
        text = words.strip()
        escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
        after = "**" if before == "**" and text else ""
        source += f"{before if text or before != '**' else ''}{escaped}{after}\n\n"
        expected += ("7." if before == "7. " and text else "") + text
    found = blocks_of(source, HERE)
    assert _letters("".join(block.text for block in found)).replace("**", "") == _letters(expected).replace("**", "")
    assert all(block.text.startswith(block.lead) for block in found)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


RICH = "---\na: b\n---\n# 报告\n\n1. x[^1]\n   - y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\n```\nc\n```\n\n[^1]: N\n\n<p>h\n"


@given(seed=st.integers(0, 2**32))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mangled_files_give_blocks_or_a_clear_error(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    mangled = bytearray(RICH.encode())
    for _ in range(rng.randrange(1, 20)):
        at = rng.randrange(len(mangled))
        mangled[at : at + rng.randrange(3)] = bytes(
            rng.choice(b"*_[]()#>-|`~^\n :<1.") for _ in range(rng.randrange(4))
        )
        mangled = mangled or bytearray(b"x")
    if rng.random() < 0.2:
        mangled[rng.randrange(len(mangled))] = rng.randrange(256)
    path = tmp_path / "report.md"
    path.write_bytes(mangled)
    with contextlib.suppress(ParseError):
        assert all(block.text for block in read(path, lambda _done, _total: None))


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
@pytest.mark.parametrize("name", ["law-susongfeiyong-2006.zh", "law-xingfa-2023.zh"])
def test_real_files_have_every_gold_paragraph_at_its_line(name: str) -> None:
    found: dict[int, str] = {}
    for block in read(DOCUMENTS / f"{name}.md", lambda _done, _total: None):
        found[block.line] = found.get(block.line, "") + bare(block.text)
    entries = [entry for entry in gold_entries(name) if entry.get("line") is not None]
    assert entries
    for entry in entries:
        text = found.get(entry["line"], "")
        assert bare(entry["starts"]) in text, entry
        assert bare(entry["ends"]) in text, entry
