"""The conversations kept in a data folder: begun, continued, listed, searched, renamed and deleted, each as one step.

Several processes and tabs may keep at once. Knows no page, and not whether what was cited still stands (`restoring`).
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.conversations.file import ConversationsFile
from assistant.conversations.kept import Kept, KeptConversation, KeptTurn
from assistant.conversations.tables import (
    CONVERSATIONS,
    KEPT_COLUMNS,
    TURNS,
    holds,
    kept_of,
    row_of,
    turn_of,
)
from corpus.errors import ConversationsError, EditError, UnknownConversation
from index.text import normalise

MAX_CONVERSATIONS = 1_000
"""How many are kept; one more takes the place of the one that was left alone for the longest."""
MAX_TURNS_KEPT = 200
"""How many turns of one conversation are kept."""
MAX_ANSWER_CHARS = 500_000
MAX_NAME_CHARS = 100
MAX_SEARCH_CHARS = 200
_AUTOMATIC_NAME_CHARS = 60
_NAMED = 20


@dataclass
class Conversations:
    """The conversations in a data folder. No file is made before there is one to keep.

    Attributes:
        home: the data folder.
        keeping: whether new ones are to be kept; what was kept before can be read and deleted in any case.
    """

    home: Path
    keeping: bool = True

    def __post_init__(self) -> None:
        self._file = ConversationsFile(self.home)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._file.path

    def new(self, *turns: KeptTurn, name: str = "") -> Kept:
        """Keep a new conversation.

        Args:
            turns: its turns so far.
            name: its name; by default made from the first question.

        Raises:
            EditError: the name is longer than 100 characters.
            ConversationsError: it cannot be kept; nothing was changed.
        """
        conversation_id, now = secrets.token_hex(4), _now()
        name = _named(name) or (_automatic_name(turns[0].question) if turns else "")
        facts = {"id": conversation_id, "name": name, "searched": normalise(name), "created": now, "changed": now}
        with self._file.writing() as connection:
            connection.execute(insert(CONVERSATIONS).values(**facts, n_turns=0))
            newest = select(CONVERSATIONS.c.id).order_by(*_NEWEST_FIRST).limit(MAX_CONVERSATIONS)
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.not_in(newest)))
            for turn in turns:
                _append(connection, conversation_id, turn)
            return _kept(connection, conversation_id)

    def append(self, conversation_id: str, turn: KeptTurn) -> Kept:
        """Keep one more turn of a conversation.

        Raises:
            UnknownConversation: there is none of this id.
            ConversationsError: it cannot be kept; nothing was changed.
        """
        with self._file.writing() as connection:
            _append(connection, conversation_id, turn)
            return _kept(connection, conversation_id)

    def list(self, search: str = "") -> list[Kept]:
        """Return the conversations, the one continued last first.

        Args:
            search: words that must all stand in the name, the questions or the answers, in any script, width and case; at
                most 200 characters count.

        Raises:
            ConversationsError: they cannot be read.
        """
        wanted = select(*KEPT_COLUMNS).where(holds(search[:MAX_SEARCH_CHARS].split())).order_by(*_NEWEST_FIRST)
        with self._file.reading() as connection:
            return [kept_of(row) for row in connection.execute(wanted)] if connection else []

    def open(self, conversation_id: str) -> KeptConversation:
        """Return a conversation with its turns.

        Raises:
            UnknownConversation: there is none of this id.
            ConversationsError: it cannot be read.
        """
        of_it = select(TURNS).where(TURNS.c.conversation == conversation_id).order_by(TURNS.c.position)
        with self._file.reading() as connection:
            if connection is None:
                raise _unknown(conversation_id, ())
            return KeptConversation(_kept(connection, conversation_id), tuple(map(turn_of, connection.execute(of_it))))

    def rename(self, conversation_id: str, name: str) -> Kept:
        """Give a conversation another name.

        Raises:
            UnknownConversation: there is none of this id.
            EditError: the name is empty or longer than 100 characters.
            ConversationsError: it cannot be written; nothing was changed.
        """
        name = _named(name)
        if not name:
            raise EditError(f"expected a name of 1 to {MAX_NAME_CHARS} characters, found none")
        change = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
        with self._file.writing() as connection:
            connection.execute(change.values(name=name, searched=normalise(name)))
            return _kept(connection, conversation_id)

    def delete(self, conversation_id: str) -> Kept:
        """Delete a conversation, so that nothing of it stays in the file, and return what it was.

        Raises:
            UnknownConversation: there is none of this id.
            ConversationsError: it cannot be written; nothing was changed.
        """
        with self._file.writing() as connection:
            connection.execute(delete(TURNS).where(TURNS.c.conversation == conversation_id))
            gone = _kept(connection, conversation_id)
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id))
        self._file.settle()
        return gone

    def delete_all(self) -> int:
        """Delete all conversations and return how many there were.

        Raises:
            ConversationsError: they cannot be written; nothing was changed.
        """
        if not self.path.exists():
            return 0
        with self._file.writing() as connection:
            connection.execute(delete(TURNS))
            count = connection.execute(delete(CONVERSATIONS)).rowcount
        self._file.settle()
        return int(count)

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        self._file.close()


_NEWEST_FIRST = (CONVERSATIONS.c.changed.desc(), CONVERSATIONS.c.created.desc(), CONVERSATIONS.c.id)


def _append(connection: Connection, conversation_id: str, turn: KeptTurn) -> None:
    if len(turn.text) > MAX_ANSWER_CHARS:
        raise ConversationsError(
            f"expected an answer of at most {MAX_ANSWER_CHARS:,} characters to keep, found {len(turn.text):,}; it was not kept"
        )
    now, it = _now(), CONVERSATIONS.c.id == conversation_id
    counted = {"changed": now, "n_turns": CONVERSATIONS.c.n_turns + 1}
    connection.execute(update(CONVERSATIONS).where(it).values(**counted))
    kept = _kept(connection, conversation_id)
    if kept.n_turns > MAX_TURNS_KEPT:
        raise ConversationsError(
            f"expected a conversation of at most {MAX_TURNS_KEPT} turns, found one more, which was not kept; begin a new one"
        )
    if not kept.name:
        name = _automatic_name(turn.question)
        connection.execute(update(CONVERSATIONS).where(it).values(name=name, searched=normalise(name)))
    last = select(func.max(TURNS.c.position)).where(TURNS.c.conversation == conversation_id)
    position = (connection.execute(last).scalar() or 0) + 1
    connection.execute(insert(TURNS).values(**row_of(turn, conversation_id, position, now)))


def _kept(connection: Connection, conversation_id: str) -> Kept:
    row = connection.execute(select(*KEPT_COLUMNS).where(CONVERSATIONS.c.id == conversation_id)).first()
    if row is None:
        known = connection.execute(select(CONVERSATIONS.c.id).order_by(*_NEWEST_FIRST).limit(_NAMED)).scalars()
        raise _unknown(conversation_id, tuple(known))
    return kept_of(row)


def _unknown(conversation_id: str, known: tuple[str, ...]) -> UnknownConversation:
    there = f"the newest are {', '.join(known)}" if known else "none are kept"
    return UnknownConversation(
        f"expected the id of a kept conversation, found {conversation_id!r}; {there}; `pincite conversations list` has all"
    )


def _named(name: str) -> str:
    """Return a name on one line.

    Raises:
        EditError: it is too long.
    """
    name = _on_one_line(name)
    if len(name) > MAX_NAME_CHARS:
        raise EditError(f"expected a name of 1 to {MAX_NAME_CHARS} characters, found {len(name)}")
    return name


def _automatic_name(question: str) -> str:
    name = _on_one_line(question)
    return name if len(name) <= _AUTOMATIC_NAME_CHARS else name[: _AUTOMATIC_NAME_CHARS - 1] + "…"


def _on_one_line(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
