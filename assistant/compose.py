"""Found paragraphs to the text of an answer: verbatim quotations, each with its citation and the headings above it.

The text comes in pieces, so that a page can show it as it grows. Knows no retrieval.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.answer import Answer, Citation, Hit, escaped
from assistant.wording import say
from corpus.label import Label, Language

HEADING_SEPARATOR = " › "


@dataclass(frozen=True)
class Statement:
    """Words of one paragraph that an answer quotes.

    Attributes:
        hit: the paragraph.
        quotes: substrings of its text, in their order.
        pointed_from: the paragraph whose reference to this one brought it along; None for one that answers itself.
    """

    hit: Hit
    quotes: tuple[str, ...]
    pointed_from: Label | None = None


def answer_of(
    question: str,
    statements: Sequence[Statement],
    language: Language,
    titles: dict[str, str],
    notes: Sequence[str] = (),
    opening: str = "",
    short: str = "",
) -> Answer:
    """Return the answer that quotes `statements`, its citations checked, with what must be said after and before them.

    Args:
        question: as understood.
        statements: what is quoted.
        language: of what is said besides.
        titles: of the reports, by their ids.
        notes: what is said after the quotations.
        opening: what is said before them.
        short: the short answer, verbatim from a quotation or the count of what is cited: the first line, bold.
    """
    citations = tuple(_citation(s.hit, quote) for s in statements for quote in s.quotes)
    text = "".join(
        (
            short and f"{_short_line(short, citations, language)}\n\n",
            opening and f"{opening}\n\n",
            *_pieces(statements, language, titles),
            *(f"\n\n{note}" for note in notes),
        )
    )
    return Answer(question, text, citations, False, tuple(s.hit for s in statements), short)


def _short_line(short: str, citations: Sequence[Citation], language: Language) -> str:
    """Return the first line of an answer: the short answer with its citation, or the count of what is quoted below it."""
    held = next((c for c in citations if short in c.quote), None) if not short.isdecimal() else None
    return f"**{escaped(short)}** {held.chip(language)}" if held else say("counted", language, n=short)


def side_by_side(question: str, sides: tuple[Answer, Answer], language: Language) -> Answer:
    """Return the answer that sets the quotations of two beside each other, in a table of two columns."""
    columns = [[f"{escaped(c.quote)} {c.chip(language)}" for c in side.citations] for side in sides]
    heads = [escaped(side.question) for side in sides]
    rows = (f"| {left} | {right} |" for left, right in zip_longest(*columns, fillvalue=""))
    text = "\n".join((f"| {heads[0]} | {heads[1]} |", "|---|---|", *rows))
    hits = {hit.address: hit for side in sides for hit in side.hits}
    citations = tuple(c for side in sides for c in side.citations)
    return Answer(question, text, citations, False, tuple(hits.values()))


def joined(text: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return `quotes`, in their order in `text`, those that nothing but white space parts made one."""
    spans: list[tuple[int, int]] = []
    at = 0
    for quote in quotes:
        start = text.index(quote, at)
        at = start + len(quote)
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((start, at))
    return tuple(text[start:end] for start, end in spans)


def _pieces(statements: Sequence[Statement], language: Language, titles: dict[str, str]) -> Iterator[str]:
    """Yield the answer's Markdown: of each run of statements under the same words the quotations, then what stands above them.

    That is the headings and, of items whose list is not quoted itself, the words that open it: not all that is listed is so.
    """
    quoted = {(s.hit.report, s.hit.paragraph.label) for s in statements}
    above = [_above(s.hit, (s.hit.report, s.hit.paragraph.parent) in quoted) for s in statements]
    for i, statement in enumerate(statements):
        yield _quoted(statement, language)
        following = statements[i + 1] if i + 1 < len(statements) else None
        if following is None or (following.hit.report, above[i + 1]) != (statement.hit.report, above[i]):
            yield _headings(statement.hit.report, above[i], titles)
        if following is not None:
            yield "\n\n"


def abstention(question: str, message: str, nearest: Sequence[Hit], language: Language) -> Answer:
    """Return the answer that there is none: why, and the nearest paragraphs as citations to look at."""
    chips = [_citation(hit, "").chip(language) for hit in nearest]
    text = message if not chips else f"{message}\n\n{say('nearest', language)}{say('separator', language).join(chips)}"
    return Answer(question, text, (), True, tuple(nearest))


def _quoted(statement: Statement, language: Language) -> str:
    """Return the quotations of a statement, each followed by its citation."""
    paragraph = statement.hit.paragraph
    mark = f"({paragraph.label.steps[-1].mark}) " if paragraph.kind == "sub" else ""
    if statement.pointed_from:
        mark = say("pointed_from", language, label=statement.pointed_from.shown(language)) + mark
    quoted = [f"{escaped(quote)} {_citation(statement.hit, quote).chip(language)}" for quote in statement.quotes]
    return f"> {mark}{say('ellipsis', language).join(quoted)}"


def _citation(hit: Hit, quote: str) -> Citation:
    return Citation(hit.report, hit.paragraph.label, quote, hit.paragraph.heading_path, hit.version)


def _above(hit: Hit, opened: bool) -> tuple[str, ...]:
    """Return the headings above a paragraph and, of an item whose list is not `opened` before, the words that open it."""
    path = hit.paragraph.heading_path
    return path if opened or hit.paragraph.kind != "sub" else hit.context or path


def _headings(report: str, above: tuple[str, ...], titles: dict[str, str]) -> str:
    whole = (titles[report], *above) if len(titles) > 1 else above
    return f"\n>\n> *{escaped(HEADING_SEPARATOR.join(whole))}*" if whole else ""


def range_wording(labels: Sequence[Label], language: Language) -> str:
    """Return how a message names the labels of a reference: one as it is shown, a range by its ends."""
    return (
        labels[0].shown(language) if len(labels) == 1 else f"{labels[0].shown(language)}–{labels[-1].shown(language)}"
    )
