"""Reading comprehension as a library: every passage of CMRC 2018's training set is a paragraph of one report, and is asked about.

    python -m tests.evaluation.cmrc ../shared/data             # the library holds all 2,403 passages
    python -m tests.evaluation.cmrc ../shared/data --alone     # only those that are asked about

Measured are the questions of every tenth passage, drawn by a checksum of its words: neither the built-in embedding model nor
what chooses sentences and short answers has learnt from them. `--side learn` measures the others. Takes minutes.
"""

import argparse
import json
import lzma
import sys
import tempfile
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from assistant import Assistant
from assistant.answer import Answer
from assistant.reading.wanted import wanted
from corpus.label import Label
from index.text import normalise
from tests.evaluation.short_by_rules import short_by_rules

FILE = "cmrc2018-train.jsonl.xz"
TITLE = "阅读理解篇章"
ONE_IN = 10
"""Of so many passages one is measured."""
_REPORT_EVERY = 500


@dataclass(frozen=True)
class Asked:
    """A question of the set: the place of its passage among all, from 1, and the answers that count as right."""

    question: str
    passage: int
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What came of one question.

    Attributes:
        found: whether the first quotation is of the right passage.
        held: whether the first quotation holds the answer.
        refused: whether there was no answer.
        short: whether a short answer was given.
        exact: whether it is the right one, letter for letter but for white space and punctuation.
        f1: the share of characters that it and the right one have in common (CMRC 2018, doi:10.18653/v1/D19-1600).
        quoted: the characters of the first quotation.
        share: its share of the passage.
        ruled: whether rules alone give a short answer of that quotation.
        ruled_exact: whether that is the right one.
        ruled_f1: the share of characters that it and the right one have in common.
    """

    found: bool
    held: bool
    refused: bool
    short: bool
    exact: bool
    f1: float
    quoted: int
    share: float
    ruled: bool
    ruled_exact: bool
    ruled_f1: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--side", choices=("held-out", "learn"), default="held-out")
    parser.add_argument("--alone", action="store_true", help="leave the passages of the other side out of the library")
    parser.add_argument("--first", type=int, default=None, help="so many questions only")
    parser.add_argument("--wrong", type=Path, default=None, help="write the questions that went wrong there")
    arguments = parser.parse_args()
    rows = read(arguments.data / FILE)
    if arguments.alone:
        rows = [row for row in rows if drawn(row["passage"]) == (arguments.side == "held-out")]
    passages, questions = numbered(rows)
    asked = [q for q in questions if drawn(passages[q.passage - 1]) == (arguments.side == "held-out")]
    asked = asked[: arguments.first]
    with tempfile.TemporaryDirectory(prefix="pincite-cmrc-") as work:
        assistant = library_of(passages, Path(work))
        judged = []
        wrong = []
        for one in asked:
            answer = assistant.ask(one.question)
            judged.append(judge(one, answer, len(passages[one.passage - 1])))
            if not judged[-1].held or not judged[-1].exact:
                wrong.append(json.dumps(record(one, answer, judged[-1]), ensure_ascii=False) + "\n")
            if len(judged) % _REPORT_EVERY == 0:
                print(f"  {len(judged)} of {len(asked)}", file=sys.stderr)
    if arguments.wrong:
        arguments.wrong.write_text("".join(wrong), encoding="utf-8")
    for line in summary(judged, len(passages)):
        print(line)


def read(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def numbered(rows: Sequence[dict[str, Any]]) -> tuple[list[str], list[Asked]]:
    """Return the passages of records, each once, and the questions."""
    places = {text: i for i, text in enumerate(dict.fromkeys(row["passage"] for row in rows), start=1)}
    return list(places), [Asked(row["question"], places[row["passage"]], tuple(row["answers"])) for row in rows]


def drawn(passage: str) -> bool:
    """Whether a passage is measured; the embedding model's training holds out the same."""
    return zlib.crc32(normalise(passage).encode()) % ONE_IN == 0


def library_of(passages: Iterable[str], work: Path) -> Assistant:
    """Return an assistant over one report, of which each passage is a paragraph."""
    file = work / "passages.jsonl"
    rows = [{"title": TITLE}, *({"label": str(i), "text": text} for i, text in enumerate(passages, start=1))]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assistant = Assistant.open(work / "home")
    bundled = assistant.library.entries()[0].id
    assistant.library.add(file)
    assistant.library.remove(bundled)
    return assistant


