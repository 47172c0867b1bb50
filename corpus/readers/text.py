"""Plain text: lines to blocks. Knows where a line goes on from the one before, not what its number means."""

import re
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
    paged, page = any("\f" in line for line in lines), 1
    blocks: list[Block] = []
    chunk: list[tuple[int, str]] = []
    for number, whole_line in enumerate([*lines, ""], start=1):
        for i, line in enumerate(whole_line.split("\f")):
            if chunk and (i or not line.strip()):
                blocks += _chunk_blocks(chunk, joiner, page if paged else None)
                chunk = []
            page += bool(i)
            if line.strip():
                chunk.append((number, line))
    if not blocks:
        raise ParseError(path, "expected the text of a report, found nothing but white space")
    return blocks


def goes_on(previous: str, line: str, width: int) -> bool:
    """Whether `line` goes on with the paragraph of the line `previous`, where the longest line has `width` characters."""
    mark, open_sentence = mark_of(line), not ends_sentence(previous)
    if mark is not None:
        return mark.kind == "number" and open_sentence and len(previous) > 0.5 * width
    return open_sentence or len(previous) > 0.85 * width


def _chunk_blocks(chunk: list[tuple[int, str]], joiner: Joiner, page: int | None) -> list[Block]:
    """Return the blocks of consecutive lines: rows where one of them has tabs, else paragraphs with wrapped lines joined."""
    if any("\t" in line.strip() for _, line in chunk):
        return [Block(line.rstrip(), number, "row", page, page) for number, line in chunk]
    blocks: list[Block] = []
    width = max(len(line) for _, line in chunk)
    previous = ""
    for number, line in chunk:
        alone = len(blocks) == 1 and SYMBOL.fullmatch(previous.strip())
        if blocks and not alone and goes_on(previous, line, width):
            last = blocks.pop()
            blocks.append(Block(joiner.join(last.text, line), last.line, page=page, page_end=page, whole=False))
        else:
            blocks.append(Block(line.strip(), number, page=page, page_end=page, whole=False))
        previous = line.rstrip()
    return blocks
