"""A question to its answer, over one view of the library: look up what it names, else retrieve, quote or abstain."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import compose
from assistant.abstention import Candidate, Refusal, candidate_text, lacking_in, names_body, refusal
from assistant.answer import Answer, Hit, escaped
from assistant.candidates import found_for, found_for_whole, merged
from assistant.comparison import compared, sides_of
from assistant.compose import Statement
from assistant.counting import counted
from assistant.evidence import evidence
from assistant.exhaustive import wanted_in
from assistant.filter import Filter, Scope
from assistant.followed import with_followed
from assistant.listing import listed
from assistant.lookup import LookUp, look_up
from assistant.mentions import mentions_of
from assistant.naming import named_document, reports_of_place
from assistant.query import Query, understand
from assistant.references import Reference, references_in, rest_of
from assistant.respelling import respelt
from assistant.retrieval import Scored
from assistant.scoping import Kept, kept_to, narrowed
from assistant.short import short_for
from assistant.spoken_of import spoken_of
from assistant.statements import MAX_PARTS, distinct, matching, near, statements_of
from assistant.summary import MAX_PARAGRAPHS as MAX_SUMMARISED
from assistant.summary import key_statements, section_question, summarised
from assistant.terms import Term
from assistant.view import View
from assistant.wording import say
from corpus.label import Language

NEAREST = 3
_REPORTS_NAMED = 3
_PICK_FROM = 6
"""Parts of a named place from which a question about it picks those that answer, rather than showing all."""


def searched(question: str, view: View, top_k: int) -> list[Hit]:
    """Return the paragraphs that answer a question that stands on its own, best first; those that it names come first."""
    kept = _kept(question, view)
    question, view = kept.question, kept.view
    if view.looks_at_nothing:
        return []
    if kept.within.sections and not _asks_more(kept):
        return view.everything(top_k)
    wanted = wanted_in(question)
    mentioned = mentions_of(wanted, view).hits if wanted else []
    if mentioned:
        return mentioned[:top_k]
    question = counted(question, view)
    found = look_up(references_in(question), view)
    hits = [hit for group in found.hits for hit in group]
    if not found.missing and len(hits) < top_k:
        seen = {(h.report, h.paragraph.label) for h in hits}
        _, scored = found_for_whole(question, view, top_k)
        hits += [s.hit for s in scored if (s.hit.report, s.hit.paragraph.label) not in seen]
    return hits[:top_k]


def answered(question: str, view: View, language: Language) -> Answer:
    """Return the answer to a question that stands on its own."""
    special = compared(question, lambda side: _one(side, view, language), language, view.places()) or _summary(
        question, view, language
    )
    return special or _one(question, view, language)


def is_looked_up(question: str, places: Collection[str] = ()) -> bool:
    """Whether a question names what it wants shown: a place, every mention of a phrase, two sides, or a section summed up.

    Args:
        question: any question.
        places: those that the titles of the reports looked in name, which may be the sides.
    """
    sides = sides_of(question, places)
    return bool(references_in(question) or wanted_in(question) or sides or summarised(question) is not None)


def _one(question: str, view: View, language: Language) -> Answer:
    """Return the answer to a question for one thing.

    Of a document that it only names by its symbol, from all where that one has none; where none has, from the reports of a
    place that it names.
    """
    kept = _kept(question, view)
    if kept.first and not re.search(r"\w", kept.question):
        return _key_sentences(question, kept.view, language) or _kept_answer(
            question, Kept(question, view, Filter()), language
        )
    answer = _kept_answer(question, kept, language)
    if not answer.abstained:
        return answer
    if kept.first:
        otherwise = Kept(question, view, Filter())
    elif not kept.within and (reports := reports_of_place(question, view)) and set(reports) != set(view.reports or ()):
        otherwise = Kept(question, narrowed(view, Scope(reports)), Filter(reports=reports))
    else:
        return answer
    elsewhere = _kept_answer(question, otherwise, language)
    return answer if elsewhere.abstained else elsewhere


def _kept_answer(question: str, kept: Kept, language: Language) -> Answer:
    if kept.within.sections and not _asks_more(kept):
        return _section(question, kept.view, language)
    asked = counted(kept.question, kept.view)
    references = references_in(asked) if kept.certain else []
    if references and not look_up(references, kept.view).hits:
        return _no_such_label(question, references[0], kept.view, language)
    return replace(_answered(asked, kept.view, language), question=question)


def _asks_more(kept: Kept) -> bool:
    """Whether a question asks something of the section that it names, and not only what it says."""
    rest = kept.question
    return bool(references_in(rest) or wanted_in(rest) or counted(rest, kept.view) != rest) or bool(
        _asked_of(rest, kept.view)
    )


def _asked_of(rest: str, view: View) -> tuple[Term, ...]:
    return tuple(t for t in understand(rest, view.index).terms if t.seen)


def _section(question: str, view: View, language: Language) -> Answer:
    """Return the paragraphs of a section, the first ones of a long one."""
    hits = view.everything(MAX_PARTS + 1)
    notes = [say("cut_short", language, shown=str(MAX_PARTS))] if len(hits) > MAX_PARTS else []
    statements = [Statement(hit, (hit.paragraph.text,)) for hit in hits[:MAX_PARTS]]
    return compose.answer_of(question, statements, language, view.titles(), notes)


def _summary(question: str, view: View, language: Language) -> Answer | None:
    """Return the key sentences of the section or the one report that a question wants summed up; None where it wants neither."""
    what = summarised(question)
    if what is None:
        return None
    kept = _kept(section_question(what), view) if what else None
    if (kept is not None and not kept.within) or (kept is None and len(view.reports or view.titles()) != 1):
        return None
    return _key_sentences(question, kept.view if kept is not None else view, language)


def _key_sentences(question: str, within: View, language: Language) -> Answer | None:
    """Return the key sentences of what is looked in; None where it has none."""
    statements = key_statements(within)
    if not statements:
        return None
    n, of = sum(len(s.quotes) for s in statements), len(within.everything(MAX_SUMMARISED))
    opening = say("key_sentences", language, n=str(n), of=str(of))
    return compose.answer_of(question, statements, language, within.titles(), opening=opening)


def _kept(question: str, view: View) -> Kept:
    """Return what the question keeps itself to; nothing where that lacks a paragraph that it names."""
    named = named_document(question, view)
    if named:
        within = Filter(reports=(named.report,))
        only_it = narrowed(view, Scope((named.report,)))
        return Kept(named.question, only_it, within, named.cites_place, first=not named.cites_place)
    kept = kept_to(question, view)
    if kept.within and look_up(references_in(kept.question), kept.view).missing:
        return Kept(kept.question, view, Filter())
    return kept


def _answered(question: str, view: View, language: Language) -> Answer:
    wanted = wanted_in(question)
    if wanted is None:
        return _found(question, view, language)
    mentions = mentions_of(wanted, view)
    if mentions.found:
        return listed(question, mentions, view, language)
    answer = replace(_found(wanted.phrase, view, language), question=question)
    said = say("no_mention_at_all" if answer.abstained else "no_mention", language, phrase=escaped(wanted.phrase))
    if answer.abstained:
        return compose.abstention(question, said, answer.hits, language)
    return replace(answer, text=f"{said}\n\n{answer.text}")


def _found(question: str, view: View, language: Language) -> Answer:
    references = references_in(question)
    named = look_up(references, view)
    if named.missing:
        return _no_such_label(question, named.missing[0], view, language)
    if named.hits and not (spoken := spoken_of(question, references, named, view)):
        return _shown(
            question, named, understand(respelt(rest_of(question, references), view.index), view.index), view, language
        )
    if references and not understand(rest_of(question, references), view.index).terms:
        return _no_such_label(question, references[0], view, language)
    found = spoken if named.hits else found_for(question, view)
    statements: list[Statement] = []
    refusals: list[Refusal] = []
    for query, scored in found:
        first = statements_of(scored[0], query, view) if scored else []
        foreign = bool(scored) and query.language != view.language(scored[0].hit.report)
        shown = [s.hit.paragraph.text for s in first]
        refused = refusal(query, scored, shown, foreign, view.index)
        if refused:
            refusals.append(refused)
        else:
            statements += [*first, *(s for one in near(scored)[1:] for s in statements_of(one, query, view))]
    if not statements:
        return _refused(question, refusals[0] if refusals else Refusal("nothing_near", ()), merged(found), language)
    own = distinct(statements)
    cited = with_followed(own, found[0][0], view)
    short = ""
    if len(found) == 1:
        foreign = found[0][0].language != view.language(own[0].hit.report)
        short = short_for(found[0][0], own, found[0][1], not foreign, view.index)
    return compose.answer_of(question, cited, language, view.titles(), short=short)


def candidate_evidence(question: str, view: View) -> Candidate | None:
    """Return what is judged of the best paragraph for a question; None where nothing is, as it lacks what was named."""
    found = found_for(question, view)
    if not found or not found[0][1]:
        return None
    query, scored = found[0]
    shown = [s.hit.paragraph.text for s in statements_of(scored[0], query, view)]
    foreign = query.language != view.language(scored[0].hit.report)
    text = candidate_text(query, scored[0], shown)
    if lacking_in(query, text, foreign) or any(not names_body(body, text) for body in query.bodies):
        return None
    return Candidate(text, evidence(query, scored, shown, foreign, view.index))


def _shown(question: str, found: LookUp, rest: Query, view: View, language: Language) -> Answer:
    """Return the named paragraphs; of a long annex or range, those rows that answer what is asked of it, if any do."""
    chosen = [
        hit for hits in found.hits for hit in (matching(hits, rest) if len(hits) > _PICK_FROM and rest.terms else hits)
    ]
    once = list({(h.report, h.paragraph.label): h for h in chosen}.values())
    notes = []
    if found.absent:
        notes.append(say("not_there", language, labels=compose.range_wording(found.absent, language)))
    if len(once) > MAX_PARTS:
        notes.append(say("cut", language, shown=str(MAX_PARTS), total=str(len(once))))
    statements = [Statement(h, (h.paragraph.text,)) for h in once[:MAX_PARTS]]
    if len(statements) <= _PICK_FROM:
        statements = with_followed(statements, rest, view)
    return compose.answer_of(question, statements, language, view.titles(), notes)


def _no_such_label(question: str, reference: Reference, view: View, language: Language) -> Answer:
    titles = view.titles()
    if reference.owner:
        label = compose.range_wording(reference.labels, language)
        said = say("no_such_document", language, owner=escaped(reference.owner), label=label)
        return compose.abstention(question, said, (), language)
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
