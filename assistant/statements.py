"""Candidates to what an answer quotes of them: sentences of the best ones, all items of a list, each word once."""

from collections.abc import Sequence
from dataclasses import replace

from assistant import compose
from assistant.answer import Hit
from assistant.candidates import opens_list
from assistant.compose import Statement
from assistant.extract import quotes
from assistant.query import Query
from assistant.retrieval import Scored
from assistant.second_look import matched
from assistant.view import View

MAX_PARAGRAPHS = 3
NEAR_SHARE = 0.93
"""A further paragraph is quoted where it scores this share of the best one."""
MAX_PARTS = 80


def statements_of(one: Scored, query: Query, view: View) -> list[Statement]:
    """Return what to quote of a candidate: of one that opens a list or names an annex, all its parts."""
    paragraph = one.hit.paragraph
    parts = view.whole(one.hit) if opens_list(one.hit) else []
    if len(parts) == 1:
        items = view.items(one.hit.report, paragraph.label)
        parts += [replace(item, score=one.hit.score) for item in items]
    if len(parts) > 1:
        return [Statement(h, (h.paragraph.text,)) for h in parts[:MAX_PARTS]]
    foreign = query.language != view.language(one.hit.report)
    return [Statement(one.hit, compose.joined(paragraph.text, quotes(one, query, view.index.embedder, foreign)))]


def near(scored: Sequence[Scored]) -> list[Scored]:
    """Return the best candidate and those as good: as close in score, and holding as much of the question."""
    best = scored[0]
    as_good = [
        s for s in scored if s.hit.score >= NEAR_SHARE * best.hit.score and s.own >= 0.9 * best.own and not s.lacking
    ]
    return [best, *(s for s in as_good[:MAX_PARAGRAPHS] if s is not best)][:MAX_PARAGRAPHS]


def matching(hits: Sequence[Hit], query: Query) -> Sequence[Hit]:
    """Return those of the paragraphs that a reference names that answer what is asked of them; all where none stands out."""
    values = [query.coverage(matched(hit.paragraph.text)) for hit in hits]
    best = max(values)
    return [h for h, v in zip(hits, values, strict=True) if v >= 0.8 * best] if best >= 0.4 else hits


def distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements without those whose words an earlier one has quoted already, as an item its sentence's."""
    kept: list[Statement] = []
    for statement in statements:
        said = [q for k in kept if k.hit.report == statement.hit.report for q in k.quotes]
        if not all(any(quote in q for q in said) for quote in statement.quotes):
            kept.append(statement)
    return kept
