"""A report to the HTML of the pane that shows it, as printed: headings, numbers, items, notes, rows, each with its anchor.

Every word that comes from a report is escaped here. Knows no component, no conversation and no retrieval.
"""

from collections.abc import Iterable, Mapping
from html import escape

from assistant.cross_references import ReportLinks
from corpus.label import Label
from corpus.library.address import versioned
from corpus.report import Paragraph, Report
from ui.linked_text import LinkedText, permalink
from ui.strings import Language, texts

_MAX_HEADING_LEVEL = 6
_MAX_INDENT = 4


def pane_html(report: Report, titles: Mapping[str, str], language: Language, links: ReportLinks | None = None) -> str:
    """Return the whole pane: the report's head with the chooser, and its paragraphs.

    Args:
        report: the report to show.
        titles: the title of each report that can be chosen, by its id with its version.
        language: the language of the page, not of the report.
        links: the cross-references to show as links.
    """
    t = texts(language)
    chooser = f'<h2 class="pane-title" title="{escape(report.title)}">{escape(report.title)}</h2>'
    shown = versioned(report.id, report.version)
    if report.version < report.versions:
        titles = {shown: t.old_title.format(title=report.title, version=report.version), **titles}
    if len(titles) > 1:
        options = "".join(
            f'<option value="{escape(i)}"{" selected" if i == shown else ""}>{escape(title)}</option>'
            for i, title in titles.items()
        )
        chooser = f'<select class="chooser" aria-label="{t.choose_report}">{options}</select>'
    go_to = (
        f'<form class="go-to" role="search"><input name="p" autocomplete="off" spellcheck="false" placeholder="{t.go_to_hint}"'
        f' aria-label="{t.go_to}"><button type="submit">{t.go}</button></form>'
    )
    message = f'<p class="pane-message" role="status" data-missing="{t.no_paragraph}" hidden></p>'
    return (
        f'<header class="pane-head">{chooser}{go_to}</header>{message}{_superseded(report, language)}'
        f'<div class="pane-body" tabindex="0" aria-label="{escape(report.title)}">{report_html(report, language, links)}</div>'
    )


def _superseded(report: Report, language: Language) -> str:
    """Return the line that says that this is not the newest version, with a link to that; empty for the newest."""
    if report.version == report.versions:
        return ""
    t, newest = texts(language), versioned(report.id, report.versions)
    said = escape(t.superseded.format(version=report.version, versions=report.versions))
    link = f'<a class="newest" href="{escape(permalink(newest))}" data-report="{escape(newest)}">{escape(t.newest)}</a>'
    return f'<p class="superseded" role="status">{said} {link}</p>'


def notice_html(message: str) -> str:
    """Return the pane when it has no report to show."""
    return f'<div class="pane-body"><p class="pane-empty">{escape(message)}</p></div>'


def report_html(report: Report, language: Language, links: ReportLinks | None = None) -> str:
    """Return the report from its title to its last annex."""
    facts = " · ".join(escape(fact) for fact in (report.symbol, report.session, report.date) if fact)
    head = f"<h1>{escape(report.title)}</h1>{f'<p class=facts>{facts}</p>' if facts else ''}"
    body = _paragraphs(report, language, LinkedText(links or ReportLinks(), language))
    return f'<article class="sheet" lang="{escape(report.language)}"><header>{head}</header>{body}</article>'


def _paragraphs(report: Report, language: Language, linked: LinkedText) -> str:
    inline: dict[str, list[Paragraph]] = {}
    for paragraph in report.paragraphs:
        if paragraph.inline:
            inline.setdefault(str(paragraph.parent), []).append(paragraph)
    place = versioned(report.id, report.version)
    parts: list[str] = []
    path: tuple[str, ...] = ()
    page = None
    for paragraph in report.paragraphs:
        if paragraph.inline:
            continue
        if paragraph.page and paragraph.page != page:
            page = paragraph.page
            parts.append(f'<p class="page-break"><span>{escape(texts(language).page.format(page=page))}</span></p>')
        if paragraph.kind == "annex":
            parts.append(_annex(paragraph, place, language) + linked.referred_by([paragraph.label]))
            path = (*paragraph.heading_path, paragraph.text)
            continue
        # A footnote stands where the page printed it, between two paragraphs of one section: it opens no heading.
        if paragraph.kind != "footnote":
            parts += _headings(path, paragraph.heading_path)
            path = paragraph.heading_path
        parts.append(_paragraph(paragraph, place, language, inline, linked))
    return "".join(parts)


