"""Whether the found paragraphs answer at all: by what the question names and they lack, else by a calibrated score."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assistant.evidence import NAMES, Evidence, evidence, is_held
from assistant.query import Query
from assistant.retrieval import Scored
from assistant.second_look import above, matched, of_another_year
from assistant.terms import HELD, Term, is_exact
from assistant.topic import ORDINAL_EN
from index.folder import Index
from index.text import HAN, normalise
from index.tokenizer import ordinal_value

MIN_PROBABILITY = 0.28
"""Probability of being an answer below which the best candidate is not taken for one; chosen on the sets to tune on."""
MIN_COVERAGE, KEY_TERM = 0.4, 0.79
"""A candidate that holds less than this share of the question's terms, and not one of such a weight, is about another thing
whatever its probability; no question of the sets that is answered has such a one (docs/evaluation.md)."""
INTERCEPT = -5.99
WEIGHTS = {
    "coverage": 2.02,
    "together": 2.01,
    "worst": -1.68,
    "worst_other": -1.53,
    "split": -0.70,
    "unmet": -0.81,
    "unit": -2.97,
    "compound": -4.29,
    "value": -3.08,
    "foreign": -0.87,
    "lead": 0.73,
    "filler": -1.38,
    "beside": 0.22,
    "apart": -1.20,
    "kinds": 0.32,
    "same_clause": 0.97,
    "length": 4.66,
}
"""Weights of a logistic regression, learned by `make train-refusal` (docs/evaluation.md)."""

_RANKS = (
    "助理",
    "副",
    "代理",
    "前任",
    "候任",
    "名誉",
    "deputy ",
    "assistant ",
    "under-",
    "vice ",
    "vice-",
    "acting ",
    "former ",
)
_STAFF = r"办公[厅室]|处(?![理置于分])|团(?![结聚])|[ -]office"
_OFFICE = re.compile(
    r"(?:主席|秘书长?|主任|总?干事|[部司处局会院校]长|总统|总理)$|^(?:chair\w*|director|secretary|president|minister)$"
)
_ASKERS_DAY = re.compile(r"今[天日晚]|昨[天日晚]|[明后]天|(?:today|tomorrow|yesterday|tonight)\b")
_REPRESENTATIVE = re.compile(r"代表|观察员|\b(?:representative|observer|delegate)")
_SENTENCE = re.compile(r"[^。；;]+")
_GATHERING = "session|meeting|forum|conference|committee|assembly|congress|summit|round|edition|anniversary|report"
_NUMBERED = re.compile(rf"(?P<number>{ORDINAL_EN.pattern}) (?P<thing>{_GATHERING})", re.IGNORECASE)
_COUNTED = re.compile(rf"第\d+([{HAN}])$")


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the key of its wording, and the words that it names."""

    reason: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """What is judged: the best paragraph found, and what speaks for and against it.

    Attributes:
        text: the text of the paragraphs that would be quoted, and what stands above them, as terms are looked for in it.
        evidence: the features of the question and these words.
    """

    text: str
    evidence: Evidence


def refusal(
    query: Query, scored: Sequence[Scored], shown: Sequence[str], foreign: bool, index: Index
) -> Refusal | None:
    """Return why the best candidate is no answer, or None where it is one.

    Args:
        query: the question.
        scored: the candidates, best first.
        shown: the texts of the paragraphs that the answer would quote from: the candidate's, and those of its list.
        foreign: whether the question is in another language than the report.
        index: what tells the vectors of words.
    """
    if not scored:
        return Refusal("nothing_near", ())
    best = scored[0]
    text = candidate_text(query, best, shown)
    lacking = lacking_in(query, text, foreign) + of_another_year(query, best.hit, matched("；".join(shown)))
    if lacking:
        absent = tuple(t.word for t in lacking if not _stands_somewhere(t, scored))
        return Refusal("term_absent", absent) if absent else Refusal("not_together", tuple(t.word for t in lacking))
    unnamed = tuple(body for body in query.bodies if not names_body(body, text))
    if unnamed and not foreign:
        elsewhere = any(names_body(unnamed[0], matched(one.hit.paragraph.text)) for one in scored)
        return Refusal("not_together" if elsewhere else "term_absent", unnamed)
    if (other := _otherwise_numbered(query.asked, text)) and not foreign:
        return Refusal("not_together", (other,))
    if any(t.symbol for t in query.terms):
        return None
    if query.asking.speech and (best.hit.paragraph.kind == "row" or not _speaks(query, text)):
        return Refusal("not_together", tuple(t.word for t in query.terms))
    found = evidence(query, scored, shown, foreign, index)
    is_about_another_thing = not foreign and found.coverage < MIN_COVERAGE and found.worst >= KEY_TERM
    if probability(found) >= MIN_PROBABILITY and not is_about_another_thing:
        return None
    unheld = tuple(t.surface or t.word for t in query.terms if not t.seen and not is_held(t, text, index))
    return (
        Refusal("term_absent", unheld)
        if unheld and not foreign  # in another language they would be other words
        else Refusal("not_together", tuple(t.surface or t.word for t in query.terms))
    )


