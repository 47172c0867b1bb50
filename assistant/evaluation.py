"""How well questions are answered, against the paragraphs that answer them. Knows only the assistant's public calls."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol, TypeVar

from assistant.answer import Answer, Hit
from assistant.attribution import Attribution, attribution
from corpus.errors import ParseError, UnknownParagraph
from corpus.label import Label
from corpus.library.address import Address

T = TypeVar("T")


@dataclass(frozen=True)
class EvalQuestion:
    """A question and what answers it.

    Attributes:
        gold: the labels that answer it; none for one that the report does not answer.
        answer: words that an answer must hold.
        type: of what kind it is; free.
        report: the id of the report that it is asked of; empty where it is asked of all.
    """

    id: str
    question: str
    gold: tuple[Label, ...]
    answer: tuple[str, ...] = ()
    type: str = ""
    report: str = ""


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
        type: the question's kind.
        attribution: how far the answer's citations support it.
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
    type: str
    attribution: Attribution


@dataclass(frozen=True)
class Summary:
    """Figures over a set of questions; shares from 0 to 1, times in milliseconds.

    Attributes:
        citation_precision: the share of citations whose paragraph has its statement letter for letter.
        citation_recall: the share of statements that stand letter for letter in a paragraph cited for them.
        quotations_exact: the share of quotations that stand letter for letter in their paragraph.
    """

    n_answerable: int
    n_unanswerable: int
    hit_at_1: float
    recall_at_5: float
    contains_answer: float
    cites_gold: float
    rightly_abstained: int
    wrongly_abstained: int
    citation_precision: float
    citation_recall: float
    quotations_exact: float
    ask_p50_ms: float
    ask_p95_ms: float


class Answers(Protocol):
    """What is measured: `assistant.Assistant`, or anything with these calls."""

    def search(self, question: str, top_k: int = 10, reports: Sequence[str] | None = None) -> list[Hit]:
        """Return the paragraphs that answer, best first."""
        ...

    def ask(self, question: str, history: Sequence[Any] = (), reports: Sequence[str] | None = None) -> Answer:
        """Return the answer."""
        ...

    def show(self, label: str) -> list[Hit]:
        """Return the paragraph that a link opens and those below it."""
        ...


def load_questions(path: Path) -> list[EvalQuestion]:
    """Return the questions of a JSON-lines file: `id`, `question`, `gold` and optionally `answer`, `type` and `report`.

    Raises:
        ParseError: the file is missing or a line is not such a record.
    """
    return records_of(path, _question, '{"id", "question", "gold", "answer"}')


def records_of(path: Path, read: Callable[[dict[str, Any]], T], form: str) -> list[T]:
    """Return what `read` makes of each line of a JSON-lines file.

    Raises:
        ParseError: the file is missing or empty, or a line is not of the `form` that the message shows.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(path, f"expected a file of questions in UTF-8, found: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(read(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise ParseError(path, f"expected {form}, found: {error}", number) from error
    if not found:
        raise ParseError(path, "expected a line a question, found none")
    return found


def evaluate(
    questions: Iterable[EvalQuestion], assistant: Answers, progress: Callable[[str], None] | None = None
) -> tuple[Summary, list[Outcome]]:
    """Ask every question once and return the figures and each outcome. Times are of `ask`, after one unmeasured call."""
    outcomes, times_ms = [], []
    questions = list(questions)
    assistant.ask(questions[0].question)
    for question in questions:
        reports = [question.report] if question.report else None
        hits = assistant.search(question.question, top_k=5, reports=reports)
        start = time.perf_counter()
        answer = assistant.ask(question.question, reports=reports)
        times_ms.append((time.perf_counter() - start) * 1000)
        outcomes.append(_outcome(question, hits, answer, attribution(answer, lambda at: text_at(at, assistant))))
        if progress:
            progress(question.id)
    return _summary(outcomes, times_ms), outcomes


def answers_gold(label: Label, gold: Sequence[Label]) -> bool:
    """Whether `label` is a gold one; a row or paragraph of an annex counts for the annex."""
    return any(label.sort_key == g.sort_key or (not g.steps and label.within(g)) for g in gold)


def text_at(address: Address, assistant: Answers) -> str | None:
    """Return the text of the paragraph that a link opens, as the library has it; None where it has none."""
    try:
        return assistant.show(address.link)[0].paragraph.text
    except UnknownParagraph:
        return None


def as_records(summary: Summary, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures and the outcomes as plain data for JSON."""
    return {"summary": asdict(summary), "outcomes": [asdict(o) for o in outcomes]}


def _question(record: dict[str, Any]) -> EvalQuestion:
    gold = tuple(Label.parse(label) for label in record["gold"])
    answer, kind, report = tuple(record.get("answer", ())), record.get("type", ""), record.get("report", "")
    return EvalQuestion(record["id"], record["question"], gold, answer, kind, report)


def _outcome(question: EvalQuestion, hits: Sequence[Hit], answer: Answer, attributed: Attribution) -> Outcome:
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
        question.type,
        attributed,
    )


def _summary(outcomes: Sequence[Outcome], times_ms: Sequence[float]) -> Summary:
    answerable = [o for o in outcomes if o.answerable]
    n = max(1, len(answerable))
    cited = sum((o.attribution for o in outcomes), Attribution())
    return Summary(
        n_answerable=len(answerable),
        n_unanswerable=len(outcomes) - len(answerable),
        hit_at_1=sum(o.first for o in answerable) / n,
        recall_at_5=sum(o.recall for o in answerable) / n,
        contains_answer=sum(o.contains for o in answerable) / n,
        cites_gold=sum(o.cited for o in answerable) / n,
        rightly_abstained=sum(o.abstained for o in outcomes if not o.answerable),
        wrongly_abstained=sum(o.abstained for o in answerable),
        citation_precision=cited.supporting / max(1, cited.citations),
        citation_recall=cited.supported / max(1, cited.statements),
        quotations_exact=cited.exact / max(1, cited.quotations),
        ask_p50_ms=median(times_ms),
        ask_p95_ms=sorted(times_ms)[min(len(times_ms) - 1, int(0.95 * len(times_ms)))],
    )
