"""Cross-references followed: what a quoted paragraph points to (见上文第9段, as set out in annex II) is quoted with it.

The links are those stored with a report; knows no grammar of places.
"""

from collections.abc import Iterator, Sequence

from assistant.answer import Hit
from assistant.compose import Statement
from assistant.query import Query
from assistant.second_look import matched
from assistant.sentences import sentences
from assistant.view import View
from corpus.references.links import Link

MAX_FOLLOWED = 3
"""Further paragraphs that an answer brings along at most, with what is below them."""
_WHOLE_CHARS = 400
_PARTS_CHARS = 600
_MAX_PARTS = 8


def with_followed(statements: Sequence[Statement], query: Query, view: View) -> list[Statement]:
    """Return `statements`, and after them what their quoted words point to and none of them quotes.

    Args:
        statements: what answers.
        query: what is asked: of a long paragraph that is pointed to, the sentences that hold most of it are quoted.
        view: what is looked in; what lies outside of it is not brought along.
    """
    quoted = {(s.hit.report, s.hit.paragraph.label) for s in statements}
    followed: list[Statement] = []
    left = MAX_FOLLOWED
    for statement in statements:
        for link in _links(statement, view):
            parts = _parts(statement, link, view) if left else []
            if parts and (parts[0].report, parts[0].paragraph.label) not in quoted:
                left -= 1
                quoted |= {(part.report, part.paragraph.label) for part in parts}
                source = statement.hit.paragraph.label
                followed += [Statement(p, _quotes(p, query), source if p is parts[0] else None) for p in parts]
    return [*statements, *followed]


def _links(statement: Statement, view: View) -> Iterator[Link]:
    """Yield the links whose words are among those quoted, in the order of the text."""
    hit = statement.hit
    for link in view.links_from(hit.report, hit.paragraph.label):
        if any(link.printed in quote for quote in statement.quotes) and not _is_part(hit, link):
            yield link


def _is_part(hit: Hit, link: Link) -> bool:
    """Whether a link leads from a paragraph into itself, or to what it is a part of."""
    here, target = hit.paragraph.label, link.target
    return link.kind == "paragraph" and target is not None and (target.within(here) or here.within(target))


def _parts(statement: Statement, link: Link, view: View) -> list[Hit]:
    """Return the paragraph that a link leads to and, where they are short, those below it; none that is not in view."""
    report = statement.hit.report
    if link.kind == "document":
        report = view.report_of_symbol(link.symbol, like=report)
    if not link.target or not report or not view.covers(report):
        return []
    found = view.at(link.target, report)
    first = found[:1]
    short = sum(len(hit.paragraph.text) for hit in found) <= _PARTS_CHARS and len(found) <= _MAX_PARTS
    return found if short else first


def _quotes(hit: Hit, query: Query) -> tuple[str, ...]:
    """Return what to quote of a paragraph that is pointed to: all of a short one, else the sentence that answers best."""
    text = hit.paragraph.text
    pieces = sentences(text)
    if len(text) <= _WHOLE_CHARS or len(pieces) < 2:
        return (text,)
    return (max(pieces, key=lambda piece: query.coverage(matched(piece))),)
