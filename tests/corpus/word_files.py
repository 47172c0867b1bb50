"""Word files for the tests, made with python-docx: bodies, lists, notes and whatever a test writes as XML."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.block import Block
from corpus.readers.word.reader import read


def blocks(document: Document, folder: Path) -> list[Block]:
    path = folder / "report.docx"
    document.save(str(path))
    return read(path, lambda _done, _total: None)


def texts(document: Document, folder: Path) -> list[str]:
    return [block.text for block in blocks(document, folder)]


def element(xml: str) -> Any:
    """Return an element written with the prefixes w, m, mc, wps; its root declares none."""
    at = xml.index(">") if "/>" not in xml[: xml.index(">") + 1] else xml.index("/>")
    more = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(f"{xml[:at]} {nsdecls('w')}{more}{xml[at:]}")


def paragraph(inner: str) -> Any:
    return element(f"<w:p>{inner}</w:p>")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_body(*paragraphs: Any) -> Document:
    """Return a document of the given body elements."""
    document = docx.Document()
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    for child in paragraphs:
        body.insert(len(body) - 1, child)
    return document


def level(at: int, form: str, text: str, more: str = "", start: int | None = 1) -> str:
    begins = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begins}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def set_numbering(
    document: Document, abstracts: Mapping[int, Sequence[str]], nums: Mapping[int, tuple[int, str]]
) -> None:
    """Replace the numbering part: levels of each abstract list, and of each list its abstract one and overrides."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, levels in abstracts.items():
        root.append(element(f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'))
    for number, (abstract, overrides) in nums.items():
        root.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'))


def numbered(text: str, list_id: int, at: int = 0) -> Any:
    return paragraph(f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>{run(text)}')


def add_notes(document: Document, kind: str, notes: Mapping[int, str]) -> None:
    """Add a part of footnotes or endnotes; each note's inner XML is that of its paragraphs."""
    separators = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    inner = "".join(f'<w:{kind} w:id="{number}">{text}</w:{kind}>' for number, text in notes.items())
    xml = f'<?xml version="1.0"?><w:{kind}s {nsdecls("w")}>{separators}{inner}</w:{kind}s>'
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))


def rezipped(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return a package with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()
