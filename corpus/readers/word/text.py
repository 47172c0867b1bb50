"""The printed text of a Word paragraph: its runs, fields, breaks, note marks and text boxes.

What is deleted, hidden or only a field's code is no text. Knows nothing of lists and of where the paragraph stands.
"""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.looks import Piece, note_mark, raised
from corpus.readers.number_forms import word_number
from corpus.readers.word.package import tag
from corpus.readers.word.styles import Styles, is_on, value_of

_LEFT_OUT = frozenset(
    tag(name)
    for name in (
        *(
            "del",
            "moveFrom",
            "pPr",
            "rPr",
            "sdtPr",
            "sdtEndPr",
            "delText",
            "delInstrText",
            "rt",
            "rubyPr",
            "annotationRef",
        ),
        *("footnoteRef", "endnoteRef", "separator", "continuationSeparator", "pgNum", "p", "tbl", "commentReference"),
    )
)
_SIGNS = {
    tag("tab"): "\t",
    tag("ptab"): "\t",
    tag("br"): "\n",
    tag("cr"): "\n",
    tag("noBreakHyphen"): "-",
    tag("softHyphen"): "",
}
_REFERENCES = {tag("footnoteReference"): "footnote", tag("endnoteReference"): "endnote"}
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GREEK = dict(zip(range(0xF061, 0xF07B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_PRIVATE = range(0xE000, 0xF900)
_BULLET = "•"
_MARK_CHARS = 4


@dataclass
class Content:
    """What a paragraph holds.

    Attributes:
        pieces: its text in runs; line breaks are line ends.
        notes: of each note whose mark stands in it, whether it is a footnote or an endnote, its id and its mark.
        boxes: the contents of text boxes anchored in it.
        sizes: characters set in each size, in half points.
    """

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)


@dataclass
class _Field:
    """A field that is open: its code so far, and whether its result has begun."""

    code: str = ""
    in_result: bool = False

    @property
    def is_contents(self) -> bool:
        return self.in_result and self.code.split()[:1] in (["TOC"], ["toc"])


@dataclass
class NoteMarks:
    """Counts the notes of a file as Word does.

    Attributes:
        first: of `footnote` and `endnote`, the first number.
        form: of each, how its number is written, as Word names it.
    """

    first: dict[str, int]
    form: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, kind: str) -> str:
        """Return the mark of the next note of this kind, as superscript characters."""
        number = self.first[kind] + self.counts[kind]
        self.counts[kind] += 1
        return note_mark(word_number(number, self.form[kind]))


@dataclass
class TextReader:
    """Reads paragraphs one after another, since a field can open in one and close in another, and notes are counted.

    Attributes:
        styles: the styles of the file.
        marks: counts the notes.
        trust_fields: whether every field that opens is closed, so that the result of a table of contents is known to end.
    """

    styles: Styles
    marks: NoteMarks
    trust_fields: bool = True
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> Content:
        """Return what a paragraph (`w:p`) holds."""
        content = Content()
        self._walk(paragraph, paragraph.find(tag("pPr")), content)
        self._fields = [open_field for open_field in self._fields if open_field.in_result]
        return content

    def _walk(self, parent: etree._Element, paragraph: etree._Element | None, content: Content) -> None:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
                continue
            if child.tag == tag("r"):
                self._run(child, paragraph, content)
            elif child.tag == f"{_CHOICE}AlternateContent":
                self._walk(chosen(child), paragraph, content)
            elif child.tag == tag("txbxContent"):
                content.boxes.append(child)
            elif child.tag == f"{_MATH}t":
                self._say(Piece(child.text or ""), content)
            else:
                self._walk(child, paragraph, content)

    def _run(self, run: etree._Element, paragraph: etree._Element | None, content: Content) -> None:
        properties = run.find(tag("rPr"))
        if self.styles.is_on(properties, paragraph, "vanish"):
            self._follow_fields(run)
            return
        bold, italic = (self.styles.is_on(properties, paragraph, name) for name in ("b", "i"))
        above = value_of(self.styles.run_property(properties, paragraph, "vertAlign")) == "superscript"
        size = self.styles.half_points(properties, paragraph)
        custom = False
        for child in run:
            text = ""
            if child.tag == tag("t"):
                text = child.text or ""
                text = (
                    note_mark(text) if custom and len(text.strip()) <= _MARK_CHARS else raised(text) if above else text
                )
            elif child.tag in _SIGNS:
                text = _SIGNS[child.tag]
            elif child.tag == tag("sym"):
                text = _symbol(child)
            elif child.tag in _REFERENCES:
                text, custom = self._note(run, child, content)
            elif child.tag in (tag("fldChar"), tag("instrText")):
                self._field(child)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                self._walk(_only(child), paragraph, content)
            if text:
                self._say(Piece(text, bold, italic), content)
                content.sizes[size] += len(text)

    def _say(self, piece: Piece, content: Content) -> None:
        coded = any(not open_field.in_result for open_field in self._fields)
        listed = self.trust_fields and any(open_field.is_contents for open_field in self._fields)
        if not coded and not listed:
            content.pieces.append(piece)

    def _field(self, element: etree._Element) -> None:
        if element.tag == tag("instrText"):
            if self._fields:
                self._fields[-1].code += element.text or ""
            return
        kind = element.get(tag("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _follow_fields(self, run: etree._Element) -> None:
        for child in run:
            if child.tag in (tag("fldChar"), tag("instrText")):
                self._field(child)

    def _note(self, run: etree._Element, reference: etree._Element, content: Content) -> tuple[str, bool]:
        """Return the mark of a note, and whether the file prints one of its own instead of counting."""
        kind, note_id = _REFERENCES[reference.tag], reference.get(tag("id"), "")
        own = reference.get(tag("customMarkFollows"))
        if own is not None and own.lower() not in ("0", "false", "off"):
            mark = note_mark("".join(t.text or "" for t in run.findall(tag("t"))).strip())
            content.notes.append((kind, note_id, mark))
            return "", True
        mark = self.marks.next(kind)
        content.notes.append((kind, note_id, mark))
        return mark, False


def chosen(alternate: etree._Element) -> etree._Element:
    """Return the one of alternate contents that is printed, so that none is read twice."""
    choice = alternate.find(f"{_CHOICE}Choice")
    fallback = alternate.find(f"{_CHOICE}Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else alternate


def mark_is(paragraph: etree._Element, name: str) -> bool:
    """Whether the paragraph's own mark has the property `name`, such as `del` or `vanish`."""
    found = paragraph.find(f"{tag('pPr')}/{tag('rPr')}/{tag(name)}")
    return found is not None and (name == "del" or is_on(found))


def _only(element: etree._Element) -> etree._Element:
    """Return what to walk below a run for one of its children."""
    return chosen(element) if element.tag == f"{_CHOICE}AlternateContent" else element


def _symbol(element: etree._Element) -> str:
    """Return a character that is given by its place in a font: Greek letters of Symbol, a bullet for other pictures."""
    try:
        code = int(element.get(tag("char"), ""), 16)
    except ValueError:
        return ""
    if code in _GREEK and element.get(tag("font"), "").lower() == "symbol":
        return _GREEK[code]
    if code in _PRIVATE:
        return _BULLET
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
