"""The notes at the foot of a page's columns, told from the text above them. Knows no running head."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.marks import SUPERSCRIPTS, ends_sentence
from corpus.readers.pdf.lines import RAISED, Line

_SMALLER = 0.94
_MAX_GOING_ON = 8
_NOTE = re.compile(rf"(?:[{SUPERSCRIPTS}]+|\*{{1,3}})\s?\S")
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FIGURE = re.compile(r"(\d{1,3})( ?)(?=[^\W\d_a-zа-я][^\W\d_])")


@dataclass
class Page:
    """The lines of a page's text in reading order, and those of the notes at its foot.

    Attributes:
        notes_go_on: whether the notes begin with the rest of the page before's last.
        asides: lines set across the others, such as the heads of a wide table.
    """

    number: int
    text: list[Line]
    notes: list[Line]
    notes_go_on: bool = False
    asides: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class NotesBefore:
    """What is known of the notes before a page.

    Attributes:
        last: the number of the last one; 0 for none.
        unfinished: whether it ends within a sentence at the foot of the page before.
    """

    last: int = 0
    unfinished: bool = False

    def after(self, notes: list[Line]) -> "NotesBefore":
        """Return what is known once these lines of notes are read."""
        last = next((n for line in reversed(notes) if (n := _note_number(line))), self.last)
        return NotesBefore(last, bool(notes) and not ends_sentence(notes[-1].text))


def page_of(number: int, lines: list[Line], size: float, before: NotesBefore) -> Page:
    """Return a page with its notes apart; each column may have its own.

    Args:
        number: of the page, from 1.
        lines: of the page, without running heads, in reading order.
        size: of the running text in points.
        before: what is known of the notes before it.
    """
    most = max(Counter(line.turns for line in lines).items(), key=lambda item: item[1], default=(0, 0))[0]
    page = Page(number, [], [], asides=[line for line in lines if line.turns != most])
    upright = (line for line in lines if line.turns == most)
    for _, column in groupby(upright, key=lambda line: line.column):
        text, notes, go_on = _text_and_notes(list(column), size, before)
        if notes:
            page.notes_go_on = page.notes_go_on or (go_on and not page.notes)
            before = before.after(notes)
        page.text += text
        page.notes += notes
    return page


def _text_and_notes(lines: list[Line], size: float, before: NotesBefore) -> tuple[list[Line], list[Line], bool]:
    """Return the lines above the notes, those of the notes, and whether these begin with the rest of an earlier one.

    Notes are the smaller type below a rule, or from the first note mark on.
    """
    small = len(lines)
    while small and (lines[small - 1].size < _SMALLER * size or lines[small - 1].is_rule):
        small -= 1
    foot = lines[small:]
    rule = next((i for i, line in enumerate(foot) if line.is_rule), None)
    if rule is not None:
        notes = [line for line in foot[rule + 1 :] if not line.is_rule]
        return lines[: small + rule], notes, bool(notes) and not _NOTE.match(notes[0].text)
    foot = _with_raised_marks(foot, before.last)
    first = next((i for i, line in enumerate(foot) if _NOTE.match(line.text)), None)
    if before.unfinished and foot and 0 < (len(foot) if first is None else first) <= _MAX_GOING_ON:
        return lines[:small], foot, True
    if first is not None:
        return lines[: small + first], foot[first:], False
    return lines, [], False


def _with_raised_marks(foot: list[Line], last: int) -> list[Line]:
    """Return lines of small type, the figures at full height that open their notes as raised marks.

    Args:
        foot: the lines.
        last: the number of the last note before them; 0 for none.
    """
    raised = []
    for line in foot:
        opens = _FIGURE.match(line.text)
        alone = opens is not None and line.runs[0].text.lstrip().startswith(opens[1])
        if opens is not None and alone and (not opens[2] or int(opens[1]) == last + 1 > 1):
            first = line.runs[0]
            run = replace(first, text=first.text.replace(opens[1], opens[1].translate(RAISED), 1))
            line = replace(line, runs=[run, *line.runs[1:]])
        last = _note_number(line) or last
        raised.append(line)
    return raised


def _note_number(line: Line) -> int:
    """Return the number of the note that a line opens, or 0."""
    mark = re.match(rf"[{SUPERSCRIPTS}]+", line.text)
    return int(mark[0].translate(_FIGURES)) if mark else 0
