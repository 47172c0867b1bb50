"""A question to its answer, over one view of the library: look up what it names, else retrieve, quote or abstain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import compose
from assistant.abstention import Refusal, refusal
from assistant.answer import Answer, Hit, escaped
from assistant.compose import Statement
from assistant.extract import quotes
from assistant.query import Query, understand
from assistant.references import Reference, references_in, rest_of
from assistant.retrieval import Scored, matched, retrieve
from assistant.view import View
from assistant.wording import say
from corpus.label import Label, Language

MAX_PARAGRAPHS = 3
NEAR_SHARE = 0.93
"""A further paragraph is quoted where it scores this share of the best one."""
NEAREST = 3
_QUESTION_END = re.compile(r"[？?；;\n]+")
MAX_PARTS = 80
_REPORTS_NAMED = 3
_PICK_FROM = 6
"""Parts of a named place from which a question about it picks those that answer, rather than showing all."""


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
        places = [(label, view.at(label)) for label in reference.labels]
        found = [hit for _, at in places for hit in at]
        for label in () if found else reference.alternatives:
            found = found or view.at(label)
        if found:
            hits.append(tuple(found))
            absent += [label for label, at in places if not at] if len(places) > 1 else []
        elif reference.certain:
            missing.append(reference)
    return LookUp(tuple(hits), tuple(missing), tuple(absent))


def found_for(question: str, view: View, depth: int = 0) -> list[tuple[Query, list[Scored]]]:
    """Return, for each question that stands in `question`, what it asks and the candidates for its answer, best first.

    Args:
        question: one question or several.
        view: what is looked in.
        depth: how many candidates are wanted, where that is more than an answer needs.
    """
    found = []
    for part in parts_of(question):
        query = understand(part, view.index)
        if query.terms:
            scored = retrieve(query, view.index, view, view.reports, view.allowed(), depth)
            found.append((query, _with_item_first(query, scored, view)))
    return found


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


def answered(question: str, view: View, language: Language) -> Answer:
    """Return the answer to a question that stands on its own."""
    references = references_in(question)
    named = look_up(references, view)
    if named.missing:
        return _no_such_label(question, named.missing[0], view, language)
    if named.hits:
        return _shown(question, named, understand(rest_of(question, references), view.index), view, language)
    found = found_for(question, view)
    statements: list[Statement] = []
    refusals: list[Refusal] = []
    for query, scored in found:
        first = _statements(scored[0], query, view) if scored else []
        foreign = bool(scored) and query.language != view.language(scored[0].hit.report)
        shown = [s.hit.paragraph.text for s in first]
        refused = refusal(query, scored, shown, foreign)
        if refused:
            refusals.append(refused)
        else:
            statements += [*first, *(s for one in _near(scored)[1:] for s in _statements(one, query, view))]
    if not statements:
        return _refused(question, refusals[0] if refusals else Refusal("nothing_near", ()), merged(found), language)
    return compose.answer_of(question, _distinct(statements), language, view.titles())


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


def _item_asked_for(query: Query, items: Sequence[Hit]) -> Hit | None:
    """Return the nth item where the question counts to it, else the one that holds most of what it asks, if any does."""
    if query.nth_item is not None:
        return items[query.nth_item - 1] if 0 < query.nth_item <= len(items) else None
    held = [query.coverage(matched(item.paragraph.text)) for item in items]
    return items[held.index(max(held))] if held and max(held) > 0 else None


def _shown(question: str, found: LookUp, rest: Query, view: View, language: Language) -> Answer:
    """Return the named paragraphs; of a long annex or range, those rows that answer what is asked of it, if any do."""
    chosen = [
        hit for hits in found.hits for hit in (_matching(hits, rest) if len(hits) > _PICK_FROM and rest.terms else hits)
    ]
    distinct = list({(h.report, h.paragraph.label): h for h in chosen}.values())
    notes = []
    if found.absent:
        notes.append(say("not_there", language, labels=compose.range_wording(found.absent, language)))
    if len(distinct) > MAX_PARTS:
        notes.append(say("cut", language, shown=str(MAX_PARTS), total=str(len(distinct))))
    statements = [Statement(h, (h.paragraph.text,)) for h in distinct[:MAX_PARTS]]
    return compose.answer_of(question, statements, language, view.titles(), notes)


def _matching(hits: Sequence[Hit], query: Query) -> Sequence[Hit]:
    values = [query.coverage(matched(hit.paragraph.text)) for hit in hits]
    best = max(values)
    return [h for h, v in zip(hits, values, strict=True) if v >= 0.8 * best] if best >= 0.4 else hits


def _near(scored: Sequence[Scored]) -> list[Scored]:
    """Return the best candidate and those as good: as close in score, and holding as much of the question."""
    best = scored[0]
    near = [
        s for s in scored if s.hit.score >= NEAR_SHARE * best.hit.score and s.own >= 0.9 * best.own and not s.lacking
    ]
    return [best, *(s for s in near[:MAX_PARAGRAPHS] if s is not best)][:MAX_PARAGRAPHS]


def _statements(one: Scored, query: Query, view: View) -> list[Statement]:
    """Return what to quote of a candidate: of one that opens a list or names an annex, all its parts."""
    paragraph = one.hit.paragraph
    opens_list = paragraph.kind == "annex" or paragraph.text.endswith(("：", ":"))
    parts = view.whole(one.hit) if opens_list else []
    if len(parts) > 1:
        return [Statement(h, (h.paragraph.text,)) for h in parts[:MAX_PARTS]]
    return [Statement(one.hit, compose.joined(paragraph.text, quotes(one, query)))]


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements without those whose words an earlier one has quoted already, as an item its sentence's."""
    kept: list[Statement] = []
    for statement in statements:
        said = [q for k in kept if k.hit.report == statement.hit.report for q in k.quotes]
        if not all(any(quote in q for q in said) for quote in statement.quotes):
            kept.append(statement)
    return kept


def _no_such_label(question: str, reference: Reference, view: View, language: Language) -> Answer:
    titles = view.titles()
    sentences = [
        say(
            "no_such_label",
            language,
            report=escaped(f"《{titles[report_id]}》" if language == "zh" else titles[report_id]),
            label=compose.range_wording(reference.labels, language),
            range=view.range_of(report_id),
        )
        for report_id in (view.reports or tuple(titles))[:_REPORTS_NAMED]
    ]
    return compose.abstention(question, "\n\n".join(sentences), (), language)


def _refused(question: str, refused: Refusal, scored: Sequence[Scored], language: Language) -> Answer:
    terms = say("separator", language).join(refused.words[:6])
    message = say(refused.reason, language, terms=terms)
    return compose.abstention(question, message, [s.hit for s in scored[:NEAREST]], language)