def _headings(before: tuple[str, ...], after: tuple[str, ...]) -> Iterable[str]:
    """Yield the headings of `after` from where it parts from `before`."""
    common = 0
    while common < min(len(before), len(after)) and before[common] == after[common]:
        common += 1
    for depth in range(common, len(after)):
        level = min(depth + 2, _MAX_HEADING_LEVEL)
        yield f'<h{level} class="heading">{escape(after[depth])}</h{level}>'


def _annex(paragraph: Paragraph, report: str, language: Language) -> str:
    """Return an annex's number and title, which are one anchor."""
    sign = paragraph.heading_path[-1] if paragraph.heading_path else str(paragraph.label)
    number = _number_link(paragraph.label, sign, report, language)
    title = f'<span class="words">{escape(paragraph.text)}</span>' if paragraph.text != sign else ""
    return f'<h2 class="heading annex" data-label="{escape(str(paragraph.label))}">{number}{title}</h2>'


def _paragraph(
    paragraph: Paragraph, report: str, language: Language, inline: dict[str, list[Paragraph]], linked: LinkedText
) -> str:
    label = escape(str(paragraph.label))
    number = _number_link(paragraph.label, printed_number(paragraph.label), report, language)
    words = (
        _cells(paragraph, linked) if paragraph.kind == "row" and paragraph.cells else _words(paragraph, inline, linked)
    )
    notes = "".join(_note_link(note, report, language) for note in paragraph.footnotes)
    cited = linked.referred_by([paragraph.label, *(item.label for item in inline.get(str(paragraph.label), ()))])
    indent = min(sum(step.kind == "item" for step in paragraph.label.steps), _MAX_INDENT)
    return (
        f'<div class="paragraph {escape(paragraph.kind)} indent-{indent}" data-label="{label}" tabindex="-1">'
        f'{number}<p class="body"><span class="words">{words}</span>{notes}</p>{cited}</div>'
    )


def _words(paragraph: Paragraph, inline: dict[str, list[Paragraph]], linked: LinkedText) -> str:
    """Return the paragraph's text with an anchor around each item of its sentence."""
    out, at = [], 0
    for item in inline.get(str(paragraph.label), ()):
        start = paragraph.text.find(item.text, at)
        if start < 0:
            continue
        label = escape(str(item.label))
        out.append(linked.html(paragraph, at, start))
        out.append(f'<span class="item" data-label="{label}" tabindex="-1">{_words(item, inline, linked)}</span>')
        at = start + len(item.text)
    return "".join(out) + linked.html(paragraph, at, len(paragraph.text))


def _cells(paragraph: Paragraph, linked: LinkedText) -> str:
    """Return a row's cells; the tab between two keeps the text of the element the verbatim text of the paragraph."""
    spans, at = [], 0
    for cell in paragraph.cells:
        spans.append(f'<span class="cell">{linked.html(paragraph, at, at + len(cell))}</span>')
        at += len(cell) + 1
    tab = '<span class="tab">\t</span>'
    return f'{spans[0]}{tab}<span class="rest">{tab.join(spans[1:])}</span>' if spans[1:] else spans[0]


def printed_number(label: Label) -> str:
    """Return the number as the report prints it before the paragraph: `12.`, `(c)`, `第十七条`, and `¶3` where it prints none."""
    if not label.steps:
        return label.scope[-1]
    step = label.steps[-1]
    forms = {
        "item": f"({step.mark})",
        "unnumbered": f"¶{step.mark}",
        "article": step.mark,
        "row": step.mark,
        "footnote": step.mark,
    }
    return forms.get(step.kind, f"{step.mark}." if step.mark[:1].isascii() else f"{step.mark}、")


def _number_link(label: Label, printed: str, report: str, language: Language) -> str:
    hint = escape(texts(language).link_here.format(label=label.shown(language)))
    address = escape(permalink(report, label))
    return f'<a class="number" href="{address}" title="{hint}" aria-label="{hint}">{escape(printed)}</a>'


def _note_link(note: Label, report: str, language: Language) -> str:
    shown = escape(note.shown(language))
    return (
        f'<sup><a class="note-mark" href="{escape(permalink(report, note))}" data-report="{escape(report)}"'
        f' data-label="{escape(str(note))}" aria-label="{shown}" title="{shown}">{escape(printed_number(note))}</a></sup>'
    )
