"""The looks of a Word paragraph and its runs: what the styles, the chain they are based on and the paragraph itself say.

Knows no text and no number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from corpus.readers.word.package import tag

_HEADING = re.compile(r"(?:heading|标题|titre|título|заголовок|überschrift) ?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|titre|título|название)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|table of figures)(?: ?\d| heading)?", re.IGNORECASE)
_BODY_LEVEL = 9
_DEFAULT_HALF_POINTS = 20
TWIPS = 20
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Style:
    """A style as the file declares it."""

    id: str
    kind: str
    name: str
    based_on: str
    paragraph: etree._Element | None
    run: etree._Element | None


class Styles:
    """The styles of a file.

    Args:
        root: the styles part, or None.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: dict[str, str] = {}
        self._run_defaults: etree._Element | None = None
        self._paragraph_defaults: etree._Element | None = None
        if root is None:
            return
        self._run_defaults = root.find(f"{tag('docDefaults')}/{tag('rPrDefault')}/{tag('rPr')}")
        self._paragraph_defaults = root.find(f"{tag('docDefaults')}/{tag('pPrDefault')}/{tag('pPr')}")
        for element in root.findall(tag("style")):
            style = Style(
                element.get(tag("styleId"), ""),
                element.get(tag("type"), "paragraph"),
                value_of(element.find(tag("name"))),
                value_of(element.find(tag("basedOn"))),
                element.find(tag("pPr")),
                element.find(tag("rPr")),
            )
            self._styles[style.id] = style
            if element.get(tag("default")) in ("1", "true", "on"):
                self._default.setdefault(style.kind, style.id)

    def chain(self, style_id: str, kind: str = "paragraph") -> Iterator[Style]:
        """Yield a style and those it is based on, innermost first; of an unknown id, the file's default style."""
        at = style_id if style_id in self._styles else self._default.get(kind, "")
        seen: set[str] = set()
        while at in self._styles and at not in seen:
            seen.add(at)
            yield self._styles[at]
            at = self._styles[at].based_on

    def paragraph_property(self, properties: etree._Element | None, name: str) -> etree._Element | None:
        """Return the element `name` that holds for a paragraph with `properties`, or None."""
        own = properties.find(tag(name)) if properties is not None else None
        if own is not None:
            return own
        for style in self.chain(style_of(properties, "pStyle")):
            found = style.paragraph.find(tag(name)) if style.paragraph is not None else None
            if found is not None:
                return found
        return None if self._paragraph_defaults is None else self._paragraph_defaults.find(tag(name))

    def run_property(
        self, properties: etree._Element | None, paragraph: etree._Element | None, name: str
    ) -> etree._Element | None:
        """Return the element `name` that holds for a run with `properties` in a paragraph with its own, or None."""
        own = properties.find(tag(name)) if properties is not None else None
        if own is not None:
            return own
        run_style = style_of(properties, "rStyle")
        chain = [*self.chain(style_of(paragraph, "pStyle"))]
        if run_style:
            chain[:0] = self.chain(run_style, "character")
        for style in chain:
            found = style.run.find(tag(name)) if style.run is not None else None
            if found is not None:
                return found
        return None if self._run_defaults is None else self._run_defaults.find(tag(name))

    def is_on(self, properties: etree._Element | None, paragraph: etree._Element | None, name: str) -> bool:
        """Whether a run is set with the property `name`, such as `b`, `i` or `vanish`."""
        return is_on(self.run_property(properties, paragraph, name))

    def half_points(self, properties: etree._Element | None, paragraph: etree._Element | None) -> int:
        """Return the size of a run's type in half points."""
        found = number_in(self.run_property(properties, paragraph, "sz"), "val")
        return found if found is not None and found > 0 else _DEFAULT_HALF_POINTS

    def level_of(self, properties: etree._Element | None) -> int | None:
        """Return the level of a heading: 0 for the title, 1 for the outermost; None where the paragraph is none."""
        own = number_in(properties.find(tag("outlineLvl")) if properties is not None else None, "val")
        if own is not None:
            return own + 1 if 0 <= own < _BODY_LEVEL else None
        for style in self.chain(style_of(properties, "pStyle")):
            name = style.name.strip()
            heading = _HEADING.fullmatch(name)
            if heading:
                return int(heading[1])
            if _TITLE.fullmatch(name):
                return 0
            level = number_in(style.paragraph.find(tag("outlineLvl")) if style.paragraph is not None else None, "val")
            if level is not None:
                return level + 1 if 0 <= level < _BODY_LEVEL else None
        return None

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph is a line of a table of contents by its style."""
        return any(_CONTENTS.fullmatch(style.name.strip()) for style in self.chain(style_of(properties, "pStyle")))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all styles."""
        return frozenset(self._styles)


def style_of(properties: etree._Element | None, kind: str) -> str:
    """Return the id of the style that `properties` name in their element `kind` (`pStyle` or `rStyle`)."""
    return value_of(properties.find(tag(kind))) if properties is not None else ""


def value_of(element: etree._Element | None) -> str:
    """Return the attribute `val` of an element, empty where there is none."""
    return (element.get(tag("val")) or "") if element is not None else ""


def number_in(element: etree._Element | None, *names: str) -> int | None:
    """Return the first of the attributes `names` of an element that is a whole number."""
    if element is None:
        return None
    for name in names:
        found = re.fullmatch(r"\s*(-?\d{1,9})(?:\.\d+)?\s*", element.get(tag(name)) or "")
        if found:
            return int(found[1])
    return None


def is_on(element: etree._Element | None) -> bool:
    """Whether an on-off property is there and not switched off."""
    return element is not None and (element.get(tag("val")) or "1").lower() not in _OFF


def indents(elements: list[etree._Element], half_points: int) -> tuple[float | None, float | None]:
    """Return the left edges of the first and the further lines in em, from `w:ind` elements, the stronger first."""
    if not elements:
        return None, None
    em = half_points / 2 * TWIPS

    def edge(chars: tuple[str, ...], twips: tuple[str, ...]) -> float:
        for element in elements:
            in_chars, in_twips = number_in(element, *chars), number_in(element, *twips)
            if in_chars:
                return in_chars / 100
            if in_twips is not None:
                return in_twips / em
        return 0.0

    left = edge(("leftChars", "startChars"), ("left", "start"))
    hanging = edge(("hangingChars",), ("hanging",))
    first = left - hanging if hanging else left + edge(("firstLineChars",), ("firstLine",))
    return round(first, 2), round(left, 2)
