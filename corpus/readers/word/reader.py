"""A Word file to blocks: its body in order, paragraphs with the numbers that Word counts, tables by rows, notes.

Knows how Word nests what it prints; not what a number means.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from corpus.block import Block, BlockKind, ReadProgress
from corpus.errors import ParseError
from corpus.marks import ends_sentence, mark_of
from corpus.readers.looks import Piece, printed, together
from corpus.readers.word.counters import Counters
from corpus.readers.word.layout import Draft, finished, measure_of, most
from corpus.readers.word.package import Package, open_package, tag
from corpus.readers.word.styles import TWIPS, Styles, number_in, style_of, value_of
from corpus.readers.word.text import Content, NoteMarks, TextReader, chosen, mark_is

_PROGRESS_EVERY = 100
_MAX_HEADING_CHARS = 200
_WRAPPERS = frozenset(tag(name) for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_IDEOGRAPHIC_SPACE = "\u3000"


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of a Word file. `Block.line` counts the paragraphs of the body, empty ones included.

    Raises:
        ParseError: it is damaged, encrypted, too large once unpacked, no Word file, or has no text.
    """
    body = _Body(open_package(path))
    children = list(body.package.body)
    for done, child in enumerate(children):
        if done % _PROGRESS_EVERY == 0:
            progress(done, len(children))
        body.read(child)
    progress(len(children), len(children))
    blocks = body.finish()
    if not blocks:
        raise ParseError(
            path, "expected the text of a report, found a Word file without text; is it a scan? run OCR on it first"
        )
    return blocks


