"""A follow-up made whole from the turns before it, by rule: 它, 那2015年的呢, 下一段, 第三项是什么, or nothing but a new predicate.

Knows the words of following up in Chinese and English. What is not a follow-up is left as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, UnsupportedCitation, links_in
from assistant.answering import found_for
from assistant.query import names_of, understand
from assistant.references import references_in
from assistant.retrieval import matched
from assistant.view import View
from corpus.label import Label, Step
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.text import HAN, normalise

Turn = tuple[str, Answer] | dict[str, Any]
"""One turn of a conversation: a question with its answer, or a chat message `{"role", "content"}`."""

MAX_TURNS = 20
"""How many turns back a follow-up reaches."""
MIN_OWN_COVERAGE = 0.3
"""Share of a question's own words that a paragraph on the topic before must hold to be what the question is about."""
_NEAR = 0.15

_STEP = re.compile(
    rf"(?:往|向)?(?P<way>上|下|前|后|次)面?(?:的)?(?P<count>[{CHINESE_NUMERAL}\d]{{1,3}}|几)?(?P<unit>段|项|条)"
    r"|\b(?P<way_en>next|previous) (?P<unit_en>paragraph|item|one)\b"
)
_ONLY_NTH = re.compile(
    rf"^(?:那么?)?第(?P<nth>[{CHINESE_NUMERAL}\d]{{1,3}})[个项点条](?:是什么|呢|怎么说|说什么|讲什么)?$"
)
_ONLY_ITEM = re.compile(r"^(?:那么?)?\(?(?P<sign>[a-z])\)?[项款]?(?:呢|是什么|怎么说)?$")
_WHAT_OF = re.compile(r"^(?:那么?|还有|and |what about |how about )*(?P<what>.{1,30}?)的?(?:呢|又如何|怎么样|$)")
_ASKS_WHAT_OF = re.compile(r"呢$|又如何$|^(?:what|how) about |^and \w+$")
_PRONOUN = re.compile(
    r"它们?|他们?的?|她们?|该(?:机构|办公室|部门?|厅|组织|倡议|方案|国)|这个(?:机构|组织|部门|方案)|那[次份个位](?:会议|报告)?|"
    r"\b(?:it|its|they|their|them|he|she|his|her)\b"
)
_ORDINAL = re.compile(rf"第[{CHINESE_NUMERAL}\d]+[届次]")
_YEAR = re.compile(r"\d{4}年(?:\d+月)?(?:以[前后])?|\b(?:19|20)\d\d\b")
_LETTER = re.compile(rf"(?<=[{HAN}])[a-z](?![a-z])")


@dataclass(frozen=True)
class Exchange:
    """A turn before: what was asked, made whole, and the places that the answer cited, as report id and label."""

    question: str
    places: tuple[tuple[str, Label], ...]


def exchanges(history: Sequence[Turn], view: View) -> list[Exchange]:
    """Return the turns of `history` that count, oldest first, each question made whole.

    Raises:
        TypeError: an entry is neither a question with its answer nor a message with `role` and `content`.
    """
    turns: list[Exchange] = []
    for entry in history[-2 * MAX_TURNS :]:
        if isinstance(entry, dict):
            if not isinstance(entry.get("content"), str) or "role" not in entry:
                raise TypeError(f"expected a message with 'role' and a text as 'content', found {entry!r}")
            if entry["role"] == "user":
                turns.append(Exchange(made_whole(entry["content"], turns, view), ()))
            elif turns:
                turns[-1] = Exchange(turns[-1].question, _cited_in(entry["content"]))
        elif isinstance(entry, tuple | list) and len(entry) == 2 and isinstance(entry[1], Answer):
            answer = entry[1]
            places = tuple(dict.fromkeys((c.report, c.label) for c in answer.citations))
            turns.append(Exchange(answer.question or entry[0], places))
        else:
            raise TypeError(f"expected (question, Answer) or a message, found {entry!r}")
    return turns[-MAX_TURNS:]


