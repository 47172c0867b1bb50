"""One consistent state of the library, its records and its index together, for as long as one question takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row

from assistant.answer import Hit
from assistant.catalogue import Catalogue
from corpus.label import Label
from corpus.library import identity, link_records, paragraph_records, records, versions
from corpus.library.address import Address, versioned
from corpus.library.schema import place_of
from corpus.library.texts import texts
from corpus.numerals import CHINESE_NUMERAL
from corpus.references.links import Link
from corpus.references.symbols import parts_of
from corpus.report import Paragraph, numbered_range
from index.folder import Index
from index.passages import opening_of
from index.reranker import Reranker

_AT_ONCE = 10_000
"""How many paragraphs one query of the records names."""


@dataclass
class View:
    """What one question sees.

    Attributes:
        connection: a transaction that sees one state of the records.
        opened: the index that belongs to that state; None where only the records are looked at.
        catalogue: what is known of the reports in that state.
        reports: ids of the reports to look in, those they have now; None for all.
        cache: paragraphs looked up before in the same state, by id; shared between views of that state.
        passages: ids of the paragraphs to look in; None for all of those reports.
        reranker: reads the best candidates once more; None for none.
    """

    connection: Connection
    opened: Index | None
    catalogue: Catalogue
    reports: tuple[str, ...] | None
    cache: dict[int, Hit]
    passages: frozenset[int] | None = None
    reranker: Reranker | None = None

    def __post_init__(self) -> None:
        self._by_key, self._keys = self.catalogue.rows, self.catalogue.keys
        if self.reports is not None:
            self.reports = tuple(self._row(report_id).name for report_id in self.reports)

    @property
    def index(self) -> Index:
        """The index; a view of the records alone has none to ask."""
        if self.opened is None:
            raise AssertionError("a view of the records alone was asked for its index")
        return self.opened

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The keys of the reports to look in, as the index knows them; None for all."""
        return None if self.reports is None else tuple(self._keys[report_id] for report_id in self.reports)

    @property
    def looks_at_nothing(self) -> bool:
        """Whether nothing is left to look in."""
        return self.reports == () or self.passages == frozenset()

    def abbreviations(self, key: str) -> dict[str, str]:
        """Return the short names that the report with this key introduces, short → long."""
        indexed = self.index.contents.by_id.get(key)
        return indexed.abbreviations if indexed else {}

    def has(self, report_id: str) -> bool:
        """Whether the library has a report of this id, or one that had it before."""
        return report_id in self._keys

    def covers(self, report_id: str) -> bool:
        """Whether the report with this id is looked in."""
        return self.reports is None or self._row(report_id).name in self.reports

    def titles(self) -> dict[str, str]:
        """Return the title of each report by its id, in the order they were added."""
        return self.catalogue.titles

    def places(self) -> frozenset[str]:
        """Return the places that the titles of the reports looked in name."""
        if self.keys is None:
            return self.index.places
        known = self.index.contents.by_id
        return frozenset(place for key in self.keys if key in known for place in known[key].standing.places)

    def years(self) -> set[int]:
        """Return the years that the reports looked in are of, those that are known."""
        return {self.catalogue.year[key] for key in (self._by_key if self.keys is None else self.keys)} - {0}

    def language(self, report_id: str) -> str:
        """Return the language of a report, as ISO 639-1 code."""
        return str(self._row(report_id).language)

    def paragraphs(self, ids: Sequence[int]) -> list[Hit]:
        """Return the paragraphs of `ids`, in their order, each as a hit of score 0."""
        missing = [i for i in ids if i not in self.cache]
        for start in range(0, len(missing), _AT_ONCE):
            found = paragraph_records.paragraph_rows(self.connection, missing[start : start + _AT_ONCE])
            parents = self._parents(found.values())
            self.cache |= {i: self._hit(row, 0.0, parents) for i, row in found.items()}
        return [self._by_its_name(self.cache[i]) for i in ids]

    def at(self, label: Label, report: str | None = None) -> list[Hit]:
        """Return the paragraph at `label` and all below it, in document order, with score 1; empty where there is none."""
        within = (self._row(report).id,) if report else self.keys
        rows = [row for row in paragraph_records.rows_at(self.connection, label, within) if _means(row.label, label)]
        rows = [row for row in rows if self._looks_at(row)]
        parents = self._parents(rows)
        return [self._hit(row, 1.0, parents) for row in rows]

    def everything(self, at_most: int) -> list[Hit]:
        """Return the first paragraphs of all that is looked in, in document order, each with score 1."""
        ids = [text.id for text in islice(texts(self.connection, self.keys, self.passages), at_most)]
        return [replace(hit, score=1.0) for hit in self.paragraphs(ids)]

    def within_parts(self, label: Label) -> list[list[Hit]]:
        """Return what is at `label` in each part of a report whose numbers are its own, each part by itself.

        A collection of treaties has several first articles; 原则3 is one of the principles in its second part.
        """
        parts: dict[tuple[str, tuple[str, ...]], list[Hit]] = {}
        for row in filter(self._looks_at, paragraph_records.rows_within(self.connection, label, self.keys)):
            hit = self._hit(row, 1.0)
            scope = hit.paragraph.label.scope
            outer = scope[: len(scope) - len(label.scope)] if label.scope else scope
            parts.setdefault((hit.report, outer), []).append(hit)
        return list(parts.values())

    def cited(self, address: Address) -> list[Hit]:
        """Return what a link opens: the paragraph and all below it as that version of its report has them, with score 1.

        Raises:
            UnknownReport: there is no such report, or no such version of it.
        """
        explicit = f"{address.report}@{address.version}"
        row, version = identity.wanted_version(self.connection, explicit)
        if version == row.version:
            return self.at(address.label, row.name)
        rows = versions.rows_at(self.connection, row.id, version, address.label)
        paragraphs = [paragraph_records.paragraph_of(r) for r in rows]
        return [Hit(p, row.name, 1.0, context=p.heading_path, version=version) for p in paragraphs]

    def whole(self, hit: Hit) -> list[Hit]:
        """Return a hit's paragraph and all below it, in document order, each with the hit's score."""
        return [replace(part, score=hit.score) for part in self.at(hit.paragraph.label, hit.report)]

    def items(self, report: str, label: Label) -> list[Hit]:
        """Return the items directly below the paragraph at `label`, in their order, also those inside its sentence."""
        rows = paragraph_records.item_rows(self.connection, self._row(report).id, label)
        parents = self._parents(rows)
        return [self._hit(row, 1.0, parents) for row in rows]

    def neighbour(self, report: str, label: Label, step: int) -> Label | None:
        """Return the numbered paragraph `step` places after the one `label` stands in (before it, below 0); None past the ends."""
        row = paragraph_records.neighbour(self.connection, self._row(report).id, label, step)
        return Label.parse(row.label) if row else None

    def own(self, report: str) -> list[Label]:
        """Return the labels of a report's paragraphs and articles in document order: no items, rows and notes."""
        rows = paragraph_records.own_rows(self.connection, self._row(report).id)
        return [Label.parse(row.label) for row in rows if self._looks_at(row)]

    def sibling(self, report: str, label: Label, step: int) -> Label | None:
        """Return the item `step` places after the one at `label` in its list; None past the ends and where it is no item."""
        if len(label.steps) < 2:
            return None
        items = [hit.paragraph.label for hit in self.items(report, Label(label.steps[:-1], label.scope))]
        at = next((i for i, item in enumerate(items) if item.sort_key == label.sort_key), None)
        return items[at + step] if at is not None and 0 <= at + step < len(items) else None

    def links_from(self, report: str, label: Label) -> list[Link]:
        """Return what the paragraph at `label` refers to, in the order of its text."""
        return link_records.of_paragraph(self.connection, self._row(report).id, label)

    def links_to(self, report: str, label: Label) -> list[tuple[str, Link]]:
        """Return what refers to the paragraph at `label`, each with the id of the report it stands in, its own first."""
        row = self._row(report)
        linked = link_records.to_paragraph(self.connection, row.id, label, parts_of(row.symbol))
        return [(self._by_key[key].name, link) for key, link in linked]

    def links_of(self, report: str) -> list[Link]:
        """Return all links of a report, in the order of its text."""
        return link_records.of_report(self.connection, self._row(report).id)

    def links_by_symbol(self, report: str) -> list[tuple[str, Link]]:
        """Return the links of other reports that cite a report by its symbol, each with the id of the report it stands in."""
        row = self._row(report)
        linked = link_records.by_symbols(self.connection, row.id, parts_of(row.symbol))
        return [(self._by_key[key].name, link) for key, link in linked]

    def address_of(self, report: str) -> str:
        """Return the id of a report with its newest version, as links have it."""
        row = self._row(report)
        return versioned(row.name, row.version)

    def report_of_symbol(self, symbol: str, like: str) -> str:
        """Return the id of the report with this document symbol, in the language of `like` where there is one; empty if none."""
        parts = parts_of(symbol)
        rows = [row for row in self._by_key.values() if row.symbol and parts & parts_of(row.symbol)]
        same = [row for row in rows if row.language == self.language(like)]
        return str((same or rows)[0].name) if rows else ""

    def range_of(self, report_id: str) -> str:
        """Return the span of a report's numbers as a message shows it."""
        return numbered_range(records.load_report(self.connection, self._row(report_id)).paragraphs)

    def _looks_at(self, row: Row[Any]) -> bool:
        return self.passages is None or row.id in self.passages

    def _row(self, report_id: str) -> Row[Any]:
        key = self._keys.get(report_id)
        return self._by_key[key] if key else identity.find(self.connection, report_id)

    def _document(self, key: str) -> str:
        """Return what a question may name a report by: its title, symbol, session and the countries that it is about."""
        indexed = self.opened.contents.by_id.get(key) if self.opened else None
        return "；".join((self.catalogue.documents[key], *(indexed.standing.subjects if indexed else ())))

    def _by_its_name(self, hit: Hit) -> Hit:
        """Return a hit of the cache, whose report may have got another id or title since."""
        row = self._row(hit.report)
        now = (row.name, self._document(row.id), self.catalogue.year[row.id])
        if now == (hit.report, hit.document, hit.year):
            return hit
        return replace(hit, report=now[0], document=now[1], year=now[2])

    def _hit(self, row: Row[Any], score: float, parents: Mapping[tuple[str, str], Paragraph] | None = None) -> Hit:
        paragraph, report = paragraph_records.paragraph_of(row), self._by_key[row.report_id]
        parents = self._parents([row]) if parents is None else parents
        context = (*paragraph.heading_path, *_openings(row.report_id, paragraph, parents))
        of = (self._document(row.report_id), self.catalogue.year[row.report_id])
        return Hit(paragraph, report.name, score, row.id, context, report.version, *of)

    def _parents(self, rows: Iterable[Row[Any]]) -> dict[tuple[str, str], Paragraph]:
        """Return the paragraphs that those of `rows` are items of, and those that these are items of, by report and place."""
        found: dict[tuple[str, str], Paragraph] = {}
        while wanted := {(r.report_id, _place(r.parent)) for r in rows if r.parent and r.kind != "footnote"}:
            above = paragraph_records.rows_of_places(self.connection, wanted)
            found |= {place: paragraph_records.paragraph_of(row) for place, row in above.items()}
            rows = above.values()
        return found


def _place(label: str) -> str:
    return place_of(Label.parse(label))


def _openings(key: str, paragraph: Paragraph, parents: Mapping[tuple[str, str], Paragraph]) -> tuple[str, ...]:
    """Return the opening words of the paragraphs that `paragraph` is an item of, outermost first."""
    if paragraph.parent is None or paragraph.kind == "footnote":
        return ()
    parent = parents[key, place_of(paragraph.parent)]
    return (*_openings(key, parent, parents), opening_of(parent, paragraph))


def _means(found: str, asked: Label) -> bool:
    """Whether a paragraph is what was asked for, and not the heading 二(四) where paragraph 2(d) was."""
    if asked.scope or not asked.steps or not asked.steps[0].mark.isascii():
        return True
    return not (found[0] in CHINESE_NUMERAL and found[1:2] in ("", "(", *"0123456789"))
