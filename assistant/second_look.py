"""A second look at a candidate: what of the question it holds, and whether it is the kind of paragraph that answers.

Knows one question and one paragraph, not the others. The weights were learned (docs/experiments.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from assistant.answer import Hit
from assistant.query import Query
from assistant.terms import ATTENDING, FROM_THIS_YEAR, HELD, Term, is_exact
from index.text import normalise
from index.tokenizer import plain_numbers

HEADING_SHARE = 0.9
"""What a term counts that stands above a paragraph and not in it."""


@dataclass(frozen=True)
class Features:
    """What was seen of a candidate, or what each of it counts.

    Attributes:
        coverage: the share of the question's terms, by weight, that it or the headings above it hold, 0 to 1; it counts with
            the trust in words.
        lacking: how many exact terms neither it nor the headings above it hold; a symbol counts as `SYMBOL` of them, and so does
            a heading with another year than 今年 means.
        run: the longest run of characters that it shares with the question, over the length of the question, 0 to 1; counts
            with the trust in words.
        serves: the share of the time, number and place asked for that it holds, 0 to 1.
        enumerated: 1 where the names asked for stand only amid a long enumeration, and who attended is not asked.
        person: 1 for a row of a list of persons where the question asks for persons, and not for who did what it does not say.
        row: 1 for such a row where it does not.
        head: 1 for a row whose first cell is a term of the question or another name of it, and not only holds it.
        title: 1 for the title of an annex or a section.
        note: 1 for a footnote.
        list: 1 for a paragraph that opens a list where the question asks for several things or how many, 0.4 for one that
            has a list inside where it asks for several.
        item: 1 for an item where the question asks for one item of a list.
    """

    coverage: float
    run: float
    lacking: float
    serves: float
    enumerated: float
    person: float
    row: float
    head: float
    title: float
    note: float
    list: float
    item: float


SYMBOL = 5.0
"""As how many exact terms a symbol counts: who gives one means what has it."""
LONG_LIST = 6
"""How many commas of an enumeration make a long one."""
_YEARS = re.compile(r"(?:19|20)\d\d年")
_LISTED = re.compile(r"、|,(?= [a-z])")
_SENTENCE = re.compile(r"[^。;；]+")
_COUNTS_ITEMS = re.compile(r"几[个项条点种]")
_LISTS = re.compile(r"[(（][a1一i][)）].+[(（](?:b|2|二|ii)[)）]", re.DOTALL)
WITH_WORDS = 2
"""How many of the features, the first ones, count with the trust in words."""
WEIGHTS = Features(
    coverage=0.28,
    run=0.19,
    lacking=-0.08,
    serves=0.11,
    enumerated=-0.19,
    person=0.22,
    row=-0.96,
    head=0.27,
    title=-0.88,
    note=-0.3,
    list=0.1,
    item=0.98,
)


@dataclass(frozen=True)
class Look:
    """What was seen of a candidate.

    Attributes:
        features: what its score is made of.
        own: the share of the question's terms, by weight, that its own words hold, 0 to 1.
        lacking: the exact terms that neither it nor the headings above it hold.
    """

    features: Features
    own: float
    lacking: tuple[Term, ...]

    def score(self, trust: float) -> float:
        """Return what it adds to the fused score, given the question's trust in words, 0 to 2."""
        counts, seen = _values(WEIGHTS), _values(self.features)
        weighed: list[float] = [count * value for count, value in zip(counts, seen, strict=True)]
        return trust * sum(weighed[:WITH_WORDS]) + sum(weighed[WITH_WORDS:])


def look_at(hit: Hit, query: Query) -> Look:
    """Return what is seen of a candidate for an answer to `query`."""
    paragraph = hit.paragraph
    own, over = matched(paragraph.text), matched(above(hit, query))
    held, with_headings, lacking = query.held_by(own, f"{own}；{over}")
    heads = bool(paragraph.cells) and _is_term(paragraph.cells, query)
    features = Features(
        coverage=max(held, with_headings * HEADING_SHARE),
        run=_longest_run(query.asked, own),
        lacking=sum(SYMBOL if t.symbol else 1.0 for t in lacking) + SYMBOL * bool(of_another_year(query, hit, own)),
        serves=query.asking.served_by(paragraph.text),
        enumerated=_enumerated(own, query),
        person=paragraph.kind == "row" and query.asking.person and not _does_another_thing(query, f"{own}；{over}"),
        row=paragraph.kind == "row" and not query.asking.person,
        head=heads,
        title=paragraph.kind in ("annex", "heading"),
        note=paragraph.kind == "footnote",
        list=_lists(paragraph.text, query),
        item=paragraph.kind == "sub" and query.asking.item,
    )
    return Look(features, held, lacking)


def above(hit: Hit, query: Query) -> str:
    """Return what a paragraph need not say itself: the names by which `query` names its document, and what stands above it."""
    return "；".join((*query.names_in(matched(hit.document)), *hit.context))


def of_another_year(query: Query, hit: Hit, text: str) -> tuple[Term, ...]:
    """Return 今年 or 去年 of a question where a paragraph stands below another year and does not say it itself."""
    years = {year for heading in hit.paragraph.heading_path[-2:] for year in _YEARS.findall(matched(heading))}
    if not years or not hit.year:
        return ()
    said = [t for t in query.terms if t.word in FROM_THIS_YEAR]
    meant = {t.word: f"{hit.year + FROM_THIS_YEAR[t.word]}年" for t in said}
    return tuple(t for t in said if meant[t.word] not in years and t.word not in text and meant[t.word] not in text)


def _enumerated(text: str, query: Query) -> float:
    if query.asking.person or query.asking.several or len(_LISTED.findall(text)) < LONG_LIST:
        return 0.0
    if any(t.word in ATTENDING for t in query.terms):
        return 0.0
    names = [t for t in query.terms if t.exact and not is_exact(t.word)]
    amid = [
        [len(_LISTED.findall(s)) >= LONG_LIST for s in _SENTENCE.findall(text) if t.presence(s) >= HELD] for t in names
    ]
    stand = [each for each in amid if each]
    return float(bool(stand) and all(map(all, stand)))


def _lists(text: str, query: Query) -> float:
    if text.endswith((":", "：")):
        return float(query.asking.several or bool(_COUNTS_ITEMS.search(query.asked)))
    return 0.4 if query.asking.several and _LISTS.search(text) else 0.0


_values = attrgetter(*(field.name for field in fields(Features)))
"""The features as a tuple: `astuple` copies each deeply, and this is asked of every candidate twice."""


def _does_another_thing(query: Query, text: str) -> bool:
    """Whether an English question asks who did something, opened or co-hosted, that `text` does not say."""
    done = (t for t in query.terms if t.surface.endswith("ed") and t.word not in ATTENDING)
    return any(t.presence(text) < HELD for t in done)


def _is_term(cells: Sequence[str], query: Query) -> bool:
    names = {form for t in query.terms for form, strength in t.forms.items() if strength == 1}
    return matched(cells[0]).rstrip(":") in names


def _longest_run(question: str, text: str) -> float:
    asked, longest = matched(question), 0
    for start in range(len(asked)):
        while start + longest < len(asked) and asked[start : start + longest + 1] in text:
            longest += 1
    return longest / len(asked) if asked else 0.0


@lru_cache(maxsize=8192)
def matched(text: str) -> str:
    """Return `text` as terms are looked for in it: normalised, its ordinals and years in digits."""
    return plain_numbers(normalise(text.replace("\t", " ")))
