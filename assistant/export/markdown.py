"""A document as Markdown with footnotes (`[^1]`), as GitHub, Pandoc and Obsidian read them.

Every word of a report or a question is escaped, so that it is shown as it is.
"""

import re
from collections.abc import Sequence

from assistant.export.document import Block, Cite, Document, Inline, Note, Words, one_line
from assistant.export.plain import bracketed

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&$^#])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=:])|(\d+)([.)]))", re.MULTILINE)


def markdown_of(document: Document) -> str:
    """Return `document` as Markdown."""
    notes = {note.number: note for note in document.notes}
    parts: list[str] = []
    for i, block in enumerate(document.blocks):
        before = document.blocks[i - 1].kind if i else ""
        if block.kind == "place" and before in ("quotation", "place"):
            parts[-1] += f"\n>\n{_block(block, notes)}"
        elif block.kind == "item" and before == "item":
            parts[-1] += f"\n{_block(block, notes)}"
        else:
            parts.append(_block(block, notes))
    parts += [f"[^{note.number}]: {escaped(one_line(note.words))} <{note.address.link}>" for note in document.notes]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is; tabs become wide spaces."""
    text = _SIGNS.sub(r"\\\1", text.replace("\t", "\u3000"))
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def _block(block: Block, notes: dict[int, Note]) -> str:
    if block.kind == "table":
        rows = [f"| {' | '.join(_on_one_line(cell, notes) for cell in row)} |" for row in block.rows]
        return "\n".join((*rows[:1], f"|{'---|' * len(block.rows[0])}", *rows[1:]))
    if block.kind in ("title", "question"):
        return f"{'#' if block.kind == 'title' else '##'} {_on_one_line(block.inlines, notes)}"
    if block.mark:
        mark = "-" if block.mark == "•" else block.mark
        return f"{mark} {_on_one_line(block.inlines, notes)}"
    text = _said(block.inlines, notes).replace("\n", "\\\n")
    if block.kind in ("quotation", "place"):
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return text


def _on_one_line(inlines: Sequence[Inline], notes: dict[int, Note]) -> str:
    return " ".join(_said(inlines, notes).split("\n"))


def _said(inlines: Sequence[Inline], notes: dict[int, Note]) -> str:
    out = ""
    for inline in inlines:
        if isinstance(inline, Cite):
            label = escaped(bracketed(inline, notes[inline.note].language))
            out = f"{out.rstrip(' ')}{label}[^{inline.note}]"
        else:
            out += _marked(inline)
    return out.strip(" \n")


def _marked(words: Words) -> str:
    """Return words with the marks of their look, which must stand next to something printed."""
    inner = words.text.strip()
    mark = "**" if words.bold else "*" if words.italic else ""
    if not mark or not inner:
        return escaped(words.text)
    at = words.text.index(inner)
    return f"{words.text[:at]}{mark}{escaped(inner)}{mark}{words.text[at + len(inner) :]}"
