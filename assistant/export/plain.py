"""A document as plain text: quotations indented, notes numbered in brackets and listed at the end. Knows no Markdown."""

from collections.abc import Sequence

from assistant.export.document import WORDING, Block, Cite, Document, Inline, Note, one_line
from corpus.label import Language

_INDENT = "  "


def text_of(document: Document) -> str:
    """Return `document` as plain text."""
    notes = {note.number: note for note in document.notes}
    parts = [_block(block, notes) for block in document.blocks]
    if document.notes:
        parts.append("\n".join((WORDING["notes"][document.language], *map(_note, document.notes))))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def bracketed(cite: Cite, language: Language) -> str:
    """Return the label of a citation in the brackets of its language, a space before them where it has one."""
    return f" ({cite.shown})" if language == "en" else f"（{cite.shown}）"


def _block(block: Block, notes: dict[int, Note]) -> str:
    if block.kind == "table":
        return "\n".join(
            " | ".join(" ".join(_said(cell, notes).split()) for cell in row).rstrip() for row in block.rows
        )
    text = _said(block.inlines, notes)
    if block.kind == "title":
        return f"{text}\n{'=' * 20}"
    if block.kind == "question":
        return f"{text}\n{'-' * 20}"
    if block.kind in ("quotation", "place"):
        indent = _INDENT if block.kind == "quotation" else _INDENT * 2
        return "\n".join(f"{indent}{line}".rstrip() for line in text.split("\n"))
    return f"{block.mark} {text}" if block.mark else text


def _said(inlines: Sequence[Inline], notes: dict[int, Note]) -> str:
    out = ""
    for inline in inlines:
        if isinstance(inline, Cite):
            out = f"{out.rstrip(' ')}{bracketed(inline, notes[inline.note].language)} [{inline.note}]"
        else:
            out += inline.text
    return out.replace("\t", "\u3000").strip()


def _note(note: Note) -> str:
    return f"[{note.number}] {one_line(note.words)}\n    {note.address.link}"
