"""`pincite eval`: questions or conversations whose paragraphs are known, asked and measured. Knows how figures are printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import Home, Json, open_assistant

if TYPE_CHECKING:
    from assistant.evaluation import Outcome, Summary
    from assistant.turns import TurnOutcome

Part = Annotated[str, typer.Option("--part", help="Of conversations, only those of this part.", show_default=False)]


def evaluate(file: Path, home: Home = None, part: Part = "", as_json: Json = False) -> None:
    """Measure answers against FILE: JSON lines of questions with their `gold` labels, or of conversations (docs/evaluation.md)."""
    from dataclasses import asdict

    from assistant import evaluation, turns
    from ui.output import print_json

    if turns.are_conversations(file):
        conversations = turns.load_conversations(file, part)
        outcomes = turns.evaluate_turns(conversations, open_assistant(home))
        if as_json:
            print_json({"right": sum(o.right for o in outcomes), "turns": [asdict(o) for o in outcomes]})
        else:
            typer.echo("\n".join(turn_lines(outcomes, len(conversations))))
        return
    questions = evaluation.load_questions(file)
    summary, answers = evaluation.evaluate(questions, open_assistant(home))
    if as_json:
        print_json(evaluation.as_records(summary, answers))
    else:
        typer.echo("\n".join((*figure_lines(summary), *_kind_lines(answers), *_wrong_lines(answers))))


def turn_lines(outcomes: "list[TurnOutcome]", n_conversations: int) -> list[str]:
    """Return the figures of conversations, and every turn that went wrong with how it was understood."""
    right = sum(o.right for o in outcomes)
    share = right / max(1, len(outcomes))
    wrong = [
        f"  {o.conversation}  {o.question}  understood: {o.understood}  cited: {', '.join(o.cited[:5]) or '-'}"
        for o in outcomes
        if not o.right
    ]
    return [
        f"conversations        {n_conversations}",
        f"turns right          {right} of {len(outcomes)} ({share:.3f})",
        *wrong,
    ]


def figure_lines(summary: "Summary") -> list[str]:
    """Return the figures of questions, a line each."""
    lines = [f"questions            {summary.n_answerable} answerable, {summary.n_unanswerable} not"]
    if summary.n_answerable:
        lines += [
            f"hit@1                {summary.hit_at_1:.3f}",
            f"recall@5             {summary.recall_at_5:.3f}",
            f"answer has the words {summary.contains_answer:.3f}",
            f"cites a gold label   {summary.cites_gold:.3f}",
            f"citation precision   {summary.citation_precision:.3f}",
            f"citation recall      {summary.citation_recall:.3f}",
            f"quotations exact     {summary.quotations_exact:.3f}",
        ]
    return [
        *lines,
        f"abstained            {summary.rightly_abstained} of {summary.n_unanswerable} unanswerable,",
        f"                     {summary.wrongly_abstained} of {summary.n_answerable} answerable",
        f"ask, p50 / p95       {summary.ask_p50_ms:.1f} / {summary.ask_p95_ms:.1f} ms",
    ]


def _kind_lines(outcomes: "list[Outcome]") -> list[str]:
    """Return how many unanswerable questions of each kind were refused, where there are several kinds."""
    kinds: dict[str, list[bool]] = {}
    for outcome in outcomes:
        if not outcome.answerable:
            kinds.setdefault(outcome.type, []).append(outcome.abstained)
    several = len(kinds) > 1
    return [f"  {kind:18} {sum(each)} of {len(each)}" for kind, each in kinds.items() if several]


def _wrong_lines(outcomes: "list[Outcome]") -> list[str]:
    return [
        f"  {o.id}  {o.question}  found: {', '.join(o.found) or '-'}"
        for o in outcomes
        if o.abstained == o.answerable or (o.answerable and not (o.first and o.contains))
    ]
