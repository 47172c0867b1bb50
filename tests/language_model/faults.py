"""Answers with planted faults, and right ones, by a real endpoint: how many of each are shown as supported.

    python -m tests.language_model.faults [N]

N answers of each side, 200 unless told, made of what answers the questions of the evaluation sets over three reports.
"""

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from assistant import Assistant
from assistant.answering import is_looked_up
from assistant.evaluation import load_questions
from assistant.sentences import sentences
from assistant.wording import WORDING
from tests.language_model.server import Model, served

EVALUATION = Path(__file__).parents[1] / "evaluation"
SETS = ("report_dev", "report_own", "wetland_regulations", "river_ports")
SEED = 5
_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_NEGATION = re.compile(r"(?<![不无])不得|不应|未经|没有|不(?=[是能会可需予宜])|\bnot \b|\bno (?=[a-z])")


@dataclass(frozen=True)
class Case:
    """A question and a sentence of the report that answers it."""

    question: str
    sentence: str


def main(n: int) -> None:
    """Print how many of `n` planted faults were caught, and how many of `n` right answers were taken for faulty."""
    with tempfile.TemporaryDirectory() as home:
        assistant = Assistant.open(home)
        for file in sorted((EVALUATION / "reports").glob("*.txt")):
            assistant.library.add(file)
        cases = list(cases_of(assistant))
        for name, kinds in (("planted faults", FAULTS), ("right answers", RIGHT)):
            caught, of = outcomes(assistant, cases, kinds, n)
            print(f"{name}: {sum(caught.values())} of {sum(of.values())} not shown as supported")
            for kind in kinds:
                print(f"  {kind:24}{caught[kind]:5} of {of[kind]}")


def cases_of(assistant: Assistant) -> Iterator[Case]:
    """Yield each answered question with the sentences that are quoted for it."""
    for name in SETS:
        for question in load_questions(EVALUATION / f"{name}.jsonl"):
            answer = assistant.ask(question.question) if question.gold and not is_looked_up(question.question) else None
            if answer and not answer.abstained:
                for sentence in [s for c in answer.citations[:2] for s in sentences(c.quote)][:3]:
                    if len(sentence) >= 12 and "\t" not in sentence:
                        yield Case(question.question, sentence)


