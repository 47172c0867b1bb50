"""Numbers that begin again at 1 below a heading without a mark: what that heading is called in their labels.

The first run of a scope keeps its bare numbers; each further run gets the name of its heading, so that a label stays what it
is when a report gains another run. A run that is an extract, begun above 1, does not make the next one a restart.
"""

import re
from functools import lru_cache, partial

from corpus.block import Block
from corpus.label import Label, Step
from corpus.numbering.outline import Heading
from corpus.numbering.state import State

_MAX_NAME_CHARS, _MAX_NAME_HAN = 48, 20
_NOT_IN_SCOPES = re.compile(r"[/]")
_LEFT_OUT = re.compile(r"[()（）¶#“”\"]")
_SERIES_NUMBER = re.compile(r"\d+|\b[IVXLC]+\b")
_OWN_NUMBER = re.compile(r"\d[\d/.-]*")


def begin_again(state: State, value: int, block: Block) -> None:
    """Put the number `value` into the run it belongs to: end a run, go on with one, or begin one, where that is plain."""
    scope, place = state.outline.scope, state.place
    before = state.place_at(state.run)
    if (
        state.scopes
        and place.number == 0
        and value > 1
        and state.run != scope
        and before
        and value == before.number + 1
    ):
        state.run_on += 1
    if value == place.number + 1:
        if place.number == 0:
            place.first, place.opened = value, _opened(state)
        state.run = scope
        return
    named = next((h for h in reversed(state.outline.headings) if h.scope and h.line in state.restarted), None)
    if named is not None and named.scope == scope[-1]:
        outer = state.place_at(scope[:-1])
        if outer is not None and value == outer.number + 1:
            state.outline.cut(named)
            state.run = state.outline.scope
            return
    heading = _heading_since(state)
    if state.run[:-1] == scope and state.run != scope and before is not None and value == before.number + 1:
        if heading is not None:
            heading.scope = state.restarted[heading.line] = state.run[-1]
        elif place.opened:
            state.overtaken[place.opened] = state.run[-1]
    elif heading is not None and value == 1 and place.first == 1:
        heading.scope = state.restarted[heading.line] = name_of(state, heading)
    elif value == 1 and place.first == 1 and not _below_new_heading(state) and _goes_on(state):
        _begin_without_heading(state, block)
    if place.number == 0:
        place.first, place.opened = value, _opened(state)
    state.run = state.outline.scope


def _begin_without_heading(state: State, block: Block) -> None:
    """Put the second list 1. 2. of a scope that no heading parts from the first into a scope of its own, a finding."""
    name = state.restarted.get(block.line) or state.restarted.free(partial(_occurrence, state))
    state.restarted[block.line] = name
    state.remark("repeat", "1", block)
    state.outline.headings.append(Heading("", "unmarked", line=block.line, scope=name, cited=True))


def _below_new_heading(state: State) -> bool:
    headings = state.outline.headings
    inner = max((i + 1 for i, h in enumerate(headings) if h.scope), default=0)
    return any(not h.counted for h in headings[inner:])


def _goes_on(state: State) -> bool:
    """Whether 2 comes next among the numbers ahead."""
    return next((mark.sign for mark in state.document.marks_ahead() if mark.kind == "number"), "") == "2"


def bracketed_again(state: State, value: int) -> None:
    """Name the heading that (1), (2) below it are cited by, where they are no list of a paragraph, as in a commentary."""
    last = state.outline.last
    if state.place.main is not None or last is None or last.family != "unmarked" or last.scope:
        return
    scope, name, before = state.bracketed
    here = state.outline.scope
    if value == before + 1 > 1 and scope == here:
        last.scope = state.restarted[last.line] = name
    elif (
        value == 1 and not last.filled and any(m.kind == "item" and m.sign == "2" for m in state.document.marks_ahead())
    ):
        last.scope = state.restarted[last.line] = name_of(state, last)


def names_for_next(state: State) -> dict[int, str]:
    """Return the headings to name in the next reading: those found, and of a run overtaken by a later one its own."""
    main = set(state.overtaken.values())
    names = {line: name for line, name in state.restarted.items() if name not in main}
    for line in state.overtaken:
        names[line] = name_of(state, Heading(state.unmarked[line], "unmarked", line=line))
    return names


def name_of(state: State, heading: Heading) -> str:
    """Return what a heading is called in labels: its words, or the number that opens them; unlike any other's in its scope."""
    number = _OWN_NUMBER.match(heading.text)
    if number and number[0].rstrip("/.-"):
        number_of = number[0].rstrip("/.-").replace("/", "-")
        name = f"第{number_of}号" if state.language == "zh" else f"No. {number_of}"
    else:
        name = _cut(
            re.sub(r"\s+", " ", _LEFT_OUT.sub(" ", _NOT_IN_SCOPES.sub("-", heading.text))).strip(" ,.:;，。：；")
        )
    article = next((h for h in state.outline.headings if h.family == "article" and h is not heading), None)
    if article is not None and not number:
        name = f"{article.sign} {name}"
    if not _parses(name):
        name = _occurrence(state, 2)
        if state.restarted.is_used(name, heading.line):
            return state.restarted.free(partial(_occurrence, state), heading.line)
    if not state.restarted.is_used(name, heading.line):
        return name
    return state.restarted.free(lambda count: f"{name} {count}", heading.line)


def _occurrence(state: State, count: int) -> str:
    return f"第{count}处" if state.language == "zh" else f"occurrence {count}"


def in_series(restarted: dict[int, str], headings: dict[int, str]) -> list[int]:
    """Return the lines of the headings that are of one series with those whose numbers begin again: Decision 1, Decision 2.

    Args:
        restarted: names of headings below which numbers begin again, by their lines.
        headings: all headings without a mark, by their lines.
    """
    stems = {_stem(headings[line]) for line in restarted if line in headings} - {""}
    return [line for line, text in headings.items() if line not in restarted and _stem(text) in stems]


def _stem(text: str) -> str:
    """Return a numbered heading without its numbers and what comes behind the first; empty where it has none."""
    found = _SERIES_NUMBER.search(text)
    if found is None:
        return ""
    return text[: found.start()] + "#" if found.start() else ("#/#" if "/" in text[:12] else "")


def _cut(name: str) -> str:
    han = bool(re.search(r"[㐀-鿿]", name))
    if han:
        return name[:_MAX_NAME_HAN]
    return (
        name
        if len(name) <= _MAX_NAME_CHARS
        else name[: _MAX_NAME_CHARS + 1].rpartition(" ")[0] or name[:_MAX_NAME_CHARS]
    )


@lru_cache(maxsize=4096)
def _parses(name: str) -> bool:
    """Whether labels below a scope of this name can be read again."""
    for label in (Label((Step("number", "1"),), (name,)), Label((Step("unnumbered", "1"),), (name,))):
        try:
            if Label.parse(str(label)) != label:
                return False
        except ValueError:
            return False
    return True


def _opened(state: State) -> int:
    last = state.outline.last
    return last.line if last is not None and last.family == "unmarked" and not last.scope else 0


def _heading_since(state: State) -> Heading | None:
    """Return the outermost heading of the scope in force below which no number stands yet, where it has no mark.

    A heading with a mark above it begins the numbers again itself, unless the document was found not to.
    """
    headings = state.outline.headings
    inner = max((i + 1 for i, h in enumerate(headings) if h.scope), default=0)
    since = [h for h in headings[inner:] if not h.counted]
    if state.lenient:
        since = [h for h in since if h.family == "unmarked"]
    return since[0] if since and since[0].family == "unmarked" else None
