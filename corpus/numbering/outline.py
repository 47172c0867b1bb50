"""The headings in force while a report is read, and the scope in which its numbers run. Knows headings, not paragraphs."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import from_any, ordinal_of_mark

Family = Literal[
    "annex", "title", "part", "chapter", "section", "unit", "article", "number", "item", "caption", "unmarked"
]
_HAN = re.compile(r"[㐀-鿿]")
_NESTED_SIZE = 1.1
_SAME_SIZE = 0.05


@dataclass
class Heading:
    """A heading in force.

    Attributes:
        text: as printed.
        family: what kind of mark it has; `unmarked` without one, `title` for an annex's own.
        sign: its mark's sign; headings of one family and form count on from each other.
        size: size of its type, 1.0 for that of the running text.
        level: its depth where the format says it, else None.
        scope: what it is called in labels, where numbers restart below it; empty where they do not.
        filled: whether a paragraph stands below it.
        cited: whether a citable paragraph tells its words.
        counted: whether a numbered paragraph stands below it.
        line: on which it begins, as in `Block`.
    """

    text: str
    family: Family
    sign: str = ""
    size: float = 1.0
    level: int | None = None
    scope: str = ""
    filled: bool = False
    cited: bool = False
    counted: bool = False
    line: int = 0


class Outline:
    """The headings from the outermost to the innermost.

    Args:
        uncited: where to put the words of a heading that goes before a paragraph came below it.
    """

    def __init__(self, uncited: list[str]) -> None:
        self.headings: list[Heading] = []
        self.families: set[Family] = set()
        """Of all marked headings so far."""
        self._uncited = uncited

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the headings, outermost first."""
        return tuple(heading.text for heading in self.headings if heading.text)

    @property
    def scope(self) -> tuple[str, ...]:
        """The scope in which numbers run."""
        return tuple(heading.scope for heading in self.headings if heading.scope)

    @property
    def last(self) -> Heading | None:
        """The innermost heading, or None."""
        return self.headings[-1] if self.headings else None

    def innermost(self, family: Family) -> Heading | None:
        """Return the innermost heading of a family, or None."""
        return next((heading for heading in reversed(self.headings) if heading.family == family), None)

    def fill(self) -> None:
        """Note that a paragraph stands below the headings in force."""
        for heading in self.headings:
            heading.filled = heading.cited = True

    def count(self) -> None:
        """Note that a numbered paragraph stands below the headings in force."""
        for heading in self.headings:
            heading.counted = True

    def cite(self) -> None:
        """Note that a paragraph tells the words of the headings in force, although none stands below the innermost."""
        for heading in self.headings:
            heading.cited = True

    def keep(self, kept: list[Heading]) -> None:
        """End the headings in force but for those `kept`."""
        remaining = {id(heading) for heading in kept}
        gone = [heading for heading in self.headings if id(heading) not in remaining]
        self._uncited += [heading.text for heading in gone if not heading.cited]
        self.headings = kept

    def cut(self, heading: Heading) -> None:
        """End `heading` and all below it."""
        self.keep(self.headings[: self.headings.index(heading)])

    def above(self, heading: Heading) -> list[Heading]:
        """Return the headings that a marked `heading` would stand below."""
        before = self._before(heading)
        return self.headings if before is None else self.headings[: self.headings.index(before)]

    def push_marked(self, heading: Heading) -> None:
        """Put a marked heading in force: in the place of the one that it counts on from, or below the others."""
        self.families.add(heading.family)
        before = self._before(heading)
        if before is not None:
            self.cut(before)
        else:
            self._end_unmarked(heading, replaces=not self._has_subtitle)
        self.headings.append(heading)

    def push_unmarked(self, heading: Heading, replaces: bool) -> None:
        """Put a heading without a mark in force.

        Args:
            heading: the heading.
            replaces: whether it ends one of its size directly above it that has no text of its own yet.
        """
        if heading.level is not None:
            self.keep([h for h in self.headings if h.level is None or h.level < heading.level])
        self._end_unmarked(heading, replaces)
        self.headings.append(heading)

    def push_caption(self, heading: Heading) -> None:
        """Put a table's or a figure's caption in force, until `end_caption`."""
        self.end_caption()
        self.headings.append(heading)

    def end_caption(self) -> None:
        """End the caption in force: what follows is text."""
        self.keep([h for h in self.headings if h.family != "caption"])

    def push_annex(self, heading: Heading, again: bool = False) -> None:
        """Put an annex in force: one without a number is an annex to the numbered annex it stands in.

        Args:
            heading: of the annex.
            again: whether an annex of this name came before: then this is an annex to the one it stands in, too.
        """
        outer: list[Heading] = []
        for h in self.headings:
            instrument = h.family == "part" or (h.family == "section" and h.scope)
            inner = again or not _is_numbered(heading.sign)
            if instrument or (h.family == "annex" and _is_numbered(h.sign) and inner and not (again and outer)):
                outer.append(h)
        self.keep(outer)
        self.headings.append(heading)

    def _before(self, heading: Heading) -> Heading | None:
        """Return the heading in force that `heading` takes the place of, looked for from the innermost outwards."""
        if heading.level is not None:
            return next((h for h in self.headings if h.level is not None and h.level >= heading.level), None)
        kin = [h for h in self.headings if h.family == heading.family and _form(h.sign) == _form(heading.sign)]
        if not kin or heading.family in ("unit", "article", "part"):
            return kin[-1] if kin else None
        value = _value(heading)
        next_to = [h for h in kin if value is not None and _value(h) == value - 1]
        alike = [h for h in next_to if abs(h.size / heading.size - 1) < _SAME_SIZE]
        if next_to:
            return (alike or next_to)[-1]
        return kin[-1] if value != 1 or heading.family != "section" else None

    @property
    def _has_subtitle(self) -> bool:
        """Whether the innermost heading is the second line of an annex's title."""
        return [heading.family for heading in self.headings[-2:]] == ["title", "unmarked"]

    def _end_unmarked(self, heading: Heading, replaces: bool) -> None:
        while self.headings:
            last = self.headings[-1]
            small = last.size <= _NESTED_SIZE * heading.size
            if last.family == "unmarked" and small and (last.filled or replaces):
                self.keep(self.headings[:-1])
            else:
                return


def _is_numbered(annex: str) -> bool:
    return annex.rstrip().lower() not in ("annex", "appendix", "附件", "附录")


def _form(sign: str) -> str:
    last = sign.split(" ")[-1]
    return "figure" if last[-1:].isdigit() else "chinese" if _HAN.match(last) else "latin"


def _value(heading: Heading) -> int | None:
    """Return the place of a heading among its kin: `B` 2, `III` 3, `第二章` 2, `四` 4; None where it has none."""
    last = heading.sign.split(" ")[-1].strip("第章部分编篇节条")
    if heading.family == "section" and len(last) == 1 and last.isalpha() and last.isascii():
        return ord(last.lower()) - ord("a") + 1
    return ordinal_of_mark(last, 0) if heading.family == "item" else from_any(last)
