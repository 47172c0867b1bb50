"""A follow-up made whole from the turns before it, by rule: 它, 那2015年的呢, 还有呢, 谁说的, or nothing but a new predicate.

Knows the words of following up in Chinese and English. What is not a follow-up is left as it is. A place that lies so many
steps from the one cited before (下一段, 第三项) is `assistant.steps`'s business, what a question is about `assistant.topic`'s.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, UnsupportedCitation, links_in
from assistant.answering import answered
from assistant.candidates import found_for
from assistant.filler import filler_of
from assistant.query import names_of, understand
from assistant.reading.wanted import wanted
from assistant.references import references_in
from assistant.second_look import matched
from assistant.small_talk import reply_to_small_talk
from assistant.steps import stepped
from assistant.topic import (
    ORDINAL,
    ORDINAL_EN,
    YEAR,
    anchors,
    as_printed,
    asked_of,
    asking_else,
    topic_of,
    with_another,
)
from assistant.view import View
from corpus.label import Label
from index.text import normalise
from index.tokenizer import plain_numbers

Turn = tuple[str, Answer] | dict[str, Any]
"""One turn of a conversation: a question with its answer, or a chat message `{"role", "content"}`."""

MAX_TURNS = 20
"""How many turns back a follow-up reaches."""
MIN_OWN_COVERAGE = 0.3
"""Share of a question's own words that a paragraph on the topic before must hold to be what the question is about."""
_NEAR = 0.15

_RECALLED = 4
"""How many questions back another thing is asked of."""
_ONLY_ASKED = re.compile(
    r"^(?:那么?)?(?:又)?(?P<asked>(?:是)?[在于从到由]?"
    r"(?:什么(?:时候|时间|地方)|哪[里儿年天]|何[时地]|谁|多少))呢?$"
)
_YEAR_STEP = re.compile(
    r"^(?:那么?)?(?P<way>[前后下上次])一?年呢?$|^and (?:in )?the year (?P<way_en>after|before)(?: that)?$"
)
_SESSION_STEP = re.compile(
    r"^(?:那么?)?(?P<way>[下上前后])一?[届次]呢?$"
    r"|^(?:and |what about )*the (?P<way_en>next|previous) (?:one|session)$"
)
_WHAT_OF = re.compile(
    r"^(?:那么?|还有|and |what about |how about |in |for |on |at )*(?P<what>.{1,60}?)的?(?:呢|又如何|怎么样|$)"
)
_ASKS_WHAT_OF = re.compile(
    r"呢$|又如何$|^(?:what|how) about |^and (?!(?:when|where|who|what|why|how|which|is|are|was|were|did|does|do|will|can)\b)"
)
_PRONOUN = re.compile(
    r"它们?|他们?的?|她们?|该(?:机构|办公室|部门?|厅|组织|倡议|方案|国)|这个(?:机构|组织|部门|方案)|那[次份个位](?:会议|报告)?|"
    r"\b(?:it|its|they|their|them|he|she|his|him|her|that)\b",
    re.IGNORECASE,
)
_SUBJECTLESS = re.compile(
    r"^(?:最后|具体|后来|当时)?是?(?:由谁|由哪|在哪|到哪|从哪|派|什么时候|何时|哪一?[年天月]|怎么|为什么|(?!共?有)[一-鿿]{1,2}了?(?:什么|哪|多少))"
)
_LEAD_IN = re.compile(
    r"^(?:好的?|嗯|ok|okay|thanks|那么?(?!次|份|个|位)|and|so|then)[，,。.! ]+|^那么?(?=[^次份个位么]{2})|^and "
)
_DIGITS = re.compile(r"\d+")


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
    turns = [turn for turn in turns if not reply_to_small_talk(turn.question, "zh")]
    if not turns or references_in(question):
        return question
    text = normalise(question).rstrip("?？。!！ ")
    place = next(((r, p) for turn in reversed(turns) for r, p in turn.places[:1] if view.has(r)), None)
    if place and (at := stepped(text, *place, view)):
        return at
    recalled = [turn.question for turn in reversed(turns[-_RECALLED:])]
    if counted := _counted_on(text, recalled):
        return counted
    if (asked := _ONLY_ASKED.match(text)) and (other := asking_else(recalled[0], asked["asked"])):
        return other
    if _ASKS_WHAT_OF.search(text) and (what_of := _WHAT_OF.match(text)):
        what = as_printed(what_of["what"], question)
        if what.isascii() and _PRONOUN.search(what):  # what about its members: of what was asked about, another thing
            return _about_the_same(question, what, recalled, place, view)
        return _of_another(what, recalled, view)
    return _about_the_same(question, as_printed(_LEAD_IN.sub("", text), question), recalled, place, view)


def _of_another(what: str, recalled: Sequence[str], view: View) -> str:
    """Return a question before, asked of `what`: the newest that is answered so; else as it would be asked of the newest."""
    before = next((q for q in recalled if anchors(q, view.index)), recalled[0])
    of_kind = [asked for q in recalled if (asked := with_another(q, what, view.index))]
    whole = of_kind or [asked_of(recalled[0], what), f"{what} {before}"]
    if names_of(what, view.index):
        whole = [*whole, what]
    return next((asked for asked in whole if _is_answered(asked, view)), whole[0])


