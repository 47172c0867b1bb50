"""Learns the weights of `assistant.abstention` and prints them: `python -m assistant.refusal_training DATA EVALUATION`.

DATA holds `cmrc2018-train.jsonl.xz` and `drcd-dev.jsonl.xz`. Of each of their passages two questions are asked; from every third
passage the sentences with the answer are taken out first, so that all stays but the answer, and nearly as many questions as
there are passages ask of one what was asked of another. Passages that are held out are left out. EVALUATION holds the
project's sets to tune on.
"""

import json
import lzma
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering import candidate_evidence
from assistant.assistant import Assistant
from assistant.evidence import NAMES
from assistant.reading.split import held_out
from assistant.second_look import matched
from assistant.sentences import sentences
from assistant.swapped_questions import swapped

FILES = ("cmrc2018-train.jsonl.xz", "drcd-dev.jsonl.xz")
PASSAGES, SWAPPED = 800, 700
TAKEN_OUT_EVERY = 3
QUESTIONS_EACH = 2
PARAGRAPH_CHARS = 220
MAX_ANSWER_CHARS = 40
SEED = 7
READ_WEIGHT, TUNED_WEIGHT = 0.05, 3.0
RIDGE = 10.0
ASTRAY_EVERY = 3
"""Of how many answered questions one is asked of another report too: what is far off is refused as it is."""
STEPS = 50
TUNED = ("near_miss_tune.jsonl", "answerable_tune.jsonl")


@dataclass(frozen=True)
class Example:
    """A question, the report it is asked of, and whether it is answered there; where it is, by a paragraph with these words."""

    question: str
    report: str
    answered: bool
    words: str = ""


def main(data: Path, evaluation: Path) -> None:
    """Print the weights, and how well they part the questions that they were learned from."""
    with tempfile.TemporaryDirectory() as folder:
        read = features(Assistant.open(Path(folder) / "read"), *passages(data, Path(folder)))
        tuned = features(Assistant.open(Path(folder) / "tuned"), *own_questions(evaluation))
    values, answered = (np.concatenate(both) for both in zip(read, tuned, strict=True))
    strength = np.concatenate([np.full(len(read[1]), READ_WEIGHT), np.full(len(tuned[1]), TUNED_WEIGHT)])
    weights = fitted(values, answered, strength)
    print(f"INTERCEPT = {weights[0]:.2f}")
    for name, weight in zip(NAMES, weights[1:], strict=True):
        print(f'    "{name}": {weight:.2f},')
    for name, (own, labels) in {"read": read, "tuned": tuned}.items():
        print(
            f"{name}: {len(labels)} questions, area under the curve {area(weights[0] + own @ weights[1:], labels):.3f}"
        )


def passages(data: Path, folder: Path) -> tuple[list[Path], list[Example]]:
    """Return a report of passages to learn from, cut to paragraphs, and questions on them."""
    asked: dict[str, list[dict[str, Any]]] = {}
    for name in FILES:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if not held_out(record["passage"]):
                    asked.setdefault(record["passage"], []).append(record)
    chosen = random.Random(SEED)
    texts = chosen.sample(sorted(asked), min(PASSAGES, len(asked)))
    paragraphs: list[str] = []
    examples = []
    for at, text in enumerate(texts):
        records = chosen.sample(asked[text], min(QUESTIONS_EACH, len(asked[text])))
        gone = str(records[0]["answers"][0]) if at % TAKEN_OUT_EVERY == 0 else ""
        kept = [s for s in sentences(text.replace("\n", " ")) if not gone or gone not in s]
        if not kept or len(gone) > MAX_ANSWER_CHARS:
            continue
        paragraphs += _paragraphs(kept)
        for record in records[:1] if gone else records:
            examples.append(Example(str(record["question"]), "passages", not gone, str(record["answers"][0])))
    others = swapped({text: [str(r["question"]) for r in asked[text]] for text in texts}, SWAPPED, chosen)
    examples += [Example(question, "passages", False) for question in others]
    file = folder / "passages.txt"
    numbered = "\n\n".join(f"{number}. {text}" for number, text in enumerate(paragraphs, start=1))
    file.write_text(f"汇编\n\n一. 段落\n\n{numbered}\n", encoding="utf-8")
    return [file], examples


def own_questions(evaluation: Path) -> tuple[list[Path], list[Example]]:
    """Return the reports of the evaluation sets and the questions to tune on, some that one answers also asked of another."""
    records = [
        json.loads(line) for name in TUNED for line in (evaluation / name).read_text(encoding="utf-8").splitlines()
    ]
    examples = [Example(r["question"], r["report"], bool(r["gold"]), "".join(r.get("answer", [])[:1])) for r in records]
    reports = sorted({example.report for example in examples})
    astray = [
        Example(example.question, reports[(reports.index(example.report) + 1) % len(reports)], False)
        for example in examples
        if example.answered
    ][::ASTRAY_EVERY]
    return sorted((evaluation / "reports").glob("*.txt")), [*examples, *astray]


def features(
    assistant: Assistant, reports: Sequence[Path], examples: Sequence[Example]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what `assistant` finds for each question, (n, features), and 1 where it is answered, else 0, (n,).

    Left out are questions that are refused outright, and those that are answered by a paragraph that was not found.
    """
    ids = {file.stem: assistant.library.add(file).id for file in reports}
    values, answered = [], []
    for example in examples:
        report = ids.get(example.report, example.report)
        with assistant._view([report]) as view:
            found = candidate_evidence(example.question, view)
        if found and (not example.answered or _bare(example.words) in _bare(found.text)):
            values.append(found.evidence.values())
            answered.append(float(example.answered))
    return np.array(values), np.array(answered)


def fitted(
    values: NDArray[np.float64], answered: NDArray[np.float64], strength: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the intercept and weights of a logistic regression, by Newton's method, (1 + features,).

    The ridge penalty is on what the features weigh once each has a spread of 1.
    """
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    x = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (strength * (answered - p)) - ridge @ weights
        weights = weights + np.linalg.solve((x * (strength * p * (1 - p))[:, None]).T @ x + ridge, gradient)
    by_value = weights[1:] / spread
    return np.concatenate([[weights[0] - by_value @ mean], by_value])


def area(scores: NDArray[np.float64], answered: NDArray[np.float64]) -> float:
    """Return the share of pairs of an answered and an unanswered question in which the answered one scores higher."""
    above = scores[answered == 1][:, None] - scores[answered == 0][None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def _bare(text: str) -> str:
    return "".join(matched(text).split())


def _paragraphs(pieces: Sequence[str]) -> Iterator[str]:
    current = ""
    for piece in pieces:
        if current and len(current) + len(piece) > PARAGRAPH_CHARS:
            yield current
            current = ""
        current += piece
    yield current


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
