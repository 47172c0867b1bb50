"""The footnotes of a paragraph as `pincite show` prints them: below its text, each with its label."""

from assistant import Assistant
from assistant.answer import Hit
from corpus.errors import UnknownParagraph
from corpus.library.address import Address
from corpus.report import Paragraph


def notes_of(hit: Hit, assistant: Assistant) -> list[Paragraph]:
    """Return the notes whose marks stand in a paragraph, in its own version; a mark without a note has none."""
    notes = []
    for label in hit.paragraph.footnotes:
        try:
            found = assistant.show(Address(hit.report, label, hit.version).link)
        except UnknownParagraph:
            continue
        notes += [note.paragraph for note in found]
    return notes


def note_line(note: Paragraph) -> str:
    """Return a note in one line, set in below its paragraph."""
    return f"      {note.label}  {' '.join(note.text.split())}"
