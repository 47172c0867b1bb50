"""A visitor's answer or conversation as the file that the page hands to the browser. Knows no layout."""

import base64
import itertools
from collections.abc import Mapping
from typing import Any

from assistant import Assistant
from assistant.conversations.remarks import said_of
from assistant.export.building import document_of
from assistant.export.formats import FORMATS
from assistant.export.sources import sources_of
from corpus.errors import ExportError
from ui.session import Session
from ui.strings import texts

_revisions = itertools.count(1)

Download = dict[str, str | int]
"""A file for the browser: its `name`, its media `type`, its bytes in base64 as `data`, and a `revision` that is always new."""


def download_of(session: Session, assistant: Assistant, wanted: Mapping[str, Any]) -> Download:
    """Return the file that the page asks for.

    Args:
        session: the visitor's conversation.
        assistant: whose library knows the reports.
        wanted: `format`, and `turn`, the place of the turn in the conversation from 0, or none for all.

    Raises:
        ExportError: there is no such format, or nothing that has been answered.
    """
    format_ = FORMATS.get(str(wanted.get("format")))
    turn = wanted.get("turn")
    chosen = session.turns if turn is None else session.turns[turn : turn + 1] if isinstance(turn, int) else ()
    turns = [(t.question, t.answer) for t in chosen if t.answer is not None]
    titles = {entry.id: entry.title for entry in assistant.library.entries()}
    remarks = [[s for _, s in said_of(t.remarks, titles, session.language)] for t in chosen if t.answer is not None]
    if format_ is None or not turns:
        raise ExportError(texts(session.language).nothing_to_download)
    sources = sources_of([answer for _, answer in turns], assistant.library)
    document = document_of(turns, sources, session.language, remarks=remarks)
    data = base64.b64encode(format_.write(document)).decode("ascii")
    return {
        "name": format_.file_name(document),
        "type": format_.media_type,
        "data": data,
        "revision": next(_revisions),
    }
