"""The formats that a conversation is exported in: their names, file suffixes and media types, and what writes each."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.export.as_json import json_of
from assistant.export.document import Document
from assistant.export.markdown import markdown_of
from assistant.export.plain import text_of
from assistant.export.word import word_of

_NO_NAME = re.compile(r'[\s<>:"/\\|?*.\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_MAX_NAME_CHARS = 60


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        name: as a user names it, which is its suffix without the dot.
        media_type: as a browser knows it.
        write: returns a document as the file's bytes.
    """

    name: str
    media_type: str
    write: Callable[[Document], bytes]

    def file_name(self, document: Document) -> str:
        """Return a name for the file, made of the document's title, that every system takes."""
        stem = _NO_NAME.sub("-", document.title)[:_MAX_NAME_CHARS].strip("-_ ")
        return f"{stem or 'pincite'}.{self.name}"


def _encoded(write: Callable[[Document], str]) -> Callable[[Document], bytes]:
    # Only JSON can hold half a surrogate pair, as an escape; the other formats are written from cleaned words.
    return lambda document: write(document).encode("utf-8", "backslashreplace")


FORMATS = {
    f.name: f
    for f in (
        Format("md", "text/markdown;charset=utf-8", _encoded(markdown_of)),
        Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_of),
        Format("txt", "text/plain;charset=utf-8", _encoded(text_of)),
        Format("json", "application/json", _encoded(json_of)),
    )
}
