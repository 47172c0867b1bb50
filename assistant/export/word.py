"""A document as a Word file, with a real footnote for every citation. Knows python-docx and no answer."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.export.document import Block, BlockKind, Cite, Document, Inline, Note, Words, plain
from assistant.export.plain import bracketed
from assistant.export.word_notes import (
    SETTINGS,
    STYLES,
    footnotes_xml,
    is_east_asian,
    is_right_to_left,
)

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_LATIN, _BODY, _HEADINGS = "Times New Roman", "SimSun", "SimHei"
_STYLES: dict[BlockKind, str] = {"title": "Title", "question": "Heading 1", "quotation": "Quote", "place": "Subtitle"}
_SIZES: dict[BlockKind, int] = {"title": 18, "question": 14, "quotation": 11, "place": 9}
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)
_MAX_TITLE_CHARS = 250
_BLACK, _GREY = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x56, 0x62, 0x73)
_INDENT = Cm(0.75)


def word_of(document: Document) -> bytes:
    """Return `document` as a Word file (.docx)."""
    file = docx.Document()
    _set_up(file, document)
    writing = _Writing(file, {note.number: note for note in document.notes})
    for block in document.blocks:
        writing.write(block)
    if document.notes:
        _add_footnotes(file, document.notes)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


class _Writing:
    """Writes blocks one after another; a note that is cited again is referred to by its number."""

    def __init__(self, file: WordFile, notes: dict[int, Note]) -> None:
        self._file = file
        self._notes = notes
        self._referred: set[int] = set()

    def write(self, block: Block) -> None:
        """Write one block at the end of the file."""
        if block.kind == "table":
            self._table(block)
            return
        paragraph = self._file.add_paragraph(style=_STYLES.get(block.kind))
        if block.kind == "item":
            paragraph.paragraph_format.left_indent = _INDENT
        mark = (Words(f"{block.mark} "),) if block.mark else ()
        self._fill(paragraph, (*mark, *block.inlines))

    def _table(self, block: Block) -> None:
        width = max(map(len, block.rows))
        table = self._file.add_table(rows=0, cols=width, style="Table Grid")
        for row in block.rows:
            cells = table.add_row().cells
            for cell, inlines in zip(cells, row, strict=False):
                self._fill(cell.paragraphs[0], inlines)
        self._file.add_paragraph()

    def _fill(self, paragraph: Paragraph, inlines: Sequence[Inline]) -> None:
        if is_right_to_left(plain(inlines)):
            bidi: Any = OxmlElement("w:bidi")
            paragraph._p.get_or_add_pPr().insert_element_before(bidi, *_AFTER_BIDI)
        for i, inline in enumerate(inlines):
            if isinstance(inline, Cite):
                _add_run(paragraph, bracketed(inline, self._notes[inline.note].language))
                self._refer(paragraph, inline.note)
            else:
                cited = i + 1 < len(inlines) and isinstance(inlines[i + 1], Cite)
                text = inline.text.rstrip(" ") if cited else inline.text
                _add_run(paragraph, text, bold=inline.bold, italic=inline.italic)

    def _refer(self, paragraph: Paragraph, number: int) -> None:
        """Add the mark of a note: the note itself the first time, its number after that."""
        name = f"_RefNote{number}"
        if number in self._referred:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f" NOTEREF {name} \\f \\h ")
            field.append(_mark(OxmlElement("w:t"), str(number)))
            paragraph._p.append(field)
            return
        self._referred.add(number)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        for element in (_bookmark("Start", number, name), _mark(reference), _bookmark("End", number)):
            paragraph._p.append(element)


def _add_run(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if is_east_asian(text):
        properties = run._r.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    if is_right_to_left(text):
        run.font.rtl = True


def _mark(inner: Any, text: str = "") -> Any:
    """Return a run that looks like a note's mark and holds `inner`."""
    run, properties, style = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:rStyle")
    style.set(qn("w:val"), "FootnoteReference")
    properties.append(style)
    if text:
        inner.text = text
    run.append(properties)
    run.append(inner)
    return run


def _bookmark(end: str, number: int, name: str = "") -> Any:
    element = OxmlElement(f"w:bookmark{end}")
    element.set(qn("w:id"), str(number))
    if name:
        element.set(qn("w:name"), name)
    return element


def _add_footnotes(file: WordFile, notes: Sequence[Note]) -> None:
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, b"", file.part.package)
    relations = [part.relate_to(n.address.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) for n in notes]
    part._blob = footnotes_xml(notes, relations)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for style in STYLES:
        file.styles.element.append(parse_xml(style))
    settings = file.settings.element
    before = next(child for child in settings if child.tag == qn("w:compat"))
    before.addprevious(parse_xml(SETTINGS))


def _set_up(file: WordFile, document: Document) -> None:
    """Set the page (A4), the fonts, also those of Chinese, the look of the styles, and the file's properties."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    for style in file.styles.element.findall(qn("w:style")):
        for fonts in style.iter(qn("w:rFonts")):
            _set_fonts(fonts, _HEADINGS)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _set_fonts(fonts, _BODY)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for kind, name in _STYLES.items():
        style, size = file.styles[name], _SIZES[kind]
        style.font.size, style.font.italic, style.font.color.rgb = Pt(size), False, _GREY if kind == "place" else _BLACK
        style.font.bold = kind in ("title", "question")
        if kind in ("quotation", "place"):
            style.paragraph_format.left_indent = _INDENT
    properties = file.core_properties
    properties.title = " ".join(document.title.split())[:_MAX_TITLE_CHARS]
    properties.author, properties.comments = "Pincite", ""
    properties.language = document.language


def _set_fonts(fonts: Any, east_asian: str) -> None:
    fonts.attrib.clear()
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", east_asian), ("cs", _LATIN)):
        fonts.set(qn(f"w:{script}"), name)
