"""How well questions are answered, against the paragraphs that answer them. Knows only the assistant's public calls."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from assistant.answer import Answer, Hit
from corpus.errors import ParseError
from corpus.label import Label


@dataclass(frozen=True)
class EvalQuestion:
    """A question, the labels that answer it (none for one that the report does not answer), and words of the answer."""

    id: str
    question: str
    gold: tuple[Label, ...]
    answer: tuple[str, ...] = ()
    type: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of one question.

    Attributes:
        first: whether the first paragraph found is a gold one.
        recall: the share of gold labels among the first five paragraphs.
        contains: whether the answer holds all the expected words.
        cited: whether a citation of the answer is a gold one.
        abstained: whether the assistant abstained.
        found: the first five labels.
    """

    id: str
    question: str
    answerable: bool
    first: bool
    recall: float
    contains: bool
    cited: bool
    abstained: bool
    found: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Figures over a set of questions; shares from 0 to 1, times in milliseconds."""

    n_answerable: int
    n_unanswerable: int
    hit_at_1: float
    recall_at_5: float
    contains_answer: float
    cites_gold: float
    rightly_abstained: int
    wrongly_abstained: int
    ask_p50_ms: float
    ask_p95_ms: float


class Answers(Protocol):
    """What is measured: `assistant.Assistant`, or anything with its two calls."""

    def search(self, question: str, top_k: int = 10) -> list[Hit]:
        """Return the paragraphs that answer, best first."""
        ...

    def ask(self, question: str) -> Answer:
        """Return the answer."""
        ...


def load_questions(path: Path) -> list[EvalQuestion]:
    """Return the questions of a JSON-lines file: `id`, `question`, `gold` and optionally `answer` and `type`.

    Raises:
        ParseError: the file is missing or a line is not such a record.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(path, f"expected a file of questions in UTF-8, found: {error}") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                reason = f'expected {{"id", "question", "gold", "answer"}}, found: {error}'
                raise ParseError(path, reason, number) from error
    if not questions:
        raise ParseError(path, "expected a line a question, found none")
    return questions


def evaluate(
    questions: Iterable[EvalQuestion], assistant: Answers, progress: Callable[[str], None] | None = None
) -> tuple[Summary, list[Outcome]]:
    """Ask every question once and return the figures and each outcome. Times are of `ask`, after one unmeasured call."""
    outcomes, times_ms = [], []
    questions = list(questions)
    assistant.ask(questions[0].question)
    for question in questions:
        hits = assistant.search(question.question, top_k=5)
        start = time.perf_counter()
        answer = assistant.ask(question.question)
        times_ms.append((time.perf_counter() - start) * 1000)
        outcomes.append(_outcome(question, hits, answer))
        if progress:
            progress(question.id)
    return _summary(outcomes, times_ms), outcomes


def answers_gold(label: Label, gold: Sequence[Label]) -> bool:
    """Whether `label` is a gold one; a row or paragraph of an annex counts for the annex."""
    return any(label.sort_key == g.sort_key or (not g.steps and label.within(g)) for g in gold)


def as_records(summary: Summary, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures and the outcomes as plain data for JSON."""
    return {"summary": asdict(summary), "outcomes": [asdict(o) for o in outcomes]}


def _question(record: dict[str, Any]) -> EvalQuestion:
    gold = tuple(Label.parse(label) for label in record["gold"])
    return EvalQuestion(record["id"], record["question"], gold, tuple(record.get("answer", ())), record.get("type", ""))


def _outcome(question: EvalQuestion, hits: Sequence[Hit], answer: Answer) -> Outcome:
    labels = [hit.paragraph.label for hit in hits]
    found = [any(answers_gold(label, [gold]) for label in labels) for gold in question.gold]
    text = "".join(answer.text.split())
    return Outcome(
        question.id,
        question.question,
        bool(question.gold),
        bool(labels) and answers_gold(labels[0], question.gold),
        sum(found) / len(found) if found else 0.0,
        not answer.abstained and all("".join(words.split()) in text for words in question.answer),
        any(answers_gold(c.label, question.gold) for c in answer.citations),
        answer.abstained,
        tuple(map(str, labels)),
    )


def _summary(outcomes: Sequence[Outcome], times_ms: Sequence[float]) -> Summary:
    answerable = [o for o in outcomes if o.answerable]
    n = max(1, len(answerable))
    return Summary(
        n_answerable=len(answerable),
        n_unanswerable=len(outcomes) - len(answerable),
        hit_at_1=sum(o.first for o in answerable) / n,
        recall_at_5=sum(o.recall for o in answerable) / n,
        contains_answer=sum(o.contains for o in answerable) / n,
        cites_gold=sum(o.cited for o in answerable) / n,
        rightly_abstained=sum(o.abstained for o in outcomes if not o.answerable),
        wrongly_abstained=sum(o.abstained for o in answerable),
        ask_p50_ms=median(times_ms),
        ask_p95_ms=sorted(times_ms)[min(len(times_ms) - 1, int(0.95 * len(times_ms)))],
    )
