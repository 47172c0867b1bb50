"""Training rows made from the corpora: a text, one that belongs to it, and one that looks like it and does not.

Each row is (anchor, positive, negative). The negative comes from the same law, news story or passage wherever there is
one: it shares the subject, so telling it apart takes the words that matter. It knows nothing of models or files.
"""

import random
import re
from collections.abc import Iterator, Sequence

from index.training.data import Article, Corpora, Question

Row = tuple[str, str, str]
"""Anchor, positive, negative."""

PASSAGE_LENGTH = 240
"""Characters of a passage cut from a longer text; a numbered paragraph of a report is about so long."""

_SENTENCE_END = re.compile(r"(?<=[。!?;])|(?<=\.)\s")
_CLAUSE_END = re.compile(r"(?<=[,。!?;:、])")
_FRAMES = (
    "{}是什么", "什么是{}", "{}有哪些", "{}怎么办", "如何{}", "{}吗", "{}是怎样的", "为什么{}", "谁{}", "{}有什么规定",
    "{}是多少", "关于{}说了什么", "哪些{}", "{}的情况如何", "请问{}", "what is {}", "how {}",
)  # fmt: skip


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, in order, without the empty ones."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def passages(text: str, length: int = PASSAGE_LENGTH) -> list[str]:
    """Return `text` in passages of whole sentences, each of about `length` characters."""
    found, current = [], ""
    for sentence in sentences(text):
        if current and len(current) + len(sentence) > length:
            found.append(current)
            current = ""
        current = (current + " " + sentence).strip() if sentence.isascii() else current + sentence
    return [*found, current] if current else found


def cloze_rows(
    groups: Sequence[Sequence[tuple[str, str]]], rng: random.Random, keep: float, share: float
) -> Iterator[Row]:
    """Yield rows whose anchor is a sentence or clause and whose positive is the text around it.

    The inverse cloze task of Lee, Chang and Toutanova (2019, https://aclanthology.org/P19-1612).

    Args:
        groups: texts of one subject, each (title, text); the negative is another text of the same group.
        rng: the run's random numbers.
        keep: the chance that the positive still holds the anchor, which teaches that equal words count.
        share: the chance that a text gives a row; another epoch draws other texts.
    """
    for group in groups:
        for place, (title, text) in enumerate(group):
            if rng.random() >= share:
                continue
            parts = sentences(text)
            if len(parts) < 2:
                parts = [part for part in _CLAUSE_END.split(text) if part]
            if len(parts) < 2:
                continue
            pick = rng.randrange(len(parts))
            rest = text if rng.random() < keep else "".join(parts[:pick] + parts[pick + 1 :])
            others = [other for other in range(max(0, place - 8), min(len(group), place + 9)) if other != place]
            other = group[rng.choice(others)] if others else ("", text[::-1])
            yield _as_query(parts[pick], rng), f"{title} {rest}".strip(), " ".join(other).strip()


def question_rows(questions: Sequence[Question], rng: random.Random) -> Iterator[Row]:
    """Yield two rows a question: to its whole passage, and to the part of it that holds the answer."""
    for place, item in enumerate(questions):
        parts = passages(item.passage)
        holders = [part for part in parts if item.answer and item.answer in part]
        rest = [part for part in parts if part not in holders]
        stranger = questions[(place + 97) % len(questions)].passage
        yield item.question, item.passage, stranger
        if holders and rest:
            yield item.question, rng.choice(holders), rng.choice(rest)


def translation_rows(corpora: Corpora, rng: random.Random) -> Iterator[Row]:
    """Yield rows across the two languages: sentences and dictionary entries, in both directions."""
    for pairs in (corpora.parallel, [(head, rng.choice(senses)) for head, senses in corpora.lexicon]):
        strangers = list(pairs)
        rng.shuffle(strangers)
        for (chinese, english), (other_chinese, other_english) in zip(pairs, strangers, strict=True):
            if rng.random() < 0.5:
                yield chinese, english, other_english
            else:
                yield english, chinese, other_chinese


def law_groups(articles: Sequence[Article]) -> list[list[tuple[str, str]]]:
    """Return the articles by law, each as (name, text)."""
    laws: dict[str, list[tuple[str, str]]] = {}
    for article in articles:
        laws.setdefault(article.law, []).append((article.name, article.text[:600]))
    return list(laws.values())


def news_groups(news: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return each story's passages, without titles."""
    return [[("", passage) for passage in passages(story)[:3]] for story in news]


def _as_query(text: str, rng: random.Random) -> str:
    """Return `text` or a part of it, sometimes inside a question's words, as a person might ask for it."""
    clauses = [clause for clause in _CLAUSE_END.split(text) if len(clause) > 5]
    if len(clauses) > 1 and rng.random() < 0.6:
        text = rng.choice(clauses)
    if len(text) > 12 and rng.random() < 0.3:
        start = rng.randrange(len(text) - 8)
        text = text[start : start + rng.randrange(8, 25)]
    return rng.choice(_FRAMES).format(text) if rng.random() < 0.3 else text
