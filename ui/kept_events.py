"""What the drawer of kept conversations does, and what is kept of a turn. Knows no layout.

Whatever goes wrong here becomes a sentence on the page; questions are answered all the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assistant import Assistant
from assistant.conversations.conversations import Conversations
from assistant.conversations.kept import Kept, kept_turn
from assistant.conversations.restoring import restored
from corpus.errors import UnknownConversation
from ui.conversation import Turn
from ui.kept_panel import kept_list_html
from ui.library_panel import message_html
from ui.session import Session
from ui.strings import Language, texts


class KeptEvents:
    """The kept conversations of one assistant's data folder, which all visitors share.

    Args:
        assistant: what opened the data folder.
        sentence: what the user is told of an error.
    """

    def __init__(self, assistant: Assistant, sentence: Callable[[Exception, Language], str]) -> None:
        self._sentence = sentence
        self._library = assistant.library
        self._kept = Conversations(assistant.settings.home, keeping=assistant.settings.keep_conversations)

    def keep(self, turn: Turn, session: Session) -> str:
        """Keep an answered turn in the session's conversation, or in a new one where that was deleted or is none yet.

        Returns:
            The HTML of what stopped it; empty where it was kept or is not to be.
        """
        if turn.answer is None or not self._kept.keeping:
            return ""
        new = kept_turn(turn.question, turn.answer, turn.scope)
        try:
            try:
                kept = self._kept.append(session.kept_in, new) if session.kept_in else self._kept.new(new)
            except UnknownConversation:  # deleted in another tab
                kept = self._kept.new(new)
        except Exception as error:
            said = texts(session.language).not_kept.format(reason=self._sentence(error, session.language))
            return message_html(said, "failed")
        session.kept_in = kept.id
        return ""

    def list_html(self, session: Session, search: str = "") -> str:
        """Return the list, of the conversations that hold the words of `search`."""
        kept, fault = list[Kept](), ""
        try:
            kept = self._kept.list(search)
        except Exception as error:
            fault = self._sentence(error, session.language)
        here = {"opened": session.kept_in, "search": search.strip(), "fault": fault}
        return kept_list_html(kept, session.language, keeping=self._kept.keeping, **here)

    def act(self, asked: Mapping[str, Any], session: Session) -> tuple[str, bool]:
        """Do what the drawer asks for.

        Args:
            asked: `do`, one of list, open, rename, delete and delete-all; `id` and `name` where it needs them; `search`, the
                words in the box.
            session: whose page it is.

        Returns:
            The list, and whether the conversation on the page is another now.
        """
        do, conversation_id = str(asked.get("do", "")), str(asked.get("id", ""))
        said, other = "", False
        try:
            if do == "open":
                self._open(conversation_id, session)
                other = True
            elif do == "rename":
                self._kept.rename(conversation_id, str(asked.get("name", "")))
            elif do == "delete":
                self._kept.delete(conversation_id)
                other = conversation_id == session.kept_in
            elif do == "delete-all":
                self._kept.delete_all()
                other = bool(session.kept_in)
        except Exception as error:
            said, other = message_html(self._sentence(error, session.language), "failed"), False
        if other and do != "open":
            session.clear()
        return said + self.list_html(session, str(asked.get("search", ""))), other

    def _open(self, conversation_id: str, session: Session) -> None:
        turns = [
            Turn(r.turn.question, r.answer.text, "done", r.answer, r.turn.scope, r.remarks)
            for r in restored(self._kept.open(conversation_id).turns, self._library)
        ]
        session.open(conversation_id, tuple(turns))
