"""Where a reader of a report stands: a named place to the paragraph it means there, or to none.

Numbers restart in annexes, guidelines, principles and treaties: a place is looked for where the reader is first, then
further out. A place that the report does not have is not found; nothing is guessed.
"""

import re
from collections.abc import Iterable, Sequence

from corpus.label import Label, Step
from corpus.numerals import from_any
from corpus.references.grammar import Form, Place, article_places
from corpus.references.owners import Direction
from corpus.references.text_places import Relative, Section, Unit, unit_number
from corpus.report import Paragraph, Report

_UNIT_SCOPE = re.compile(r"(原则|准则|Guideline|Principle|Principio|Principe|Directriz|Принцип)\s*(\S+)")
_CLAUSES = ("number", "unnumbered")
_HEADING_MARK = re.compile(r"\(?(\w{1,5})(?:[.、．)）]|\s|$)")


class Standing:
    """The places of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._position = {p.label: i for i, p in enumerate(report.paragraphs)}
        self._articles = [p.label for p in report.paragraphs if len(p.label.steps) == 1 and p.kind == "article"]
        self._article_at: dict[Label | None, int] = {label: i for i, label in enumerate(self._articles)}
        self._units: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self._first_in: dict[tuple[str, ...], Label] = {}
        self._headings: dict[tuple[str, ...], Paragraph] = {}
        self._first_of_article: dict[object, Label] = {}
        self._first_in_key: dict[object, Label] = {}
        for paragraph in report.paragraphs:
            if article := self._article_of(paragraph.label):
                self._first_of_article.setdefault(article.sort_key, paragraph.label)
            for depth in range(1, len(paragraph.label.scope) + 1):
                self._first_in_key.setdefault(Label((), paragraph.label.scope[:depth]).sort_key, paragraph.label)
                scope = paragraph.label.scope[:depth]
                if scope in self._first_in:
                    continue
                self._first_in[scope] = paragraph.label
                if named := _UNIT_SCOPE.fullmatch(scope[-1]):
                    self._units.setdefault((named[1].lower(), unit_number(named[2])), []).append(scope)
            for depth in range(1, len(paragraph.heading_path) + 1):
                self._headings.setdefault(paragraph.heading_path[:depth], paragraph)

    def find(self, label: Label) -> Label | None:
        """Return the report's own label of the place that `label` writes in any equal way; None where it has none."""
        return self._report.paragraph(label).label if label in self._report else None

    def place(
        self, place: Place, form: Form, source: Label, towards: Direction = "", within: Label | None = None
    ) -> Label | None:
        """Return the paragraph that a place means to who reads `source`; None where the report has none.

        Args:
            place: the meanings of the words.
            form: what the words call it.
            source: the paragraph that names it.
            towards: where the words say it is.
            within: the article, annex, guideline or principle that they say it is in.
        """
        for scope, steps in self._bases(form, source, within):
            for reading in place:
                found = self._at(Label((*steps, *reading.steps), (*scope, *reading.scope)), form)
                if found and self._lies(found, source, towards):
                    return found
        return None

    def container(self, place: Place, form: Form, source: Label) -> Label | None:
        """Return the label of the article or annex that a place means to who reads `source`, with words of its own or not."""
        for scope, steps in self._bases(form, source, None):
            for reading in place:
                label = Label((*steps, *reading.steps), (*scope, *reading.scope))
                if self._at(label, form):
                    return label
        return None

    def articles_between(self, first: Label | None, last: Label | None) -> list[Label]:
        """Return the articles from `first` to `last`, inserted ones (之一) with them; none where either is not an article."""
        if first not in self._article_at or last not in self._article_at:
            return []
        return self._articles[self._article_at[first] : self._article_at[last] + 1]

    def relative(self, relative: Relative, source: Label) -> list[Label]:
        """Return the paragraphs that a place counted from the reader's clause means, as far as the report has them."""
        article = self._article_of(source)
        if article is None:
            return []
        own = next((step for step in source.steps[1:2] if step.kind in _CLAUSES), None)
        clause = from_any(own.mark) or 1 if own else 1
        if relative.which == "前条":
            return self._before(article)
        back_from = [clause - back for back in reversed(relative.back) if clause > back]
        if relative.which.endswith("项") and source.steps[-1].kind == "item":
            return [label for back in reversed(relative.back) for label in self._item_before(source, back)]
        clauses = list(relative.clauses)
        if relative.back:
            clauses = back_from
        elif relative.which == "本款":
            clauses = [clause]
        if relative.back and not clauses:
            return []
        signs = list(relative.signs)
        if relative.which or clauses:
            return self._all(article_places(article, clauses, signs, relative.bare))
        return self._all(article_places(article, [clause], signs)) or self._all(article_places(article, [], signs))

    def unit(self, unit: Unit, source: Label) -> Label | None:
        """Return the label of a principle or guideline, whether the report has a paragraph for it or only ones in it."""
        best = _nearest(self._units.get((unit.word, unit.number), []), source.scope)
        return Label((), best) if best else None

    def section(self, section: Section, source: Label, towards: Direction) -> Label | None:
        """Return the first paragraph below the headings with these marks; None where several sections have them."""
        paragraph = self._report.paragraph(source)
        paths = [
            path
            for path, first in self._headings.items()
            if len(path) >= len(section.marks)
            and all(_marked(h, m) for h, m in zip(path[-len(section.marks) :], section.marks, strict=True))
            and self._lies(first.label, source, towards)
        ]
        best = _nearest(paths, paragraph.heading_path)
        return self._headings[best].label if best else None

    def opening(self, label: Label) -> Label | None:
        """Return the paragraph of a label that may be a whole scope: itself, or the first one in it."""
        return self.find(label) or (self._first_in.get(label.scope) if not label.steps else None)

    def _at(self, label: Label, form: Form) -> Label | None:
        """Return the report's own label of a place; of an article or annex without words of its own, its first paragraph."""
        found = self.find(label)
        if found is None and form == "article" and len(label.steps) == 1:
            return self._first_of_article.get(label.sort_key)
        if found is None and form == "annex" and not label.steps:
            return self._first_in_key.get(label.sort_key)
        return found

    def _bases(
        self, form: Form, source: Label, within: Label | None
    ) -> Iterable[tuple[tuple[str, ...], tuple[Step, ...]]]:
        """Yield the scopes and first steps that a place can stand in, the reader's own first."""
        if within is not None:
            yield within.scope, within.steps
            return
        if form == "paragraph" and (article := self._article_of(source)):
            yield article.scope, article.steps
            return
        for depth in range(len(source.scope), -1, -1):
            yield source.scope[:depth], ()

    def _article_of(self, source: Label) -> Label | None:
        first = source.steps[:1]
        return Label(first, source.scope) if first and first[0].kind == "article" else None

    def _before(self, article: Label) -> list[Label]:
        found = self.find(article)
        at = self._article_at.get(found, 0) if found else 0
        return [self._articles[at - 1]] if at and self._articles[at - 1].scope == article.scope else []

    def _item_before(self, source: Label, back: int) -> list[Label]:
        """Return the item `back` places before the one at `source` in its list."""
        for at in range(self._position[source] - 1, -1, -1):
            label = self._report.paragraphs[at].label
            if label.scope != source.scope or label.steps[: len(source.steps) - 1] != source.steps[:-1]:
                break
            if len(label.steps) == len(source.steps) and label.steps[-1].kind == "item":
                back -= 1
                if not back:
                    return [label]
        return []

    def _all(self, places: Sequence[Place]) -> list[Label]:
        """Return the first meaning of each place that the report has."""
        return [label for place in places for label in list(filter(None, map(self.find, place)))[:1]]

    def _lies(self, found: Label, source: Label, towards: Direction) -> bool:
        there, here = self._position[found], self._position[self._report.paragraph(source).label]
        return not towards or (there <= here if towards == "above" else there >= here)


def _nearest(paths: Sequence[tuple[str, ...]], here: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the path that shares most of its beginning with `here`; None where two do."""

    def shared(path: tuple[str, ...]) -> int:
        return next((i for i, (a, b) in enumerate(zip(path, here, strict=False)) if a != b), min(len(path), len(here)))

    ranked = sorted(paths, key=shared, reverse=True)
    if not ranked or (len(ranked) > 1 and shared(ranked[0]) == shared(ranked[1])):
        return None
    return ranked[0]


def _marked(heading: str, mark: str) -> bool:
    match = _HEADING_MARK.match(heading)
    return bool(match) and match[1].lower() == mark.strip("()")  # type: ignore[index]
