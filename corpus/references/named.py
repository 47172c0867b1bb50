"""What a text names, and whose each of its places is: the text's own, another text's, or that of a document beside it.

Knows no report: that a place is the text's own does not say that the report has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.references import owners
from corpus.references.folding import Folded
from corpus.references.grammar import Mention, mentions_in
from corpus.references.symbols import Cited, documents_in, parts_of
from corpus.references.text_places import Articles, TextPlace, Unit, text_places_in


@dataclass
class Named:
    """Words of a text that name something, and whose they turn out to be.

    Attributes:
        what: what they name.
        owner: `own`; `other`, another text; or the document whose place it is.
        within: the article, annex or unit of this report or that document that the place is said to be in.
        start: where the link's words begin, with those of what it is in.
        end: where they end.
        taken_in: whether the words are part of the link of a place in it.
    """

    what: Cited | Mention | TextPlace
    owner: Cited | Literal["own", "other", ""] = ""
    within: "Named | None" = None
    start: int = 0
    end: int = 0
    taken_in: bool = False


def named_in(folded: Folded, own: frozenset[str], note: bool) -> list[Named]:
    """Return all that a text names, in order, each place with whose it is.

    Args:
        folded: the text.
        own: the symbols of the document that the text stands in.
        note: whether it is a footnote, which cites other texts after a comma.
    """
    named = _named(folded)
    _settle(named, folded.text, own, note)
    return named


def _named(folded: Folded) -> list[Named]:
    """Return all that a text names, in order; documents are read first, what only texts say last."""
    found: list[Cited | Mention | TextPlace] = [*documents_in(folded.cased)]
    found += mentions_in(_blotted(folded.text, found))
    found += text_places_in(_blotted(folded.text, found))
    return [Named(what, start=what.start, end=what.end) for what in sorted(found, key=lambda what: what.start)]


def _blotted(text: str, named: Iterable[Cited | Mention | TextPlace]) -> str:
    for what in named:
        text = text[: what.start] + "\0" * (what.end - what.start) + text[what.end :]
    return text


def _settle(named: list[Named], text: str, own: frozenset[str], note: bool) -> None:
    """Find whose each place is: from the end backwards, since `paragraph 5 of article IX of the Treaty` tells at its end."""
    for at in range(len(named) - 1, -1, -1):
        one, following = named[at], named[at + 1] if at + 1 < len(named) else None
        if isinstance(one.what, Cited):
            continue
        if owners.is_own(text, one.what.start, one.what.end):
            one.owner = "own"
        elif following and _holds(following) and owners.of(text[one.what.end : following.what.start]):
            _belong(one, following, own)
        elif owners.is_of_another(text, one.what.start, one.what.end, note):
            one.owner = "other"
    for before, one in pairwise(named):
        gap = text[before.what.end : one.what.start]
        if isinstance(one.what, Cited) or one.owner == "own" or one.within:
            continue
        if (isinstance(before.what, Cited) or (_holds(before) and _is_paragraph(one))) and owners.joined(gap):
            _belong(one, before, own)
        elif isinstance(before.owner, Cited) and (owners.only_and(gap) or owners.joined(gap)):
            one.owner, one.within = before.owner, before.within if _is_paragraph(before) else None
        elif before.owner == "other" and owners.only_and(gap):
            one.owner = "other"
    for one in named:
        _take_in_holder(one, text)


def _take_in_holder(one: Named, text: str) -> None:
    """Make one link of a place and what it is in, where they stand side by side: A/69/33, para. 52."""
    holder = one.within
    if holder is None or holder.taken_in or one.owner == "other":
        return
    first, last = sorted((one, holder), key=lambda named: named.what.start)
    if holder is first and not owners.joined(text[first.what.end : last.what.start]):
        return
    one.start, one.end = min(one.start, holder.start), max(one.end, holder.end)
    if (
        text[one.start : one.end].count("(") > text[one.start : one.end].count(")")
        and text[one.end : one.end + 1] == ")"
    ):
        one.end += 1
    holder.taken_in = True


def _belong(one: Named, holder: Named, own: frozenset[str]) -> None:
    """Make a place one of a document, or of an article, annex or unit with the owner that has."""
    one.within = holder
    if isinstance(holder.what, Cited):
        one.owner = "own" if any(own & parts_of(symbol) for symbol in holder.what.symbols) else holder.what
    else:
        one.owner = holder.owner


def _holds(one: Named) -> bool:
    """Whether paragraphs can be in what is named."""
    return isinstance(one.what, Cited | Unit | Articles) or (
        isinstance(one.what, Mention) and one.what.form in ("annex", "article")
    )


def _is_paragraph(one: Named) -> bool:
    return isinstance(one.what, Mention) and one.what.form == "paragraph"
