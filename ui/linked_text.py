"""The text of a paragraph to HTML in which cross-references are links, and what refers to it. Knows no pane.

Every word that comes from a report is escaped here.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from assistant.cross_references import ReportLinks
from corpus.label import Label
from corpus.references.links import Link
from corpus.report import Paragraph
from ui.strings import Language, texts

_MAX_REFERRED_BY = 8


def permalink(report: str, label: Label | str | None = None) -> str:
    """Return the address of a paragraph in this app: `?report=ID&p=12(c)`, stable across rebuilds.

    Args:
        report: the report's id with its version, as `versioned` returns it.
        label: the paragraph; None for the report's beginning.
    """
    address = f"?report={quote(report, safe='@')}"
    return address if label is None else f"{address}&p={quote(str(label), safe='()/')}"


class LinkedText:
    """Writes the paragraphs of one report.

    Args:
        links: the cross-references of that report and those to it.
        language: the language of the page.
    """

    def __init__(self, links: ReportLinks, language: Language) -> None:
        self._language: Language = language
        self._outward: dict[Label, list[tuple[Link, str]]] = {}
        self._inward: dict[Label, list[tuple[Label, str]]] = {}
        for link, report in links.outward:
            self._outward.setdefault(link.source, []).append((link, report))
        for link, report in links.inward:
            if link.target:
                self._inward.setdefault(link.target, []).append((link.source, report))

    def html(self, paragraph: Paragraph, start: int, end: int) -> str:
        """Return the words of a paragraph from `start` to `end`, escaped, each reference in them a link.

        A reference that names several places leads to the first.
        """
        out, at = [], start
        for link, report in self._outward.get(paragraph.label, ()):
            if link.start < at or link.end > end or paragraph.text[link.start : link.end] != link.printed:
                continue
            out.append(escape(paragraph.text[at : link.start]))
            out.append(self._link(link.target, report, link.printed))
            at = link.end
        return "".join(out) + escape(paragraph.text[at:end])

    def referred_by(self, labels: Iterable[Label]) -> str:
        """Return the line that tells which paragraphs refer to one of `labels`, each a link; empty where none does."""
        ends = list(dict.fromkeys(end for label in labels for end in self._inward.get(label, ())))
        if not ends:
            return ""
        t = texts(self._language)
        shown = [self._link(label, report, label.shown(self._language)) for label, report in ends[:_MAX_REFERRED_BY]]
        more = t.and_more.format(count=len(ends) - len(shown)) if len(ends) > len(shown) else ""
        before, after = t.referred_by.split("{places}")
        return f'<p class="referred-by">{escape(before)}{t.comma.join(shown)}{escape(more)}{escape(after)}</p>'

    def _link(self, label: Label | None, report: str, words: str) -> str:
        hint = escape(texts(self._language).cite_hint.format(label=label.shown(self._language) if label else report))
        place = f' data-label="{escape(str(label))}"' if label else ' data-label=""'
        return (
            f'<a class="reference" href="{escape(permalink(report, label))}" data-report="{escape(report)}"{place}'
            f' title="{hint}">{escape(words)}</a>'
        )