def _about_the_same(
    question: str, own: str, recalled: Sequence[str], place: tuple[str, Label] | None, view: View
) -> str:
    """Return a question that names no thing of its own about what was asked of before, if that is what it is about."""
    topics = [topic for topic in dict.fromkeys(topic_of(q, view.index) for q in recalled) if topic]
    if anchors(question, view.index) or not (topics or place):
        return question
    if pronoun := _PRONOUN.search(own):
        whole = [_put(topic, own, pronoun) for topic in topics]
        found = next((q for q in whole if _is_answered(q, view)), None)
        return found or _at_place(own, place, view) or (whole[0] if whole else question)
    told = f"{topics[0]} {own}" if topics else own
    if _SUBJECTLESS.match(own) and _is_answered(told, view):
        return told
    alone = not (topics and _SUBJECTLESS.match(own) and not _names_thing(own, view)) and _is_answered(own, view)
    if alone and _held_at(own, place, view) < max(MIN_OWN_COVERAGE, _held_alone(own, view) - _NEAR):
        return question
    of_topic = bool(topics) and _is_of(topics[0], own, view)
    if of_topic and _is_answered(told, view):
        return told
    if alone:
        return question
    return _at_place(own, place, view) or (told if of_topic or _SUBJECTLESS.match(own) else question)


def _names_thing(question: str, view: View) -> bool:
    """Whether a question has a noun of its own."""
    return any(view.index.tokenizer.names_thing(t.surface or t.word) for t in understand(question, view.index).terms)


def _put(topic: str, text: str, pronoun: re.Match[str]) -> str:
    gap = " " if topic.isascii() and text[pronoun.end() : pronoun.end() + 1] not in ("", " ") else ""
    return f"{text[: pronoun.start()]}{topic}{gap}{text[pronoun.end() :]}"


def _is_answered(question: str, view: View) -> bool:
    return not answered(question, view, "zh").abstained


def _at_place(own: str, place: tuple[str, Label] | None, view: View) -> str | None:
    """Return the question asked of the place cited before, where that holds enough of it."""
    if place is None or (understand(own, view.index).terms and _held_at(own, place, view) < MIN_OWN_COVERAGE):
        return None
    wants = filler_of(wanted(own))
    if wants and not wants.stands_in(
        "；".join(hit.paragraph.text for hit in view.at(place[1], place[0])), view.index.tokenizer
    ):
        return None
    return f"{place[1].shown('zh')} {own}"


def _held_at(own: str, place: tuple[str, Label] | None, view: View) -> float:
    """Return the share of a question's own words that the paragraph cited before holds, with what is above and below it."""
    hits = view.at(place[1], place[0]) if place else []
    text = "；".join(part for hit in hits for part in (hit.paragraph.text, hit.document, *hit.context))
    return understand(own, view.index).coverage(matched(text)) if hits else 0.0


def _held_alone(own: str, view: View) -> float:
    found = found_for(own, view)
    return found[0][1][0].coverage if found and found[0][1] else 0.0


def _counted_on(text: str, recalled: Sequence[str]) -> str | None:
    """Return the question before with the year or the session that comes next, or before it: 那下一届呢, and the year after."""
    for step, kind in ((_YEAR_STEP, YEAR), (_SESSION_STEP, ORDINAL), (_SESSION_STEP, ORDINAL_EN)):
        asked = step.match(text)
        before = next((plain_numbers(normalise(q)) for q in recalled if kind.search(normalise(q))), None)
        number = _DIGITS.search(before) if before else None
        if asked and before and number:
            back = (asked["way"] or asked["way_en"]) in ("前", "上", "before", "previous")
            return before.replace(number[0], str(int(number[0]) + (-1 if back else 1)), 1)
    return None


def _cited_in(text: str) -> tuple[tuple[str, Label], ...]:
    """Return the places that an answer's Markdown links to; none where it holds a link that is not one of ours."""
    try:
        return tuple(dict.fromkeys((address.report, address.label) for address in links_in(text)))
    except UnsupportedCitation:
        return ()


def _is_of(topic: str, question: str, view: View) -> bool:
    """Whether a paragraph on `topic` holds what `question` asks, about as much as the best paragraph without it."""
    own = understand(question, view.index)
    with_topic, alone = found_for(f"{topic} {question}", view), found_for(question, view)
    if not (with_topic and with_topic[0][1] and alone and alone[0][1]):
        return False
    best, other = with_topic[0][1][0], alone[0][1][0]
    held = own.coverage(matched("；".join((best.hit.paragraph.text, best.hit.document, *best.hit.context))))
    held_alone = own.coverage(matched("；".join((other.hit.paragraph.text, other.hit.document, *other.hit.context))))
    return not best.lacking and held >= max(MIN_OWN_COVERAGE, held_alone - _NEAR)
