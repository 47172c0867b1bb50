"""The short answer: the few words of the first quotation that say what is asked for, or how many rows are quoted.

None is given where the reader is not sure enough. Knows the statements of an answer, not how they were found.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.candidates import asks_penalty
from assistant.compose import Statement
from assistant.query import Query
from assistant.reading.reader import answering_run, short_answer
from assistant.reading.wanted import Wanted, wanted
from assistant.retrieval import Scored
from assistant.second_look import matched
from assistant.sentences import sentences
from assistant.terms import FRAME, FROM_THIS_YEAR, HELD, Term, is_exact
from index.folder import Index
from index.text import normalise

SURE = 0.5
SURE_OF: dict[str, float] = {
    "time": 0.4,
    "place": 0.4,
    "number": 0.45,
    "duration": 0.45,
    "thing": 0.65,
    "reason": 0.7,
    "what_is": 0.6,
}
"""Probability from which the reader's words are shown, `SURE` for other kinds: a wrong answer in bold costs more than none.

Chosen on 1,500 questions that the reader had not learnt from, where dates and places of a low probability are as often right as
causes of a high one (docs/experiments.md).
"""
READ_ENOUGH = 0.95
"""Probability of holding the answer from which no further sentence is read; more are quoted than read."""
_MOST_OF = 0.8
LONGEST_CHARS = 60
"""Words longer than this are no short answer, but the sentence itself."""
_YES_OR_NO = re.compile(
    r"是否|是不是|有没有|有无|能否|可否|[吗么][?？]?$|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should)\b"
)
_HOLDS = {
    "time": re.compile(r"\d|[世纪年月日代时朝期]"),
    "number": re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半数]"),
    "duration": re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半数]"),
}
"""What the words must hold to be a time, a number or a duration at all."""
_NO_NUMBER = re.compile("一(?:批|些|系列|定|部分)")
_NEVER = frozenset(("manner",))
"""Kinds of which the reader's words are seldom right."""
_TWO = frozenset(("time", "place"))
"""Kinds asked for at once, 什么时候在哪里, to which no run of words is the answer."""
_VALUES = {
    "number": re.compile(r"\d[\d,.]*[%万亿千百]*|[二三四五六七八九十百千万亿两]+(?=[个名位家项次种人元])"),
    "duration": re.compile(r"[\d〇零一二三四五六七八九十百半]+个?(?:年|月|日|天|小时|周|课时)"),
}
_CLAUSE = re.compile(r"[^，,；;。：:、]+[，,；;。：:、]*")
_MOST_HELD = 0.6
"""Which share of what is asked for the clause of a value and the one before it must hold where there are other values."""
_REST_OF_DATE = re.compile(r"\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?|\s?\d{1,2}\s?[日号]")
_ONLY_YEAR = re.compile(r"哪一?年|何年|年份|哪个?年|几年")
_HOW_MANY = re.compile(r"多少|几[个位名人]|有几|\bhow many\b")
_DATES = re.compile(
    r"\d{4} ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?(?:至\d{1,2}日)?|"
    r"\b(?:(?:\d{1,2} ?(?:to|and|-|–|—) ?)?\d{1,2} )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)(?: \d{1,2},)? \d{4}\b|\b(?:1[89]|20)\d\d\b"
)


def short_for(
    query: Query, statements: Sequence[Statement], scored: Sequence[Scored], own_language: bool, index: Index
) -> str:
    """Return the short answer to `query` that stands in the first of `statements`; empty where none is sure.

    Args:
        query: the question.
        statements: what is quoted, the best first.
        scored: the candidates that it was chosen from.
        own_language: whether the first of them is in the question's language.
        index: what the question was asked of.
    """
    asked = wanted(query.asked)
    if not statements or _YES_OR_NO.search(asked.text) or asks_penalty(asked.text):
        return ""
    if _HOW_MANY.search(asked.text) and (count := _counted(query, statements, scored)):
        return str(count)
    first = statements[0]
    if first.hit.paragraph.kind in ("row", "annex", "heading") or query.asking.several:
        return ""
    quotation = first.quotes[0]
    if query.language == "en" or not own_language:
        return _only_date(quotation, asked)
    quotation = _answering(quotation, query, index)
    if any(is_exact(t.word) and t.presence(matched(quotation)) < HELD for t in query.terms):
        return ""
    read = short_answer(quotation, asked, index.tokenizer)
    if read is None or read.probability < SURE_OF.get(asked.kind, SURE) or asked.kinds & _NEVER or asked.kinds >= _TWO:
        return ""
    words = _whole_date(read.text, quotation, asked)
    return words if _answers(words, quotation, asked) and _is_said_of(query, words, quotation, asked) else ""


