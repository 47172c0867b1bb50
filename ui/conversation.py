"""The conversation: its turns and their HTML, with a chip for every citation.

Knows what an answer holds, not how it was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from assistant.answer import Answer, Citation, Hit
from assistant.conversations.remarks import Remark
from corpus.library.address import SCHEME, Address, split_version, versioned
from ui.export_panel import menu_html
from ui.kept_panel import remarks_html
from ui.linked_text import permalink
from ui.markdown import Target, markdown_html
from ui.strings import Language, Texts, texts

TurnState = Literal["streaming", "done", "stopped", "failed"]
MAX_NEAREST = 5
_SNIPPET_CHARS = 46


@dataclass(frozen=True)
class Turn:
    """One question and what came of it.

    Attributes:
        question: as the user wrote it.
        text: the answer's Markdown as far as it is there; of a failed turn, a sentence that says why.
        answer: what the assistant returned at the end; None before that, or where there was no end.
        scope: what the question was kept to, in words; empty where it was not.
        remarks: of an old answer, what has become of the places that it cited.
    """

    question: str
    text: str = ""
    state: TurnState = "streaming"
    answer: Answer | None = None
    scope: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class View:
    """How turns are shown: the page's language, and the title and the symbol of each report by its id."""

    language: Language
    titles: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """The page's texts."""
        return texts(self.language)


def log_html(inside: str, view: View) -> str:
    """Return the conversation around what is inside it: turns, or a welcome."""
    return f'<div class="turns" role="log" aria-live="polite" aria-label="{view.texts.chat}">{inside}</div>'


def welcome_html(view: View) -> str:
    """Return what stands in an empty conversation: what this is, and questions to begin with."""
    t = view.texts
    if not view.titles:
        return f'<section class="welcome"><h2>{t.welcome}</h2><p>{t.welcome_empty}</p></section>'
    examples = "".join(
        f'<li><button type="button" class="example">{escape(question)}</button></li>' for question in t.examples
    )
    return f'<section class="welcome"><h2>{t.welcome}</h2><p>{t.welcome_more}</p><ul class="examples">{examples}</ul></section>'


def turn_html(turn: Turn, view: View) -> str:
    """Return one turn. Questions, answers and reports' words are escaped or rendered as safe Markdown."""
    t = view.texts
    abstained = turn.answer is not None and turn.answer.abstained
    busy = turn.state == "streaming"
    if turn.state == "failed":
        body = f'<div class="notice failed" role="alert"><p>{escape(turn.text)}</p></div>'
    elif turn.answer is not None and abstained:
        body = _abstention_html(turn.answer, view)
    elif busy and not turn.text:
        body = f'<p class="searching">{t.searching}</p>'
    else:
        body = _answer_html(turn, view)
    if turn.state == "stopped":
        body += f'<p class="stopped">{t.stopped}</p>'
    body += remarks_html(turn.remarks, view.titles, view.language)
    question = f'<h3 class="asked"><span class="for-reader">{t.you_asked}: </span>{escape(turn.question)}</h3>'
    if turn.scope:
        question += f'<p class="kept-to">{escape(t.kept_to.format(what=turn.scope))}</p>'
    if turn.answer is not None and turn.answer.question.strip() not in ("", turn.question.strip()):
        question += f'<p class="kept-to understood">{escape(t.understood_as.format(question=turn.answer.question))}</p>'
    kind = "abstained" if abstained else turn.state
    return (
        f'<article class="turn {kind}" aria-busy="{str(busy).lower()}">{question}<div class="answer">{body}</div>'
        f"{_copy(turn, view)}</article>"
    )


def chip_html(target: Target, shown: str, view: View, heading_path: Sequence[str] = (), quote: str = "") -> str:
    """Return a citation: a link to the paragraph that opens it in the pane beside.

    Args:
        target: the paragraph.
        shown: the link's text.
        view: the page's language and the reports' titles.
        heading_path: the headings above the paragraph: the chip's title.
        quote: the words that are cited, for the pane to mark; empty for the whole paragraph.
    """
    report_id, _ = split_version(target.report)
    report = view.titles.get(report_id, report_id)
    path = " › ".join(heading_path) or report
    spoken = view.texts.cite_hint.format(label=shown)
    return (
        f'<a class="cite" href="{escape(permalink(target.report, target.label))}" data-report="{escape(target.report)}"'
        f' data-label="{escape(target.label)}" data-quote="{escape(quote)}" data-source="{escape(report)}"'
        f' data-cited="{escape(_cited(shown, view.symbols.get(report_id) or report))}"'
        f' title="{escape(path)}" aria-label="{escape(f"{spoken} — {path}")}">{escape(shown)}</a>'
    )


def _cited(shown: str, report: str) -> str:
    """Return a citation as it is copied, with its report's symbol or title: 第12(c)段（A/AC.105/1206）."""
    return f"{shown} ({report})" if shown.isascii() else f"{shown}（{report}）"


def _answer_html(turn: Turn, view: View) -> str:
    waiting: dict[Target, list[Citation]] = {}
    for citation in turn.answer.citations if turn.answer else ():
        waiting.setdefault(_target(citation.address), []).append(citation)

    def chip(target: Target, shown: str) -> str:
        # Several citations of one paragraph stand in the order of the text; the last of them serves what may follow.
        known = waiting.get(target)
        if not known:
            return chip_html(target, shown, view)
        citation = known.pop(0) if len(known) > 1 else known[0]
        return chip_html(target, shown, view, citation.heading_path, citation.quote)

    return markdown_html(turn.text, chip, unfinished=turn.answer is None)


def _abstention_html(answer: Answer, view: View) -> str:
    # The list below shows the nearest paragraphs with their words; a line of the text that only names them says it twice.
    reason = "\n\n".join(part for part in answer.text.split("\n\n") if SCHEME not in part)
    said = markdown_html(reason, lambda target, shown: chip_html(target, shown, view))
    nearest = "".join(f"<li>{_nearest_html(hit, view)}</li>" for hit in answer.hits[:MAX_NEAREST])
    listed = f'<p class="nearest">{view.texts.nearest}</p><ul class="nearest">{nearest}</ul>' if nearest else ""
    return f'<div class="notice"><p class="notice-title">{view.texts.abstained}</p>{said}{listed}</div>'


def _nearest_html(hit: Hit, view: View) -> str:
    paragraph = hit.paragraph
    chip = chip_html(_target(hit.address), paragraph.label.shown(view.language), view, paragraph.heading_path)
    words = paragraph.text[:_SNIPPET_CHARS] + ("…" if len(paragraph.text) > _SNIPPET_CHARS else "")
    return f'{chip} <span class="snippet">{escape(words)}</span>'


def _target(address: Address) -> Target:
    return Target(versioned(address.report, address.version), str(address.label))


def _copy(turn: Turn, view: View) -> str:
    t = view.texts
    if turn.answer is None or turn.answer.abstained:
        return ""
    return (
        f'<footer class="actions"><button type="button" class="copy" data-done="{t.copied}" data-failed="{t.copy_failed}"'
        f' data-sources="{t.sources}">{t.copy}</button>{menu_html(view.language)}</footer>'
    )
