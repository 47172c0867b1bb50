"""Questions without an answer, made of questions that have one: what is asked of one passage is put to what another is about.

What a passage is about are the words that a question and the passage's opening have in common. Knows no report.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.text import normalise

OPENING_CHARS = 30
_TOPIC_CHARS = range(2, 13)
_TRIED = 8
"""Every second time, of so many questions the one is taken whose words stand most in the other passage: the nearest miss."""
_DRAWS = 4
"""How many draws a question may take on the average."""
_ANSWERED_SHARE = 0.75
"""What is asked is taken to be answered where the passage has this share of its pairs of characters."""
_SAME_SHARE = 0.45
"""Two questions ask the same where they share so much of their pairs of characters."""


@dataclass(frozen=True)
class _Item:
    passage: str
    question: str
    topic: str


def swapped(asked: Mapping[str, Sequence[str]], count: int, chosen: random.Random) -> list[str]:
    """Return `count` questions, each on the topic of one passage and asking what was asked of another.

    Args:
        asked: the questions of each passage.
        count: how many are wanted; fewer where the passages have no topics.
        chosen: draws them.
    """
    items = [
        _Item(passage, question, topic)
        for passage, questions in sorted(asked.items())
        for question in map(normalise, questions)
        if len(topic := _common(question, normalise(passage)[:OPENING_CHARS])) in _TOPIC_CHARS
    ]
    found: list[str] = []
    for n in range(_DRAWS * count if items else 0):
        about, others = chosen.choice(items), chosen.sample(items, min(len(items), _TRIED if n % 2 else 1))
        question = _nearest_miss(about, [o for o in others if o.passage != about.passage], asked[about.passage])
        if question:
            found.append(question)
        if len(found) == count:
            break
    return found


def _nearest_miss(about: _Item, others: Sequence[_Item], own: Sequence[str]) -> str:
    """Return what one of `others` asks, asked of a topic; empty where all of them are answered or asked there."""
    text = normalise(about.passage)
    best, question = -1.0, ""
    for other in others:
        pairs = _pairs(other.question.replace(other.topic, ""))
        if not pairs or any(len(pairs & _pairs(normalise(q))) / len(pairs) > _SAME_SHARE for q in own):
            continue
        share = sum(pair in text for pair in pairs) / len(pairs)
        if best < share < _ANSWERED_SHARE:
            best, question = share, other.question.replace(other.topic, about.topic)
    return question


def _common(a: str, b: str) -> str:
    """Return the longest run of characters that both have."""
    longest = ""
    for start in range(len(a)):
        while start + len(longest) < len(a) and a[start : start + len(longest) + 1] in b:
            longest = a[start : start + len(longest) + 1]
    return longest


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
