"""A question to its answer, over one view of the library: look up what it names, else retrieve, quote or abstain."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import compose
from assistant.abstention import Refusal, refusal
from assistant.answer import Answer, Hit
from assistant.compose import Statement
from assistant.extract import quotes
from assistant.query import Query, understand
from assistant.references import Reference, references_in, rest_of
from assistant.retrieval import Scored, matched, presence, retrieve, term_weights
from assistant.view import View
from assistant.wording import say
from corpus.label import Language

MAX_PARAGRAPHS = 3
NEAR_SHARE = 0.93
"""A further paragraph is quoted where it scores this share of the best one."""
NEAREST = 3
MAX_PARTS = 80
_PICK_FROM = 6
"""Parts of a named place from which a question about it picks those that answer, rather than showing all."""


@dataclass(frozen=True)
class LookUp:
    """What the references of a question led to: the paragraphs of each, and those that no report has."""

    hits: tuple[tuple[Hit, ...], ...]
    missing: tuple[Reference, ...]


def look_up(references: Sequence[Reference], view: View) -> LookUp:
    """Return the paragraphs that `references` name; an article or an unnumbered annex that no report has is no reference."""
    hits, missing = [], []
    for reference in references:
        found = [hit for label in reference.labels for hit in view.at(label)]
        for label in () if found else reference.alternatives:
            found = found or view.at(label)
        unlike = reference.labels[0].steps[:1] and reference.labels[0].steps[0].kind == "article"
        if found:
            hits.append(tuple(found))
        elif not unlike and str(reference.labels[0]) not in ("附件", "附录"):
            missing.append(reference)
    return LookUp(tuple(hits), tuple(missing))


def answered(question: str, view: View, language: Language) -> Answer:
    """Return the answer to a question that stands on its own."""
    references = references_in(question)
    found = look_up(references, view)
    if found.missing:
        return _no_such_label(question, found.missing[0], view, language)
    query = understand(question, view.index)
    if found.hits:
        return _shown(question, found, understand(rest_of(question, references), view.index), view, language)
    scored = retrieve(query, view.index, view, view.reports, view.allowed()) if query.weights else []
    weights = term_weights(query, view.index)
    refused = refusal(query, scored, view.index, weights)
    if refused:
        return _refused(question, refused, scored, language)
    statements = [s for one in _near(scored) for s in _statements(one, query, weights, view)]
    return compose.answer_of(question, _distinct(statements), language, view.titles())


def _shown(question: str, found: LookUp, rest: Query, view: View, language: Language) -> Answer:
    """Return the named paragraphs; of a long annex or range, those rows that answer what is asked of it, if any do."""
    statements: list[Statement] = []
    for hits in found.hits:
        weights = term_weights(rest, view.index)
        chosen = _matching(hits, rest, weights) if len(hits) > _PICK_FROM and weights else hits
        statements += [Statement(h, (h.paragraph.text,)) for h in chosen[:MAX_PARTS]]
    return compose.answer_of(question, _distinct(statements), language, view.titles())


def _matching(hits: Sequence[Hit], query: Query, weights: dict[str, float]) -> Sequence[Hit]:
    total = sum(weights.values()) or 1.0
    values = []
    for hit in hits:
        text = matched(hit.paragraph.text)
        values.append(sum(w * presence(query.terms[t], text) for t, w in weights.items()) / total)
    best = max(values)
    return [h for h, v in zip(hits, values, strict=True) if v >= 0.8 * best] if best >= 0.4 else hits


def _near(scored: Sequence[Scored]) -> list[Scored]:
    """Return the best candidate and those as good: as close in score, and holding as much of the question."""
    best = scored[0]
    near = [
        s
        for s in scored
        if s.hit.score >= NEAR_SHARE * best.hit.score and s.own >= 0.9 * best.own and not s.missing_hard
    ]
    return [best, *(s for s in near[:MAX_PARAGRAPHS] if s is not best)][:MAX_PARAGRAPHS]


def _statements(one: Scored, query: Query, weights: dict[str, float], view: View) -> list[Statement]:
    """Return what to quote of a candidate: of one that opens a list or names an annex, all its parts."""
    paragraph = one.hit.paragraph
    opens_list = paragraph.kind == "annex" or paragraph.text.endswith(("：", ":"))
    parts = view.whole(one.hit) if opens_list else []
    if len(parts) > 1:
        return [Statement(h, (h.paragraph.text,)) for h in parts[:MAX_PARTS]]
    return [Statement(one.hit, tuple(quotes(one, query, weights)))]


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
    report_id = (view.reports or tuple(titles))[0]
    message = say(
        "no_such_label",
        language,
        report=f"《{titles[report_id]}》" if language == "zh" else titles[report_id],
        label=compose.range_wording(reference.labels, language),
        range=view.range_of(report_id),
    )
    return compose.abstention(question, message, (), language)


def _refused(question: str, refused: Refusal, scored: Sequence[Scored], language: Language) -> Answer:
    terms = say("separator", language).join(refused.terms[:6])
    message = say(refused.reason, language, terms=terms)
    return compose.abstention(question, message, [s.hit for s in scored[:NEAREST]], language)
