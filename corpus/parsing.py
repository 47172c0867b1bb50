"""A file to a report: picks the reader of its format, numbers its paragraphs and finds its title, dates and symbols."""

import hashlib
import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.block import Block, Reader, ReadProgress
from corpus.errors import ParseError
from corpus.numbering.reading import numbered
from corpus.numbering.survey import survey
from corpus.numbering.titles import title_of
from corpus.readers.joiner import Joiner
from corpus.readers.sniffing import UNREADABLE, check_content
from corpus.references.symbols import SYMBOL
from corpus.report import Finding, Paragraph, Report
from corpus.session import session_in


def _reader(module: str, **options: bool) -> Reader:
    """Return the reader of a module, which is imported when the first file of its format is read."""

    def read(path: Path, progress: ReadProgress) -> list[Block]:
        blocks: list[Block] = importlib.import_module(module).read(path, progress, **options)
        return blocks

    return read


READERS: Mapping[str, Reader] = {
    **dict.fromkeys((".txt", ".text"), _reader("corpus.readers.text")),
    **dict.fromkeys((".pdf",), _reader("corpus.readers.pdf.reader")),
    **dict.fromkeys((".docx",), _reader("corpus.readers.word.reader")),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _reader("corpus.readers.html.reader")),
    **dict.fromkeys((".md", ".markdown"), _reader("corpus.readers.markdown")),
    **dict.fromkeys((".jsonl",), _reader("corpus.readers.json_lines")),
}
"""The reader of each file suffix."""

MAX_BYTES = 500_000_000
"""The size of a file of any format above which it is not opened; a format may have less."""
MAX_ID_CHARS = 100

_DATE_ZH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE_EN = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_DATE_ISO = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
_ORGANISATION = "United Nations|联合国|Nations Unies|Naciones Unidas|Организация Объедин[её]нных Наций"
_OWN_SYMBOL = re.compile(rf"(?:(?i:{_ORGANISATION})\s+)?({SYMBOL.pattern})\s*\*{{0,3}}(?:\s+Distr\.\s?:?\s?\w+)?")
"""A line that is nothing but a symbol, with the organisation's name or the distribution: the document's own, where one
that tells of another document says so. One reissued for technical reasons has asterisks."""
_SMALL_WORDS = {
    "en": ("the", "of", "and", "to", "in", "that"),
    "fr": ("le", "les", "des", "et", "du", "une", "que"),
    "es": ("el", "los", "las", "y", "del", "una", "que"),
}


def parse_report(
    path: Path, report_id: str | None = None, progress: ReadProgress | None = None, ocr: bool = False
) -> Report:
    """Read a file and return its report.

    Args:
        path: a file of a known format.
        report_id: the report's id; by default made from the file's name.
        progress: called as the file is read, page by page where it has pages.
        ocr: whether images of text may be read by OCR, which is slow and never sure.

    Raises:
        ParseError: the file is missing, of an unknown format, unreadable, or has no paragraph that can be cited.
    """
    try:
        if not path.exists():
            raise ParseError(path, f"expected a file, found nothing at {path}")
        if not path.is_file():
            raise ParseError(path, f"expected a file, found a folder or device at {path}")
        reader = _reader_of(path)
        if ocr and path.suffix.lower() == ".pdf":
            reader = _reader("corpus.readers.pdf.reader", ocr=True)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ParseError(path, f"expected at most {MAX_BYTES // 10**6:,} MB, found {size / 1e6:,.0f} MB; split it")
        file_hash = content_hash(path)
        blocks = reader(path, progress or _silent)
    except OSError as error:
        raise ParseError(path, f"expected a readable file, found: {error.strerror}") from error
    report = number(blocks, report_id or id_from_name(path.name), file_hash)
    if not report.paragraphs:
        raise ParseError(path, "expected numbered paragraphs (1. 2. 3. …), annexes or footnotes, found none")
    return report


