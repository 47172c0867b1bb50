"""The notes of a web page: which links are raised marks, which elements are the notes they lead to, and which lead back.

A link to a later place that shows nothing but a mark is taken for a note's; one to an earlier place leads back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.readers.looks import note_mark

_MARK = re.compile(r"[\[(（〔【]?\s*(\d{1,4}|[*†‡§#]{1,3}|[ivxl]{1,5}|[a-z])\s*[\])）〕】]?", re.IGNORECASE)
_NOTE_NAME = re.compile(r"#_?(?:s?d?ftn|fn|footnote|note|cite[_-]?note|edn|en|endnote|n)[-_:.]?\w*", re.IGNORECASE)
_BACK = re.compile(r"[\W_]*|(?:back|return|返回|返回正文|retour|volver)", re.IGNORECASE)
_INLINE = frozenset("a span sup sub b strong i em small font u".split())


@dataclass
class Notes:
    """The notes of a page.

    Attributes:
        marks: of each element that is a raised mark, the mark as printed in superscript.
        starts: of each element that a note begins with, its mark.
        ends: of each such element, the element that the note ends with.
        back: the links from notes back to the text.
    """

    marks: dict[etree._Element, str] = field(default_factory=dict)
    starts: dict[etree._Element, str] = field(default_factory=dict)
    ends: dict[etree._Element, etree._Element] = field(default_factory=dict)
    back: set[etree._Element] = field(default_factory=set)

    def within(self, element: etree._Element) -> bool:
        """Whether a note stands in an element or is it."""
        return any(start is element or element in start.iterancestors() for start in self.starts)


def notes_of(root: etree._Element) -> Notes:
    """Return the notes of a page."""
    notes = Notes()
    places: dict[str, etree._Element] = {}
    order: dict[etree._Element, int] = {}
    links = []
    for at, element in enumerate(root.iter(etree.Element)):
        order[element] = at
        for name in ("id", "name"):
            if element.get(name):
                places.setdefault(element.get(name, ""), element)
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            links.append(element)
    for link in links:
        href = link.get("href", "")
        target = places.get(href[1:])
        if target is None:
            continue
        if order[target] < order[link]:
            if _shown(link) and (_MARK.fullmatch(_shown(link)) or _BACK.fullmatch(_shown(link))):
                notes.back.add(link)
        elif _is_reference(link, href):
            found = _MARK.fullmatch(_shown(link))
            mark = note_mark(found[1] if found else _shown(link))
            notes.marks[_whole_mark(link)] = mark
            notes.starts.setdefault(target, mark)
    for start in notes.starts:
        notes.ends[start] = _block_of(start)
    return notes


def _is_reference(link: etree._Element, href: str) -> bool:
    kind = (
        f"{link.get('role') or ''} {link.get('{http://www.idpf.org/2007/ops}type') or ''} {link.get('epub:type') or ''}"
    )
    if "noteref" in kind:
        return bool(_shown(link)) and len(_shown(link)) <= 6
    raised = link.find(".//sup") is not None or any(above.tag == "sup" for above in _some_above(link))
    return bool(_MARK.fullmatch(_shown(link))) and (raised or bool(_NOTE_NAME.fullmatch(href)))


def _whole_mark(link: etree._Element) -> etree._Element:
    """Return the element that shows a mark and nothing else: the link, or what raises it together with its brackets."""
    for above in _some_above(link):
        if above.tag not in ("sup", "small", "span") or not _MARK.fullmatch(_shown(above)):
            break
        link = above
    return link


def _block_of(element: etree._Element) -> etree._Element:
    """Return the block that an element is or stands in."""
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()  # type: ignore[assignment]
    return element


def _some_above(element: etree._Element) -> Iterator[etree._Element]:
    for count, above in enumerate(element.iterancestors()):
        if count == 4:
            return
        yield above


def _shown(element: etree._Element) -> str:
    return text_in(element).strip()


def text_in(element: etree._Element) -> str:
    """Return all characters in an element, as they stand in the source."""
    return "".join(str(part) for part in element.itertext())


def line_of(element: etree._Element) -> int:
    """Return the 1-based line on which an element begins; the parser counts no further than 65,535."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 1
