"""Opens a Word file safely and gives its parts as XML. Knows what a package can hold, not what its paragraphs mean."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import nsmap
from lxml import etree

from corpus.errors import ParseError

MAX_BYTES = 300_000_000
MAX_XML_BYTES = 200_000_000
MAX_WHOLE_BYTES = 1_000_000_000
MAX_RATIO = 200
MAX_PARTS = 20_000
MAX_DEPTH = 400
_SMALL_BYTES = 10_000_000
_CHUNK_BYTES = 1 << 20
_STRICT = b"http://purl.oclc.org/ooxml/"
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_W = f"{{{nsmap['w']}}}"
_SAVE_ANEW = "open it in Word and save it anew as .docx"
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, OpcError, etree.LxmlError, OSError, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError),
)
"""What python-docx and the libraries below it raise for a damaged package."""


@dataclass(frozen=True)
class Package:
    """The parts of a Word file that its text is made of; those that it lacks are None."""

    body: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    settings: etree._Element | None


def open_package(path: Path) -> Package:
    """Return the parts of a Word file, without following any link out of it.

    Raises:
        ParseError: it is damaged, encrypted, larger than the limits above once unpacked, or no Word file.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ParseError(
            path,
            f"expected at most {MAX_BYTES // 1_000_000} MB, found {size / 1e6:.0f} MB; take the pictures out or split it",
        )
    data = path.read_bytes()
    try:
        _check_archive(data, path)
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        parts = {name: _part(document, kind, path) for name, kind in _KINDS.items()}
    except _DAMAGED as error:
        raise ParseError(
            path, f"expected a Word file (.docx), found a damaged one or none: {_said(error)}; {_SAVE_ANEW}"
        ) from error
    if body is None:
        raise ParseError(path, f"expected a Word file with a body, found none; {_SAVE_ANEW}")
    _check_depth(body, path)
    return Package(body, **parts)


_KINDS = {
    "styles": RELATIONSHIP_TYPE.STYLES,
    "numbering": RELATIONSHIP_TYPE.NUMBERING,
    "footnotes": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnotes": RELATIONSHIP_TYPE.ENDNOTES,
    "settings": RELATIONSHIP_TYPE.SETTINGS,
}


def _part(document: "docx.document.Document", kind: str, path: Path) -> etree._Element | None:
    """Return the root of the part that the document relates to as `kind`, or None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            element = getattr(relation.target_part, "element", None)
            if element is None:
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
                element = etree.fromstring(relation.target_part.blob, parser)
            _check_depth(element, path)
            return element
    return None


def _check_archive(data: bytes, path: Path) -> None:
    """Look at the archive before anything is made of it: sizes once unpacked, encryption, document types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            raise ParseError(path, f"expected at most {MAX_PARTS:,} parts, found {len(entries):,}; {_SAVE_ANEW}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise ParseError(
                path,
                "expected a Word file that opens without a password, found encrypted parts; save it without a password",
            )
        whole = sum(entry.file_size for entry in entries)
        texts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
        for size, limit in ((whole, MAX_WHOLE_BYTES), (sum(entry.file_size for entry in texts), MAX_XML_BYTES)):
            if size > limit:
                raise ParseError(
                    path,
                    f"expected at most {limit // 1_000_000} MB once unpacked, found {size / 1e6:,.0f} MB; split it",
                )
        for entry in entries:
            if entry.file_size > _SMALL_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
                ratio = entry.file_size // max(1, entry.compress_size)
                raise ParseError(
                    path,
                    f"expected parts packed at most {MAX_RATIO} to 1, found {entry.filename} packed {ratio:,} to 1: no report",
                )
        for entry in texts:
            _check_markup(archive, entry, path)


def _check_markup(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    """Refuse a part that declares a document type, whose entities could grow without end, or one of the strict form."""
    with archive.open(entry) as part:
        before = b""
        while chunk := part.read(_CHUNK_BYTES):
            seen = before + chunk
            if any(sign in seen for sign in _DOCTYPES):
                raise ParseError(
                    path,
                    f"expected plain XML, found a document type in {entry.filename}, which no Word file has; {_SAVE_ANEW}",
                )
            if _STRICT in seen and entry.filename == "_rels/.rels":
                raise ParseError(
                    path,
                    "expected a Word document (.docx), found one of the strict Open XML form; save it as Word Document (.docx)",
                )
            before = seen[-64:]


def _check_depth(root: etree._Element, path: Path) -> None:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ParseError(path, f"expected elements at most {MAX_DEPTH} deep, found {deepest}; {_SAVE_ANEW}")


def _said(error: Exception) -> str:
    """Return what an error says in a few words."""
    words = " ".join(str(error).split())
    return (words[:120] or type(error).__name__).replace(str(Path.cwd()), "")


def tag(name: str) -> str:
    """Return the full name of an element or attribute that WordprocessingML calls `name`."""
    return _W + name
