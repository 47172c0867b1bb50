"""The Markdown of an answer to blocks: paragraphs, quotations and the headings below them, lists, tables, citations.

Links that are no citations and all that looks like HTML are kept as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.export.document import Block, BlockKind, Inline, Notes, Words, cleaned, plain
from corpus.library.address import SCHEME, Address

_UNUSED_RULES = ("image", "autolink", "html_inline", "html_block", "code", "reference", "entity")


class _AnswerMarkdown(MarkdownIt):
    """CommonMark with tables, in which only citations are links."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable("table").disable(list(_UNUSED_RULES))

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return _address(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


_MARKDOWN = _AnswerMarkdown()


def blocks_of(text: str, notes: Notes) -> list[Block]:
    """Return the blocks of an answer's text, its citations numbered by `notes`."""
    reading = _Reading(notes)
    # A quotation stands on one line: a line end that only a paragraph's words bring along must not begin another.
    lines = text.replace("\r\n", "\n").split("\n")
    for token in _MARKDOWN.parse("\n".join(cleaned(line).replace("\n", " ") for line in lines)):
        reading.take(token)
    return reading.blocks


@dataclass
class _Reading:
    """Takes the tokens of a text one after another."""

    notes: Notes
    blocks: list[Block] = field(default_factory=list)
    _quoted: int = 0
    _lists: list[int | None] = field(default_factory=list)
    _mark: str = ""
    _heading: bool = False
    _rows: list[list[tuple[Inline, ...]]] | None = None

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.type in ("blockquote_open", "blockquote_close"):
            self._quoted += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            self._heading = token.nesting > 0
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            number = self._lists[-1]
            self._mark = "•" if number is None else f"{number}."
            self._lists[-1] = None if number is None else number + 1
        elif token.type == "table_open":
            self._rows = []
        elif token.type == "table_close":
            rows = tuple(tuple(row) for row in self._rows or ())
            self.blocks.append(Block("table", rows=rows))
            self._rows = None
        elif token.type == "tr_open" and self._rows is not None:
            self._rows.append([])
        elif token.type == "inline":
            self._inline(token.children or ())
        elif token.type in ("fence", "code_block"):
            self.blocks.append(Block("text", (Words(cleaned(token.content).strip("\n")),)))

    def _inline(self, children: Sequence[Token]) -> None:
        inlines = self._inlines(children)
        if self._rows is not None:
            self._rows[-1].append(inlines)
            return
        if not any(not isinstance(i, Words) or i.text.strip() for i in inlines):
            return
        self.blocks.append(Block(self._kind(inlines), inlines, mark=self._mark if self._lists else ""))
        self._mark = "" if self._lists else self._mark

    def _kind(self, inlines: tuple[Inline, ...]) -> BlockKind:
        if self._quoted:
            headings = all(isinstance(i, Words) and (i.italic or not i.text.strip()) for i in inlines)
            return "place" if headings else "quotation"
        return "item" if self._lists else "text"

    def _inlines(self, children: Sequence[Token]) -> tuple[Inline, ...]:
        found: list[Inline] = []
        bold, italic, target, shown = self._heading, False, None, ""
        for token in children:
            if token.type in ("strong_open", "strong_close"):
                bold = token.nesting > 0 or self._heading
            elif token.type in ("em_open", "em_close"):
                italic = token.nesting > 0
            elif token.type == "link_open":
                target, shown = _address(str(token.attrGet("href") or "")), ""
            elif token.type == "link_close" and target is not None:
                found.append(self.notes.cite(target, shown, plain(found)))
                target = None
            else:
                text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
                if target is not None:
                    shown += text
                elif text:
                    found.append(Words(cleaned(text), bold, italic))
        return _merged(found)


def _merged(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return `inlines`, words of the same look that follow each other made one."""
    out: list[Inline] = []
    for inline in inlines:
        last = out[-1] if out else None
        if (
            isinstance(inline, Words)
            and isinstance(last, Words)
            and (last.bold, last.italic) == (inline.bold, inline.italic)
        ):
            out[-1] = Words(last.text + inline.text, last.bold, last.italic)
        else:
            out.append(inline)
    return tuple(out)


def _address(url: str) -> Address | None:
    if not url.startswith(SCHEME):
        return None
    try:
        return Address.parse(url)
    except ValueError:
        return None
