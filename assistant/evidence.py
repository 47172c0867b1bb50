"""What speaks for and against the best candidate being an answer, as numbers. Knows neither their weights nor a wording."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.closeness import closeness, neighbouring_clauses
from assistant.query import Query
from assistant.retrieval import Scored
from assistant.second_look import above, matched
from assistant.terms import ATTENDING, FRAME, HELD, PARAPHRASE_WEIGHT, SPEAKING, Term
from index.folder import Index

MIN_COSINE, FULL_COSINE = 0.15, 0.4
"""Cosines of two words from which one begins to stand for the other, and from which it does."""
STRICT_COSINE = 0.2
"""The same as `MIN_COSINE` for what is asked for, where a word near in meaning is most often another thing."""
UNSEEN_WEIGHT = 0.8
NO_SECOND = 0.5
"""How far the only candidate counts as ahead."""
_ENGLISH_VERB_ENDINGS = ("ed", "ing", "ly")
_TIMES = frozenset(
    "当初 最近 以前 以后 以往 今后 将来 目前 现在 当时 曾经 最初 起初 后来 期间 同时 里面 之间 之后 之前 以外 以内".split()
)
_HALF = 0.4
_RANKS = frozenset("副前总原正")


@dataclass(frozen=True)
class Evidence:
    """The features of a question and its best candidate, each about 0 to 1.

    Attributes:
        coverage: the share of the question's terms, by weight, that the candidate's words or words near to them hold.
        together: the same of the two clauses next to each other that hold most.
        worst: the weight of the weightiest noun or name that is not held, by how little it is.
        worst_other: the same of the other words.
        split: the share of nouns next to each other in the question that the candidate holds, and not next to each other.
        unmet: whether the time, number or place asked for is not in the sentences that hold most.
        unit: whether no number in the unit asked for is in them.
        compound: whether a word of the question that the candidate has stands in a name that it has not (南堤 for 北堤).
        value: how little the candidate holds of the value asked for (its 停车费, the verb of a who), `assistant.focus`;
            0 where it is in another language than the question.
        foreign: whether the question is in another language than the report.
        lead: how much more of the question the candidate's own words hold than those of the next one.
        filler, beside, apart, kinds, same_clause, length: `assistant.closeness`.
    """

    coverage: float
    together: float
    worst: float
    worst_other: float
    split: float
    unmet: float
    unit: float
    compound: float
    value: float
    foreign: float
    lead: float
    filler: float
    beside: float
    apart: float
    kinds: float
    same_clause: float
    length: float

    def values(self) -> NDArray[np.float64]:
        """Return the features in the order of `NAMES`, (n,) float64."""
        return np.array(astuple(self), np.float64)


NAMES = tuple(field.name for field in fields(Evidence))


def evidence(query: Query, scored: Sequence[Scored], shown: Sequence[str], foreign: bool, index: Index) -> Evidence:
    """Return the features of the best of `scored`.

    Args:
        query: the question, with at least one term.
        scored: the candidates, best first, at least one.
        shown: the texts of the paragraphs that the answer would quote from.
        foreign: whether the question is in another language than the report.
        index: what tells the vectors of words.
    """
    best = scored[0]
    over = above(best.hit, query)
    whole = matched("；".join((*shown, over)))
    near = _nearness(query.terms, whole, index)
    by_row = query.asking.person and best.hit.paragraph.kind == "row"
    # A row of a list of persons says by standing there that they attend; a paragraph that somebody said what it says.
    told = ATTENDING if by_row else SPEAKING if query.asking.speech else frozenset()
    held = np.array([1.0 if t.word in told else _held(t, whole, near) for t in query.terms])
    things = np.array([_names_thing(t, index) for t in query.terms])
    weights = np.array([_weight(t, bool(thing)) for t, thing in zip(query.terms, things, strict=True)])
    total = max(float(weights.sum()), 1e-6)
    parts = [part for text in shown for part in neighbouring_clauses(text)]
    shares = []
    for part in parts:
        text = matched(f"{part}；{over}")
        held_here = [
            h if t.word in told else _held_in(t, text, whole, h) for t, h in zip(query.terms, held, strict=True)
        ]
        shares.append(float(np.dot(weights, held_here)) / total)
    top = max(shares)
    near_top = [part for part, share in zip(parts, shares, strict=True) if share >= 0.7 * top]
    strict = [
        _held(t, whole, near, STRICT_COSINE) if thing else h
        for t, thing, h in zip(query.terms, things, held, strict=True)
    ]
    unheld = 0.0 if foreign or by_row else _unheld(query, strict, index)
    likely = np.array(
        [near.get(t.word, 0.0) if t.presence(whole) < HELD else 0.0 for t in query.terms], np.float64
    ).clip(0, 1)
    close = closeness(query, shown, over, weights, likely, index.tokenizer, best.hit.paragraph.kind == "row")
    asks = query.asking.time or query.asking.place or (query.asking.number and not query.asking.person)
    return Evidence(
        coverage=float(np.dot(weights, held)) / total,
        together=top,
        worst=float(np.max(weights * (1 - held) * things)),
        worst_other=float(np.max(weights * (1 - held) * ~things)),
        split=0.0 if by_row else _split(query.pairs, whole),
        unmet=float(asks and max(query.asking.served_by(part) for part in near_top) < 1),
        unit=float(not any(query.focus.unit_stands_in(matched(part)) for part in near_top)),
        compound=max((_another(compound, whole) for compound in query.compounds), default=0.0),
        value=unheld * query.focus.value,
        foreign=float(foreign),
        lead=best.own - scored[1].own if len(scored) > 1 else NO_SECOND,
        **vars(close),
    )


def is_held(term: Term, text: str, index: Index) -> bool:
    """Whether `text` holds a term or a word near to it, at least in part."""
    return _held(term, text, _nearness([term], text, index)) >= _HALF


def _unheld(query: Query, held: Sequence[float], index: Index) -> float:
    """Return how little of what is asked for is held, on the average of its terms, 0 to 1; 0 where it has none."""
    words = {index.tokenizer.token(word) for word in index.tokenizer.surface_words(query.focus.words)}
    asked = [
        h
        for t, h in zip(query.terms, held, strict=True)
        if t.word in words and t.word not in FRAME and not (t.seen and t.weight <= PARAPHRASE_WEIGHT)
    ]
    return 1 - sum(asked) / len(asked) if asked else 0.0


def _names_thing(term: Term, index: Index) -> bool:
    """Whether a term is a noun, a name or a number; of an English word its ending has to tell."""
    word = term.surface or term.word
    if term.exact or not word.isascii():
        return term.exact or (index.tokenizer.names_thing(word) and word not in _TIMES)
    return not word.endswith(_ENGLISH_VERB_ENDINGS)


def _weight(term: Term, thing: bool) -> float:
    """Return the weight of a term: of a noun that stands nowhere `UNSEEN_WEIGHT`, of the asker's other words little."""
    if term.seen or term.exact:
        return term.weight
    return UNSEEN_WEIGHT if thing and term.word not in FRAME else PARAPHRASE_WEIGHT


