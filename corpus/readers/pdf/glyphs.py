"""A page of a PDF to runs of glyphs, turned so that their text stands upright. Knows no line."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

SPREAD_EM = 1.5
"""The gap in em up to which glyphs on one base line belong together."""
WORD_GAP_EM = 0.18
_HYPHEN = "\u00ad"
_BOLD_NAME = re.compile(r"bold|black|heavy|semib|demi|黑体|simhei", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kaiti|楷", re.IGNORECASE)
_BOLD_WEIGHT = 600
_NAME_BYTES = 256
_MAX_LENGTH = 20_000.0
"""Points: a page may be 14,400 long."""
_MIN_SIZE = 0.1
_SPACES = (9, 32, 0xA0)
_HYPHENS = (2, 0xFFFE)
"""What pdfium gives for a hyphen that divides a word at a line's end."""


@dataclass(frozen=True)
class Type:
    """A type face at a size: points, whether it is bold or italic, and the quarter turns it is set at, anticlockwise."""

    size: float
    bold: bool
    italic: bool
    turns: int = 0


@dataclass
class Run:
    """Glyphs drawn one after another on one base line in one type.

    Lengths are in points, from the left and the foot of the page as the text stands: y grows towards the top of its letters.

    Attributes:
        unmapped: how many of its glyphs have a font that does not say which letters they are.
    """

    text: str
    x0: float
    x1: float
    y: float
    type: Type
    unmapped: int = 0


@dataclass(frozen=True)
class Paper:
    """The part of a page that is shown: its lower left corner, width and height in points, before it is turned."""

    left: float
    foot: float
    width: float
    height: float

    def upright(self, x: float, y: float, turns: int) -> tuple[float, float]:
        """Return where a place of the page lies when it is turned so that text set at `turns` stands upright."""
        x, y = x - self.left, y - self.foot
        return ((x, y), (y, self.width - x), (self.width - x, self.height - y), (self.height - y, x))[turns]

    def height_at(self, turns: int) -> float:
        """Return the height of the page for text set at `turns`, in points."""
        return self.width if turns % 2 else self.height


def paper_of(page: pdfium.PdfPage) -> Paper:
    """Return the paper of a page."""
    left, foot, right, top = map(_sane, page.get_cropbox())
    return Paper(left, foot, max(right - left, 1.0), max(top - foot, 1.0))


def runs_of(page: pdfium.PdfPage, paper: Paper) -> Iterator[Run]:
    """Yield the runs of a page in the order they are drawn."""
    glyphs = _Glyphs(page, paper)
    run: Run | None = None
    for i in range(glyphs.count):
        code = raw.FPDFText_GetUnicode(glyphs.text.raw, i)
        if code in _SPACES and run is not None:
            run.text += " "
        letter = _letter(code)
        if not letter:
            continue
        kind = glyphs.type_of(i)
        x, right, y = glyphs.place(i, kind.turns)
        if run is not None and _goes_on(run, kind, x, y):
            gap = x - run.x1 > WORD_GAP_EM * kind.size and not run.text.endswith(" ") and letter != _HYPHEN
            run.text += (" " if gap else "") + letter
            run.x1 = right
        else:
            if run is not None and run.text.strip():
                yield run
            run = Run(letter, x, right, y, kind)
        run.unmapped += raw.FPDFText_HasUnicodeMapError(glyphs.text.raw, i) == 1
    if run is not None and run.text.strip():
        yield run


def _letter(code: int) -> str:
    """Return the letter of a code that pdfium gives for a glyph; nothing for white space and for what is no letter."""
    if code in _HYPHENS:
        return _HYPHEN
    if code < 32 or code in _SPACES or 0xD800 <= code < 0xE000 or code & 0xFFFF == 0xFFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def _goes_on(run: Run, kind: Type, x: float, y: float) -> bool:
    return (
        (run.type is kind or run.type == kind)
        and abs(run.y - y) < 0.1 * kind.size
        and -0.5 < (x - run.x1) / kind.size < SPREAD_EM
    )


class _Glyphs:
    """The glyphs of a page by their number."""

    def __init__(self, page: pdfium.PdfPage, paper: Paper) -> None:
        self.text = page.get_textpage()
        self.count = self.text.count_chars()
        self._paper = paper
        self._types: dict[int, Type] = {}
        self._last: tuple[int | None, Type] = (None, Type(1.0, False, False))
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def type_of(self, i: int) -> Type:
        """Return the type of glyph `i`; glyphs of one text object share theirs."""
        address = ctypes.cast(raw.FPDFText_GetTextObject(self.text.raw, i), ctypes.c_void_p).value or 0
        if address != self._last[0]:
            kind = self._types.get(address) or self._types.setdefault(address, _type_of(self.text, i))
            self._last = (address, kind)
        return self._last[1]

    def place(self, i: int, turns: int) -> tuple[float, float, float]:
        """Return the left edge, the right edge and the base line of glyph `i` on the page as its text stands."""
        raw.FPDFText_GetCharOrigin(self.text.raw, i, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self.text.raw, i, self._box)
        paper = self._paper
        if turns == 0:
            x, y, right = self._x.value - paper.left, self._y.value - paper.foot, self._box.right - paper.left
        else:
            x, y = paper.upright(self._x.value, self._y.value, turns)
            ends = ((self._box.left, self._box.bottom), (self._box.right, self._box.top))
            right = max(paper.upright(*end, turns)[0] for end in ends)
        x = _sane(x)
        return x, max(_sane(right), x), _sane(y)


def _sane(length: float) -> float:
    """Return a length in points; 0 where a damaged file gives one that is no number or past all measure."""
    return length if -_MAX_LENGTH < length < _MAX_LENGTH else 0.0


def _type_of(text: pdfium.PdfTextPage, i: int) -> Type:
    """Return the type of glyph `i`: its size on the page, and its weight by the font's name or declared weight."""
    matrix = raw.FS_MATRIX()
    scale, turns = 1.0, 0
    if raw.FPDFText_GetMatrix(text.raw, i, matrix):
        a, b, d = _sane(matrix.a), _sane(matrix.b), _sane(matrix.d)
        scale = max((b**2 + d**2) ** 0.5, 1e-3) if b**2 <= a**2 else abs(b)
        turns = round(math.atan2(b, a) / (math.pi / 2)) % 4
    size = max(abs(_sane(raw.FPDFText_GetFontSize(text.raw, i) * scale)), _MIN_SIZE)
    name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text.raw, i, name, _NAME_BYTES, flags)
    font = name.value.decode("utf-8", "replace")
    weight = raw.FPDFText_GetFontWeight(text.raw, i)
    bold = bool(_BOLD_NAME.search(font)) or weight >= _BOLD_WEIGHT or bool(flags.value & (1 << 18))
    italic = bool(flags.value & (1 << 6)) or bool(_ITALIC_NAME.search(font))
    return Type(round(size, 1), bold, italic, turns)
