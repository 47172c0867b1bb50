"""Pages of columns, and tables that look like them."""

from pathlib import Path

import pytest

from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS
from tests.corpus.pdf_files import Placed, placed_page, write_pages
from tests.corpus.pdf_text import blocks_of, prose, set_column, set_lines, texts_of

LEFT, RIGHT, CHARS = 60, 310, 44
FOUR = [prose(1, 40), prose(2, 35), prose(3, 45), prose(4, 30)]


def page_of(tmp_path: Path, lines: list[Placed], drawn: str = "") -> Path:
    return write_pages(tmp_path / "columns.pdf", [placed_page(lines, drawn)])


def by_height(lines: list[Placed]) -> list[Placed]:
    """The lines as a programme that knows no columns draws them."""
    return sorted(lines, key=lambda line: (-line[1], line[0]))


@pytest.mark.parametrize("offset", [0, 5])
@pytest.mark.parametrize("row_by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, offset: float, row_by_row: bool) -> None:
    lines = set_column(FOUR[:2], LEFT, 700, CHARS) + set_column(FOUR[2:], RIGHT, 700 - offset, CHARS)
    assert texts_of(page_of(tmp_path, by_height(lines) if row_by_row else lines)) == FOUR


def test_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    texts = [prose(seed, 40) for seed in (1, 2, 3)]
    lines = [line for x, text in zip((40, 215, 390), texts, strict=True) for line in set_lines(text, x, 700, 30)]
    assert texts_of(page_of(tmp_path, by_height(lines))) == texts


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    words = prose(1, 150)
    lines = set_lines(words, LEFT, 700, CHARS, indent=15)
    a, b, c = lines[:10], lines[10:20], lines[20:]
    top: list[list[Placed]] = [
        [(x, 700 - 14 * i, size, text) for i, (_, _, size, text) in enumerate(part)]
        for part, x in ((a, LEFT), (b, RIGHT), (c, LEFT))
    ]
    more = set_column(FOUR[2:], RIGHT, 700, CHARS)
    path = write_pages(tmp_path / "on.pdf", [placed_page(top[0] + top[1]), placed_page(by_height(top[2] + more))])
    blocks = blocks_of(path)
    assert [block.text for block in blocks] == [words, *FOUR[2:]]
    assert (blocks[0].page, blocks[0].page_end) == (1, 2)


@pytest.mark.parametrize("x", [60, 200], ids=["over the left column", "over both columns"])
def test_a_title_stands_before_the_columns_below_it(tmp_path: Path, x: float) -> None:
    title: Placed = (x, 740, 18, "Report of the Harbour")
    lines = set_column(FOUR[:2], LEFT, 700, CHARS) + set_column(FOUR[2:], RIGHT, 700, CHARS)
    assert texts_of(page_of(tmp_path, [*lines, title])) == [title[3], *FOUR]


def test_text_as_wide_as_the_page_parts_the_columns_above_and_below_it(tmp_path: Path) -> None:
    wide, below = prose(9, 60), [prose(10, 30), prose(11, 30)]
    above = set_column(FOUR[:1], LEFT, 760, CHARS) + set_column(FOUR[1:2], RIGHT, 760, CHARS)
    middle = set_lines(wide, LEFT, 560, 92, indent=15)
    under = set_column(below[:1], LEFT, 440, CHARS) + set_column(below[1:], RIGHT, 440, CHARS)
    assert texts_of(page_of(tmp_path, by_height(above + middle + under))) == [*FOUR[:2], wide, *below]


def test_a_running_head_over_columns_is_gone(tmp_path: Path) -> None:
    contents = []
    for number in range(3):
        texts = [prose(2 * number + i, 40) for i in (20, 21)]
        lines = [line for x, text in zip((LEFT, RIGHT), texts, strict=True) for line in set_lines(text, x, 700, CHARS)]
        head: list[Placed] = [(LEFT, 800, 9, "Harbour review"), (500, 800, 9, f"page {number + 1}")]
        contents.append(placed_page([*head, *lines]))
    assert not [text for text in texts_of(write_pages(tmp_path / "h.pdf", contents)) if "review" in text]


def test_notes_at_the_foot_of_a_column_stand_behind_its_page(tmp_path: Path) -> None:
    lines = set_column(FOUR[:2], LEFT, 700, CHARS) + set_column(FOUR[2:], RIGHT, 700, CHARS)
    notes: list[Placed] = [
        (LEFT, 104, 5, "1"),
        (LEFT + 4, 100, 7, "See the harbour notice of May."),
        (RIGHT, 104, 5, "2"),
        (RIGHT + 4, 100, 7, "See the pilot report of June."),
    ]
    blocks = blocks_of(page_of(tmp_path, lines + notes))
    assert [b.text for b in blocks if b.kind == "text"] == FOUR
    assert [b.text for b in blocks if b.kind == "note"] == [
        "¹ See the harbour notice of May.",
        "² See the pilot report of June.",
    ]


CELLS = [[prose(10 * row + column, 14 + 5 * ((row + column) % 2)) for column in (0, 1)] for row in range(4)]


def table(space: float) -> tuple[list[Placed], list[float]]:
    """A table of long cells, and the heights between its rows."""
    lines, y, between = [], 700.0, []
    for row in CELLS:
        cells = [set_lines(text, x, y, CHARS) for text, x in zip(row, (LEFT, RIGHT), strict=True)]
        lines += [line for cell in cells for line in cell]
        y = min(line[1] for line in lines) - 14 - space
        between.append(y + 12)
    return by_height(lines), between[:-1]


def test_a_table_of_long_cells_is_read_row_by_row(tmp_path: Path) -> None:
    lines, _ = table(space=8)
    blocks = blocks_of(page_of(tmp_path, lines))
    assert [b.text.split("\t") for b in blocks] == CELLS
    assert {b.kind for b in blocks} == {"row"}


def test_a_table_with_rules_is_no_pair_of_columns(tmp_path: Path) -> None:
    lines, between = table(space=0)
    drawn = " ".join(f"{LEFT} {y} {RIGHT + 230 - LEFT} 0.5 re f" for y in between)
    assert {b.kind for b in blocks_of(page_of(tmp_path, lines, drawn))} == {"row"}


def test_a_table_of_figures_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [(f"Harbour of the {name} coast and its islands", f"{1000 + 37 * i}") for i, name in enumerate("abcdefgh")]
    lines: list[Placed] = []
    for i, (name, figure) in enumerate(rows):
        lines += [(LEFT, 700 - 14 * i, 10, name), (RIGHT, 700 - 14 * i, 10, figure)]
    assert [tuple(text.split("\t")) for text in texts_of(page_of(tmp_path, lines))] == rows


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
def test_the_rows_of_a_real_table_of_long_cells_stay_together() -> None:
    rows = [b.text for b in blocks_of(DOCUMENTS / "A-80-11.en.pdf") if b.kind == "row" and b.page == 28]
    assert any(
        "up-to-\tdate" not in row and row.startswith("Better reflects the current") and "\t" in row for row in rows
    )
