"""A question to the candidates for its answer: of each question that stands in it the paragraphs, best first.

The items of a list that is asked for come with it. Knows nothing of what is quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Hit
from assistant.pinpoint import pinpointed
from assistant.query import Query, understand
from assistant.respelling import respelt
from assistant.retrieval import Scored, retrieve
from assistant.second_look import matched
from assistant.terms import FROM_THIS_YEAR, HELD
from assistant.view import View
from corpus.numerals import CHINESE_NUMERAL, from_any

PENALTY_BONUS = 0.5
"""What a paragraph that sets a penalty gains where the question asks for one."""
_ASKS_PENALTY = re.compile(
    r"什么刑|何刑|什么(?:处罚|惩罚|刑罚)|(?<![谈裁批评])判(?:处|刑)?(?:几|多少|什么(?!时)|多久|多重|何(?![时人地]))|(?:怎么|如何|怎样)(?:处罚|判|量刑|定罪)|刑期"
)
_SETS_PENALTY = re.compile(r"处[^。]{0,30}?(?:徒刑|死刑|拘役|管制|罚金|罚款)")
_COUNT = re.compile(
    rf"哪([{CHINESE_NUMERAL}两\d]{{1,3}})[个项种类点条]"
    r"|\b(?:which|what(?: are| were)?(?: the)?) (two|three|four|five|six|seven|eight|nine|ten)\b"
)
_MOST_YEARS = 8
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED_AMONG = 4
"""Among how many candidates the list of as many items as a question asks for is looked for."""
_QUESTION_END = re.compile(r"[？?；;\n]+")


def found_for(question: str, view: View) -> list[tuple[Query, list[Scored]]]:
    """Return, for each question that stands in `question`, what it asks and the candidates for its answer, best first."""
    found = (found_for_whole(part, view) for part in parts_of(question))
    return [(query, scored) for query, scored in found if query.terms]


def found_for_whole(question: str, view: View, depth: int = 0) -> tuple[Query, list[Scored]]:
    """Return what `question`, taken as one, asks and the candidates for its answer, best first; none where it has no terms.

    Args:
        question: one question, with what is told before it.
        view: what is looked in.
        depth: how many candidates are wanted, where that is more than an answer needs.
    """
    query = _with_years(understand(respelt(question, view.index), view.index), view)
    if not query.terms:
        return query, []
    scored = retrieve(query, view.index, view, view.keys, depth, view.passages, view.reranker)
    if asks_penalty(question):
        scored = _penalties_first(scored)
    scored = pinpointed(query, scored, view)
    scored = _counted_list_first(question, _with_item_first(query, scored, view), view)
    return query, _with_items(query, scored, view)


def _with_years(query: Query, view: View) -> Query:
    """Return a question whose 今年 and 去年 are also the years that they are from the dates of the reports."""
    said = [term for term in query.terms if term.word in FROM_THIS_YEAR]
    years = view.years() if said else set()
    if not years or len(years) > _MOST_YEARS:
        return query
    terms = tuple(
        replace(t, forms={f"{year + FROM_THIS_YEAR[t.word]}年": HELD for year in years} | dict(t.forms))
        if t in said
        else t
        for t in query.terms
    )
    return replace(query, terms=terms)


def parts_of(question: str) -> list[str]:
    """Return the questions that stand one after another in `question`; most often one, itself."""
    parts = [part.strip() for part in _QUESTION_END.split(question) if len(part.strip()) > 1]
    return parts if len(parts) > 1 else [question]


def merged(found: Sequence[tuple[Query, list[Scored]]]) -> list[Scored]:
    """Return the candidates of all parts of a question as one list, best first, each paragraph once."""
    if len(found) == 1:
        return found[0][1]
    best: dict[int, Scored] = {}
    for _, scored in found:
        for one in scored:
            known = best.get(one.hit.paragraph_id)
            if known is None or one.hit.score > known.hit.score:
                best[one.hit.paragraph_id] = one
    return sorted(best.values(), key=lambda s: -s.hit.score)


def asks_penalty(question: str) -> bool:
    """Whether a question asks how an offence is punished."""
    return bool(_ASKS_PENALTY.search(question))


def _penalties_first(scored: list[Scored]) -> list[Scored]:
    """Return the candidates, those that set a penalty for something scored higher."""
    raised = [
        replace(
            s, hit=replace(s.hit, score=s.hit.score + PENALTY_BONUS * bool(_SETS_PENALTY.search(s.hit.paragraph.text)))
        )
        for s in scored
    ]
    return sorted(raised, key=lambda s: -s.hit.score)


def _with_item_first(query: Query, scored: list[Scored], view: View) -> list[Scored]:
    """Return the candidates, first the item that the question asks for: of the best one's list, or the list it is in."""
    if not scored or not (query.nth_item or query.asking.item):
        return scored
    best = scored[0].hit
    for owner in (best.paragraph.label, best.paragraph.parent):
        items = view.items(best.report, owner) if owner else []
        item = _item_asked_for(query, items)
        if item:
            first = replace(scored[0], hit=replace(item, score=best.score))
            return [first, *(s for s in scored if s.hit.paragraph_id != item.paragraph_id)]
    return scored


def _counted_list_first(question: str, scored: list[Scored], view: View) -> list[Scored]:
    """Return the candidates, first what opens the list of as many items as the question asks for (哪三个方面), if one is near."""
    count = _count_asked(question)
    for one in scored[:_COUNTED_AMONG] if count else ():
        paragraph, report = one.hit.paragraph, one.hit.report
        owner = paragraph.parent if paragraph.kind == "sub" else paragraph.label
        if owner and len(view.items(report, owner)) == count:
            opener = next(hit for hit in view.at(owner) if hit.report == report)
            first = replace(one, hit=replace(opener, score=scored[0].hit.score))
            return [first, *(s for s in scored if s.hit.paragraph_id != opener.paragraph_id)]
    return scored


def _count_asked(question: str) -> int | None:
    match = _COUNT.search(question.lower())
    if not match:
        return None
    return 2 + _ENGLISH.index(match[2]) if match[2] else from_any(match[1].replace("两", "二"))


def _with_items(query: Query, scored: list[Scored], view: View) -> list[Scored]:
    """Return the candidates, after the best one the items of the list that it opens, where the question asks for several things."""
    if not scored or not query.asking.several or not opens_list(scored[0].hit):
        return scored
    best = scored[0]
    items = view.items(best.hit.report, best.hit.paragraph.label)
    own = {item.paragraph_id for item in items}
    listed = [replace(best, hit=replace(item, score=best.hit.score)) for item in items]
    return [best, *listed, *(s for s in scored[1:] if s.hit.paragraph_id not in own)]


def opens_list(hit: Hit) -> bool:
    """Whether a paragraph is the opening of the list below it, or the title of an annex."""
    return hit.paragraph.kind == "annex" or hit.paragraph.text.endswith(("：", ":"))


def _item_asked_for(query: Query, items: Sequence[Hit]) -> Hit | None:
    """Return the nth item where the question counts to it, else the one that holds most of what it asks, if any does."""
    if query.nth_item is not None:
        return items[query.nth_item - 1] if 0 < query.nth_item <= len(items) else None
    held = [query.coverage(matched(item.paragraph.text)) for item in items]
    return items[held.index(max(held))] if held and max(held) > 0 else None
