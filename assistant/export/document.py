"""Turns of a conversation to a document of neutral blocks with numbered notes, which every format is written from.

Knows what an answer holds, no format and no library.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Citation
from corpus.label import Language
from corpus.library.address import Address, versioned

BlockKind = Literal["title", "question", "remark", "text", "quotation", "place", "item", "table"]
Turn = tuple[str, Answer]
"""A question as it was asked, and its answer."""
MAX_TITLE_CHARS = 80

WORDING: Mapping[str, Mapping[Language, str]] = {
    "notes": {"zh": "注释", "en": "Notes"},
    "understood": {"zh": "理解为：{question}", "en": "Understood as: {question}"},
    "conversation": {"zh": "对话", "en": "Conversation"},
    "named": {"zh": "对话：{question}", "en": "Conversation: {question}"},
}
_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Source:
    """What a note says of a report: its title and its document symbol, empty where it has none."""

    title: str
    symbol: str = ""


@dataclass(frozen=True)
class Words:
    """Running text; a line break in it is a line end."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Cite:
    """A citation in the running text: the label as the answer shows it, and the number of its note."""

    shown: str
    note: int


Inline = Words | Cite


@dataclass(frozen=True)
class Block:
    """One block of the document.

    Attributes:
        inlines: its text; empty for a table.
        rows: of a table, the cells of each row, the heads first.
        mark: of an item, `•` or its number.
    """

    kind: BlockKind
    inlines: tuple[Inline, ...] = ()
    rows: tuple[tuple[tuple[Inline, ...], ...], ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Note:
    """What stands behind a citation.

    Attributes:
        number: from 1, through the whole document.
        source: the report.
        address: the place in it.
        shown: the label as the answer shows it: 第12(c)段, para. 12 (c).
        quote: the words cited, without what no file can hold; empty where the whole paragraph is meant.
    """

    number: int
    source: Source
    address: Address
    shown: str
    quote: str = ""

    @property
    def language(self) -> Language:
        """The language that the label is shown in."""
        return "en" if self.shown == self.address.label.shown("en") else "zh"

    @property
    def reference(self) -> str:
        """The report's title, its symbol and the label, as a footnote prints them."""
        title = self.source.title
        if self.language == "en":
            return ", ".join(filter(None, (title, self.source.symbol, self.shown)))
        titled = title if title.startswith("《") else f"《{title}》"
        return "，".join(filter(None, (titled, self.source.symbol, self.shown)))

    @property
    def words(self) -> str:
        """The whole note but for its link."""
        if not self.quote:
            return f"{self.reference}." if self.language == "en" else f"{self.reference}。"
        return f"{self.reference}{': ' if self.language == 'en' else '：'}“{self.quote}”"


@dataclass(frozen=True)
class Document:
    """What is exported.

    Attributes:
        turns: what it was made from.
        sources: the reports cited, by their ids with their versions.
        notes: in the order of their numbers.
        remarks: of each turn, what has become of what it cited, in sentences; empty where all are new.
    """

    title: str
    language: Language
    turns: tuple[Turn, ...]
    sources: Mapping[str, Source]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    remarks: tuple[tuple[str, ...], ...] = ()


class Notes:
    """Numbers the notes of a document turn by turn; a quotation cited again in one turn keeps its note.

    Args:
        sources: the reports, by their ids with their versions.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.all: list[Note] = []
        self._sources = sources
        self._waiting: list[Citation] = []
        self._citations: tuple[Citation, ...] = ()
        self._of_turn: dict[tuple[Address, str], int] = {}

    def begin(self, citations: Sequence[Citation]) -> None:
        """Begin the next turn, whose answer has `citations`."""
        self._citations, self._waiting, self._of_turn = tuple(citations), list(citations), {}

    def cite(self, address: Address, shown: str, before: str) -> Cite:
        """Return the citation of `address` in the running text, its note numbered.

        Args:
            address: the place.
            shown: the label as the answer shows it.
            before: the text before it in its block, which tells one quotation of a paragraph from another.
        """
        quote = self._quote(address, before)
        number = self._of_turn.get((address, quote))
        if number is None:
            number = self._of_turn[address, quote] = len(self.all) + 1
            source = self._sources.get(versioned(address.report, address.version)) or Source(address.report)
            kept = Source(cleaned(source.title), cleaned(source.symbol))
            self.all.append(Note(number, kept, address, cleaned(shown), cleaned(quote).strip()))
        return Cite(cleaned(shown), number)

    def _quote(self, address: Address, before: str) -> str:
        here = [c for c in self._citations if c.address == address]
        said = _packed(before)
        ending = [c for c in here if said.endswith(_packed(c.quote))]
        within = [c for c in here if said and said in _packed(c.quote)]
        waiting = [c for c in self._waiting if c.address == address]
        found = max(ending, key=lambda c: len(c.quote)) if ending else next(iter((*within, *waiting, *here)), None)
        if found in self._waiting:
            self._waiting.remove(found)
        return found.quote if found else ""


def cleaned(text: str) -> str:
    """Return `text` without what XML and text files cannot hold: control characters; each kind of line end becomes one."""
    return _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", _LINES.sub("\n", text)))


def one_line(text: str) -> str:
    """Return `text`, cleaned, in one line; tabs between a row's cells become wide spaces, as in answers."""
    return " ".join(cleaned(text).replace("\t", "\u3000").split("\n"))


def title_of(turns: Sequence[Turn], language: Language) -> str:
    """Return the title of turns that nobody named: the first question."""
    first = " ".join(cleaned(turns[0][0]).split()) if turns else ""
    if not first:
        return WORDING["conversation"][language]
    named = first if len(turns) == 1 else WORDING["named"][language].format(question=first)
    return named if len(named) <= MAX_TITLE_CHARS else f"{named[:MAX_TITLE_CHARS]}…"


def plain(inlines: Sequence[Inline]) -> str:
    """Return the running text without its citations."""
    return "".join(i.text for i in inlines if isinstance(i, Words))


def _packed(text: str) -> str:
    return "".join(cleaned(text).split())
