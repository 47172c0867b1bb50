"""Found paragraphs to the text of an answer: verbatim quotations, each with its citation and the headings above it.

The text comes in pieces, so that a page can show it as it grows. Knows no retrieval.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Hit, escaped
from assistant.wording import say
from corpus.label import Label, Language

HEADING_SEPARATOR = " › "


@dataclass(frozen=True)
class Statement:
    """Words of one paragraph that an answer quotes: `quotes` are substrings of its text, in their order."""

    hit: Hit
    quotes: tuple[str, ...]


def answer_of(
    question: str,
    statements: Sequence[Statement],
    language: Language,
    titles: dict[str, str],
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer that quotes `statements`, its citations checked, with what must be said beside them."""
    citations = tuple(_citation(s, quote) for s in statements for quote in s.quotes)
    text = "".join((*_pieces(statements, language, titles), *(f"\n\n{note}" for note in notes)))
    return Answer(question, text, citations, False, tuple(s.hit for s in statements))


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
    """Yield the answer's Markdown: of each run of statements under the same headings the quotations, then the headings."""
    for i, statement in enumerate(statements):
        yield _quoted(statement, language)
        following = statements[i + 1] if i + 1 < len(statements) else None
        if following is None or _place(following) != _place(statement):
            yield _headings(statement, titles)
        if following is not None:
            yield "\n\n"


def abstention(question: str, message: str, nearest: Sequence[Hit], language: Language) -> Answer:
    """Return the answer that there is none: why, and the nearest paragraphs as citations to look at."""
    chips = [Citation(h.report, h.paragraph.label, "", h.paragraph.heading_path).chip(language) for h in nearest]
    text = message if not chips else f"{message}\n\n{say('nearest', language)}{say('separator', language).join(chips)}"
    return Answer(question, text, (), True, tuple(nearest))


def _quoted(statement: Statement, language: Language) -> str:
    """Return the quotations of a statement, each followed by its citation."""
    paragraph = statement.hit.paragraph
    mark = f"({paragraph.label.steps[-1].mark}) " if paragraph.kind == "sub" else ""
    quoted = [f"{escaped(quote)} {_citation(statement, quote).chip(language)}" for quote in statement.quotes]
    return f"> {mark}{say('ellipsis', language).join(quoted)}"


def _citation(statement: Statement, quote: str) -> Citation:
    paragraph = statement.hit.paragraph
    return Citation(statement.hit.report, paragraph.label, quote, paragraph.heading_path)


def _place(statement: Statement) -> tuple[str, tuple[str, ...]]:
    return statement.hit.report, statement.hit.paragraph.heading_path


def _headings(statement: Statement, titles: dict[str, str]) -> str:
    path = statement.hit.paragraph.heading_path
    whole = (titles[statement.hit.report], *path) if len(titles) > 1 else path
    return f"\n>\n> *{escaped(HEADING_SEPARATOR.join(whole))}*" if whole else ""


def range_wording(labels: Sequence[Label], language: Language) -> str:
    """Return how a message names the labels of a reference: one as it is shown, a range by its ends."""
    return (
        labels[0].shown(language) if len(labels) == 1 else f"{labels[0].shown(language)}–{labels[-1].shown(language)}"
    )
