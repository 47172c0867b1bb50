"""Markdown to blocks: CommonMark with tables and footnotes. Numbers stay as the source prints them.

Knows that Chinese files often put one paragraph on a line, without the empty lines that CommonMark asks for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from corpus.block import Block, BlockKind, ReadProgress
from corpus.errors import ParseError
from corpus.marks import ends_sentence, mark_of
from corpus.readers import text as text_reader
from corpus.readers.encoding import read_text
from corpus.readers.html.reader import blocks_of as blocks_of_page
from corpus.readers.looks import Piece, note_mark, printed, raised, together

MAX_NESTING = 100
_MATTER_END = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|$)")
_MATTER_LINE = re.compile(r"[ \t]*$|[ \t]+\S|#|- |[\w\"'][^:\n]{0,80}:(?:[ \t]|$)")
_MAX_MATTER_CHARS = 20_000
_TAG = re.compile(r"<(/?)\s*([a-zA-Z][\w-]*)")
_HAN_END = re.compile(r"[。；：！？，、][”’）》」』]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*$")


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of a Markdown file. `Block.line` is a line of the source.

    Raises:
        ParseError: the file is empty, too large, in no known encoding, or nests lists and quotations too deep.
    """
    blocks = blocks_of(read_text(path), path)
    progress(1, 1)
    if not blocks:
        raise ParseError(path, "expected the text of a report, found nothing but white space and markup")
    return blocks


