"""One visitor's conversation: its turns, and the answer that is under way."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant import Assistant
from assistant.answer import Answer
from assistant.filter import Filter
from ui.background import in_background
from ui.conversation import Turn
from ui.strings import DEFAULT_LANGUAGE, Language

FRAME_S = 0.04
"""The time between two states of an answer that grows."""
REVEAL_FRAMES = 12
"""An answer that is ready at once is shown in two or three times as many states, so that a reader can follow."""

History = Sequence[tuple[str, Answer]]


@dataclass
class Session:
    """What the page keeps for one visitor.

    Attributes:
        language: the page's language.
        turns: the conversation, the newest last; that one may still grow.
        run: the number of the answer under way; another number ends it.
        adding: the same of the files that are being added.
        within: what questions are kept to.
        kept_in: the id of the kept conversation that the turns belong to; empty before one is kept.
    """

    language: Language = DEFAULT_LANGUAGE
    turns: tuple[Turn, ...] = ()
    run: int = 0
    adding: int = 0
    within: Filter = field(default_factory=Filter)
    kept_in: str = ""

    @property
    def answering(self) -> bool:
        """Whether an answer is under way."""
        return bool(self.turns) and self.turns[-1].state == "streaming"

    @property
    def history(self) -> History:
        """The finished turns, as the assistant takes them."""
        return [(turn.question, turn.answer) for turn in self.turns if turn.answer is not None]

    def stop(self) -> None:
        """End the answer that is under way where it stands."""
        self.run += 1
        if self.answering:
            self._change_last(replace(self.turns[-1], state="stopped"))

    def begin_adding(self) -> Callable[[], bool]:
        """Return what tells whether the adding that begins now has been cancelled."""
        self.adding += 1
        run = self.adding
        return lambda: self.adding != run

    def cancel_adding(self) -> None:
        """Give up adding the files that are being added."""
        self.adding += 1

    def clear(self) -> None:
        """Begin a new conversation."""
        self.open("", ())

    def open(self, kept_in: str, turns: tuple[Turn, ...]) -> None:
        """Go on with a conversation that was kept."""
        self.run += 1
        self.kept_in, self.turns = kept_in, turns

    def answer(
        self,
        question: str,
        assistant: Assistant,
        sentence: Callable[[Exception], str],
        scope: str = "",
        keep: Callable[[Turn], None] | None = None,
    ) -> Iterator[None]:
        """Answer `question`: yield whenever the turns have changed, until it is answered, stopped or cleared.

        Args:
            question: what is asked.
            assistant: what answers.
            sentence: what the user is told of an error.
            scope: the words for what the question is kept to, to stand beside it.
            keep: called with the turn once it is answered; raises nothing.
        """
        history = self.history
        self.run += 1
        run, turn, within = self.run, Turn(question, scope=scope), self.within
        self.turns = (*self.turns, turn)
        yield
        try:
            for text, answer in growing(question, history, assistant, lambda: self.run != run, within):
                if self.run != run:
                    return
                turn = replace(turn, text=text, answer=answer, state="done" if answer else "streaming")
                self._change_last(turn)
                if answer and keep:
                    keep(turn)
                yield
        except GeneratorExit:
            if self.run == run:
                self.stop()
            raise
        except Exception as error:
            if self.run == run:
                self._change_last(replace(turn, text=sentence(error), state="failed"))
                yield

    def _change_last(self, turn: Turn) -> None:
        self.turns = (*self.turns[:-1], turn)


def growing(
    question: str,
    history: History,
    assistant: Assistant,
    ended: Callable[[], bool],
    within: Filter | None = None,
) -> Iterator[tuple[str, Answer | None]]:
    """Yield an answer's text as it grows, one state a frame, and last its whole text with the answer itself.

    Args:
        question: what is asked.
        history: the turns before.
        assistant: what answers.
        ended: whether to give up; asked between pieces and frames, so that a piece that takes long holds nothing up.
        within: what the question is kept to.
    """

    def work(hand_over: Callable[[str], None]) -> Answer | None:
        stream = assistant.stream(question, history, within=within)
        while not ended():
            try:
                hand_over(next(stream))
            except StopIteration as end:
                answer: Answer = end.value
                return answer
        stream.close()
        return None

    frames = in_background(work, FRAME_S)
    text, answer, over = "", None, False
    pending: deque[str] = deque()
    while not ended() and not (over and not pending):
        if over:
            time.sleep(FRAME_S)
        else:
            try:
                pending.extend(next(frames))
            except StopIteration as end:
                answer, over = end.value, True
        if pending:
            text += "".join(pending.popleft() for _ in range(math.ceil(len(pending) / REVEAL_FRAMES)))
            yield text, None
    if answer is not None:
        yield answer.text, answer
