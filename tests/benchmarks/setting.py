"""Sets the blocks of a document anew in each format that is read, in more than one layout. Knows no numbering but its marks."""

import html
import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from corpus.block import Block
from corpus.marks import Mark, mark_of

Setter = Callable[[Sequence[Block], Path], Path | None]
_WIDE = re.compile("[\u1100-\u115f\u2e80-\uffdc]")
_WORD_LEVELS = (("number", "decimal", "%1."), ("letter", "lowerLetter", "(%2)"), ("roman", "lowerRoman", "(%3)"))


def text(blocks: Sequence[Block], folder: Path) -> Path:
    """A paragraph a line, parted by empty lines."""
    return _written(folder, "report.txt", "\n\n".join(block.text for block in blocks))


def tight(blocks: Sequence[Block], folder: Path) -> Path:
    """A paragraph a line, without empty lines, as copied from a web page."""
    return _written(folder, "report.txt", "\n".join(block.text for block in blocks))


def wrapped(blocks: Sequence[Block], folder: Path) -> Path:
    """Lines of at most 78 columns, paragraphs parted by empty lines."""
    return _written(folder, "report.txt", "\n\n".join(_in_columns(block.text, 78) for block in blocks))


def markdown(blocks: Sequence[Block], folder: Path) -> Path:
    """Headings with #, bold paragraphs with **, tables with pipes, notes as they are."""
    out = []
    for block in blocks:
        if block.kind == "heading":
            out.append("#" * min((block.level or 0) + 1, 6) + " " + block.text)
        elif block.kind == "row":
            cells = block.text.split("\t")
            out.append("| " + " | ".join(cells) + " |\n" + "|---" * len(cells) + "|")
        else:
            out.append(f"**{block.text}**" if block.bold else block.text)
    return _written(folder, "report.md", "\n\n".join(out))


def page(blocks: Sequence[Block], folder: Path) -> Path:
    """A web page: headings, paragraphs, tables, notes as paragraphs."""
    out = []
    for block in blocks:
        shown = html.escape(block.text)
        if block.kind == "heading":
            level = min((block.level or 0) + 1, 6)
            out.append(f"<h{level}>{shown}</h{level}>")
        elif block.kind == "row":
            out.append("<table><tr><td>" + shown.replace("\t", "</td><td>") + "</td></tr></table>")
        else:
            out.append(f"<p>{f'<b>{shown}</b>' if block.bold else shown}</p>")
    body = "\n".join(out)
    return _written(folder, "report.html", f"<!doctype html><meta charset=utf-8><title>x</title><body>{body}</body>")


def word(blocks: Sequence[Block], folder: Path) -> Path:
    """A Word file with typed numbers and heading styles."""
    return _word(blocks, folder, styles=True, counted=False)


def word_bold(blocks: Sequence[Block], folder: Path) -> Path:
    """A Word file with typed numbers, whose headings are paragraphs in bold type."""
    return _word(blocks, folder, styles=False, counted=False)


def word_counted(blocks: Sequence[Block], folder: Path) -> Path:
    """A Word file whose 1., (a) and (i) are counted by Word."""
    return _word(blocks, folder, styles=True, counted=True)


def pdf(blocks: Sequence[Block], folder: Path) -> Path | None:
    """The Word file printed on A4 in 12 points."""
    return _printed(_word(blocks, folder, styles=True, counted=False), folder)


def pdf_letter(blocks: Sequence[Block], folder: Path) -> Path | None:
    """Printed on letter paper in 10 points without bold headings' styles, with a running head, hanging numbers."""
    return _printed(_word(blocks, folder, styles=False, counted=False, letter=True), folder)


SETTERS: Mapping[str, Setter] = {
    "text": text,
    "tight": tight,
    "wrapped": wrapped,
    "markdown": markdown,
    "page": page,
    "word": word,
    "word_bold": word_bold,
    "word_counted": word_counted,
    "pdf": pdf,
    "pdf_letter": pdf_letter,
}


def _written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _in_columns(line: str, columns: int) -> str:
    """Return a line wrapped so that Han characters take two columns."""
    if not _WIDE.search(line):
        return textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False)
    out, width = "", 0
    for sign in line:
        step = 2 if _WIDE.match(sign) else 1
        if width + step > columns and sign not in "，。；：、）》”":
            out, width = out + "\n", 0
        out, width = out + sign, width + step
    return out