def blocks_of(source: str, path: Path) -> list[Block]:
    """Return the blocks of Markdown text; `path` only names the source in errors."""
    source = re.sub(r"\r\n?", "\n", source)
    source = _without_matter(source)
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False)
    env: dict[str, Any] = {}
    tokens = parser.parse(source, env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        deep = next(token for token in tokens if token.level >= MAX_NESTING - 1)
        line = deep.map[0] + 1 if deep.map else None
        raise ParseError(
            path, f"expected lists and quotations at most {MAX_NESTING} deep, found more; set them less deep", line
        )
    reader = _Tokens(path, _Notes(env.get("footnotes", {})))
    for token in tokens:
        reader.read(token)
    return reader.blocks


def _without_matter(source: str) -> str:
    """Return a source with empty lines in place of the YAML between `---` lines at its top."""
    if not source.startswith("---\n"):
        return source
    end = _MATTER_END.search(source, 3, _MAX_MATTER_CHARS)
    lines = source[4 : end.start()].split("\n") if end else []
    if end is None or not lines[0].strip() or not all(_MATTER_LINE.match(line) for line in lines):
        return source
    return "\n" * source.count("\n", 0, end.end()) + source[end.end() :]


@dataclass
class _Notes:
    """The marks of notes: their labels where these are figures or signs, else their order."""

    declared: dict[str, Any]
    marks: dict[str, str] = field(default_factory=dict)

    def mark(self, label: str) -> str:
        """Return the mark of the note that the source calls `label`."""
        if label not in self.marks:
            plain = re.fullmatch(r"\d{1,4}|\*{1,3}", label) is not None
            self.marks[label] = note_mark(label if plain else self._next())
        return self.marks[label]

    def inline(self, number: int) -> tuple[str, Sequence[Token]]:
        """Return the mark and the content of a note that stands in the text."""
        return self.mark(f"\n{number}"), self.declared.get("list", {}).get(number, {}).get("tokens", ())

    def _next(self) -> str:
        taken = {label.removeprefix(":") for label in self.declared.get("refs", {})}
        taken |= set(self.marks.values())
        number = 1
        while str(number) in taken or note_mark(str(number)) in taken:
            number += 1
        return str(number)


@dataclass
class _Tokens:
    """Reads the tokens of a file one after another."""

    path: Path
    notes: _Notes
    blocks: list[Block] = field(default_factory=list)
    _mark: str = ""
    _level: int | None = None
    _cells: list[str] | None = None
    _note: tuple[str, int, list[str]] | None = None
    _row_line: int = 1

    def read(self, token: Token) -> None:
        """Take the next token."""
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            self._level = int(token.tag[1])
        elif token.type == "heading_close":
            self._level = None
        elif token.type == "list_item_open":
            self._mark = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "list_item_close":
            self._mark = ""
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            self._end_row()
        elif token.type == "footnote_reference_open":
            self._note = (self.notes.mark(token.meta["label"]), line, [])
        elif token.type == "footnote_reference_close":
            self._end_note()
        elif token.type == "inline":
            self._inline(token, line)
        elif token.type in ("code_block", "fence"):
            self._code(token, line)
        elif token.type == "html_block":
            self._page(token, line)

    def _inline(self, token: Token, line: int) -> None:
        parts = list(_parts(token.children or (), self.notes))
        if self._cells is not None:
            self._row_line = line
            self._cells.append(printed("".join(piece.text for _, pieces in parts for piece in pieces)))
        elif self._note is not None:
            self._note[2].append(printed("\n".join("".join(piece.text for piece in pieces) for _, pieces in parts)))
        elif self._level is not None:
            self._keep([piece for _, pieces in parts for piece in (*pieces, Piece("\n"))], line)
        else:
            for at, pieces in _paragraphs(parts):
                self._keep(pieces, line + at)
        for child in token.children or ():
            if child.type == "footnote_ref" and "label" not in child.meta:
                mark, content = self.notes.inline(child.meta["id"])
                text = printed("".join(piece.text for _, pieces in _parts(content, self.notes) for piece in pieces))
                if text:
                    self.blocks.append(Block(f"{mark} {text}", line, "note"))

    def _keep(self, pieces: list[Piece], line: int) -> None:
        text, bold, lead = together(pieces)
        if not text:
            return
        if self._mark:
            text, lead = self._mark + text, self._mark + lead if lead else ""
            self._mark = ""
        kind: BlockKind = "text" if self._level is None else "heading"
        self.blocks.append(Block(text, line, kind, level=self._level, bold=bold, lead=lead))

    def _end_row(self) -> None:
        cells, self._cells = self._cells or [], None
        if any(cells):
            self.blocks.append(Block("\t".join(cells).rstrip(), self._row_line, "row"))

    def _end_note(self) -> None:
        if self._note is not None:
            mark, line, texts = self._note
            if any(texts):
                self.blocks.append(Block(f"{mark} {printed(' '.join(texts))}", line, "note"))
        self._note = None

    def _code(self, token: Token, line: int) -> None:
        if not printed(token.content):
            return
        if self._note is not None:
            self._note[2].append(printed(token.content))
            return
        above = line - 1 + (token.type == "fence")
        found = [replace(block, line=block.line + above) for block in text_reader.blocks_of(token.content, self.path)]
        if self._mark:
            found[0] = replace(found[0], text=self._mark + found[0].text)
            self._mark = ""
        self.blocks += found

    def _page(self, token: Token, line: int) -> None:
        found = blocks_of_page(token.content, self.path, line - 1)
        if self._note is not None:
            self._note[2].extend(block.text for block in found)
        else:
            self.blocks += found


def _parts(tokens: Sequence[Token], notes: _Notes) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield the lines of inline content: whether a hard break ends the line, and its pieces."""
    bold = italic = above = 0
    line: list[Piece] = []
    for token in tokens:
        text = ""
        if token.type in ("softbreak", "hardbreak"):
            yield token.type == "hardbreak", line
            line = []
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "footnote_ref":
            text = notes.mark(token.meta["label"]) if "label" in token.meta else notes.inline(token.meta["id"])[0]
        elif token.type == "html_inline":
            tag = _TAG.match(token.content)
            name, step = (tag[2].lower(), -1 if tag[1] else 1) if tag else ("", 0)
            if name == "br":
                yield True, line
                line = []
            bold += step * (name in ("b", "strong"))
            italic += step * (name in ("i", "em"))
            above += step * (name == "sup")
        elif token.type in ("text", "code_inline"):
            text = raised(token.content) if above > 0 else token.content
        if text:
            line.append(Piece(text, bold > 0, italic > 0))
    yield False, line


def _paragraphs(parts: Sequence[tuple[bool, list[Piece]]]) -> Iterator[tuple[int, list[Piece]]]:
    """Yield the paragraphs that lines make up, each with the number of lines above it."""
    texts = [printed("".join(piece.text for piece in pieces)) for _, pieces in parts]
    width = max((len(text) for text in texts), default=0)
    start, whole = 0, list(parts[0][1]) if parts else []
    for i in range(1, len(parts)):
        if not parts[i - 1][0] and _goes_on(texts[i - 1], texts[i], width):
            whole += [Piece("\n"), *parts[i][1]]
        else:
            yield start, whole
            start, whole = i, list(parts[i][1])
    yield start, whole


def _goes_on(previous: str, line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if mark_of(line) is None and ends_sentence(previous) and _HAN_END.search(previous):
        return False
    return text_reader.goes_on(previous, line, width)
