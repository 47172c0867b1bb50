"""The numbers that Word counts by itself: definitions of lists, their levels, and what each paragraph's number comes to.

Knows where a list restarts and how a number is written, not what it means.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.number_forms import word_number
from corpus.readers.word.package import tag
from corpus.readers.word.styles import Styles, is_on, number_in, style_of, value_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[、．）】」：]$")
_MAX_HOPS = 10


@dataclass(frozen=True)
class Level:
    """A level of a list as declared: where it starts, how it is written, after which level it restarts (0: never)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str = ""
    indent: etree._Element | None = None


@dataclass
class _List:
    """A list that numbers are counted in: its levels with what one instance overrides, and what starts anew there."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: bool = False


@dataclass
class Counters:
    """Counts the numbered paragraphs of a file one after another.

    Attributes:
        numbering: the numbering part, or None.
        styles: the file's styles, which can number too.
    """

    numbering: etree._Element | None
    styles: Styles
    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.numbering is None:
            return
        abstracts = {a.get(tag("abstractNumId"), ""): a for a in self.numbering.findall(tag("abstractNum"))}
        for num in self.numbering.findall(tag("num")):
            abstract_id = value_of(num.find(tag("abstractNumId")))
            abstract = self._resolved(abstract_id, abstracts)
            levels = {} if abstract is None else _levels(abstract)
            starts: dict[int, int] = {}
            for override in num.findall(tag("lvlOverride")):
                at = number_in(override, "ilvl")
                if at is None or not 0 <= at < _LEVELS:
                    continue
                redefined = override.find(tag("lvl"))
                if redefined is not None:
                    levels[at] = _level(redefined)
                start = number_in(override.find(tag("startOverride")), "val")
                if start is not None:
                    starts[at] = start
            self._lists[num.get(tag("numId"), "")] = _List(abstract_id, levels, starts)

    def place_of(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """Return the list and the level that number a paragraph with `properties`, or None where it has no number."""
        own = properties.find(tag("numPr")) if properties is not None else None
        list_id = value_of(own.find(tag("numId"))) if own is not None else ""
        at = number_in(own.find(tag("ilvl")), "val") if own is not None else None
        if not list_id:
            for style in self.styles.chain(style_of(properties, "pStyle")):
                declared = style.paragraph.find(tag("numPr")) if style.paragraph is not None else None
                if declared is None:
                    continue
                by_style = self._level_of_style(style_of(properties, "pStyle"), value_of(declared.find(tag("numId"))))
                if not list_id:
                    list_id = value_of(declared.find(tag("numId")))
                if at is None:
                    at = by_style if by_style is not None else number_in(declared.find(tag("ilvl")), "val")
                if list_id:
                    break
        if list_id in ("", "0") or list_id not in self._lists:
            return None
        at = self._level_of_style(style_of(properties, "pStyle"), list_id) if at is None else at
        return list_id, min(max(at or 0, 0), _LEVELS - 1)

    def level(self, place: tuple[str, int]) -> Level:
        """Return the declaration of a level."""
        return self._lists[place[0]].levels.get(place[1], Level(form="none"))

    def next(self, place: tuple[str, int]) -> str:
        """Count one paragraph at `place` and return its number as printed with the space after it; empty for a bullet."""
        list_id, at = place
        own = self._lists[list_id]
        counts = self._counts.setdefault(own.abstract, [None] * _LEVELS)
        if not own.begun:
            own.begun = True
            for level in own.starts:
                counts[level:] = [None] * (_LEVELS - level)
        value = counts[at]
        counts[at] = self._start(own, at) if value is None else value + 1
        for deeper in range(at + 1, _LEVELS):
            restart = own.levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                counts[deeper] = None
        return self._printed(own, at, counts)

    def _printed(self, own: _List, at: int, counts: list[int | None]) -> str:
        level = own.levels.get(at, Level(form="none"))
        if level.form == "bullet":
            return ""

        def written(found: re.Match[str]) -> str:
            shown = int(found[1]) - 1
            value = counts[shown]
            form = own.levels.get(shown, Level()).form
            form = "decimal" if level.legal and form != "none" else form
            return word_number(self._start(own, shown) if value is None else value, form)

        mark = _PLACE.sub(written, level.text).strip()
        if not mark:
            return ""
        return mark if level.suffix == "nothing" or _CLOSED.search(mark) else f"{mark} "

    def _start(self, own: _List, at: int) -> int:
        return own.starts.get(at, own.levels.get(at, Level()).start)

    def _level_of_style(self, style_id: str, list_id: str) -> int | None:
        """Return the level of a list that is tied to a style or one that the style is based on."""
        own = self._lists.get(list_id)
        if own is None or not style_id:
            return None
        for style in self.styles.chain(style_id):
            for at, level in own.levels.items():
                if level.style and level.style == style.id:
                    return at
        return None

    def _resolved(self, abstract_id: str, abstracts: dict[str, etree._Element]) -> etree._Element | None:
        """Return the declaration that `abstract_id` leads to, through styles of lists."""
        numbering = self.numbering
        for _ in range(_MAX_HOPS):
            abstract = abstracts.get(abstract_id)
            link = value_of(abstract.find(tag("numStyleLink"))) if abstract is not None else ""
            if not link or numbering is None:
                return abstract
            style = next(iter(self.styles.chain(link, "numbering")), None)
            declared = (
                style.paragraph.find(f"{tag('numPr')}/{tag('numId')}")
                if style and style.paragraph is not None
                else None
            )
            wanted = value_of(declared)
            num = next((n for n in numbering.findall(tag("num")) if n.get(tag("numId")) == wanted), None)
            if num is None:
                return abstract
            abstract_id = value_of(num.find(tag("abstractNumId")))
        return None


def _levels(abstract: etree._Element) -> dict[int, Level]:
    found = ((number_in(element, "ilvl"), element) for element in abstract.findall(tag("lvl")))
    return {at: _level(element) for at, element in found if at is not None and 0 <= at < _LEVELS}


def _level(element: etree._Element) -> Level:
    start = number_in(element.find(tag("start")), "val")
    return Level(
        0 if start is None else start,
        value_of(element.find(tag("numFmt"))) or "decimal",
        value_of(element.find(tag("lvlText"))),
        number_in(element.find(tag("lvlRestart")), "val"),
        is_on(element.find(tag("isLgl"))),
        value_of(element.find(tag("suff"))) or "tab",
        value_of(element.find(tag("pStyle"))),
        element.find(f"{tag('pPr')}/{tag('ind')}"),
    )
