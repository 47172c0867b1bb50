"""A file to a report: picks the reader of its format, numbers its paragraphs and finds its title, dates and symbols."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from corpus.errors import ParseError
from corpus.numbering import Numbering
from corpus.readers import text as text_reader
from corpus.report import Block, Paragraph, Report

Reader = Callable[[Path], list[Block]]
READERS: Mapping[str, Reader] = dict.fromkeys(text_reader.SUFFIXES, text_reader.read)
"""The reader of each file suffix."""

SYMBOL = re.compile(
    r"(?<![A-Za-z/])(?:A|S|E|ST|DP|CCPR|CEDAW|FCCC|TD|UNEP|HSP)/(?:[A-Z0-9][A-Za-z0-9.&]*)(?:[/-][A-Z0-9][A-Za-z0-9.]*)*"
    r"(?: \(\d{4}\))?"
)
"""A United Nations document symbol in running text."""

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
_OWN_SYMBOL = re.compile(rf"^\s*({SYMBOL.pattern})\s*$")


def parse_report(path: Path, report_id: str | None = None) -> Report:
    """Read a file and return its report.

    Args:
        path: a file of a known format.
        report_id: the report's id; by default made from the file's name.

    Raises:
        ParseError: the file is missing, of an unknown format, unreadable, or has no paragraph that can be cited.
    """
    try:
        if not path.exists():
            raise ParseError(path, f"expected a file, found nothing at {path}")
        if not path.is_file():
            raise ParseError(path, f"expected a file, found a folder or device at {path}")
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            endings = ", ".join(sorted(READERS))
            raise ParseError(path, f"expected a file ending in {endings}, found {path.suffix or 'no ending'}")
        file_hash = content_hash(path)
        blocks = reader(path)
    except OSError as error:
        raise ParseError(path, f"expected a readable file, found: {error.strerror}") from error
    report = number(blocks, report_id or id_from_name(path.name), file_hash)
    if not report.paragraphs:
        raise ParseError(path, "expected numbered paragraphs (1. 2. 3. …), annexes or footnotes, found none")
    return report


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def number(blocks: list[Block], report_id: str, file_hash: str = "") -> Report:
    """Return the report that `blocks` make up."""
    document = "\n".join(b.text for b in blocks)
    language = detect_language(document)
    numbering = Numbering(text_reader.Joiner(document), language)
    for block in blocks:
        numbering.read(block)
    paragraphs = numbering.finish()
    front = [b.text.strip() for b in numbering.front_matter]
    dates = tuple(dict.fromkeys(date for line in front for date in dates_in(line)))
    return Report(
        id=report_id,
        title=_title(front, report_id),
        language=language,
        paragraphs=paragraphs,
        symbol=next((m[1] for line in front if (m := _OWN_SYMBOL.match(line))), ""),
        date=dates[0] if dates else "",
        session_dates=dates,
        symbols=tuple(dict.fromkeys(_symbols(paragraphs))),
        findings=tuple(numbering.findings),
        content_hash=file_hash,
    )


def detect_language(text: str) -> str:
    """Return `zh` where at least a tenth of the letters are Han characters, else `en`."""
    letters = [c for c in text if c.isalpha()]
    han = sum("㐀" <= c <= "鿿" for c in letters)
    return "zh" if letters and han >= len(letters) / 10 else "en"


def dates_in(text: str) -> list[str]:
    """Return the full dates printed in `text` as ISO 8601, in order, in Chinese or English form."""
    found = [(m.start(), int(m[1]), int(m[2]), int(m[3])) for m in _DATE_ZH.finditer(text)]
    found += [(m.start(), int(m[3]), _MONTHS.index(m[2]) + 1, int(m[1])) for m in _DATE_EN.finditer(text)]
    return [f"{year:04}-{month:02}-{day:02}" for _, year, month, day in sorted(found)]


def id_from_name(name: str) -> str:
    """Return a report id made from a file's name: its stem with what a link cannot carry replaced by hyphens."""
    stem = unicodedata.normalize("NFKC", Path(name).stem)
    return re.sub(r"[^\w.]+", "-", stem).strip("-.") or "report"


def _title(front: list[str], fallback: str) -> str:
    """Return the longest line above the first heading that is not a date or a remark in brackets."""
    lines = [line for line in front if not line.startswith(("（", "(")) and not _OWN_SYMBOL.match(line)]
    return max(lines, key=len, default=fallback)


def _symbols(paragraphs: Iterable[Paragraph]) -> Iterable[str]:
    for paragraph in paragraphs:
        yield from SYMBOL.findall(paragraph.text)
