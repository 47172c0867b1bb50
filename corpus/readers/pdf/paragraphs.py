"""Lines to blocks: where a paragraph ends, where it goes on over a page, and which lines are rows of a table."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.block import Block
from corpus.marks import ITEM_FORMS, ends_sentence, mark_of, stands_alone
from corpus.numerals import follows
from corpus.readers.joiner import Joiner
from corpus.readers.pdf.lines import Column, Line
from corpus.readers.pdf.margins import body_size
from corpus.readers.pdf.notes import Page
from corpus.readers.pdf.tables import rows_of

_NEW_PARAGRAPH = 1.22
_INDENT_EM = 0.8
_SHORT_EM = 2.5
_TITLE_SHORT_EM = 8.0
_SIZE_CHANGE = 0.07
_WIDER = 1.5
_NOTE_SIGN = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3}")
_PREAMBULAR = re.compile(r"(?:[A-Z][a-z]+(?:ing|ed)|Mindful|Aware|Conscious|Desirous)\b(?! (?:to|of)? ?[A-Z])")
"""The words that open the paragraphs of a preamble."""
_HAN_CLOSED = re.compile(r"[㐀-鿿”）》％%][。！？][”’」』）)]*$")
"""Lines of Han letters are full but for a paragraph's last."""
_ITEM = re.compile(rf"[(（]({ITEM_FORMS})[)）]")
_CLOSED = re.compile(r"[.。!！?？;；:：]['\"”’」』）)\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$")


@dataclass
class Measure:
    """The text area of a page: its left and right edge in points, and what one line takes in points."""

    left: float
    right: float
    leading: float
    em: float


@dataclass
class Draft:
    """A paragraph as far as it is read."""

    lines: list[Line]
    measure: Measure
    indents: list[float] = field(default_factory=list)
    last_is_short: bool = False

    @property
    def hang(self) -> float | None:
        """Left edge of the lines after the first, in em from the left of the text."""
        return min(self.indents[1:]) if len(self.indents) > 1 else None


def blocks_of(pages: list[Page]) -> list[Block]:
    """Return the blocks of a document in reading order; notes follow the page they stand on."""
    return _Reader(pages).blocks()