def _word(blocks: Sequence[Block], folder: Path, styles: bool, counted: bool, letter: bool = False) -> Path:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(10 if letter else 12)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:rFonts {nsdecls("w")} w:eastAsia="Noto Serif CJK SC"/>'))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(21.59), Cm(27.94)) if letter else (Cm(21), Cm(29.7))
    if letter:
        section.header.paragraphs[0].text = "CONF/2031/12"
        section.footer.paragraphs[0].text = "31-04512"
    numbering = _Counted(document) if counted else None
    table: list[Block] = []
    for block in [*blocks, Block("", 0)]:
        if block.kind == "row":
            table.append(block)
            continue
        if table:
            _table(document, table)
            table = []
        mark = mark_of(block.text)
        if block.kind == "heading" and styles:
            document.add_heading(block.text, min(block.level or 0, 9))
            if numbering:
                numbering.restart()
        elif numbering and mark and block.kind == "text" and numbering.can_count(mark):
            numbering.add(mark)
        elif block.text:
            paragraph = document.add_paragraph()
            run = paragraph.add_run(block.text)
            run.bold = block.bold or block.kind == "heading"
            if letter and mark is not None and mark.kind in ("number", "item") and block.kind == "text":
                paragraph.paragraph_format.first_line_indent = Cm(1)
    path = folder / "report.docx"
    document.save(str(path))
    return path


def _table(document: Document, rows: Sequence[Block]) -> None:
    lines = []
    for row in rows:
        cells = (
            f"<w:tc><w:p><w:r><w:t>{html.escape(words)}</w:t></w:r></w:p></w:tc>" for words in row.text.split("\t")
        )
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    table = parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/>{''.join(lines)}</w:tbl>")
    document.element.body.insert(len(document.element.body) - 1, table)


class _Counted:
    """Numbers that Word counts: 1. (a) (i), a new list where one does not count on from the one before."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = document.part.numbering_part.element
        self._last: list[int] = [0, 0, 0]
        self._list = 0
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
            for at, (_, form, shown) in enumerate(_WORD_LEVELS)
        )
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{levels}</w:abstractNum>')
        self._root.insert(0, abstract)
        self.restart()

    def restart(self) -> None:
        """Do nothing: lists run through headings until a number does not count on."""

    def can_count(self, mark: Mark) -> bool:
        return self._place(mark) is not None

    def _place(self, mark: Mark) -> tuple[int, int] | None:
        if mark.kind == "number" and mark.sign.isdecimal():
            return 0, int(mark.sign)
        if mark.kind == "item" and len(mark.sign) == 1 and mark.sign.isascii() and mark.sign.isalpha():
            value = ord(mark.sign) - ord("a") + 1
            if mark.sign == "i" and self._last[1] != 8:
                return 2, 1
            return 1, value
        romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
        if mark.kind == "item" and mark.sign in romans:
            return 2, romans.index(mark.sign) + 1
        return None

    def add(self, mark: Mark) -> Any:
        """Add a paragraph that the numbering part gives its mark."""
        place = self._place(mark)
        assert place is not None
        level, value = place
        if value != self._last[level] + 1 or not self._list:
            self._begin(level, value)
        self._last[level] = value
        self._last[level + 1 :] = [0] * (2 - level)
        paragraph = self._document.add_paragraph(mark.rest)
        inside = OxmlElement("w:numPr")
        for name, number in (("w:ilvl", level), ("w:numId", self._list)):
            child = OxmlElement(name)
            child.set(qn("w:val"), str(number))
            inside.append(child)
        paragraph._p.get_or_add_pPr().append(inside)
        return paragraph

    def _begin(self, level: int, value: int) -> None:
        """Begin a list that goes on with the levels above and starts at `value` on this one."""
        self._list = self._list + 1 if self._list else 901
        starts = [*self._last[:level], value, 1, 1][:3]
        starts = [max(1, n) for n in starts]
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start + (at < level)}"/></w:lvlOverride>'
            for at, start in enumerate(starts)
        )
        number = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{self._list}"><w:abstractNumId w:val="900"/>{overrides}</w:num>'
        )
        self._root.append(number)


def _printed(path: Path, folder: Path) -> Path | None:
    """Return a Word file printed as PDF by LibreOffice; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    profile = folder / "profile"
    command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300)
    return path.with_suffix(".pdf")