def _reader_of(path: Path) -> Reader:
    """Return the reader of a file's format, once its content is seen to be of that format.

    Raises:
        ParseError: its ending is of no format that is read, or its content of another format.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        endings = ", ".join(sorted(READERS))
        what = f", {UNREADABLE[suffix]}" if suffix in UNREADABLE else ""
        raise ParseError(path, f"expected a file ending in {endings}, found {path.suffix or 'no ending'}{what}")
    check_content(path)
    return reader


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def number(blocks: Sequence[Block], report_id: str, file_hash: str = "") -> Report:
    """Return the report that `blocks` make up."""
    document = "\n".join(block.text for block in blocks)
    language = detect_language(document)
    looked_over = survey(blocks)
    numbering = numbered(looked_over, Joiner(document), language)
    front = [block.text.strip() for block in looked_over.front]
    dates = tuple(dict.fromkeys(date for line in front for date in dates_in(line)))
    title = title_of(looked_over.front, report_id)
    return Report(
        id=report_id,
        title=title,
        language=language,
        paragraphs=numbering.paragraphs,
        symbol=next(filter(None, map(_own_symbol, front)), ""),
        date=dates[0] if dates else "",
        session_dates=dates,
        symbols=tuple(dict.fromkeys(_symbols(numbering.paragraphs))),
        findings=(*_told_from_images(blocks), *numbering.findings),
        content_hash=file_hash,
        session=session_in([title, *front]),
        unlabelled=(*(block.text for block in (*looked_over.front, *looked_over.contents)), *numbering.unlabelled),
    )


def _told_from_images(blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Return a finding for the pages whose words were told from images."""
    pages = sorted({block.page or 0 for block in blocks if block.ocr})
    if not pages:
        return ()
    where = f"{pages[0]}–{pages[-1]}" if len(pages) > 1 else f"{pages[0]}"
    return (Finding("ocr", where, 1, pages[0]),)


def _own_symbol(line: str) -> str:
    """Return the symbol that a line of the front matter is, or an empty string."""
    found = _OWN_SYMBOL.fullmatch(unicodedata.normalize("NFKC", line).strip())
    return found[1] if found else ""


def detect_language(text: str) -> str:
    """Return the language as ISO 639-1 code: `zh` where at least a tenth of the letters are Han characters, `ru` where half
    are Cyrillic, else whichever of `en`, `fr` and `es` has most of its small words in the text.
    """
    letters = [c for c in text if c.isalpha()]
    han = sum("㐀" <= c <= "鿿" for c in letters)
    if letters and han >= len(letters) / 10:
        return "zh"
    if sum("а" <= c.lower() <= "я" for c in letters) > len(letters) / 2:
        return "ru"
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    return max(_SMALL_WORDS, key=lambda language: sum(words[word] for word in _SMALL_WORDS[language]))


def dates_in(text: str) -> list[str]:
    """Return the full dates printed in `text` as ISO 8601, in order, in Chinese, English or ISO form."""
    found = [(m.start(), int(m[1]), int(m[2]), int(m[3])) for m in _DATE_ZH.finditer(text)]
    found += [(m.start(), int(m[1]), int(m[2]), int(m[3])) for m in _DATE_ISO.finditer(text)]
    found += [(m.start(), int(m[3]), _MONTHS.index(m[2]) + 1, int(m[1])) for m in _DATE_EN.finditer(text)]
    return [f"{year:04}-{month:02}-{day:02}" for _, year, month, day in sorted(found)]


def id_from_name(name: str) -> str:
    """Return a report id made from a file's name: its stem with what a link cannot carry replaced by hyphens."""
    stem = unicodedata.normalize("NFKC", Path(name).stem)
    return re.sub(r"[^\w.]+", "-", stem).strip("-.")[:MAX_ID_CHARS] or "report"


def _symbols(paragraphs: Iterable[Paragraph]) -> Iterable[str]:
    for paragraph in paragraphs:
        yield from SYMBOL.findall(paragraph.text)


def _silent(_done: int, _total: int) -> None:
    pass
