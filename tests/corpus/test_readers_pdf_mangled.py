"""PDFs with bytes changed, cut out, doubled and put in elsewhere: read, or refused in one sentence, never more."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ParseError
from corpus.parsing import parse_report
from corpus.worker.limits import Limits
from corpus.worker.worker import parse_in_process
from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS
from tests.corpus.pdf_files import CHINESE_FONT, FONT, placed_page, write_pages
from tests.corpus.pdf_text import prose, set_column

LIMITS = Limits(timeout_s=60)
TOKENS = [
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"xref",
    b"<<",
    b">>",
    b"[",
    b"/Kids",
    b"0 R",
    b"Tj",
    b"BT",
    b"-1",
    b"9" * 12,
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A PDF of a page of columns and one of Chinese text."""
    lines = set_column([f"1. {prose(1, 60)}", f"2. {prose(2, 60)}"], 60, 740, 44)
    lines += set_column([f"3. {prose(3, 60)}", f"4. {prose(4, 60)}"], 310, 740, 44)
    path = tmp_path_factory.mktemp("pdf") / "whole.pdf"
    pages = [
        placed_page(lines, "60 400 400 0.5 re f"),
        placed_page([(60, 700, 12, "5. 委员会核准了预算。")], wide=True),
    ]
    return write_pages(path, pages, font=FONT).read_bytes().replace(FONT, FONT + b" % " + CHINESE_FONT)


def mangled(content: bytes, chance: random.Random, changes: int) -> bytes:
    """Return the content with so many changes at random places."""
    out = bytearray(content)
    for _ in range(changes):
        at, size = chance.randrange(len(out)), chance.choice([1, 1, 2, 8, 60])
        how = chance.randrange(5)
        if how == 0:
            out[at : at + size] = chance.randbytes(size)
        elif how == 1 and len(out) > 200:
            del out[at : at + size]
        elif how == 2:
            out[at:at] = out[at : at + size]
        elif how == 3:
            out[at : at + size] = chance.choice(TOKENS)
        else:
            other = chance.randrange(len(out))
            out[at : at + size] = out[other : other + size]
    return bytes(out)


def told(path: Path, content: bytes) -> tuple[list[str], str]:
    """Return what a reader's caller gets of a file: the texts of its paragraphs, or the message that refuses it."""
    path.write_bytes(content)
    try:
        return [paragraph.text for paragraph in parse_report(path).paragraphs], ""
    except ParseError as error:
        return [], str(error)


def read_or_refused(path: Path, content: bytes) -> bool:
    """Assert that a file is read to texts that can be written, or refused in one line; return whether it was read."""
    texts, refusal = told(path, content)
    assert "".join(texts).encode() or refusal.isprintable()
    return bool(texts)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), changes=st.sampled_from([1, 3, 10, 40]))
def test_a_mangled_pdf_is_read_or_refused(tmp_path: Path, whole: bytes, seed: int, changes: int) -> None:
    read_or_refused(tmp_path / "mangled.pdf", mangled(whole, random.Random(seed), changes))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=st.lists(st.integers(-(2**40), 2**40) | st.floats(width=32), min_size=6, max_size=6), size=st.floats())
def test_figures_past_all_measure_are_read_or_refused(tmp_path: Path, figures: list[float], size: float) -> None:
    matrix = " ".join(f"{figure:f}" for figure in figures)
    content = f"BT /F1 {size:f} Tf {matrix} Tm (1. The Committee took note.) Tj 1 0 0 1 60 700 Tm (2. So it did.) Tj ET"
    path = write_pages(tmp_path / "far.pdf", [content.encode()])
    read_or_refused(path, path.read_bytes())


REAL = sorted(DOCUMENTS.glob("*.pdf"), key=lambda path: path.stat().st_size)[:3]


@pytest.mark.timeout(300)
@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_mangled_real_document_is_read_or_refused(tmp_path: Path, path: Path) -> None:
    chance = random.Random(path.name)
    read = [read_or_refused(tmp_path / "mangled.pdf", mangled(path.read_bytes(), chance, n)) for n in [1, 5, 50] * 4]
    assert any(read)


@pytest.mark.timeout(300)
def test_the_worker_reads_or_refuses_mangled_pdfs(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(3)
    path = tmp_path / "mangled.pdf"
    told_of = []
    for changes in [1, 5, 20] * 5:
        path.write_bytes(mangled(whole, chance, changes))
        try:
            told_of.append(len(parse_in_process(path, limits=LIMITS).paragraphs))
        except ParseError:
            told_of.append(0)
    assert any(told_of)
