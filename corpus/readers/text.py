"""Plain text: lines to blocks. Knows where a line goes on from the one before, not what its number means."""

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.block import Block, ReadProgress
from corpus.errors import ParseError
from corpus.marks import ends_sentence, mark_of
from corpus.readers.encoding import read_text
from corpus.readers.joiner import Joiner
from corpus.references.symbols import SYMBOL

MAX_LINE_CHARS = 1_000_000
_DEAD_LINK = re.compile(r"\[([^\[\]\n]{1,80})\]\(#\)")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\uffdc]")
_WIDEST_WRAPPED = 160
"""Columns: lines that are wrapped at the edge of a page or a window are no longer."""
_MIN_LONG = 0.25
_IN_SENTENCES = ("number", "dotted", "article", "annex", "part", "chapter", "unit")
"""The kinds of marks that a sentence may have at a line's start, as in `under / Article 19 of the Charter`."""


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of a text file.

    Links without a target (`[A/AC.105/843](#)`), which converters leave behind, are read as the words they show.

    Raises:
        ParseError: the file is empty, too large, in no known encoding, or has a line of over a million characters.
    """
    blocks = blocks_of(read_text(path), path)
    progress(1, 1)
    return blocks


def blocks_of(text: str, path: Path) -> list[Block]:
    """Return the blocks of `text`, with pages where it has form feeds; `path` only names the source in errors."""
    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARS:
            reason = f"expected lines of a report, found one of {len(line):,} characters; break it into paragraphs"
            raise ParseError(path, reason, number)
    lines = _DEAD_LINK.sub(r"\1", "\n".join(lines)).split("\n")
    joiner = Joiner("\n".join(lines))
    wrapped = is_wrapped(lines)
    paged, page = any("\f" in line for line in lines), 1
    blocks: list[Block] = []
    chunk: list[tuple[int, str]] = []
    for number, whole_line in enumerate([*lines, ""], start=1):
        for i, line in enumerate(whole_line.split("\f")):
            if chunk and (i or not line.strip()):
                blocks += _chunk_blocks(chunk, joiner, page if paged else None, wrapped)
                chunk = []
            page += bool(i)
            if line.strip():
                chunk.append((number, line))
    if not blocks:
        raise ParseError(path, "expected the text of a report, found nothing but white space")
    return blocks


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs may be wrapped over several lines, rather than set on one line each, the next right below."""
    filled = [bool(line.strip()) for line in lines]
    long = [i for i, line in enumerate(lines) if len(line) + len(_WIDE.findall(line)) > _WIDEST_WRAPPED]
    if sum(len(lines[i]) for i in long) < _MIN_LONG * sum(map(len, lines)):
        return True
    beside = sum((i > 0 and filled[i - 1]) or (i + 1 < len(lines) and filled[i + 1]) for i in long)
    return beside <= len(long) / 2


def goes_on(previous: str, line: str, width: int) -> bool:
    """Whether `line` goes on with the paragraph of the line `previous`, where the longest line has `width` characters."""
    mark, open_sentence = mark_of(line), not ends_sentence(previous)
    if mark is not None:
        cut = open_sentence and len(previous) > (0.5 if mark.kind in ("number", "dotted") else 0.7) * width
        return cut and mark.kind in _IN_SENTENCES
    return open_sentence or len(previous) > 0.85 * width


def _chunk_blocks(chunk: list[tuple[int, str]], joiner: Joiner, page: int | None, wrapped: bool) -> list[Block]:
    """Return the blocks of consecutive lines: rows where one of them has tabs, else paragraphs with wrapped lines joined."""
    tabbed = ["\t" in line.strip() for _, line in chunk]
    if any(tabbed) and wrapped:
        return [Block(line.rstrip(), number, "row", page, page) for number, line in chunk]
    blocks: list[Block] = []
    width = max(len(line) for _, line in chunk)
    previous = ""
    for at, (number, line) in enumerate(chunk):
        if tabbed[at]:
            blocks.append(Block(line.rstrip(), number, "row", page, page))
            continue
        alone = len(blocks) == 1 and SYMBOL.fullmatch(previous.strip())
        if wrapped and blocks and not alone and goes_on(previous, line, width):
            last = blocks.pop()
            blocks.append(Block(joiner.join(last.text, line), last.line, page=page, page_end=page, whole=False))
        else:
            blocks.append(Block(line.strip(), number, page=page, page_end=page, whole=False))
        previous = line.rstrip()
    return blocks
