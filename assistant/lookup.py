"""The places that a question names, looked up: of each reference the paragraphs that a report has, and what none has."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Hit
from assistant.references import Reference
from assistant.view import View
from corpus.label import Label
from corpus.references.grammar import Place
from index.text import normalise

_ALIKE, _OWNER_CHARS, _MAX_PLACES = 0.5, 12, 4


@dataclass(frozen=True)
class LookUp:
    """What the references of a question led to.

    Attributes:
        hits: the paragraphs of each reference that a report has.
        missing: the references that no report has.
        absent: of a range that a report has in part, the places that it has not.
    """

    hits: tuple[tuple[Hit, ...], ...]
    missing: tuple[Reference, ...]
    absent: tuple[Label, ...] = ()


def look_up(references: Sequence[Reference], view: View) -> LookUp:
    """Return the paragraphs that `references` name; words that no report has a place for are missing only where certain."""
    hits, missing, absent = [], [], []
    for reference in references:
        places = [(place[0], _at(place, reference.owner, view)) for place in reference.places]
        found = [hit for _, at in places for hit in at]
        if found:
            hits.append(tuple(found))
            absent += [label for label, at in places if not at]
        elif reference.certain:
            missing.append(reference)
    return LookUp(tuple(hits), tuple(missing), tuple(absent))


def _at(place: Place, owner: str, view: View) -> list[Hit]:
    """Return the paragraphs at a place: of the law or treaty that the question names, where it names one.

    An article that several parts of a collection have is shown from the few that there are, or from none.
    """
    at = next(filter(None, map(view.at, place)), [])
    whole = place[0].scope or (place[0].steps and place[0].steps[0].kind == "article")
    parts = [[hit for hit in at if hit.report == report] for report in dict.fromkeys(hit.report for hit in at)]
    if whole and (owner or not at):
        parts += next(filter(None, map(view.within_parts, place)), [])
    if owner:
        likeness = [_likeness(owner, part[0], view) for part in parts]
        parts = [part for part, like in zip(parts, likeness, strict=True) if like == max(likeness) and like >= _ALIKE]
    return [hit for part in parts for hit in part] if len(parts) <= _MAX_PLACES or not whole else []


def _likeness(owner: str, hit: Hit, view: View) -> float:
    """Return how far one of the titles above a paragraph reads as `owner`, 0 to 1.

    1 where it has the name, or its characters in their order (外空条约); else the share of the name's pairs of characters.
    """
    name = owner[-_OWNER_CHARS:]
    titles = [normalise(title) for title in (view.titles()[hit.report], *hit.paragraph.heading_path)]
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    shares = [sum(pair in title for pair in pairs) / max(len(pairs), 1) for title in titles]
    return 1.0 if any(_in_order(name, title) for title in titles) else 0.9 * max(shares)


def _in_order(name: str, title: str) -> bool:
    rest = iter(title)
    return title.endswith(name[-2:]) and all(character in rest for character in name)