def _answers(words: str, quotation: str, asked: Wanted) -> bool:
    """Whether words can be an answer: of the kind asked for, not the question's own, and not all that is quoted."""
    if len(words) > LONGEST_CHARS or (len(words) < 2 and not words.isdecimal()) or normalise(words) in asked.text:
        return False
    if any(not form.search(words) for kind, form in _HOLDS.items() if kind in asked.kinds):
        return False
    if "number" in asked.kinds and _NO_NUMBER.match(words):
        return False
    return not (len(sentences(quotation)) == 1 and len(words) > _MOST_OF * len(quotation))


def _is_said_of(query: Query, words: str, quotation: str, asked: Wanted) -> bool:
    """Whether words are said of what is asked for.

    Where others of their kind stand there, too, their own clause and the one before must hold most of it, and no clause with
    another value may hold more of it than their own.
    """
    form = next((form for kind, form in _VALUES.items() if kind in asked.kinds), None)
    if form is None or len({m[0] for m in form.finditer(quotation)}) < 2:
        return True
    at = _place(words, quotation)
    clauses = [m.span() for m in _CLAUSE.finditer(quotation)]
    own = next(i for i, (_, end) in enumerate(clauses) if at < end)
    near = quotation[clauses[max(0, own - 1)][0] : clauses[own][1]]
    named = [t for t in query.terms if t.word not in FRAME | FROM_THIS_YEAR.keys()]
    named = [t for t in named if not t.exact or t.presence(matched(near)) >= HELD]
    others = [quotation[a:b] for a, b in clauses if form.search(quotation[a:b])]
    most = max((_held(named, other) for other in others), default=0.0)
    return _held(named, near) >= _MOST_HELD * sum(t.weight for t in named) and _held(
        named, quotation[slice(*clauses[own])]
    ) >= min(most, _held(named, near))


def _place(words: str, quotation: str) -> int:
    """Return where words stand in a quotation, and not where they end a longer number."""
    found = re.search(rf"(?<![\d.]){re.escape(words)}", quotation)
    return found.start() if found else quotation.find(words)


def _held(terms: Sequence[Term], text: str) -> float:
    return sum(t.weight * t.presence(matched(text)) for t in terms)


def _whole_date(words: str, quotation: str, asked: Wanted) -> str:
    """Return words that end with a year or a month with the rest of their date, unless only the year is asked for."""
    if "time" not in asked.kinds or _ONLY_YEAR.search(asked.text) or words[-1] not in "年月":
        return words
    end = _place(words, quotation) + len(words)
    rest = _REST_OF_DATE.match(quotation, end)
    return words + rest[0] if rest else words


def _counted(query: Query, statements: Sequence[Statement], scored: Sequence[Scored]) -> int:
    """Return how many there are: of persons those that the quoted rows name, else the items of the quoted list; 0 for neither."""
    paragraphs = [s.hit.paragraph for s in statements]
    if query.asking.person and all(p.kind == "row" for p in paragraphs):
        rows = [s.hit for s in scored if s.hit.paragraph.kind == "row" and not s.lacking]
        hits = (*(s.hit for s in statements), *rows)
        lists = {(hit.report, hit.paragraph.label.scope) for hit in hits}  # who stands in two lists is not two
        return len({name for p in paragraphs for name in p.cells[1:]}) if len(lists) == 1 else 0
    head = paragraphs[0]
    items = list(takewhile(lambda p: p.kind == "sub" and p.parent == head.label, paragraphs[1:]))
    return len(items) if len(items) > 1 and head.text.endswith(("：", ":")) else 0


def _answering(quotation: str, query: Query, index: Index) -> str:
    """Return the sentences of a quotation that the reader finds to answer, as one run of its words."""
    pieces = sentences(quotation)
    if len(pieces) < 2:
        return quotation
    first, last = answering_run(query, pieces, index.embedder, enough=READ_ENOUGH)
    before, run = "".join(pieces[:first]), "".join(pieces[first:last])
    return run if run in quotation[len(before) :] else quotation


def _only_date(quotation: str, asked: Wanted) -> str:
    """Return the one date of a quotation, where a date is asked for and no other stands there."""
    dates = list(dict.fromkeys(_DATES.findall(quotation))) if "time" in asked.kinds and not asked.kinds >= _TWO else []
    return dates[0] if len(dates) == 1 else ""
