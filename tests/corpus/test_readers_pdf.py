"""What a page of a PDF becomes: made-up pages, each with the thing that the test is about."""

from pathlib import Path

import pytest

from corpus.errors import ParseError
from corpus.parsing import parse_report
from tests.corpus.pdf_files import CHINESE_FONT, Placed, placed_page, write_pages
from tests.corpus.pdf_text import blocks_of, prose, set_column, set_lines, texts_of

CHARS = 92
LONG = [f"{number}. {prose(number, 40)}" for number in range(1, 7)]


def write(tmp_path: Path, *pages: list[Placed]) -> Path:
    return write_pages(tmp_path / "made.pdf", [placed_page(lines) for lines in pages])


def three_pages(head: str, foot: str) -> list[list[Placed]]:
    """Pages of two paragraphs each, with a head and a foot in which `#` is the page's number."""
    return [
        [
            (60, 800, 9, head.replace("#", str(page))),
            *set_column(LONG[2 * page - 2 : 2 * page], 60, 700, CHARS),
            (290, 40, 9, foot.replace("#", str(page))),
        ]
        for page in (1, 2, 3)
    ]


@pytest.mark.parametrize("foot", ["#", "- # -", "#/3", "page # of 3", "25-00171 #", "Harbour Office, #"])
def test_running_heads_and_feet_are_gone_and_each_block_keeps_its_page(tmp_path: Path, foot: str) -> None:
    blocks = blocks_of(write(tmp_path, *three_pages("Review of the harbour #", foot)))
    assert [block.text for block in blocks] == LONG
    assert [block.page for block in blocks] == [1, 1, 2, 2, 3, 3]


def test_the_symbol_that_heads_the_pages_comes_first_and_once(tmp_path: Path) -> None:
    assert texts_of(write(tmp_path, *three_pages("A/80/171", "#"))) == ["A/80/171", *LONG]


def test_a_line_at_the_head_of_one_page_only_is_text(tmp_path: Path) -> None:
    pages = three_pages("Review of the harbour", "#")
    pages[1].insert(0, (60, 812, 9, "Corrected by the pilots"))
    assert "Corrected by the pilots" in texts_of(write(tmp_path, *pages))


def test_a_figure_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    lines: list[Placed] = [(60, 500, 10, "12"), (60, 400, 10, "1/3")]
    assert {"12", "1/3"} <= set(texts_of(write(tmp_path, [*set_lines(LONG[0], 60, 700, CHARS), *lines])))


def test_a_paragraph_goes_on_over_a_page_break(tmp_path: Path) -> None:
    lines = set_lines(f"7. {prose(7, 80)}", 60, 130, CHARS, indent=15)
    top: list[Placed] = [(x, 720 - 14 * i, size, text) for i, (x, _, size, text) in enumerate(lines[3:])]
    [block] = blocks_of(write(tmp_path, lines[:3], top))
    assert block.text == f"7. {prose(7, 80)}"
    assert (block.page, block.page_end) == (1, 2)


def test_a_new_number_at_the_head_of_a_page_begins_a_paragraph(tmp_path: Path) -> None:
    pages = [set_lines(LONG[0], 60, 130, CHARS, indent=15), set_lines(LONG[1], 60, 720, CHARS, indent=15)]
    assert texts_of(write(tmp_path, *pages)) == LONG[:2]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (
            "the council looked at the navi-",
            "gation of the straits, since navigation is free",
            "navigation of the straits",
        ),
        ("the council looked at the long-", "term plan, since a long-term plan is good", "long-term plan, since"),
        ("the treaty of the years 1994-", "1996 had been in force for long", "1994-1996 had"),
    ],
)
def test_a_word_divided_at_a_line_s_end_is_one_word(tmp_path: Path, first: str, second: str, whole: str) -> None:
    [text] = texts_of(write(tmp_path, [(60, 700, 10, first), (60, 686, 10, second)]))
    assert whole in text


def test_a_note_is_apart_from_the_text_and_tied_to_its_paragraph(tmp_path: Path) -> None:
    lines: list[Placed] = [
        *set_lines(LONG[0], 60, 700, CHARS),
        (60, 600, 10, "2. The pilots asked for lights"),
        (196, 604, 6, "1"),
        (200, 600, 10, "and for buoys in the channel."),
        *set_lines(LONG[2], 60, 560, CHARS),
        (60, 119, 5, "1"),
        (64, 115, 8, "Notice of the council of May, on the lights of"),
        (60, 105, 8, "the northern channel."),
    ]
    path = write(tmp_path, lines)
    assert [b.text for b in blocks_of(path) if b.kind == "note"] == [
        "¹ Notice of the council of May, on the lights of the northern channel."
    ]
    report = parse_report(path)
    [noted] = [p for p in report.paragraphs if p.footnotes]
    assert str(noted.label) == "2"
    assert "northern channel" not in noted.text


