"""Cross-references of a report, found when it is read: from a paragraph to a paragraph, or to another document.

A link to a paragraph is made only where the report has that paragraph. What belongs to another text is a link to that
document where its symbol is printed, and none where not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.label import Label
from corpus.references import owners
from corpus.references.folding import fold
from corpus.references.grammar import Mention
from corpus.references.named import Named, named_in
from corpus.references.number_lists import TO
from corpus.references.standing import Standing
from corpus.references.symbols import Cited, parts_of
from corpus.references.text_places import Articles, Relative, Section, Unit
from corpus.report import Paragraph, Report

_MAY_NAME = re.compile(
    r"[第前本附脚注/]|原则|准则|[上下]文|(?i:par|pár|annex|anex|app[eé]n|art[ií]|res[oó]l|résol|alin|apart|inciso|sect|chap|guidel|princip|direc|"
    r"note|\bfn|пункт|стать|прилож|добавл|резол|принцип|п\.)"
)
"""What stands in every text that names a place or a document; a text without it is not read further."""
LinkKind = Literal["paragraph", "document"]


@dataclass(frozen=True)
class Link:
    """What a paragraph refers to.

    Attributes:
        source: the paragraph that refers.
        printed: the words that do, verbatim.
        start: where they begin in the source's text.
        end: where they end.
        kind: whether the target is a paragraph of the same report or another document.
        target: the paragraph; of a document, the place in it that is named, which only that document can confirm.
        symbol: of a document, its symbol.
    """

    source: Label
    printed: str
    start: int
    end: int
    kind: LinkKind
    target: Label | None = None
    symbol: str = ""


def links_of(report: Report) -> tuple[Link, ...]:
    """Return the cross-references of a report, in the order of its paragraphs and of their words.

    A list or a range is a link for each of its places. An item inside a running sentence has the links that stand in it;
    the sentence has the others.
    """
    standing = Standing(report)
    own = parts_of(report.symbol) if report.symbol else frozenset()
    inline: dict[Label, list[Paragraph]] = {}
    for paragraph in report.paragraphs:
        if paragraph.inline and paragraph.parent:
            inline.setdefault(paragraph.parent, []).append(paragraph)
    links: list[Link] = []
    for paragraph in report.paragraphs:
        if not paragraph.inline and _MAY_NAME.search(paragraph.text):
            found = dict.fromkeys(_links(paragraph, standing, own))
            links += (_innermost(link, paragraph, inline) for link in found)
    position = {p.label: i for i, p in enumerate(report.paragraphs)}
    return tuple(sorted(links, key=lambda link: position[link.source]))


def _innermost(link: Link, paragraph: Paragraph, inline: dict[Label, list[Paragraph]]) -> Link:
    """Return a link of a paragraph as one of the item of its sentence that its words stand in."""
    at = 0
    for item in inline.get(paragraph.label, ()):
        start = paragraph.text.find(item.text, at)
        if start < 0:
            continue
        at = start + len(item.text)
        if start <= link.start and link.end <= at:
            moved = replace(link, source=item.label, start=link.start - start, end=link.end - start)
            return _innermost(moved, item, inline)
    return link


def _links(paragraph: Paragraph, standing: Standing, own: frozenset[str]) -> Iterator[Link]:
    folded = fold(paragraph.text)
    for one in named_in(folded, own, note=paragraph.kind == "footnote"):
        for target, symbol in _targets(one, paragraph.label, standing, folded.text, own):
            start, end = folded.span(one.start, one.end)
            if target != paragraph.label or symbol:
                kind: LinkKind = "document" if symbol else "paragraph"
                yield Link(paragraph.label, paragraph.text[start:end], start, end, kind, target, symbol)


def _targets(
    one: Named, source: Label, standing: Standing, text: str, own: frozenset[str]
) -> Iterator[tuple[Label | None, str]]:
    """Yield the paragraph or the document of each place that words name."""
    what = one.what
    if one.taken_in:
        return
    if isinstance(what, Cited):
        yield from ((None, symbol) for symbol in what.symbols if not own & parts_of(symbol))
    elif isinstance(one.owner, Cited):
        yield from ((label, symbol) for symbol in one.owner.symbols for label in _elsewhere(one))
    elif one.owner != "other":
        yield from ((label, "") for label in _here(one, source, standing, text) if label)


def _elsewhere(one: Named) -> Iterator[Label]:
    """Yield what a place of another document means there, as far as its words tell."""
    if not isinstance(one.what, Mention | Articles):
        return
    holder = one.within.what if one.within else None
    above = holder.places[0][0] if isinstance(holder, Mention | Articles) and holder.places else None
    for place in one.what.places:
        label = place[0]
        yield Label((*(above.steps if above else ()), *label.steps), (*(above.scope if above else ()), *label.scope))


def _here(one: Named, source: Label, standing: Standing, text: str) -> Iterator[Label | None]:
    """Yield what the places of one's own text mean to who reads `source`."""
    what, towards = one.what, owners.direction(text, one.what.start, one.what.end)
    if isinstance(what, Relative):
        yield from standing.relative(what, source)
    elif isinstance(what, Unit):
        unit = standing.unit(what, source)
        yield standing.opening(unit) if unit else None
    elif isinstance(what, Section):
        yield standing.section(what, source, towards) if one.owner == "own" else None
    elif isinstance(what, Mention | Articles):
        form = what.form if isinstance(what, Mention) else "article"
        within = _holder(one.within, source, standing)
        if one.within and within is None and not isinstance(one.within.what, Cited):
            return
        found = [standing.place(place, form, source, towards, within) for place in what.places]
        ranged = form == "article" and len(found) > 1 and re.search(TO, text[what.start : what.end])
        yield from standing.articles_between(found[0], found[-1]) or found if ranged else found


def _holder(holder: Named | None, source: Label, standing: Standing) -> Label | None:
    """Return the label of the article, annex or unit that a place is said to be in."""
    if holder is None or isinstance(holder.what, Cited | Relative | Section):
        return None
    if isinstance(holder.what, Unit):
        return standing.unit(holder.what, source)
    form = holder.what.form if isinstance(holder.what, Mention) else "article"
    return standing.container(holder.what.places[-1], form, source)