def _held(term: Term, text: str, near: dict[str, float], least: float = MIN_COSINE) -> float:
    """Return how far `text` holds a term, by itself or by a word whose cosine with it is above `least`, 0 to 1."""
    presence = term.presence(text)
    if presence >= HELD or term.exact:
        return presence
    share = (near.get(term.word, 0.0) - least) / (FULL_COSINE - least)
    return max(presence if least == MIN_COSINE else 0.0, min(1.0, share), 0.0)


def _held_in(term: Term, part: str, whole: str, held: float) -> float:
    """Return how far a part of the candidate holds a term: by itself, or by the word near to it where the whole does so."""
    return term.presence(part) if term.presence(whole) >= HELD else held


def _nearness(terms: Sequence[Term], text: str, index: Index) -> dict[str, float]:
    """Return the cosine of each term that `text` does not hold with the word of it that is nearest in meaning."""
    missing = [t for t in terms if not t.exact and t.presence(text) < HELD]
    rows = _rows(index.tokenizer.surface_words(text), index)
    if not missing or not len(rows):
        return {}
    words = index.words.vectors(rows)
    asked = index.embedder.embed_passages([t.surface or t.word for t in missing])
    best = (asked @ words.T).max(axis=1)
    return {t.word: float(cosine) for t, cosine in zip(missing, best, strict=True)}


def _rows(words: Sequence[str], index: Index) -> NDArray[np.int64]:
    """Return the places of `words` in the vocabulary, those that it has."""
    vocabulary = index.contents.vocabulary
    places = {word: bisect_left(vocabulary, word) for word in set(words) if len(word) > 1}
    found = [at for word, at in places.items() if at < len(vocabulary) and vocabulary[at] == word]
    return np.array(sorted(found), np.int64)


def _split(pairs: Sequence[tuple[str, str]], text: str) -> float:
    held = [first + second in text for first, second in pairs if first in text and second in text]
    return 1 - sum(held) / len(held) if held else 0.0


def _another(compound: str, text: str) -> float:
    """Return whether `text` has the last word of a compound, and never with what stands before it in the question.

    1 where it has; half of it where what stands before may be a word of its own, as it is where nothing of it is there.
    """
    before, last = compound.split("|")
    if last not in text or before + last in text:
        return 0.0
    return 1.0 if before in _RANKS or (len(before) > 1 and before[-1] + last in text) else 0.5
