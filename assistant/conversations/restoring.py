"""An old answer made to stand again: each of its citations is looked up, and what no longer holds is said, never shown as if.

Knows the library as it is now, not how answers are found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Hit, UnsupportedCitation
from assistant.catalogue import Catalogue
from assistant.conversations.kept import KeptCitation, KeptTurn
from assistant.conversations.remarks import Remark, RemarkKind
from assistant.view import View
from corpus.errors import PinciteError, UnknownReport
from corpus.library.address import Address
from corpus.library.library import Library


@dataclass(frozen=True)
class Restored:
    """A kept turn as it stands now.

    Attributes:
        turn: as it was kept.
        answer: the answer with those citations that hold; links to other places are words in its text.
        remarks: what has become of the places it shows, in the order of the text.
    """

    turn: KeptTurn
    answer: Answer
    remarks: tuple[Remark, ...]


def restored(turns: Sequence[KeptTurn], library: Library) -> list[Restored]:
    """Return kept turns as they stand now.

    Raises:
        HomeError: the library cannot be read.
    """
    with library.reading() as connection:
        view = View(connection, None, Catalogue.load(connection), None, {})
        return [_restored(turn, view) for turn in turns]


def _restored(turn: KeptTurn, view: View) -> Restored:
    text, citations, hits, remarks = turn.text, list[Citation](), dict[str, Hit](), dict[Address, Remark]()
    for kept in (*turn.citations, *(KeptCitation(link, "") for link in turn.nearest)):
        address = _address_of(kept.link)
        if address is None:
            text = _without(text, kept.link)
            continue
        hit = _found(address, view)
        if isinstance(hit, Hit) and kept.quote in hit.paragraph.text:
            hits[kept.link] = hit
            text = text.replace(f"]({kept.link})", f"]({hit.address.link})")  # its report may have another id by now
            if kept.quote:
                place = hit.address
                citations.append(Citation(place.report, place.label, kept.quote, kept.heading_path, place.version))
            if hit.version < _newest(hit.report, view):
                remarks.setdefault(address, Remark("newer", hit.address))
        else:
            remarks[address] = Remark("changed" if isinstance(hit, Hit) else hit, address, kept.quote)
            if kept.link not in hits:
                text = _without(text, kept.link)
    answer = _standing(turn, text, tuple(citations), tuple(hits.values()))
    return Restored(turn, answer, tuple(remarks.values()))


def _standing(turn: KeptTurn, text: str, citations: tuple[Citation, ...], hits: tuple[Hit, ...]) -> Answer:
    """Return the answer, without its few words where those have lost the quotation they stood in."""
    try:
        return Answer(turn.rewritten, text, citations, turn.abstained, hits, turn.short)
    except UnsupportedCitation:
        pass
    try:
        return Answer(turn.rewritten, text, citations, turn.abstained, hits)
    except UnsupportedCitation:  # a link that was not kept as one
        return Answer(turn.rewritten, text.replace("](pincite://", "](#"), citations, turn.abstained, hits)


def _found(address: Address, view: View) -> Hit | RemarkKind:
    """Return what stands at a place, or what has become of it."""
    try:
        hits = view.cited(address)
    except UnknownReport:
        return "changed" if view.has(address.report) else "removed"
    except PinciteError:
        return "changed"
    return next((hit for hit in hits if hit.paragraph.label == address.label), "changed")


def _address_of(link: str) -> Address | None:
    try:
        return Address.parse(link)
    except ValueError:
        return None


def _newest(report: str, view: View) -> int:
    key = view.catalogue.keys[report]
    return int(view.catalogue.rows[key].version)


def _without(text: str, link: str) -> str:
    """Return Markdown with the links to a place as words: `[第12段](pincite://…)` as `[第12段]`."""
    return text.replace(f"]({link})", "]")
