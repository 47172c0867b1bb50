"""Explicit references in a question: 第30段, 第十二段（e）项, 第40至45段, 附件三, 脚注1, para. 12 (c). Knows no report.

A reference is looked up, never embedded. The grammar is that of the reports' own texts, `corpus.references.grammar`; here is what
only questions say: a number alone, 14段c项, 12(c).
"""

import re
from dataclasses import dataclass

from assistant.spelling import spelt_out
from corpus.label import Label, Step
from corpus.numerals import CHINESE_NUMERAL
from corpus.references.grammar import Place, mentions_in, paragraph_places
from corpus.references.number_lists import ITEM, NUMBER, TO
from corpus.references.text_places import UNIT
from index.text import normalise

_SHORT = re.compile(
    rf"(?<![\w/])(?P<number>(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{2,6}})(?:{TO}\d{{1,4}})?)段(?!时)(?P<after>[a-z](?![a-z0-9])|{ITEM}*)"
)
_BARE = re.compile(rf"(?:第|(?<![\w./()])(?=.{{1,6}}\())(?P<number>{NUMBER}{ITEM}+(?:{TO}{ITEM})?)(?![a-z0-9])")
_OF_ANOTHER_BEFORE = re.compile(r"(?:决议|公约|条约|宪章|议定书|协定|article|art\.)》?的? ?$")
_OF_ANOTHER_AFTER = re.compile(
    r" (?:of|to) (?:its |the )?(?:general assembly |security council )?(?:resolution|decision|charter)"
)
_ALONE = re.compile(r"^(?:段落 ?|[¶§] ?)?(\d{1,4}) ?(?:[.] ?)?([a-z])?$")
_INSERTED = re.compile(r"(?<=\d)() (bis|ter|quater)\b")


_OWNER = re.compile(r"([㐀-鿿]{1,20}(?:公约|条约|宪章|议定书|协定|法|条例|办法|规定|细则))》?的?$")
_IN_ANNEX = re.compile(r"》?(?:的| ?[,、:] ?| )?")
_OF_ANNEX = re.compile(r" (?:of|in|to) (?:the )?")
_Found = tuple[int, int, tuple[Place, ...], bool]


@dataclass(frozen=True)
class Reference:
    """One place that a question names, or the places of a list or a range.

    Attributes:
        printed: the words of the question (normalised) that name it.
        places: for each place what it can mean, to be tried in turn: an item without its number's own spelling (`(1)` for
            `(一)`), or an annex's paragraph for its item.
        certain: whether these words can mean nothing else. Bare ones (`12(c)`, 第三条, 附件) are a reference only where
            a report has the place.
        owner: the law or treaty whose article it is, as the question names it; empty where it names none.
    """

    printed: str
    places: tuple[Place, ...]
    certain: bool = True
    owner: str = ""

    @property
    def labels(self) -> tuple[Label, ...]:
        """The likeliest meaning of each place."""
        return tuple(place[0] for place in self.places)


def references_in(question: str) -> list[Reference]:
    """Return the places that `question` names, in order; none where it names none.

    Whether a report has the place is for the report to say.
    """
    text = _spelt_out(question)
    named = mentions_in(text)
    found = [(m.start, m.end, m.places, m.form != "article" and m.named) for m in named]
    rest = text
    for mention in named:
        rest = rest[: mention.start] + "\0" * (mention.end - mention.start) + rest[mention.end :]
    for pattern, certain in ((_SHORT, True), (_BARE, False)):
        for match in pattern.finditer(rest):
            places = paragraph_places(match["number"], match.groupdict().get("after") or "")
            found.append((match.start(), match.end(), places, certain))
            rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    found = [one for one in sorted(found) if one[2]]
    references = []
    for start, end, places, certain in _within_units(text, _within_annexes(text, found)):
        owner = _OWNER.search(text[:start])
        if owner and all(place[0].steps and place[0].steps[0].kind == "article" for place in places):
            references.append(Reference(text[start:end], places, False, owner[1]))
        elif not _elsewhere(text, start, end):
            references.append(Reference(text[start:end], places, certain))
    return references


def _within_annexes(text: str, found: list[_Found]) -> list[_Found]:
    """Return the places with those that an annex is named with put into it: annex I, para. 6; para. 6 of annex I."""
    joined: list[_Found] = []
    for start, end, places, certain in found:
        before = joined[-1] if joined else None
        after_annex = before is not None and _is_annex(before[2]) and not _is_annex(places)
        if before is not None and after_annex and _IN_ANNEX.fullmatch(text[before[1] : start]):
            joined[-1] = (before[0], end, _in_scope(places, before[2][0]), True)
        elif before is not None and _OF_ANNEX.fullmatch(text[before[1] : start]) and _is_annex(places):
            joined[-1] = (before[0], end, _in_scope(before[2], places[0]), True)
        else:
            joined.append((start, end, places, certain))
    return joined


def _within_units(text: str, found: list[_Found]) -> list[_Found]:
    """Return the places with those that stand behind a principle or a guideline put into it, and units named alone."""
    joined = list(found)
    for unit in UNIT.finditer(text):
        number = unit["number"].upper()
        word = unit["word"].strip()
        name = f"{word.capitalize()} {number}" if word.isascii() else f"{word}{number}"
        whole: Place = (Label((), (name,)),)
        behind = next((f for f in joined if _IN_ANNEX.fullmatch(text[unit.end() : f[0]])), None)
        if any(f[0] <= unit.start() < f[1] for f in joined):
            continue
        if behind is not None and not behind[2][0][0].scope:
            joined[joined.index(behind)] = (unit.start(), behind[1], _in_scope(behind[2], whole), True)
        else:
            joined.append((unit.start(), unit.end(), (whole,), False))
    return sorted(joined)


def _is_annex(places: tuple[Place, ...]) -> bool:
    return len(places) == 1 and not places[0][0].steps


def _in_scope(places: tuple[Place, ...], scopes: Place) -> tuple[Place, ...]:
    """Return the places as they are called in an annex or a unit, in each of its spellings; 第3段 may have no number there."""
    return tuple(
        tuple(Label(steps, scope.scope) for scope in scopes for label in place for steps in _readings(label))
        for place in places
    )


def _readings(label: Label) -> list[tuple[Step, ...]]:
    first = label.steps[0]
    counted = first.kind == "number" and first.mark.isdecimal()
    return [label.steps, *([(Step("unnumbered", first.mark), *label.steps[1:])] if counted else [])]


def rest_of(question: str, references: list[Reference]) -> str:
    """Return the normalised question without the words of its references: what it asks of them."""
    text = _spelt_out(question)
    for reference in references:
        text = text.replace(reference.printed, " ", 1)
        text = text.replace(reference.owner, " ", 1) if reference.owner else text
    return text.strip(" 的")


def _spelt_out(question: str) -> str:
    """Return the question, normalised; one that is a number alone as the paragraph it means."""
    text = _ALONE.sub(lambda m: f"第{m[1]}{f'({m[2]})' if m[2] else ''}段", normalise(question))
    return spelt_out(_INSERTED.sub(r"\1\2", text))


def _elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the words around a reference say that it is a place in another document: a resolution's paragraph."""
    return bool(_OF_ANOTHER_BEFORE.search(text[:start]) or _OF_ANOTHER_AFTER.match(text[end:]))
