"""Which sections of reports are meant: 第三章, section III.B, 附件二, or words of a heading. Knows headings, no paragraph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.library.sections import Heading
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.text import HAN, normalise

_MARK = rf"(?:[{CHINESE_NUMERAL}]{{1,3}}|\d{{1,2}}|[ivxlc]{{1,6}}|[a-z])"
_UNITS = "部分|章|节|编|篇"
_LATIN_UNITS = {"chapter": "章", "chap.": "章", "part": "部分", "section": "", "sect.": "", "sec.": ""}
_LATIN_UNIT = r"chapter|chap\.|part|section|sect\.|sec\."
_WORDS = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), start=1)}

_ANNEX = re.compile(rf"(附件|附录|annex|appendix)\s?({_MARK}?)(?![{CHINESE_NUMERAL}a-z\d])")
_HEADING = re.compile(
    rf"第(?P<zh>{_MARK})(?P<unit>{_UNITS})|(?P<latin>{_LATIN_UNIT}) (?P<of>{_MARK})\b"
    rf"|\(?(?P<bare>{_MARK})(?:[.、)](?![a-z]\.)|(?=\s|$))"
)
_ZH_STEP = re.compile(rf"第?(?P<mark>{_MARK})(?P<unit>{_UNITS})的?")
_LATIN_STEP = re.compile(rf"(?:(?P<unit>{_LATIN_UNIT}) )?(?P<mark>{_MARK}|{'|'.join(_WORDS)})(?:[., ]+|$)")
_OUTSIDE = re.compile(rf"[^{HAN}\w]+")
_SMALL = frozenset("the a an of on in to for and or about with by section chapter part".split())


@dataclass(frozen=True)
class _Step:
    """The mark of one heading: what it can count as, and the unit that is named with it."""

    values: frozenset[str]
    unit: str


def sections_meant(wanted: str, headings: Iterable[Heading]) -> list[Heading]:
    """Return the paths of headings that lie in the section that `wanted` names; none where it names none of them.

    A mark that stands at several depths means the outermost one; a section of several reports is meant in each.

    Args:
        wanted: marks (第三章, 第三章B节, III.B, chapter II), an annex, or words that stand in a heading.
        headings: each path of headings there is.
    """
    text = normalise(wanted).strip(" .,。，、“”\"'《》")
    paths = list(headings)
    steps = _steps_of(text)
    depths = [_depth_by_marks(steps, path) if steps else _depth_by_words(text, path) for _, path in paths]
    least: dict[str, int] = {}
    for (key, _), depth in zip(paths, depths, strict=True):
        if depth:
            least[key] = min(depth, least.get(key, depth))
    return [one for one, depth in zip(paths, depths, strict=True) if depth and (depth == least[one[0]] or not steps)]


def is_mark(wanted: str) -> bool:
    """Whether `wanted` names a section by its marks, and not by words."""
    return bool(_steps_of(normalise(wanted)))


def _steps_of(text: str) -> list[_Step]:
    """Return the marks that `text` consists of, outermost first; none where it holds anything else."""
    for pattern in (_ZH_STEP, _LATIN_STEP):
        steps, at = [], 0
        while match := pattern.match(text, at):
            unit = match["unit"] or ""
            steps.append(_Step(_values(match["mark"]), _LATIN_UNITS.get(unit, unit if unit != "节" else "")))
            at = match.end()
            if at == len(text):
                return steps
    return []


def _values(mark: str) -> frozenset[str]:
    number = _WORDS.get(mark) or from_any(mark)
    letter = {mark} if len(mark) == 1 and mark.isascii() and mark.isalpha() else set()
    return frozenset({*letter, *({str(number)} if number else set())})


def _depth_by_marks(steps: list[_Step], path: tuple[str, ...]) -> int:
    """Return how many headings of `path` lead to the section with these marks; 0 where it is not in it."""
    at = 0
    for depth, heading in enumerate(path, start=1):
        if _has_mark(normalise(heading), steps[at]):
            at += 1
            if at == len(steps):
                return depth
    return 0


def _has_mark(heading: str, step: _Step) -> bool:
    match = _HEADING.match(heading)
    if match is None or _ANNEX.match(heading):
        return False
    unit = match["unit"] or _LATIN_UNITS.get(match["latin"] or "", "")
    same_unit = not step.unit or not unit or unit == step.unit
    return same_unit and bool(_values(match["zh"] or match["of"] or match["bare"]) & step.values)


def _depth_by_words(text: str, path: tuple[str, ...]) -> int:
    """Return how many headings lead to one that is this annex, or holds these words or all that matter of them."""
    annex = _ANNEX.fullmatch(text)
    words = [w for w in re.findall(r"[a-z\d]{2,}", text) if w not in _SMALL] if text.isascii() else []
    plain = _OUTSIDE.sub("", text)
    for depth, heading in enumerate(map(normalise, path), start=1):
        if annex:
            found = _ANNEX.match(heading)
            if found and _is_appendix(found[1]) == _is_appendix(annex[1]) and from_any(found[2]) == from_any(annex[2]):
                return depth
        elif (len(plain) > 1 and plain in _OUTSIDE.sub("", heading)) or (words and _holds(words, heading)):
            return depth
    return 0


def _holds(words: list[str], heading: str) -> bool:
    """Whether each word stands in `heading`, or one that begins as it does."""
    return all(re.search(rf"\b{re.escape(w[:-1] if len(w) > 4 else w)}", heading) for w in words)


def _is_appendix(word: str) -> bool:
    return word in ("附录", "appendix")
