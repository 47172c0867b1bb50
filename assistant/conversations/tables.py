"""The tables of kept conversations and their rows. Knows no file and no report.

The database is one of its own: what becomes of the library's never touches it.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    and_,
    insert,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable

from assistant.conversations.kept import Kept, KeptCitation, KeptTurn
from corpus.errors import ConversationsError
from index.text import normalise

SCHEMA = 1
METADATA = MetaData()
_LINK = re.compile(r"\]\(pincite://[^)]*\)")
_MARK = re.compile(r"\\(?=[^\w\s])")

STATE = Table(
    "conversations_state", METADATA, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False)
)
CONVERSATIONS = Table(
    "conversation",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
    Column("n_turns", Integer, nullable=False),
)
TURNS = Table(
    "turn",
    METADATA,
    Column("conversation", ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("time", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("rewritten", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("short", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("citations", Text, nullable=False),
    Column("nearest", Text, nullable=False),
    Column("searched", Text, nullable=False),
)
KEPT_COLUMNS = [CONVERSATIONS.c[name] for name in ("id", "name", "created", "changed", "n_turns")]


def make(connection: Connection) -> None:
    """Make the tables that are missing.

    Raises:
        ConversationsError: a newer release made them.
    """
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
    found = connection.execute(select(STATE.c.value).where(STATE.c.key == "schema")).scalar()
    if found is None:
        connection.execute(insert(STATE).values(key="schema", value=str(SCHEMA)))
    elif int(found) > SCHEMA:
        raise ConversationsError(
            f"expected kept conversations of schema {SCHEMA} or below, found {found}: a newer Pincite made them; use that one"
        )


def row_of(turn: KeptTurn, conversation: str, position: int, time: str) -> dict[str, Any]:
    """Return a turn as its row has it."""
    answer = _MARK.sub("", _LINK.sub("]", turn.text))
    return {
        "conversation": conversation,
        "position": position,
        "time": time,
        "question": turn.question,
        "rewritten": turn.rewritten,
        "text": turn.text,
        "abstained": turn.abstained,
        "short": turn.short,
        "scope": turn.scope,
        "citations": json.dumps([(c.link, c.quote, c.heading_path) for c in turn.citations], ensure_ascii=False),
        "nearest": json.dumps(turn.nearest),
        "searched": normalise(f"{turn.question}\n{turn.rewritten}\n{answer}"),
    }


def turn_of(row: Row[Any]) -> KeptTurn:
    """Return the turn of a row."""
    citations = tuple(KeptCitation(link, quote, tuple(path)) for link, quote, path in json.loads(row.citations))
    nearest = tuple(json.loads(row.nearest))
    return KeptTurn(
        row.question, row.rewritten, row.text, citations, row.abstained, row.short, row.scope, nearest, row.time
    )


def kept_of(row: Row[Any]) -> Kept:
    """Return the conversation of a row of `KEPT_COLUMNS`."""
    return Kept(row.id, row.name, row.created, row.changed, row.n_turns)


def holds(words: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that each of `words` stands in a conversation's name, questions or answers."""
    wanted = [w for w in map(normalise, words) if w]
    return and_(
        True,
        *(
            or_(
                CONVERSATIONS.c.searched.contains(word, autoescape=True),
                CONVERSATIONS.c.id.in_(
                    select(TURNS.c.conversation).where(TURNS.c.searched.contains(word, autoescape=True))
                ),
            )
            for word in wanted
        ),
    )
