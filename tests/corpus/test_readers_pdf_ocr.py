"""Images of pages: how they are refused, and read by Tesseract where it is installed and asked for."""

import importlib.util
import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from corpus.errors import ParseError
from corpus.parsing import parse_report
from corpus.readers.pdf import ocr
from corpus.worker import child
from corpus.worker.limits import Limits
from corpus.worker.worker import parse_in_process
from tests.corpus.pdf_files import objects_of, pdf_of, text_page

WORDS = "The Committee took note of the report on the state of the harbour"
LINES = [f"1. {WORDS}.", f"2. {WORDS} and of its piers.", f"3. {WORDS} once more."]
MISSING = [
    name
    for name, there in (
        ("tesseract", shutil.which("tesseract")),
        ("pytesseract", importlib.util.find_spec("pytesseract")),
    )
    if not there
]
needs_tesseract = pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)}: needed to read images of text")


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """A PDF whose pages are images of a report's."""
    text = tmp_path / "text.pdf"
    text.write_bytes(pdf_of(objects_of([text_page(LINES), text_page([f"4. {WORDS} again."])])))
    document = pdfium.PdfDocument(text)
    first, *others = [document[i].render(scale=200 / 72, grayscale=True).to_pil() for i in range(len(document))]
    document.close()
    path = tmp_path / "scanned.pdf"
    first.save(path, save_all=True, append_images=others, resolution=200)
    return path


def test_a_scan_is_refused_with_how_to_switch_ocr_on_and_what_to_install(scanned: Path) -> None:
    with pytest.raises(
        ParseError, match=r"2 pages of images; .*--ocr \(ocr = true in pincite.toml\): install Tesseract"
    ):
        parse_report(scanned)


def test_ocr_without_what_it_needs_says_what_to_install(scanned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    with pytest.raises(ParseError, match=r"found it missing; install Tesseract .* pip install 'pincite\[ocr\]'"):
        parse_report(scanned, ocr=True)


def test_a_file_with_a_text_layer_is_read_without_ocr_though_it_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf_of(objects_of([text_page(LINES)])))
    assert parse_report(path, ocr=True).findings == ()


def test_no_program_may_be_run_but_the_one_of_the_job() -> None:
    with pytest.raises(PermissionError, match="without other programs"):
        child.refuse_network("subprocess.Popen", ("/bin/sh", ["sh"], None, None))


@needs_tesseract
def test_a_scan_is_read_in_the_reading_process_and_the_check_says_so(scanned: Path) -> None:
    pages: list[tuple[int, int]] = []
    report = parse_in_process(scanned, None, lambda done, total: pages.append((done, total)), Limits(ocr=True))
    assert [str(p.label) for p in report.paragraphs if p.kind == "numbered"] == ["1", "2", "3", "4"]
    assert [p.page for p in report.paragraphs if p.kind == "numbered"] == [1, 1, 1, 2]
    assert report.paragraphs[0].text == f"{WORDS}."
    assert [(f.kind, f.where, f.page) for f in report.findings] == [("ocr", "1–2", 1)]
    assert pages[-1] == (2, 2)


@needs_tesseract
def test_a_language_that_is_not_installed_is_named(scanned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("pytesseract"), "get_languages", lambda **_: ["osd"])
    with pytest.raises(ParseError, match="found it not installed; install tesseract-ocr-eng"):
        parse_report(scanned, ocr=True)