@dataclass
class _Body:
    """Reads the children of the body one after another. Call `read` for each, then `finish`."""

    package: Package
    styles: Styles = field(init=False)
    counters: Counters = field(init=False)
    text: TextReader = field(init=False)
    _drafts: list[Draft] = field(default_factory=list)
    _sizes: Counter[int] = field(default_factory=Counter)
    _notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _carried: Content = field(default_factory=Content)
    _line: int = 0

    def __post_init__(self) -> None:
        self.styles = Styles(self.package.styles)
        self.counters = Counters(self.package.numbering, self.styles)
        ends = Counter(element.get(tag("fldCharType")) for element in self.package.body.iter(tag("fldChar")))
        self.text = TextReader(self.styles, _note_marks(self.package), ends["begin"] == ends["end"])
        for kind, part in (("footnote", self.package.footnotes), ("endnote", self.package.endnotes)):
            for note in part.findall(tag(kind)) if part is not None else ():
                self._notes[kind, note.get(tag("id"), "")] = note

    def read(self, child: etree._Element) -> None:
        """Read one child of the body, or of what stands in for it."""
        if child.tag == tag("p"):
            self._line += 1
            self._paragraph(child)
        elif child.tag == tag("tbl"):
            self._table(child)
        elif child.tag == _ALTERNATE:
            self._read_all(chosen(child))
        elif child.tag == tag("sdt") and not _is_contents(child):
            for content in child.findall(tag("sdtContent")):
                self._read_all(content)
        elif child.tag in _WRAPPERS:
            self._read_all(child)

    def finish(self) -> list[Block]:
        """Return the blocks, with their looks relative to the running text."""
        base = max(self._sizes, key=lambda size: (self._sizes[size], -size), default=0)
        measure = measure_of(self.package.body) / (base / 2 * TWIPS) if base else 0.0
        return [finished(draft, base, measure) for draft in self._drafts]

    def _read_all(self, parent: etree._Element) -> None:
        for child in parent:
            self.read(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(tag("pPr"))
        contents = self.styles.is_contents(properties)
        content = self._content(paragraph)
        if content is None:
            return
        number, numbered_edge = self._number(paragraph, content)
        if not contents:
            for i, pieces in enumerate(_lines(content.pieces)):
                self._block(paragraph, [Piece(number), *pieces] if i == 0 else pieces, content, numbered_edge)
        self._after(content)

    def _content(self, paragraph: etree._Element) -> Content | None:
        """Return what a paragraph holds, or None where its mark is deleted: then the next one goes on from it."""
        content = self.text.read(paragraph)
        carried, self._carried = self._carried, Content()
        content.pieces[:0] = carried.pieces
        content.notes[:0] = carried.notes
        content.boxes[:0] = carried.boxes
        content.sizes += carried.sizes
        if mark_is(paragraph, "del") and paragraph.getnext() is not None:
            self._carried = content
            return None
        return content

    def _number(self, paragraph: etree._Element, content: Content) -> tuple[str, etree._Element | None]:
        """Return the number that Word counts for a paragraph, and where its edge is declared; count it."""
        place = self.counters.place_of(paragraph.find(tag("pPr")))
        hidden = mark_is(paragraph, "vanish") and not content.pieces
        if place is None or hidden:
            return "", None
        return self.counters.next(place), self.counters.level(place).indent

    def _block(
        self, paragraph: etree._Element, pieces: list[Piece], content: Content, edge: etree._Element | None
    ) -> None:
        """Keep the block of a paragraph's pieces; the first is its number, which alone makes none."""
        text, bold, lead = together(pieces)
        if not any(printed(piece.text) for piece in content.pieces) or not text:
            return
        properties = paragraph.find(tag("pPr"))
        level = self.styles.level_of(properties)
        if level is not None and len(text) > _MAX_HEADING_CHARS and ends_sentence(text):
            level = None
        bold = bold or _bold_but_for_number(pieces)
        centred = value_of(self.styles.paragraph_property(properties, "jc")) == "center"
        kind: BlockKind = "text" if level is None else "heading"
        block = Block(
            text, max(self._line, 1), kind, level=level, bold=bold, lead="" if bold else lead, centred=centred
        )
        self._sizes += content.sizes
        raw = "".join(piece.text for piece in pieces).lstrip("\n")
        spaces = len(raw) - len(raw.lstrip(_IDEOGRAPHIC_SPACE))
        own = properties.find(tag("ind")) if properties is not None else None
        styled = self.styles.paragraph_property(
            etree.Element("none") if properties is None else _without_edge(properties), "ind"
        )
        edges = tuple(element for element in (own, edge, styled) if element is not None)
        self._drafts.append(Draft(block, most(content.sizes), edges, spaces))

    def _after(self, content: Content) -> None:
        """Read what hangs on a paragraph: its text boxes and its notes."""
        for box in content.boxes:
            for child in box:
                if child.tag == tag("p"):
                    self._paragraph(child)
                else:
                    self.read(child)
        for kind, note_id, mark in content.notes:
            note = self._notes.pop((kind, note_id), None)
            text = self._note_text(note) if note is not None else ""
            if text:
                whole = text if text.startswith(mark) else f"{mark} {text}"
                self._drafts.append(Draft(Block(whole, max(self._line, 1), "note")))

    def _note_text(self, note: etree._Element) -> str:
        contents = [self.text.read(paragraph) for paragraph in note.iter(tag("p"))]
        return printed(" ".join(printed("".join(piece.text for piece in content.pieces)) for content in contents))

    def _table(self, table: etree._Element) -> None:
        for row in _inside(table, "tr"):
            if row.find(f"{tag('trPr')}/{tag('del')}") is not None:
                continue
            found = Content()
            cells = [self._cell(cell, found) for cell in _inside(row, "tc") if not _goes_on_left(cell)]
            if any(cells):
                bold = together(found.pieces)[1]
                block = Block("\t".join(cells).rstrip(), max(self._line, 1), "row", bold=bold)
                self._drafts.append(Draft(block, most(found.sizes)))
            self._after(found)

    def _cell(self, cell: etree._Element, row: Content) -> str:
        """Return the text of a cell, its paragraphs and the tables in it one after another; nothing where one above goes on."""
        merged = cell.find(f"{tag('tcPr')}/{tag('vMerge')}")
        if merged is not None and value_of(merged) != "restart":
            return ""
        parts = []
        for paragraph in cell.iter(tag("p")):
            if any(above.tag == tag("txbxContent") for above in _between(paragraph, cell)):
                continue
            content = self._content(paragraph)
            if content is None:
                continue
            number, _ = self._number(paragraph, content)
            text = printed("".join(piece.text for piece in content.pieces))
            parts.append(number + text if text else "")
            row.pieces += [*content.pieces, Piece(" ")]
            row.notes += content.notes
            row.boxes += content.boxes
            row.sizes += content.sizes
        return " ".join(part for part in parts if part)


def _note_marks(package: Package) -> NoteMarks:
    """Return how the file counts its notes: Word counts endnotes in small roman numerals where nothing else is said."""
    first, form = {"footnote": 1, "endnote": 1}, {"footnote": "decimal", "endnote": "lowerRoman"}
    sections = list(package.body.iter(tag("sectPr")))
    for root in (package.settings, *sections[-1:]):
        for kind in first:
            declared = root.find(tag(f"{kind}Pr")) if root is not None else None
            if declared is not None:
                form[kind] = value_of(declared.find(tag("numFmt"))) or form[kind]
                first[kind] = number_in(declared.find(tag("numStart")), "val") or first[kind]
    return NoteMarks(first, form)


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces parted where a line break ends a sentence and a mark opens the next line, as in pasted text."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        for i, text in enumerate(piece.text.split("\n")):
            if i:
                parts.append([])
            parts[-1].append(Piece(text, piece.bold, piece.italic))
    lines = [parts[0]]
    for part in parts[1:]:
        before, after = (printed("".join(piece.text for piece in side)) for side in (lines[-1], part))
        if before and ends_sentence(before) and mark_of(after) is not None:
            lines.append(part)
        else:
            lines[-1] = [*lines[-1], Piece("\n"), *part]
    return lines


def _bold_but_for_number(pieces: list[Piece]) -> bool:
    """Whether all that is typed is bold; the number that Word counts has no look of its own here."""
    typed = [piece for piece in pieces[1:] if printed(piece.text)]
    return bool(typed) and all(piece.bold for piece in typed)


def _without_edge(properties: etree._Element) -> etree._Element:
    """Return paragraph properties with nothing but their style."""
    bare = etree.Element(tag("pPr"))
    style = style_of(properties, "pStyle")
    if style:
        etree.SubElement(bare, tag("pStyle")).set(tag("val"), style)
    return bare


def _is_contents(control: etree._Element) -> bool:
    """Whether a content control holds the table of contents that Word made."""
    gallery = control.find(f"{tag('sdtPr')}/{tag('docPartObj')}/{tag('docPartGallery')}")
    return "table of contents" in value_of(gallery).lower()


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also those within content controls and tracked changes."""
    for child in parent:
        if child.tag == tag(name):
            yield child
        elif child.tag in _WRAPPERS or child.tag == tag("sdt"):
            yield from _inside(child, name)


def _goes_on_left(cell: etree._Element) -> bool:
    """Whether a cell is the further part of the one on its left, as older files merge them."""
    merged = cell.find(f"{tag('tcPr')}/{tag('hMerge')}")
    return merged is not None and value_of(merged) != "restart"


def _between(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements above `element` and below `top`."""
    for above in element.iterancestors():
        if above is top:
            return
        yield above
