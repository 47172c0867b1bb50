"""Whether each turn of a conversation is understood from the turns before it. Knows only the assistant's public calls."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.evaluation import Answers, answers_gold, records_of
from corpus.label import Label


@dataclass(frozen=True)
class EvalTurn:
    """A question of a conversation and the labels that answer it; none where nothing is to be cited."""

    question: str
    gold: tuple[Label, ...]


@dataclass(frozen=True)
class EvalConversation:
    """Questions asked one after another.

    Attributes:
        turns: in their order.
        report: the id of the report that they are asked of; empty where they are asked of all.
        part: the part of the set that it belongs to, such as `tune` or `measure`; empty where the set has none.
    """

    id: str
    turns: tuple[EvalTurn, ...]
    report: str = ""
    part: str = ""


@dataclass(frozen=True)
class TurnOutcome:
    """What came of one turn.

    Attributes:
        conversation: the conversation's id.
        understood: the question as it was understood.
        right: whether a gold label was cited first or, where nothing is to be cited, none was.
        cited: the labels cited.
    """

    conversation: str
    question: str
    understood: str
    right: bool
    cited: tuple[str, ...]


def are_conversations(path: Path) -> bool:
    """Whether a file of JSON lines holds conversations, and not questions; False where it cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return "turns" in json.loads(next((line for line in lines if line.strip()), "{}"))
    except (OSError, ValueError, TypeError):
        return False


def load_conversations(path: Path, part: str = "") -> list[EvalConversation]:
    """Return the conversations of a JSON-lines file: `id`, `turns` of `question` and `gold`, optionally `report` and `part`.

    Args:
        path: the file.
        part: the part to keep to; empty for all.

    Raises:
        ParseError: the file is missing or a line is not such a record.
    """
    found = records_of(path, _conversation, '{"id", "turns": [{"question", "gold"}]}')
    return [c for c in found if not part or c.part == part]


def evaluate_turns(conversations: Iterable[EvalConversation], assistant: Answers) -> list[TurnOutcome]:
    """Ask every conversation, each turn with those before it as its history, and return what came of the turns."""
    outcomes = []
    for conversation in conversations:
        history: list[tuple[str, Answer]] = []
        reports = [conversation.report] if conversation.report else None
        for turn in conversation.turns:
            answer = assistant.ask(turn.question, history, reports)
            cited = [citation.label for citation in answer.citations]
            right = _is_right(cited, turn.gold)
            outcomes.append(TurnOutcome(conversation.id, turn.question, answer.question, right, tuple(map(str, cited))))
            history.append((turn.question, answer))
    return outcomes


def _is_right(cited: Sequence[Label], gold: Sequence[Label]) -> bool:
    return bool(cited) and answers_gold(cited[0], gold) if gold else not cited


def _conversation(record: dict[str, Any]) -> EvalConversation:
    turns = [EvalTurn(turn["question"], tuple(map(Label.parse, turn["gold"]))) for turn in record["turns"]]
    return EvalConversation(record["id"], tuple(turns), record.get("report", ""), record.get("part", ""))