def test_a_note_that_goes_on_over_the_page_is_one(tmp_path: Path) -> None:
    rule = "________________"
    first: list[Placed] = [
        *set_lines(LONG[0], 60, 700, CHARS),
        (60, 130, 10, rule),
        (60, 119, 5, "1"),
        (64, 115, 8, "Notice of the council of May, on the lights of"),
    ]
    second: list[Placed] = [*set_lines(LONG[1], 60, 700, CHARS), (60, 130, 10, rule), (60, 115, 8, "the channel.")]
    notes = [b.text for b in blocks_of(write(tmp_path, first, second)) if b.kind == "note"]
    assert notes == ["¹ Notice of the council of May, on the lights of the channel."]


def test_the_lines_of_a_table_are_rows_and_a_cell_s_lines_one_cell(tmp_path: Path) -> None:
    lines: list[Placed] = [*set_lines(LONG[0], 60, 760, CHARS)]
    for i, (port, pilots, tons) in enumerate(
        [("Port", "Pilots", "Tons"), ("Aber", "4", "1 200"), ("Esk", "11", "900")]
    ):
        lines += [(60, 600 - 30 * i, 10, port), (200, 600 - 30 * i, 10, pilots), (300, 600 - 30 * i, 10, tons)]
    lines.append((60, 528, 10, "mouth"))
    lines.append((200, 528, 10, "(two ill)"))
    blocks = blocks_of(write(tmp_path, lines))
    assert [b.text for b in blocks if b.kind == "row"] == [
        "Port\tPilots\tTons",
        "Aber\t4\t1 200",
        "Esk mouth\t11 (two ill)\t900",
    ]
    assert [b.text for b in blocks if b.kind == "text"] == [LONG[0]]


TURNS = {90: ("0 1 -1 0", 1), 180: ("-1 0 0 -1", 2), 270: ("0 -1 1 0", 3)}


@pytest.mark.parametrize("degrees", TURNS)
def test_a_page_turned_with_its_text_is_read_as_it_is_shown(tmp_path: Path, degrees: int) -> None:
    turn, _ = TURNS[degrees]
    place = {
        90: lambda x, y: (842 - y - 200, x),
        180: lambda x, y: (595 - x, 842 - y),
        270: lambda x, y: (y - 200, 842 - x),
    }
    lines = [(*place[degrees](x, y), size, text) for x, y, size, text in set_column(LONG, 60, 760, CHARS)]
    entries = b"/Rotate %d" % degrees
    assert texts_of(write_pages(tmp_path / "t.pdf", [placed_page(lines, turn=turn)], entries=entries)) == LONG


def test_a_page_laid_on_its_side_is_read_all_the_same(tmp_path: Path) -> None:
    lines = set_column(LONG, 60, 760, CHARS)
    assert texts_of(write_pages(tmp_path / "t.pdf", [placed_page(lines)], entries=b"/Rotate 90")) == LONG


def test_text_set_across_the_others_is_kept_and_breaks_no_paragraph(tmp_path: Path) -> None:
    upright = placed_page(set_lines(LONG[0], 60, 700, CHARS))
    across = placed_page([(40, 300, 10, "Tons a year"), (52, 300, 10, "Ships a year")], turn="0 1 -1 0")
    blocks = blocks_of(write_pages(tmp_path / "a.pdf", [upright + b" " + across]))
    assert [(b.kind, b.text) for b in blocks] == [("text", LONG[0]), ("row", "Tons a year"), ("row", "Ships a year")]


def test_a_page_whose_corner_is_not_at_zero_loses_its_page_number(tmp_path: Path) -> None:
    lines = [
        (x + 1000, y + 2000, size, text) for x, y, size, text in [*set_column(LONG, 60, 760, CHARS), (290, 40, 9, "17")]
    ]
    entries = b"/CropBox[1000 2000 1595 2842]"
    path = write_pages(tmp_path / "c.pdf", [placed_page(lines)], entries=entries)
    path.write_bytes(path.read_bytes().replace(b"[0 0 595 842]", b"[0 0 1595 2842]"))
    assert texts_of(path) == LONG


