"""What a paragraph refers to and what refers to it, over one view of the library.

A document that is in the library itself leads to its paragraph there, where one is named and it has it.
"""

from dataclasses import dataclass, replace

from assistant.view import View
from corpus.label import Label
from corpus.references.links import Link

MAX_OPENING_CHARS = 60


@dataclass(frozen=True)
class CrossReference:
    """One end of a link, seen from the other.

    Attributes:
        at: the paragraph that is looked at, or the item of its sentence that the link is of.
        printed: the words of the one that refers, verbatim.
        report: the id of the report at the other end; empty where that is a document that the library does not have.
        label: the paragraph at the other end; None for a document as a whole.
        symbol: of a document that is referred to.
        opening: the first words of the paragraph at the other end.
    """

    at: Label
    printed: str
    report: str
    label: Label | None
    symbol: str = ""
    opening: str = ""


@dataclass(frozen=True)
class CrossReferences:
    """The links of one paragraph.

    Attributes:
        refers_to: what it refers to, in the order of its text.
        referred_by: what refers to it, its own report's paragraphs first.
    """

    refers_to: tuple[CrossReference, ...]
    referred_by: tuple[CrossReference, ...]


def cross_references(view: View, report_id: str, label: Label) -> CrossReferences:
    """Return the links of the paragraph at `label` and of the items inside its running sentence, both ways.

    Raises:
        UnknownReport: the library has no report of this id.
    """
    outward = [_outward(view, report_id, link) for link in view.links_from(report_id, label)]
    inward = [
        CrossReference(
            link.target or label, link.printed, source, link.source, link.symbol, _opening(view, source, link.source)
        )
        for source, link in view.links_to(report_id, label)
    ]
    return CrossReferences(tuple(outward), tuple(inward))


@dataclass(frozen=True)
class ReportLinks:
    """All links of a report whose other end is in the library.

    Attributes:
        outward: each with the id of the report it leads to, with its version as links have it.
        inward: the links that lead to one of its paragraphs, each with the id of the report it stands in, likewise.
    """

    outward: tuple[tuple[Link, str], ...] = ()
    inward: tuple[tuple[Link, str], ...] = ()


def report_links(view: View, report_id: str) -> ReportLinks:
    """Return the links of a report and those to it; targets are spelt as the report that they are in spells them.

    Raises:
        UnknownReport: the library has no report of this id.
    """
    own = view.address_of(report_id)
    outward: list[tuple[Link, str]] = []
    documents: dict[str, str] = {}
    for link in view.links_of(report_id):
        if link.kind == "paragraph":
            outward.append((link, own))
            continue
        document = documents.setdefault(link.symbol, view.report_of_symbol(link.symbol, like=report_id))
        if document:
            outward.append((_settled(view, link, document), view.address_of(document)))
    inward = [(link, own) for link, _ in outward if link.kind == "paragraph"]
    for source, link in view.links_by_symbol(report_id):
        settled = _settled(view, link, report_id)
        inward += [(settled, view.address_of(source))] if settled.target else []
    return ReportLinks(tuple(outward), tuple(inward))


def _settled(view: View, link: Link, document: str) -> Link:
    """Return a link to a document with the place in it as that document has it; none where it has no such place."""
    found = view.at(link.target, document) if link.target else []
    return replace(link, target=found[0].paragraph.label if found else None)


def _outward(view: View, report_id: str, link: Link) -> CrossReference:
    if link.kind == "paragraph":
        opening = _opening(view, report_id, link.target) if link.target else ""
        return CrossReference(link.source, link.printed, report_id, link.target, opening=opening)
    document = view.report_of_symbol(link.symbol, like=report_id)
    found = view.at(link.target, document) if document and link.target else []
    label = found[0].paragraph.label if found else link.target
    opening = _cut(found[0].paragraph.text) if found else view.titles().get(document, "")
    return CrossReference(link.source, link.printed, document, label, link.symbol, opening)


def _opening(view: View, report_id: str, label: Label) -> str:
    found = view.at(label, report_id)
    return _cut(found[0].paragraph.text) if found else ""


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_OPENING_CHARS else text[:MAX_OPENING_CHARS] + "…"