def judge(asked: Asked, answer: Answer, passage_chars: int) -> Judged:
    """Return what came of a question."""
    first = answer.citations[0] if answer.citations else None
    quote = _plain(first.quote) if first else ""
    found = first is not None and first.label.within(Label.parse(str(asked.passage)))
    short = answer.short
    ruled = short_by_rules(first.quote, wanted(asked.question)) if first else ""
    return Judged(
        found,
        found and any(_plain(right) in quote for right in asked.answers),
        answer.abstained,
        bool(short),
        *_rightness(short, asked),
        len(first.quote) if first else 0,
        len(first.quote) / passage_chars if first and found else 0.0,
        bool(ruled),
        *_rightness(ruled, asked),
    )


def _rightness(given: str, asked: Asked) -> tuple[bool, float]:
    """Return whether a short answer is right letter for letter, and the F1 of its characters."""
    exact = any(_letters(given) == _letters(right) for right in asked.answers)
    return exact, max((overlap(given, right) for right in asked.answers), default=0.0)


def overlap(given: str, right: str) -> float:
    """Return the F1 of the characters of two answers, white space and punctuation aside; 0 where one is empty."""
    ours, theirs = Counter(_letters(given)), Counter(_letters(right))
    common = sum((ours & theirs).values())
    return 2 * common / (sum(ours.values()) + sum(theirs.values())) if common else 0.0


def record(asked: Asked, answer: Answer, judged: Judged) -> dict[str, object]:
    """Return a question that went wrong as JSON has it."""
    return {
        "question": asked.question,
        "right": asked.answers,
        "short": answer.short,
        "held": judged.held,
        "found": judged.found,
        "refused": judged.refused,
        "quotes": [c.quote for c in answer.citations[:2]],
    }


def summary(judged: list[Judged], n_passages: int) -> Iterator[str]:
    """Yield the figures."""

    def share(values: Iterable[float]) -> str:
        listed = list(values)
        return f"{sum(listed) / max(1, len(listed)):.3f}"

    quoted = [j for j in judged if j.found]
    yield f"{len(judged)} questions over {n_passages} passages"
    yield f"first quotation is of the right passage  {share(j.found for j in judged)}"
    yield f"first quotation holds the answer         {share(j.held for j in judged)}"
    yield f"  of those of the right passage          {share(j.held for j in quoted)}"
    yield f"refused                                  {share(j.refused for j in judged)}"
    yield f"first quotation, share of its passage    {share(j.share for j in quoted)}"
    yield f"first quotation, characters              {share(j.quoted for j in quoted)}"
    yield f"  the median                             {median([j.quoted for j in quoted] or [0])}"
    yield f"short answer given                       {share(j.short for j in judged)}"
    yield f"short answer, EM over all questions      {share(j.exact for j in judged)}"
    yield f"short answer, F1 over all questions      {share(j.f1 for j in judged)}"
    given = [j for j in judged if j.short]
    yield f"  EM / F1 where one is given             {share(j.exact for j in given)} / {share(j.f1 for j in given)}"
    ruled = [j for j in judged if j.ruled]
    yield f"by rules alone, given                    {share(j.ruled for j in judged)}"
    yield f"  EM / F1 over all questions             {share(j.ruled_exact for j in judged)} / {share(j.ruled_f1 for j in judged)}"
    yield f"  EM / F1 where one is given             {share(j.ruled_exact for j in ruled)} / {share(j.ruled_f1 for j in ruled)}"
    both = [j for j in judged if j.ruled and j.short]
    yield f"both given                               {share(j.ruled and j.short for j in judged)}"
    yield f"  EM / F1 learnt                         {share(j.exact for j in both)} / {share(j.f1 for j in both)}"
    yield f"  EM / F1 by rules                       {share(j.ruled_exact for j in both)} / {share(j.ruled_f1 for j in both)}"


def _plain(text: str) -> str:
    return "".join(text.split())


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if unicodedata.category(c)[0] not in "PSZ" and not c.isspace())


if __name__ == "__main__":
    main()