def _stands_somewhere(term: Term, scored: Sequence[Scored]) -> bool:
    """Whether a term that the best candidate lacks stands anywhere: of a name's parts the index cannot tell, a candidate can."""
    if term.exact and not is_exact(term.word):
        return not all(term in one.lacking for one in scored)
    return term.seen


def _speaks(query: Query, text: str) -> bool:
    """Whether a sentence of `text` has the name asked for beside a representative, where the question is of one."""
    if not _REPRESENTATIVE.search(query.text):
        return True
    names = [t for t in query.terms if t.exact and not is_exact(t.word)]
    said = [s for s in _SENTENCE.findall(text) if _REPRESENTATIVE.search(s)]
    return all(any(t.presence(s) >= HELD for s in said) for t in names)


def names_body(body: str, text: str) -> bool:
    """Whether `text` has the name of a body, or a longer one that has its characters in their order: 外空厅, 市政府."""
    return body in text or bool(re.search(r"\w{0,4}".join(map(re.escape, body)), text))


def candidate_text(query: Query, best: Scored, shown: Sequence[str]) -> str:
    """Return the words that count for a candidate: those of the paragraphs shown, and of what stands above it."""
    return matched("；".join((*shown, above(best.hit, query))))


def lacking_in(query: Query, text: str, foreign: bool) -> tuple[Term, ...]:
    """Return the terms that an answer must hold and `text` does not; of a foreign question not its own spelling of names."""
    lacking = tuple(t for t in query.lacking(text) if not (foreign and t.spelling))
    otherwise = (_counted_otherwise, partial(_of_another_rank, question=query.text), _is_askers_day)
    return lacking + tuple(
        t for t in query.terms if not t.exact and any(is_so(t.surface or t.word, text) for is_so in otherwise)
    )


def _counted_otherwise(word: str, text: str) -> bool:
    """Whether `word` counts to something (第3批) of which `text` has another one (第1批, 首批) and not this one."""
    counted = _COUNTED.match(word)
    return word not in text and bool(re.search(rf"(?:第\d+|首){counted[1]}", text)) if counted else False


def _otherwise_numbered(question: str, text: str) -> str:
    """Return the number of an English question, the twelfth Forum, where `text` has that thing with other numbers only."""
    for asked in _NUMBERED.finditer(normalise(question)):
        there = {ordinal_value(m["number"]) for m in _NUMBERED.finditer(text) if m["thing"] == asked["thing"]}
        if there and ordinal_value(asked["number"]) not in there:
            return asked[0]
    return ""


def _of_another_rank(word: str, text: str, question: str) -> bool:
    """Whether `word` is an office (秘书长) of which `text` has only another rank (助理秘书长) or staff (秘书长办公厅)."""
    if not _OFFICE.search(word) or word not in text:
        return False
    plain = re.compile(rf"(?<!{')(?<!'.join(_RANKS)})(?<!(?<![目日此之以先会])前){re.escape(word)}(?!{_STAFF})")
    return bool(plain.search(question)) and not plain.search(text)


def _is_askers_day(word: str, text: str) -> bool:
    """Whether `word` is of a day that the asker's own day tells, and `text` does not speak of it."""
    return word not in text and bool(_ASKERS_DAY.match(word))


def probability(found: Evidence) -> float:
    """Return the probability that the best candidate answers, from 0 to 1."""
    score = INTERCEPT + float(found.values() @ np.array([WEIGHTS[name] for name in NAMES]))
    return 1 / (1 + math.exp(-score))
