"""No letter or figure of a PDF is lost: each is in a block, or in a line of a page's margin that is left out on purpose."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.readers.pdf.lines import FOOT_FROM, HEAD_FROM, Line
from corpus.readers.pdf.margins import running_symbol, without_margins
from corpus.readers.pdf.reader import lines_of_page
from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS
from tests.corpus.pdf_files import Placed, placed_page, write_pages
from tests.corpus.pdf_text import blocks_of

PLAIN = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
JOB = re.compile(r"(?:V\.)?\d{2}-\d{5}.*|\*\d{7}\*")
"""The number of a job at the printer's, and its bar code."""
needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)


def letters(*texts: str) -> Counter[str]:
    return Counter(c for text in texts for c in text.translate(PLAIN) if c.isalnum())


def left_out(pages: list[list[Line]]) -> list[Line]:
    """The lines that are in no part of their page."""
    kept = {place(line) for page in without_margins(pages) for line in (*page.text, *page.notes, *page.asides)}
    return [line for lines in pages for line in lines if place(line) not in kept]


def place(line: Line) -> tuple[int, int, float, float]:
    return line.page, line.turns, line.y, line.x0


def check(path: Path) -> list[str]:
    """Assert that the blocks and the margins have the letters that pdfium gives; return the lines left out."""
    document = pdfium.PdfDocument(path)
    given = letters(*(page.get_textpage().get_text_range() for page in document))
    pages = [lines_of_page(page, number) for number, page in enumerate(document, start=1)]
    gone = left_out(pages)
    told = letters(*(block.text for block in blocks_of(path)), *(line.text for line in gone))
    assert told - letters(running_symbol(pages)) == given
    for line in gone:
        assert line.share > HEAD_FROM or line.share < FOOT_FROM or line.is_rule or JOB.fullmatch(line.text)
    document.close()
    return [line.text for line in gone]


@needs_documents
@pytest.mark.parametrize("name", [path.name for path in sorted(DOCUMENTS.glob("*.pdf"))])
def test_no_letter_of_a_real_document_is_lost(name: str) -> None:
    gone = [text for text in check(DOCUMENTS / name) if any(map(str.isalnum, text))]
    assert gone
    assert max(map(len, gone)) < 100


texts = st.text(st.sampled_from("abcXYZ019 .,;()-/*"), min_size=1, max_size=60)
placed = st.builds(
    lambda x, y, size, text: (float(x), float(y), float(size), text),
    x=st.sampled_from([60, 61, 75, 120, 300, 310, 311, 480]),
    y=st.integers(10, 83).map(lambda row: row * 10) | st.integers(5, 835),
    size=st.sampled_from([5, 7, 8, 10, 10, 10, 12, 18]),
    text=texts,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=st.lists(st.lists(placed, min_size=4, max_size=40), min_size=1, max_size=4),
    turn=st.sampled_from(["1 0 0 1", "1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0.8 0.6 -0.6 0.8"]),
    word=st.sampled_from(["Enough letters for a page", "41. Note"]),
)
def test_no_letter_of_made_pages_is_lost(tmp_path: Path, pages: list[list[Placed]], turn: str, word: str) -> None:
    contents = [
        placed_page([(100, 400, 10, word), (100, 380, 10, "of running text")])
        + b" "
        + placed_page([line for line in lines if line[0] + line[2] * len(line[3]) < 590], turn=turn)
        for lines in pages
    ]
    check(write_pages(tmp_path / "made.pdf", contents))
