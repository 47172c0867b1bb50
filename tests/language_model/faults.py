"""Answers with planted faults, and right ones, by a real endpoint: how many of each are shown as supported.

    python -m tests.language_model.faults [N] [SEEDS]

N answers of each side, 200 unless told, made of what answers the questions of the evaluation sets over three reports. The first
seed's are said by the test server; those of further seeds, 1 unless told, are checked as the server's are, without asking again.
"""

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from assistant import Assistant
from assistant.answer import Answer, Hit
from assistant.answering import is_looked_up
from assistant.evaluation import load_questions
from assistant.model.checker import Checker
from assistant.model.citations import Parser
from assistant.model.prompt import MAX_PASSAGES
from assistant.model.writing import checked
from assistant.sentences import sentences
from assistant.wording import WORDING
from tests.language_model.planting import FAULTS, RIGHT, Given, Kind
from tests.language_model.server import Model, served

EVALUATION = Path(__file__).parents[1] / "evaluation"
SETS = ("report_dev", "report_own", "wetland_regulations", "river_ports")
_PASSAGE = re.compile(r'<passage number="(\d+)" place="([^"]*)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
Unsupported = Callable[["Case", str], bool]
"""Whether nothing of what a model says to a case is shown as supported."""


@dataclass(frozen=True)
class Case:
    """A question, a sentence of a passage that the model is shown for it, and those passages."""

    question: str
    given: Given
    hits: tuple[Hit, ...]


def main(n: int, seeds: int) -> None:
    """Print how many of `n` planted faults were caught, and how many of `n` right answers were taken for faulty."""
    with tempfile.TemporaryDirectory() as home:
        assistant = Assistant.open(home)
        for file in sorted((EVALUATION / "reports").glob("*.txt")):
            assistant.library.add(file)
        cases = list(cases_of(assistant))
        print(f"{len(cases)} sentences")
        with assistant._view(None) as view:
            checker = Checker.of(view.index)
            for seed in range(1, seeds + 1):
                unsupported = by_server(assistant) if seed == 1 else by_checker(checker)
                for name, kinds in (("planted faults", FAULTS), ("right answers", RIGHT)):
                    caught, of, passed = outcomes(cases, kinds, n, seed, unsupported)
                    print(f"seed {seed}, {name}: {sum(caught.values())} of {sum(of.values())} not shown as supported")
                    if seed == 1:
                        for kind in kinds:
                            print(f"  {kind:24}{caught[kind]:5} of {of[kind]}")
                    if name == "planted faults":
                        for kind, said in passed:
                            print(f"  passed, {kind}: {said}")


def cases_of(assistant: Assistant) -> Iterator[Case]:
    """Yield each answered question with the sentences that are quoted for it."""
    for name in SETS:
        for question in load_questions(EVALUATION / f"{name}.jsonl"):
            answer = assistant.ask(question.question) if question.gold and not is_looked_up(question.question) else None
            if answer and not answer.abstained:
                found = [s for c in answer.citations[:2] for s in sentences(c.quote)][:3]
                yield from _cases(assistant, question.question, found)


def _cases(assistant: Assistant, question: str, found: Sequence[str]) -> Iterator[Case]:
    """Yield a case of each sentence that stands in a passage which the model is shown for the question."""
    sent: list[str] = []
    answer = said_by(assistant, question, lambda messages: sent.append(messages[-1]["content"]) or "")
    shown = _PASSAGE.findall(sent[0]) if sent else []
    passages, places = {n: text for n, _, text in shown}, {n: place for n, place, _ in shown}
    for sentence in found:
        own = next((n for n, text in passages.items() if sentence in text), "")
        if own and len(sentence) >= 12 and "\t" not in sentence:
            yield Case(question, Given(sentence, own, passages, places), answer.hits[:MAX_PASSAGES])


def outcomes(
    cases: Sequence[Case], kinds: Mapping[str, Kind], n: int, seed: int, unsupported: Unsupported
) -> tuple[Counter[str], Counter[str], list[tuple[str, str]]]:
    """Return how many answers of each kind were not shown as supported, how many there were, and those that were shown.

    The `n` answers are taken of the kinds in turn, so that a kind that few sentences allow leaves its share to the others.
    """
    chance = random.Random(seed)
    caught: Counter[str] = Counter()
    of: Counter[str] = Counter()
    passed = []
    for kind, case, said in islice(_in_turn({kind: _made(cases, make, chance) for kind, make in kinds.items()}), n):
        of[kind] += 1
        if unsupported(case, said):
            caught[kind] += 1
        else:
            passed.append((kind, said))
    return caught, of, passed


def _in_turn(made: Mapping[str, Iterable[tuple[Case, str]]]) -> Iterator[tuple[str, Case, str]]:
    left = {kind: iter(cases) for kind, cases in made.items()}
    while left:
        for kind in list(left):
            one = next(left[kind], None)
            if one is None:
                del left[kind]
            else:
                yield kind, *one


def _made(cases: Sequence[Case], make: Kind, chance: random.Random) -> Iterator[tuple[Case, str]]:
    for case in chance.sample(cases, len(cases)):
        said = make(case.given, chance)
        if said:
            yield case, said


def by_server(assistant: Assistant) -> Unsupported:
    """Return the check of what the test server says as the model."""
    return lambda case, said: is_unsupported(said_by(assistant, case.question, lambda _: said).text)


def by_checker(checker: Checker) -> Unsupported:
    """Return the check of what is said of the passages that the model was shown, without asking again."""

    def unsupported(case: Case, said: str) -> bool:
        parser = Parser(len(case.hits))
        found = [*parser.feed(said), *parser.end()]
        return all(checked(one, case.hits, checker, "zh").fault for one in found)

    return unsupported


def said_by(assistant: Assistant, question: str, reply: Callable[[list[dict[str, str]]], str]) -> Answer:
    """Return the answer where a model says `reply`."""
    with served(Model(reply)) as model:
        settings = replace(assistant.settings, model_url=model.url, model_name="m", model_timeout_s=5.0)
        return replace(assistant, settings=settings).ask(question)


def is_unsupported(text: str) -> bool:
    """Whether nothing of what the model said was shown as supported."""
    return text.startswith(tuple(WORDING["model_unsupported"].values()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
