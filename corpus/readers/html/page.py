"""A web page's tree to blocks, as a browser prints it: headings, paragraphs, numbered lists, tables by rows, notes.

Walks without recursion, so that no depth can harm. Knows nothing of files.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from corpus.block import Block
from corpus.readers import text as text_reader
from corpus.readers.html.notes import Notes, line_of, notes_of, text_in
from corpus.readers.html.setting import HEADINGS, Setting, below
from corpus.readers.looks import Piece, note_mark, printed, raised, together
from corpus.readers.number_forms import css_mark

_LEFT_OUT = frozenset(
    "head script style nav noscript template svg canvas iframe object embed audio video select button textarea input datalist"
    " dialog rt rp map noframes".split()
)
_AROUND = frozenset("header footer aside".split())
_BLOCKS = frozenset(
    "html body p div section article main li ul ol menu dl dt dd blockquote table thead tbody tfoot tr td th caption figure"
    " figcaption address hr fieldset legend form details summary center pre header footer aside hgroup".split()
) | frozenset(HEADINGS)
_TEXT_IN_FORM = (".//p", ".//li", ".//table", *(f".//{heading}" for heading in HEADINGS))
_NO_DATA = tuple(f".//{name}" for name in ("table", "ol", "blockquote", *HEADINGS))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_FORM = re.compile(r"list-style(?:-type)?\s*:[^;]*?([\w-]+)\s*(?:;|$)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[\[(（〔]\s*(\d{1,4})\s*[\])）〕]\s*")
_WHOLE_NUMBER = re.compile(r"\s*(-?\d{1,9})\s*")
_OPENING, _CLOSING = "[(（〔【 ", " ])）〕】"
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣ", "0123456789ivx")
_MANY_LINES = 2
_MAX_SPAN = 1000


@dataclass
class _List:
    """A numbered list that is open."""

    form: str
    next: int
    step: int


@dataclass
class Page:
    """Reads the tree of a page. Call `blocks`.

    Attributes:
        root: of the tree.
        path: names the source in errors.
        line_offset: lines of the file above the tree's.
    """

    root: etree._Element
    path: Path
    line_offset: int = 0
    _notes: Notes = field(init=False)
    _found: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _settings: list[Setting] = field(default_factory=lambda: [Setting()])
    _first: tuple[int, Setting] | None = None
    _line: int = 1
    _lists: list[_List] = field(default_factory=list)
    _mark: str = ""
    _cells: list[str] | None = None
    _row: etree._Element | None = None
    _table: etree._Element | None = None
    _column: int = 0
    _reaching: dict[int, int] = field(default_factory=dict)
    """Of each column of the table, the rows below that a cell reaches down to."""
    _layouts: set[etree._Element] = field(default_factory=set)
    _note: tuple[str, etree._Element] | None = None

    def __post_init__(self) -> None:
        self._notes = notes_of(self.root)

    def blocks(self) -> list[Block]:
        """Return the blocks of the page, none where it has no text."""
        todo: list[tuple[etree._Element, bool]] = [(self.root, False)]
        while todo:
            element, done = todo.pop()
            if done:
                self._leave(element)
                self._say(element.tail)
            elif not isinstance(element.tag, str) or not self._enter(element):
                self._say(element.tail)
            else:
                todo.append((element, True))
                todo.extend((child, False) for child in reversed(element))
        self._end_note()
        self._end_block()
        return self._found

    def _enter(self, element: etree._Element) -> bool:
        """Begin an element; return whether to read what is in it."""
        name = str(element.tag).lower()
        self._line = line_of(element)
        if element in self._notes.marks:
            self._pieces.append(Piece(self._notes.marks[element]))
            return False
        if name in _BLOCKS:
            self._break()
        if element in self._notes.starts and self._cells is None:
            self._begin_note(element)
        if self._is_left_out(element, name):
            return False
        self._settings.append(below(self._settings[-1], element, name))
        if name == "br":
            self._line_break()
        elif name == "q":
            self._say("“")
        elif name == "pre" and self._cells is None and self._note is None:
            self._preformatted(element)
            self._settings.pop()
            return False
        self._open_list(element, name)
        self._open_row(element, name)
        self._say(element.text)
        return True

    def _leave(self, element: etree._Element) -> None:
        name = str(element.tag).lower()
        if name == "q":
            self._say("”")
        if name in ("td", "th") and self._cells is not None and element.getparent() is self._row:
            self._end_cell(element, self._cells)
        elif name in _BLOCKS:
            self._break()
        if self._row is element:
            self._end_row(element)
        if name in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        if name == "li":
            self._mark = ""
        self._settings.pop()
        if self._note is not None and self._note[1] is element:
            self._end_note()

    def _say(self, text: str | None) -> None:
        if not text:
            return
        setting = self._settings[-1]
        if setting.above:
            bracketed = _BRACKETED.fullmatch(text)
            text = note_mark(bracketed[1]) if bracketed else raised(text)
        if self._first is None:
            if not printed(text):
                return
            self._first = (self._line, setting)
            if self._mark:
                gap = "" if self._mark.endswith("、") else " "
                self._pieces.append(Piece(self._mark + gap))
                self._mark = ""
        self._pieces.append(Piece(text, setting.bold, setting.italic))

    def _break(self) -> None:
        """End a block; within a cell or a note, only a word."""
        if self._cells is not None or self._note is not None:
            self._pieces.append(Piece(" "))
        else:
            self._end_block()

    def _line_break(self) -> None:
        if self._cells is not None or self._note is not None or self._settings[-1].level is not None:
            self._pieces.append(Piece("\n"))
        else:
            self._end_block(whole=False)

    def _end_block(self, whole: bool = True) -> None:
        if self._first is not None:
            line, setting = self._first
            text, bold, lead = together(self._pieces)
            bold = bold or (
                all(piece.bold for piece in self._pieces[1:] if printed(piece.text)) and len(self._pieces) > 1
            )
            self._found.append(
                Block(
                    text,
                    line + self.line_offset,
                    "text" if setting.level is None else "heading",
                    level=setting.level,
                    whole=whole,
                    bold=bold,
                    lead="" if bold else lead,
                    centred=setting.centred,
                )
            )
        self._pieces, self._first = [], None

    def _preformatted(self, element: etree._Element) -> None:
        text = text_in(element)
        if printed(text):
            above = line_of(element) - 1 + self.line_offset
            self._found += [replace(block, line=block.line + above) for block in text_reader.blocks_of(text, self.path)]

    def _is_left_out(self, element: etree._Element, name: str) -> bool:
        if name in _LEFT_OUT or element in self._notes.back:
            return True
        if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
            return True
        if _HIDDEN.search(element.get("style") or ""):
            return True
        if name == "form":
            return all(element.find(inside) is None for inside in _TEXT_IN_FORM)
        if name in _AROUND:
            inside = name != "aside" and any(above.tag in ("article", "main") for above in element.iterancestors())
            return not inside and not self._notes.within(element)
        return (element.get("role") or "") in ("navigation", "banner", "search", "menu")

    def _open_list(self, element: etree._Element, name: str) -> None:
        if name in ("ul", "menu"):
            self._lists.append(_List("none", 1, 1))
        elif name == "ol":
            turned = element.get("reversed") is not None
            start = _whole(element.get("start"), len(element.findall("li")) if turned else 1)
            self._lists.append(_List(_form(element, "decimal"), start, -1 if turned else 1))
        elif name == "li" and self._lists:
            own = self._lists[-1]
            own.next = _whole(element.get("value"), own.next)
            self._mark = "" if element in self._notes.starts else css_mark(own.next, _form(element, own.form))
            own.next += own.step

    def _open_row(self, element: etree._Element, name: str) -> None:
        if name == "table" and self._is_layout(element):
            self._layouts.add(element)
        elif name == "tr" and self._cells is None and self._note is None:
            table = next((above for above in element.iterancestors() if above.tag == "table"), None)
            if table is not None and table not in self._layouts:
                self._cells, self._row, self._column = [], element, 0
                if table is not self._table:
                    self._table, self._reaching = table, {}

    def _end_cell(self, cell: etree._Element, cells: list[str]) -> None:
        """Keep a cell, after an empty one for each that reaches down from a row above."""
        while self._reaching.get(self._column, 0) > 0:
            self._reaching[self._column] -= 1
            self._column += 1
            cells.append("")
        cells.append(printed("".join(piece.text for piece in self._pieces)))
        self._pieces, self._first = [], None
        for _ in range(min(max(_whole(cell.get("colspan"), 1), 1), _MAX_SPAN)):
            self._reaching[self._column] = _whole(cell.get("rowspan"), 1) - 1
            self._column += 1

    def _end_row(self, row: etree._Element) -> None:
        cells, self._cells, self._row = self._cells or [], None, None
        if any(cells):
            headed = row.find("td") is None
            self._found.append(Block("\t".join(cells).rstrip(), line_of(row) + self.line_offset, "row", bold=headed))
        self._pieces, self._first = [], None

    def _is_layout(self, table: etree._Element) -> bool:
        """Whether a table only arranges the page: its cells hold headings, lists or tables, or one cell many paragraphs."""
        if (table.get("role") or "") in ("presentation", "none") or any(
            table.find(name) is not None for name in _NO_DATA
        ):
            return self._row is None
        rows = list(table.iter("tr"))
        alone = all(sum(cell.tag in ("td", "th") for cell in row) <= 1 for row in rows)
        return self._row is None and alone and any(len(row.findall(".//p")) > _MANY_LINES for row in rows)

    def _begin_note(self, element: etree._Element) -> None:
        self._end_note()
        self._end_block()
        self._note = (self._notes.starts[element], self._notes.ends[element])

    def _end_note(self) -> None:
        if self._note is None:
            return
        mark, _ = self._note
        text = printed("".join(piece.text for piece in self._pieces))
        text = _without_mark(text, mark)
        if self._first is not None and text:
            self._found.append(Block(f"{mark} {text}", self._first[0] + self.line_offset, "note"))
        self._pieces, self._first, self._note = [], None, None


def _form(element: etree._Element, otherwise: str) -> str:
    """Return the form of a list's marks, as its style or its type says."""
    styled = _LIST_FORM.search(element.get("style") or "")
    return (styled[1].lower() if styled else "") or (element.get("type") or "").strip() or otherwise


def _whole(text: str | None, otherwise: int) -> int:
    found = _WHOLE_NUMBER.fullmatch(text or "")
    return int(found[1]) if found else otherwise


def _without_mark(text: str, mark: str) -> str:
    """Return the text of a note without the mark that opens it: `[1]`, `1.`, `¹`."""
    bare = text.lstrip(_OPENING)
    for own in (mark, mark.translate(_FIGURES)):
        rest = bare.removeprefix(own)
        if rest != bare and not (
            own[-1:].isalnum()
            and rest[:1].isascii()
            and rest[:1].isalnum()
            and own[-1:].isalpha() == rest[:1].isalpha()
        ):
            return rest.lstrip(_CLOSING).lstrip(".:：、 ")
    return text
