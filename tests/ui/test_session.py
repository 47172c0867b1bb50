"""A visitor's conversation: how it grows, stops, is cleared and fails."""

import threading
from collections.abc import Generator
from itertools import pairwise
from typing import Any, cast

from assistant import Assistant
from assistant.answer import Answer
from ui.session import Session

WAIT_S = 10


class Scripted:
    """An assistant that says what a test tells it to, when the test lets it."""

    def __init__(self, pieces: list[str], held: threading.Event | None = None) -> None:
        self.pieces, self.held, self.histories = pieces, held, list[Any]()

    def stream(self, question: str, history: Any, within: Any = None) -> Generator[str, None, Answer]:
        self.histories.append(history)
        yield self.pieces[0]
        if self.held:
            self.held.wait(WAIT_S)
        yield from self.pieces[1:]
        return Answer(question, "".join(self.pieces), (), False, ())


def told(error: Exception) -> str:
    return f"told: {error}"


def states(session: Session, question: str, assistant: Scripted) -> list[tuple[str, str]]:
    return [
        (session.turns[-1].state, session.turns[-1].text)
        for _ in session.answer(question, cast(Assistant, assistant), told)
    ]


def test_answer_grows_piece_by_piece_to_its_whole_text() -> None:
    pieces = [f"{n}。" for n in range(40)]
    seen = states(Session(), "问", Scripted(pieces))
    texts = [text for _, text in seen]
    assert len(set(texts)) > 5
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert seen[0] == ("streaming", "")
    assert seen[-1] == ("done", "".join(pieces))


def test_finished_turns_are_the_history_of_the_next_question() -> None:
    session, assistant = Session(), Scripted(["答。"])
    states(session, "一", assistant)
    states(session, "二", assistant)
    assert [question for question, _ in assistant.histories[1]] == ["一"]


def test_stop_holds_while_the_assistant_is_silent_and_leaves_the_turn_as_it_stood() -> None:
    held = threading.Event()
    session, assistant = Session(), Scripted(["开头。", "结尾。"], held)
    growing = session.answer("问", cast(Assistant, assistant), told)
    while not session.turns or not session.turns[-1].text:
        next(growing)
    session.stop()
    assert not session.answering
    assert list(growing) == []
    held.set()
    assert [(t.state, t.text) for t in session.turns] == [("stopped", "开头。")]
    assert session.history == []


def test_cleared_conversation_stays_empty() -> None:
    held = threading.Event()
    session = Session()
    growing = session.answer("问", cast(Assistant, Scripted(["开头。", "结尾。"], held)), told)
    next(growing)
    session.clear()
    held.set()
    assert list(growing) == []
    assert session.turns == ()


def test_visitor_who_leaves_ends_the_answer() -> None:
    held = threading.Event()
    session = Session()
    growing = session.answer("问", cast(Assistant, Scripted(["开头。", "结尾。"], held)), told)
    next(growing)
    next(growing)
    growing.close()  # type: ignore[attr-defined]
    held.set()
    assert session.turns[-1].state == "stopped"


def test_error_becomes_a_failed_turn_and_no_history() -> None:
    class Broken(Scripted):
        def stream(self, question: str, history: Any, within: Any = None) -> Generator[str, None, Answer]:
            yield "开头。"
            raise ValueError("why")

    session = Session()
    assert states(session, "问", Broken([]))[-1] == ("failed", "told: why")
    assert session.history == []


def test_adding_is_cancelled_by_the_visitor_who_began_it_and_begins_anew() -> None:
    session, other = Session(), Session()
    first = session.begin_adding()
    assert not first()
    other.cancel_adding()
    assert not first()
    session.cancel_adding()
    assert first()
    second = session.begin_adding()
    assert first()
    assert not second()
