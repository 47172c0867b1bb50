"""Rows of tables and lists: their cells, the groups they stand under, and their numbers. Knows lines, not labels."""

import re
from dataclasses import dataclass, field

from corpus.marks import ends_sentence
from corpus.numbering.outline import Heading
from corpus.report import Paragraph

_PERSON_AND_POST = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*)+|[㐀-鿿]+(?:·[㐀-鿿]+)+)\s+(?=[㐀-鿿])")
_ROLE = re.compile(r"([^\W\d_](?:[\w.'’()（）、/-]| (?=\S)){0,39}[:：])\s*(?=\S)")
_OFFICE = re.compile(
    r"(?:vice[- ]|co-|deputy |副|共同|联合)?(?:chair(?:s|man|men|person|persons|woman)?|president|rapporteur|secretary|moderator"
    r"|facilitator|members?|observers?|主席|主持人|报告员|秘书|成员|组长|协调人|président(?:e|s|es)?|rapporteuse|secrétaire"
    r"|president[ea]s?|relator(?:a|es)?|secretari[oa]|председатель|докладчик|секретарь)\b",
    re.IGNORECASE,
)
_MAX_POST_CHARS = 120
_BETWEEN_PERSONS = re.compile(r"(?<=[a-z]) (?=[A-Z]\. )")
_BROKEN_HAN = re.compile(r"(?<=[㐀-鿿]) (?=[㐀-鿿])")
_SAME_LEAD_CHARS = 3


@dataclass(frozen=True)
class Cells:
    """What a line of a table holds: its cells, none for a group's name; and whether it goes on from the row before."""

    cells: tuple[str, ...]
    goes_on: bool = False


@dataclass
class Rows:
    """Keeps the groups in force and counts the rows of each scope.

    Attributes:
        uncited: where to put the name of a group that goes before a row came below it.
    """

    uncited: list[str]
    _groups: list[Heading] = field(default_factory=list)
    _last_was_group: bool = False
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def headings(self) -> list[Heading]:
        """Return the groups that the next row stands under, outermost first, and note that a row stands under them."""
        for group in self._groups:
            group.cited = True
        return list(self._groups)

    def next_number(self, scope: tuple[str, ...]) -> int:
        """Return the number of the next row of `scope`, from 1."""
        self._numbers[scope] = self._numbers.get(scope, 0) + 1
        return self._numbers[scope]

    def end_groups(self) -> None:
        """Forget the groups: a heading has ended them."""
        self._keep(0)
        self._last_was_group = False

    def person_and_post(self, text: str) -> tuple[str, str] | None:
        """Return the name and the post of a line that lists a person, or None."""
        person = _PERSON_AND_POST.match(text)
        return (person[1], text[person.end() :]) if person and not ends_sentence(text) else None

    def office_and_person(self, text: str, *neighbours: str) -> tuple[str, str] | None:
        """Return the office and the name of a line such as `Chair: Ms. Li` or `主席：李明`, or None.

        Args:
            text: the line.
            neighbours: the texts above and below it: an office that is not known as one needs one more such line there.
        """
        office = _ROLE.match(text)
        if office is None or ends_sentence(text) or len(text) - office.end() > _MAX_POST_CHARS:
            return None
        if not _OFFICE.match(text) and not any(_ROLE.match(other) and not ends_sentence(other) for other in neighbours):
            return None
        return office[1], text[office.end() :]

    def cells_of(self, text: str, before: Paragraph | None) -> Cells:
        """Return the cells of a line whose cells tabs set apart.

        Args:
            text: the line.
            before: the paragraph before it.
        """
        cells = [_BROKEN_HAN.sub("", cell.strip()) for cell in text.split("\t")]
        filled = [name for cell in cells for name in _BETWEEN_PERSONS.split(cell) if name]
        if len(filled) == 1 and cells[0]:
            self._group(filled[0])
            return Cells(())
        self._last_was_group = False
        goes_on = bool(filled) and not cells[0] and before is not None and before.kind == "row"
        return Cells(tuple(filled), goes_on)

    def _group(self, name: str) -> None:
        if not self._last_was_group or not self._groups:
            lead = name[:_SAME_LEAD_CHARS]
            same = next((i for i, group in enumerate(self._groups) if group.text.startswith(lead)), None)
            self._keep(max(0, len(self._groups) - 1) if same is None else same)
        self._groups.append(Heading(name, "unmarked"))
        self._last_was_group = True

    def _keep(self, outermost: int) -> None:
        """End the groups but for the outermost ones."""
        self.uncited += [group.text for group in self._groups[outermost:] if not group.cited]
        self._groups = self._groups[:outermost]
