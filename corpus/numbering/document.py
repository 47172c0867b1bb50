"""The blocks of a document with their marks, read from the first to the last with a look ahead. Knows no label."""

from collections.abc import Iterator, Sequence

from corpus.block import Block
from corpus.marks import Mark, ends_sentence, mark_of

_LOOK_AHEAD = 80
_QUOTATION = 8
_SHORT_CHARS = 100
_OPENING_QUOTES, _CLOSING_QUOTES = "“«„", "”»"


def opens_quotation(text: str) -> bool:
    """Whether a text begins with a quotation that it does not close."""
    return text.strip()[:1] in set(_OPENING_QUOTES) and _depth(text) > 0


def closes_quotation(text: str) -> bool:
    """Whether a text ends with the end of a quotation that it does not open."""
    return bool(text.strip().rstrip(".;,。；，¹²³⁴⁵⁶⁷⁸⁹⁰")[-1:] in set(_CLOSING_QUOTES)) and _depth(text) < 0


def _depth(text: str) -> int:
    return sum(text.count(sign) for sign in _OPENING_QUOTES) - sum(text.count(sign) for sign in _CLOSING_QUOTES)


def is_short_line(block: Block) -> bool:
    """Whether a block is a line of plain text that ends no sentence, but may end with a colon."""
    text = block.text.strip()
    return block.kind == "text" and len(text) <= _SHORT_CHARS and (text[-1:] in ":：" or not ends_sentence(text))


class Document:
    """Blocks in reading order, and the one being read.

    Args:
        blocks: of the text, without front matter and table of contents.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._marks = [mark_of(block.text) if block.kind != "row" else None for block in blocks]
        self._at = 0

    def __iter__(self) -> Iterator[tuple[Block, Mark | None]]:
        """Read the document once: yield each block and its mark."""
        for at, block in enumerate(self._blocks):
            self._at = at
            yield block, self._marks[at]

    @property
    def above(self) -> Block | None:
        """The block before the one being read."""
        return self._blocks[self._at - 1] if self._at else None

    def opening_of_lines(self) -> Block | None:
        """Return the block above the lines of plain text, short and without a mark, that the one being read stands among."""
        at = self._at
        while at and at > self._at - _LOOK_AHEAD and self._marks[at] is None and is_short_line(self._blocks[at]):
            at -= 1
        return self._blocks[at] if self._marks[at] is not None else None

    @property
    def below(self) -> Block | None:
        """The block after the one being read."""
        return self._blocks[self._at + 1] if self._at + 1 < len(self._blocks) else None

    @property
    def mark_below(self) -> Mark | None:
        """The mark of the block after the one being read."""
        return self._marks[self._at + 1] if self._at + 1 < len(self._blocks) else None

    def quotation_ends_ahead(self) -> bool:
        """Whether one of the next blocks closes a quotation that it does not open, before another opens one."""
        for block in self._blocks[self._at + 1 : self._at + _QUOTATION]:
            if block.kind == "heading" or block.text.strip()[:1] in _OPENING_QUOTES:
                return False
            if closes_quotation(block.text):
                return True
        return False

    def marks_ahead(self) -> Iterator[Mark]:
        """Yield the marks of the next blocks, without those that have none."""
        ahead = self._marks[self._at + 1 : self._at + _LOOK_AHEAD]
        return (mark for mark in ahead if mark is not None)

    def has_ahead(self, value: int) -> bool:
        """Whether paragraph `value` comes soon, in the same scope."""
        for mark in self.marks_ahead():
            if mark.kind in ("annex", "article", "part", "unit"):
                return False
            if mark.kind == "number" and mark.sign == str(value):
                return True
        return False