def made_whole(question: str, turns: Sequence[Exchange], view: View) -> str:
    """Return `question` so that it stands on its own; itself where it does already."""
    if not turns or references_in(question):
        return question
    text = normalise(question).rstrip("?？。!！ ")
    place = next(((r, p) for turn in reversed(turns) for r, p in turn.places[:1]), None)
    if place and (stepped := _stepped(text, *place, view)):
        return stepped
    before = next((t.question for t in reversed(turns) if anchors(t.question, view)), turns[-1].question)
    if _ASKS_WHAT_OF.search(text) and (what_of := _WHAT_OF.match(text)):
        return _with_another(before, what_of["what"], view)
    topic = " ".join(anchors(before, view))
    pronoun = _PRONOUN.search(text)
    if pronoun and topic and not anchors(question, view):
        return f"{text[: pronoun.start()]}{topic}{' ' if topic.isascii() else ''}{text[pronoun.end() :]}"
    if topic and not anchors(question, view) and _is_of(topic, question, view):
        return f"{topic} {question}"
    return question


def anchors(question: str, view: View) -> list[str]:
    """Return what ties a question to one thing: the bodies, ordinals and years that it names, in their order."""
    text = normalise(question)
    found = [*names_of(question, view.index), *_ORDINAL.findall(text), *_YEAR.findall(text)]
    return sorted(dict.fromkeys(found), key=text.find)


def _cited_in(text: str) -> tuple[tuple[str, Label], ...]:
    """Return the places that an answer's Markdown links to; none where it holds a link that is not one of ours."""
    try:
        return tuple(dict.fromkeys(links_in(text)))
    except UnsupportedCitation:
        return ()


def _stepped(text: str, report: str, label: Label, view: View) -> str | None:
    """Return the place that lies so many paragraphs or items from the one cited before, as a question for it."""
    step = _STEP.search(text)
    if step:
        back = (step["way"] or step["way_en"]) in ("上", "前", "previous")
        count = (from_any(step["count"] or "") or 1) * (-1 if back else 1)
        if step["unit"] in ("项", "条") or step["unit_en"] == "item":
            target = view.sibling(report, label, count)
        else:
            target = view.neighbour(report, label, count)
        return str(target.shown("zh")) if target else None
    owner = (
        label if view.items(report, label) else Label(label.steps[:-1], label.scope) if len(label.steps) > 1 else None
    )
    nth, item = _ONLY_NTH.match(text), _ONLY_ITEM.match(text)
    items = view.items(report, owner) if owner and (nth or item) else []
    place = from_any(nth["nth"]) or 0 if nth else 0
    if nth and 0 < place <= len(items):
        return items[place - 1].paragraph.label.shown("zh")
    if item and items and owner:
        return Label((*owner.steps, Step("item", item["sign"])), owner.scope).shown("zh")
    return None


def _with_another(before: str, what: str, view: View) -> str:
    """Return the question before with `what` in the place of the thing of its kind; before all of it where there is none."""
    text = normalise(before)
    for kind in (_ORDINAL, _YEAR):
        if kind.search(what) and kind.search(text):
            return kind.sub(what, text, count=1)
    if re.fullmatch(r"[a-z]", what) and _LETTER.search(text):
        return _LETTER.sub(what, text, count=1)
    named = names_of(before, view.index)
    if named:
        return text.replace(named[0], what, 1)
    return f"{what} {before}"


def _is_of(topic: str, question: str, view: View) -> bool:
    """Whether a paragraph on `topic` holds what `question` asks, about as much as the best paragraph without it."""
    own = understand(question, view.index)
    with_topic, alone = found_for(f"{topic} {question}", view), found_for(question, view)
    if not (with_topic and with_topic[0][1] and alone and alone[0][1]):
        return False
    best, other = with_topic[0][1][0], alone[0][1][0]
    held = own.coverage(matched("；".join((best.hit.paragraph.text, *best.hit.context))))
    held_alone = own.coverage(matched("；".join((other.hit.paragraph.text, *other.hit.context))))
    return not best.lacking and held >= max(MIN_OWN_COVERAGE, held_alone - _NEAR)
