"""Plain text in UTF-8: lines to blocks. Knows where a line goes on from the one before, not what its number means."""

import re
from pathlib import Path

from corpus.errors import ParseError
from corpus.marks import ends_sentence, mark_of
from corpus.report import Block

SUFFIXES = (".txt", ".text")
MAX_BYTES = 50_000_000
MAX_LINE_CHARS = 1_000_000
_DEAD_LINK = re.compile(r"\[([^\[\]\n]{1,80})\]\(#\)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HAN = re.compile(r"[㐀-鿿，。；：、！？（）《》“”‘’]")
_HAN_SPACE_ASCII = re.compile(r"[㐀-鿿] [A-Za-z0-9]|[A-Za-z0-9] [㐀-鿿]")
_HAN_ASCII = re.compile(r"[㐀-鿿][A-Za-z0-9]|[A-Za-z0-9][㐀-鿿]")


def read(path: Path) -> list[Block]:
    """Return the blocks of a text file.

    Links without a target (`[A/AC.105/843](#)`), which converters leave behind, are read as the words they show.

    Raises:
        ParseError: the file is empty, larger than 50 MB, not UTF-8 text, or has a line of over a million characters.
    """
    return blocks_of(_decoded(path), path)


def blocks_of(text: str, path: Path) -> list[Block]:
    """Return the blocks of `text`; `path` only names the source in errors."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARS:
            reason = f"expected lines of a report, found one of {len(line):,} characters; break it into paragraphs"
            raise ParseError(path, reason, number)
    text = _DEAD_LINK.sub(r"\1", text)
    joiner = Joiner(text)
    blocks: list[Block] = []
    chunk: list[tuple[int, str]] = []
    for number, line in enumerate([*_DEAD_LINK.sub(r"\1", "\n".join(lines)).split("\n"), ""], start=1):
        if line.strip():
            chunk.append((number, line))
        elif chunk:
            blocks += _chunk_blocks(chunk, joiner)
            chunk = []
    if not blocks:
        raise ParseError(path, "expected the text of a report, found nothing but white space")
    return blocks


class Joiner:
    """Joins the two halves of a text broken at a line's or a page's end, with a space where the document would print one.

    Han characters join without a space. Between a Han character and a Latin letter or digit, the document's own habit
    decides: whichever of `空间 2030` and `空间2030` its lines print more often.
    """

    def __init__(self, document: str) -> None:
        self._spaced = len(_HAN_SPACE_ASCII.findall(document)) >= len(_HAN_ASCII.findall(document))

    def join(self, before: str, after: str) -> str:
        """Return `before` and `after` as one text."""
        before, after = before.rstrip(), after.lstrip()
        left, right = before[-1:], after[:1]
        if _HAN.match(left) and _HAN.match(right):
            return before + after
        if _HAN.match(left) or _HAN.match(right):
            letters = left.isalnum() and right.isalnum()
            return before + (" " if letters and self._spaced else "") + after
        return f"{before} {after}"


def _decoded(path: Path) -> str:
    size = path.stat().st_size
    if size == 0:
        raise ParseError(path, "expected the text of a report, found an empty file")
    if size > MAX_BYTES:
        raise ParseError(path, f"expected at most {MAX_BYTES // 1_000_000} MB of text, found {size / 1e6:.0f} MB")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = (
            f"expected UTF-8 text, found byte 0x{data[error.start]:02x} at offset {error.start:,}; save it as UTF-8"
        )
        raise ParseError(path, reason, data.count(b"\n", 0, error.start) + 1) from error
    control = _CONTROL.search(text)
    if control:
        reason = f"expected text, found the control character U+{ord(control[0]):04X}: this is a binary file"
        raise ParseError(path, reason, text.count("\n", 0, control.start()) + 1)
    return text


def _chunk_blocks(chunk: list[tuple[int, str]], joiner: Joiner) -> list[Block]:
    """Return the blocks of consecutive lines: rows where one of them has tabs, else paragraphs with wrapped lines joined."""
    if any("\t" in line.strip() for _, line in chunk):
        return [Block(line.rstrip(), number, "row") for number, line in chunk]
    blocks: list[Block] = []
    width = max(len(line) for _, line in chunk)
    previous = ""
    for number, line in chunk:
        mark = mark_of(line)
        goes_on = not ends_sentence(previous)
        in_sentence = mark is not None and mark.kind == "number" and goes_on and len(previous) > 0.5 * width
        wrapped = blocks and (in_sentence or (mark is None and (goes_on or len(previous) > 0.85 * width)))
        if wrapped:
            last = blocks.pop()
            blocks.append(Block(joiner.join(last.text, line), last.line))
        else:
            blocks.append(Block(line.strip(), number))
        previous = line.rstrip()
    return blocks