def outcomes(
    assistant: Assistant, cases: list[Case], kinds: "dict[str, Kind]", n: int
) -> tuple[Counter[str], Counter[str]]:
    """Return how many answers of each kind were not shown as supported, and how many there were."""
    caught: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for kind, make in kinds.items():
        chosen = random.Random(SEED)
        shuffled = chosen.sample(cases, len(cases))
        for said, question in islice(_made(assistant, shuffled, make, chosen), n // len(kinds)):
            of[kind] += 1
            caught[kind] += is_unsupported(said_by(assistant, question, lambda _, said=said: said).text)
    return caught, of


def said_by(assistant: Assistant, question: str, reply: Callable[[list[dict[str, str]]], str]):  # type: ignore[no-untyped-def]
    """Return the answer where a model says `reply`."""
    with served(Model(reply)) as model:
        settings = replace(assistant.settings, model_url=model.url, model_name="m", model_timeout_s=5.0)
        return replace(assistant, settings=settings).ask(question)


def is_unsupported(text: str) -> bool:
    """Whether nothing of what the model said was shown as supported."""
    return text.startswith(tuple(WORDING["model_unsupported"].values()))


Kind = Callable[[str, str, dict[str, str], random.Random], str]
"""Makes an answer of a sentence, the number of its passage, all passages by their numbers, and chance; empty where it cannot."""


def _made(assistant: Assistant, cases: list[Case], make: Kind, chance: random.Random) -> Iterator[tuple[str, str]]:
    for case in cases:
        sent: list[str] = []
        said_by(assistant, case.question, lambda messages, sent=sent: sent.append(messages[-1]["content"]) or "")
        passages = dict(_PASSAGE.findall(sent[0])) if sent else {}
        own = next((n for n, text in passages.items() if case.sentence in text), "")
        said = make(case.sentence, own, passages, chance) if own else ""
        if said:
            yield said, case.question


def _cited(sentence: str, number: str) -> str:
    return f"{sentence}[{number}]"


def _wrong_label(sentence: str, own: str, passages: dict[str, str], chance: random.Random) -> str:
    others = [n for n, text in passages.items() if sentence[:12] not in text]
    return _cited(sentence, chance.choice(others)) if others else ""


def _label_elsewhere(sentence: str, _own: str, passages: dict[str, str], _chance: random.Random) -> str:
    return _cited(sentence, str(len(passages) + 3))


def _number(sentence: str, own: str, _passages: dict[str, str], chance: random.Random) -> str:
    numbers = list(re.finditer(r"(?<![\d/.A-Za-z-])\d+(?![\d/.A-Za-z-])", sentence))
    if not numbers:
        return ""
    match = chance.choice(numbers)
    other = str(int(match[0]) + chance.choice([1, 2, 7, 30]))
    changed = sentence[: match.start()] + other + sentence[match.end() :]
    return _cited(changed, own) if other not in _passages[own] else ""


def _negation(sentence: str, own: str, _passages: dict[str, str], _chance: random.Random) -> str:
    match = _NEGATION.search(sentence)
    if not match:
        return ""
    kept = match[0].lstrip("不未没无") if not match[0].isascii() else ""
    return _cited(sentence[: match.start()] + kept + sentence[match.end() :], own)


def _quotation(sentence: str, own: str, _passages: dict[str, str], chance: random.Random) -> str:
    bare = re.sub(r"[“”「」『』\"]", "", sentence)[:40]
    at = chance.randrange(2, len(bare) - 1)
    while not bare[at].isalnum():
        at -= 1
    changed = bare[:at] + ("某" if ord(bare[at]) > 255 else "x") + bare[at + 1 :]
    return _cited(f"报告说：“{changed}”" if ord(sentence[0]) > 255 else f'The report says: "{changed}"', own)


def _verbatim(sentence: str, own: str, _passages: dict[str, str], _chance: random.Random) -> str:
    return _cited(sentence, own)


def _shortened(sentence: str, own: str, _passages: dict[str, str], _chance: random.Random) -> str:
    parts = [part for part in re.split(r"(?<=[，；,;])", sentence) if part.strip()]
    kept = "".join(parts[: max(1, len(parts) // 2)]).rstrip("，；,; ")
    return _cited(kept, own) if len(parts) > 1 and len(kept) >= 8 else ""


def _quoted(sentence: str, own: str, _passages: dict[str, str], _chance: random.Random) -> str:
    chinese = bool(re.search(r"[一-鿿]", sentence))
    bare = re.split(r"[“”「」『』\"‘’：:（(]", sentence)[0][:60]
    bare = bare if len(bare) < 60 else re.split(r"[，,；;\s][^，,；;\s]*$", bare)[0]
    lead = "报告的原话是" if chinese else "In the report's words: "
    return _cited(f"{lead}“{bare.strip('，, ')}”", own) if len(bare) >= 8 else ""


def _numerals(sentence: str, own: str, _passages: dict[str, str], _chance: random.Random) -> str:
    spelt = re.sub(r"(?<![\d.,/])([2-9])(?=个|项|种|名|天)", lambda m: "零一二三四五六七八九"[int(m[1])], sentence)
    spelt = re.sub(r"(?<=\d),(?=\d{3})", "", spelt)
    return _cited(spelt, own)


FAULTS: dict[str, Kind] = {
    "wrong label": _wrong_label,
    "label not there": _label_elsewhere,
    "altered number": _number,
    "dropped negation": _negation,
    "altered quotation": _quotation,
}
RIGHT: dict[str, Kind] = {
    "verbatim": _verbatim,
    "shortened": _shortened,
    "quoted": _quoted,
    "other numerals": _numerals,
}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
