"""What a file is by its first bytes, whatever its name ends in. Reads nothing of what the file says."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import ParseError

_HEAD_BYTES = 4096
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"AT&TFORM", "a DjVu image"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_HTML = re.compile(rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE)
_MARKUP_BEFORE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s+|<!doctype\s+(?!html)[^>]*>)*", re.DOTALL | re.IGNORECASE
)
_MIME = re.compile(rb"(?:MIME-Version:|From: <Saved by)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAMES: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "a Word, Excel or PowerPoint file with a password"),
    ("WordDocument", "an old Word file (.doc)"),
    ("Workbook", "an old Excel file (.xls)"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)"),
)
_ZIP_NAMES: tuple[tuple[str, str], ...] = (
    ("word/", "a Word file (.docx)"),
    ("xl/", "an Excel file (.xlsx)"),
    ("ppt/", "a PowerPoint file (.pptx)"),
    ("content.xml", "an OpenDocument file (.odt)"),
    ("META-INF/container.xml", "an e-book (.epub)"),
)
_PDF, _WORD, _WEB = "a PDF", "a Word file (.docx)", "a web page (.html)"
_EXPECTED: Mapping[str, tuple[str, str]] = {
    ".pdf": (_PDF, _PDF),
    ".docx": (_WORD, _WORD),
    ".html": (_WEB, "a web page"),
    ".htm": (_WEB, "a web page"),
    ".xhtml": (_WEB, "a web page"),
}
_WHAT_TO_DO = {
    "a Word, Excel or PowerPoint file with a password": "open it with its password and save it without one",
    "an old Word file (.doc)": "save it as .docx",
    "a rich text file (.rtf)": "save it as .docx",
    "an OpenDocument file (.odt)": "save it as .docx",
    "a web archive (.mht)": "save the page as .html",
    _PDF: "rename it to end in .pdf",
    _WORD: "rename it to end in .docx",
    _WEB: "rename it to end in .html",
}
UNREADABLE: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt"), "an old Word or WPS file; save it as .docx"),
    **dict.fromkeys((".docm", ".dotx", ".dotm"), "a Word template or a file with macros; save it as .docx"),
    **dict.fromkeys((".rtf", ".odt", ".ott", ".fodt", ".pages"), "a word processor's file; save it as .docx"),
    **dict.fromkeys((".mht", ".mhtml"), "a web archive; save the page as .html"),
    **dict.fromkeys((".epub", ".mobi", ".azw3"), "an e-book; save its text as .html or .docx"),
    **dict.fromkeys(
        (".xls", ".xlsx", ".csv", ".ppt", ".pptx"), "a spreadsheet or slides; save its text as .docx or .txt"
    ),
    **dict.fromkeys((".zip", ".gz", ".rar", ".7z", ".xz"), "an archive; unpack it and add the files"),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".ofd", ".djvu"),
        "a picture of pages; save it as PDF with a text layer",
    ),
}
"""Endings of files that are known and not read, and what to do with one."""


def check_content(path: Path) -> None:
    """Check that a file is of the format that its ending says.

    Raises:
        ParseError: it is empty, or plainly of another format, which the message names.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise ParseError(path, "expected a report, found an empty file")
    found = sniffed(path, head)
    suffix = path.suffix.lower()
    fits, expected = _EXPECTED.get(suffix, (None, "text"))
    if found == fits or (found is None and (fits is None or suffix == ".pdf" or fits == _WEB)):
        return
    if found is None and suffix == ".docx":
        raise ParseError(
            path, f"expected {expected}, found a file that is none or is damaged; open it in Word and save it anew"
        )
    advice = _WHAT_TO_DO.get(found or "", "convert it to .docx, .pdf, .html or .txt")
    raise ParseError(path, f"expected {expected} by its ending {suffix}, found {found}; {advice}")


def sniffed(path: Path, head: bytes) -> str | None:
    """Return what a file that begins with `head` plainly is, in words; None for text and for what is not known."""
    if head.startswith(b"%PDF-") or (path.suffix.lower() == ".pdf" and b"%PDF-" in head[:1024]):
        return _PDF
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[4:12] in (b"ftypheic", b"ftypavif", b"ftypisom", b"ftypmp42"):
        return "a picture or a film"
    return _markup(head)


def _markup(head: bytes) -> str | None:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = plain.replace(b"\0", b"")[2:]
    if _MIME.match(plain):
        return "a web archive (.mht)"
    before = _MARKUP_BEFORE.match(plain)
    return _WEB if _HTML.match(plain, before.end() if before else 0) else None


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return _WORD if path.suffix.lower() == ".docx" else "a damaged ZIP archive"
    for part, name in _ZIP_NAMES:
        if any(entry == part or (part.endswith("/") and entry.startswith(part)) for entry in names):
            return name
    return "a ZIP archive"


def _ole(path: Path) -> str:
    """Return what kind of Office file a compound file is, by the names in its directory."""
    data = path.read_bytes()[:50_000_000]
    for name, kind in _OLE_NAMES:
        if name.encode("utf-16-le") in data:
            return kind
    return "an old Office file"