def test_chinese_lines_join_without_a_space(tmp_path: Path) -> None:
    lines: list[Placed] = [
        (84, 700, 12, "1. 委员会注意到关于港口照明的报告，并请秘书处在下一"),
        (60, 680, 12, "届会议上提出新的报告（A/80/1）。"),
        (84, 650, 12, "2. 委员会核准了预算。"),
    ]
    path = write_pages(tmp_path / "zh.pdf", [placed_page(lines, wide=True)], font=CHINESE_FONT)
    assert texts_of(path) == [
        "1. 委员会注意到关于港口照明的报告，并请秘书处在下一届会议上提出新的报告（A/80/1）。",
        "2. 委员会核准了预算。",
    ]
    assert parse_report(path).language == "zh"


DESCRIPTOR = (
    b"/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200"
    b"/CapHeight 700/ItalicAngle 0/StemV 80>>"
)
NAMELESS = {
    "names that say nothing": (
        b"<</Type/Font/Subtype/TrueType/BaseFont/Odd/FirstChar 32/LastChar 122/Widths[%b]"
        b"/Encoding<</Type/Encoding/Differences[32%b]>>%b>>"
    )
    % (b"500 " * 91, b"".join(b"/g%d" % i for i in range(91)), DESCRIPTOR),
    "glyph numbers": (
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/Odd/DW 600/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%b>>]>>"
    )
    % DESCRIPTOR,
}


@pytest.mark.parametrize("name", NAMELESS)
def test_letters_without_a_code_are_refused_and_not_guessed(tmp_path: Path, name: str) -> None:
    page = placed_page(set_column(LONG, 60, 760, CHARS), wide=name == "glyph numbers")
    path = write_pages(tmp_path / "n.pdf", [page], font=NAMELESS[name])
    with pytest.raises(ParseError, match=r"which letters it draws, found .* run OCR on it first"):
        blocks_of(path)


@pytest.mark.parametrize("code", ["D83DDE00", "D800", "0000", "FFFF", "0001"])
def test_codes_that_are_no_letters_spoil_no_text(tmp_path: Path, code: str) -> None:
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"1 beginbfrange <0020> <007A> <0020> endbfrange 1 beginbfchar <0001> <{code}> endbfchar endcmap end end"
    )
    font = NAMELESS["glyph numbers"].removesuffix(b">>") + b"/ToUnicode 6 0 R>>"
    page = placed_page([(60, 700, 12, "1. The pilots \1asked for lights.")], wide=True)
    path = write_pages(tmp_path / "u.pdf", [page, cmap.encode()], font=font)
    path.write_bytes(path.read_bytes().replace(b"/ToUnicode 6 0 R", b"/ToUnicode 7 0 R"))
    [text] = [text for text in texts_of(path) if "pilots" in text]
    text.encode()
    assert "".join(filter(str.isalnum, text)) == "1Thepilotsaskedforlights"


def test_the_space_behind_the_mark_of_an_article_stays_and_none_between_other_han_letters(tmp_path: Path) -> None:
    words = [
        (60, 700, 10, "第三条"),
        (60 + 40, 700, 10, "本办法适用于港口"),
        (60, 660, 10, "委员会"),
        (60 + 32, 660, 10, "开会"),
    ]
    path = write_pages(tmp_path / "zh.pdf", [placed_page(words, wide=True)], font=CHINESE_FONT)
    assert "第三条 本办法适用于港口" in "\n".join(texts_of(path))
    assert "委员会开会" in "\n".join(texts_of(path))


def test_a_line_of_han_letters_that_ends_early_with_a_full_stop_ends_its_paragraph(tmp_path: Path) -> None:
    full, short = "港口委员会审议了码头消防设备与渡轮登记的有关报告并要求", "各成员提交补充说明。"
    lines = [(60, 700 - 16 * i, 10, text) for i, text in enumerate([full, short, full, full, short])]
    path = write_pages(tmp_path / "zh.pdf", [placed_page(lines, wide=True)], font=CHINESE_FONT)
    assert texts_of(path) == [full + short, full + full + short]


def test_the_paragraphs_of_a_preamble_part_at_a_page_end_without_an_indent(tmp_path: Path) -> None:
    first = set_lines(f"Recalling {prose(3, 40)},", 60, 130, CHARS)
    second = set_lines(f"Mindful of {prose(4, 40)},", 60, 720, CHARS)
    assert len(blocks_of(write(tmp_path, first, second))) == 2