class _Reader:
    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages
        lines = [line for page in pages for line in page.text]
        self._em = body_size(lines)
        self._leading = _leading(pages, self._em)
        self._joiner = Joiner("\n".join(line.text for line in lines))
        self._left = _edge(lines, self._em, left=True)
        self._right = _edge(lines, self._em, left=False)
        self._whole = Measure(self._left, self._right, self._leading, self._em)
        self._done: list[Block | Draft] = []
        self._notes: list[list[Line]] = []
        self._open: Draft | None = None

    def blocks(self) -> list[Block]:
        """Return the blocks."""
        for page in self._pages:
            self._page(page)
        done = [self._block(piece) if isinstance(piece, Draft) else piece for piece in self._done]
        return [replace(block, line=number) for number, block in enumerate(done, start=1)]

    def _page(self, page: Page) -> None:
        for column, lines in groupby(page.text, key=lambda line: line.column):
            self._column(list(lines), column)
        self._done += [Block(line.text, 0, "row", line.page, line.page) for line in page.asides]
        self._foot(page)

    def _column(self, lines: list[Line], column: Column | None) -> None:
        measure = self._measure(lines, column)
        before: Line | None = None
        for part in rows_of(lines, self._em):
            if isinstance(part, list):
                self._done += [Block("\t".join(row.cells), 0, "row", row.page, row.page) for row in part]
                before = None
                continue
            indent = (part.x0 - measure.left) / measure.em
            if self._open is None or self._breaks(before, part, indent, measure):
                self._open = Draft([], measure)
                self._done.append(self._open)
            self._open.lines.append(part)
            self._open.indents.append(indent)
            self._open.last_is_short = part.x1 < measure.right - _SHORT_EM * measure.em
            before = part

    def _foot(self, page: Page) -> None:
        notes: list[list[Line]] = []
        for i, line in enumerate(page.notes):
            if i == 0 and page.notes_go_on and self._notes:
                self._notes[-1].append(line)
            elif _NOTE_SIGN.match(line.text) or not (notes or self._notes):
                notes.append([line])
                self._notes.append(notes[-1])
            else:
                self._notes[-1].append(line)
        self._done += [Draft(lines, self._whole, [0.0] * len(lines)) for lines in notes]

    def _measure(self, lines: list[Line], column: Column | None) -> Measure:
        lines = [line for line in lines if abs(line.size - self._em) < 0.5]
        left, right = (column.left, column.right) if column else (self._left, self._right)
        if len(lines) > 5:
            left, right = _edge(lines, self._em, left=True), _edge(lines, self._em, left=False)
        return Measure(left, right, self._leading, self._em)

    def _breaks(self, before: Line | None, line: Line, indent: float, measure: Measure) -> bool:
        """Whether a paragraph begins with `line`; `before` is the line above it on its page."""
        draft = self._open
        assert draft is not None
        last = draft.lines[-1]
        resized = abs(line.size / last.size - 1) > _SIZE_CHANGE
        if resized or stands_alone(last.text) or stands_alone(line.text):
            return True
        if before is None:
            unlike = last.page == line.page and not _alike(last.column, line.column)
            return unlike or self._breaks_over_page(draft, line, indent)
        gap, usual = before.y - line.y, max(measure.leading * line.size / measure.em, line.size * 1.05)
        if gap > _NEW_PARAGRAPH * usual or gap < -usual:
            return True
        mark, closed = mark_of(line.text), bool(_CLOSED.search(last.text))
        if mark and mark.kind == "item" and _runs_on(draft, mark.sign):
            return False
        moved = abs(indent - draft.indents[-1]) > _INDENT_EM
        if line.bold != last.bold and (mark or (moved and (closed or draft.last_is_short))):
            return True
        if mark and (closed or draft.last_is_short) and mark.kind != "footnote":
            return True
        if draft.hang is not None and indent > draft.hang + _INDENT_EM and draft.hang < draft.indents[0] - _INDENT_EM:
            return True
        if not (draft.last_is_short and closed):
            return False
        if _HAN_CLOSED.search(last.text):
            return True
        title = line.x1 < measure.right - _TITLE_SHORT_EM * measure.em and not ends_sentence(line.text)
        return title or (indent >= draft.indents[0] - 0.2 and indent > _INDENT_EM)

    def _breaks_over_page(self, draft: Draft, line: Line, indent: float) -> bool:
        last, mark = draft.lines[-1], mark_of(line.text)
        if mark and mark.kind == "item" and _runs_on(draft, mark.sign):
            return False
        ragged = last.x1 > draft.measure.right - _TITLE_SHORT_EM * draft.measure.em and not ends_sentence(last.text)
        if line.bold != last.bold or mark or (line.bold and draft.last_is_short and not ragged):
            return True
        if not ends_sentence(last.text) and not _opens_clause(draft, line, indent):
            return False
        hang = draft.hang if draft.hang is not None else 0.0
        if indent > hang + _INDENT_EM or draft.last_is_short:
            return True
        if last.text.endswith((";", "；")):
            return False
        return mark_of(draft.lines[0].text) is None and abs(hang - draft.indents[0]) < _INDENT_EM

    def _block(self, draft: Draft) -> Block:
        lines = draft.lines
        text = lines[0].text
        for line in lines[1:]:
            text = self._joiner.join(text, line.text)
        first, last = lines[0], lines[-1]
        note = bool(_NOTE_SIGN.match(text)) and first.size < 0.94 * self._em
        return Block(
            text,
            0,
            "note" if note else "text",
            first.page,
            last.page,
            bold=all(line.bold for line in lines),
            lead=first.lead(),
            size=round(first.size / self._em, 3),
            indent=round(draft.indents[0], 2),
            hang=draft.hang,
            centred=self._is_centred(draft),
        )

    def _is_centred(self, draft: Draft) -> bool:
        measure = draft.measure if draft.lines[0].column else self._whole
        middle = (measure.left + measure.right) / 2
        return all(
            abs((line.x0 + line.x1) / 2 - middle) < self._em and line.x0 > measure.left + 2 * self._em
            for line in draft.lines
        )


def _opens_clause(draft: Draft, line: Line, indent: float) -> bool:
    """Whether a line below a comma begins a paragraph of its own, as those of a preamble do."""
    if not draft.lines[-1].text.endswith((",", "，")):
        return False
    return bool(indent > _INDENT_EM or line.lead() or draft.last_is_short or _PREAMBULAR.match(line.text))


def _runs_on(draft: Draft, sign: str) -> bool:
    """Whether the item before `sign` stands inside the running text of the paragraph: so does this one."""
    text = " ".join(line.text for line in draft.lines)
    inside = [match[1] for match in _ITEM.finditer(text) if match.start()]
    return bool(inside) and follows(sign, inside[-1])


def _alike(one: Column | None, other: Column | None) -> bool:
    """Whether text may go on from one column to the other: both are about as wide."""
    if one is None or other is None:
        return one is other
    widths = sorted((one.right - one.left, other.right - other.left))
    return widths[1] < _WIDER * widths[0]


def _leading(pages: list[Page], em: float) -> float:
    """Return what one line of running text takes, in points: the most frequent distance of two such lines."""
    gaps: Counter[float] = Counter()
    for page in pages:
        for above, below in zip(page.text, page.text[1:], strict=False):
            if abs(above.size - em) < 0.3 and abs(below.size - em) < 0.3 and 0.9 * em < above.y - below.y < 3 * em:
                gaps[round(2 * (above.y - below.y)) / 2] += 1
    return max(gaps, key=gaps.__getitem__, default=1.2 * em)


def _edge(lines: list[Line], em: float, left: bool) -> float:
    """Return the left or right edge of running text in points: where most of its lines begin or end."""
    edges: Counter[int] = Counter()
    for line in lines:
        if abs(line.size - em) < 0.5 and len(line.cells) == 1:
            edges[round((line.x0 if left else line.x1) / 2)] += len(line.text)
    return 2.0 * max(edges, key=edges.__getitem__, default=36 if left else 250)
