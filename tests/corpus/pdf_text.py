"""Text set on made-up pages: paragraphs in lines of one width, for tests of what a reader makes of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.block import Block
from corpus.readers.pdf.reader import read
from tests.corpus.pdf_files import Placed

LEADING = 14
SIZE = 10
WORDS = (
    "harbour master vessels pilots tariff berth cargo safety council report notice buoys lights channel dredging survey"
).split()


def prose(seed: int, n_words: int) -> str:
    """Return a sentence of so many words, each of which has a letter sequence of its own."""
    words = [f"{WORDS[(seed + 7 * i) % len(WORDS)]}{_letters(97 * seed + i)}" for i in range(n_words)]
    return f"{' '.join(words).capitalize()}."


def _letters(number: int) -> str:
    return chr(97 + number // 26 % 26) + chr(97 + number % 26)


def set_lines(text: str, x: float, y: float, chars: int, indent: float = 0) -> list[Placed]:
    """Return the lines of a paragraph, `chars` wide at most, from its first base line downwards; the first may be indented."""
    return [(x + (indent if i == 0 else 0), y - LEADING * i, SIZE, line) for i, line in enumerate(wrapped(text, chars))]


def set_column(
    texts: Sequence[str], x: float, y: float, chars: int, space: float = 0, indent: float = 15
) -> list[Placed]:
    """Return the lines of paragraphs one below the other, their first lines indented, with more space between them."""
    lines: list[Placed] = []
    for text in texts:
        lines += set_lines(text, x, y, chars, indent)
        y = lines[-1][1] - LEADING - space
    return lines


def wrapped(text: str, chars: int) -> Iterator[str]:
    """Yield the lines of a text, each at most `chars` long."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > chars:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def blocks_of(path: Path) -> list[Block]:
    """Return the blocks that the reader makes of a PDF."""
    return read(path, lambda _done, _total: None)


def texts_of(path: Path) -> list[str]:
    """Return the texts of its blocks."""
    return [block.text for block in blocks_of(path)]
