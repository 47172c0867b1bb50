"""Markdown of an answer to HTML that is safe to show: only what is rendered here exists; all else is shown as text.

The one kind of link is a citation, `pincite://REPORT/LABEL`. Knows what an answer's text looks like, not where it is from.
"""

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from corpus.library.address import SCHEME

_UNFINISHED_LINK = re.compile(r"\[[^\[\]\n]{0,80}(?:\](?:\((?:[^()\n]|\([^()\n]*\))*(?:\([^()\n]*)?)?)?$")
_EMPHASIS = re.compile(r"(?<!\\)\*{1,2}")
_UNUSED_RULES = ("image", "autolink", "html_inline", "html_block", "code", "reference", "entity")


class Target(NamedTuple):
    """Where a citation's link points: a report's id, with its version as links have it, and a canonical label."""

    report: str
    label: str


ChipHtml = Callable[[Target, str], str]
"""Returns the HTML of a citation from its target and the text the answer shows for it, neither of them escaped."""


def target_of(address: str) -> Target | None:
    """Return the target of a `pincite://` link, or None where `address` is not one."""
    report, _, label = address.removeprefix(SCHEME).partition("/")
    if not address.startswith(SCHEME) or not report or not label:
        return None
    return Target(unquote(report), unquote(label))


class _CitationMarkdown(MarkdownIt):
    """CommonMark without images, raw HTML and indented code, in which only citations are links."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})
        self.enable("table").disable(list(_UNUSED_RULES))
        self.add_render_rule("link_open", _chip)
        self.add_render_rule("link_close", lambda *_: "")

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return target_of(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


def markdown_html(text: str, chip_html: ChipHtml, *, unfinished: bool = False) -> str:
    """Return the HTML of `text`.

    Args:
        text: Markdown; anything that looks like HTML is shown as it is written.
        chip_html: renders each citation, in the order of the text.
        unfinished: whether more text will come: a link cut in half at the end is then left out, and so is a mark of bold or
            italic words whose other one has not come yet.
    """
    if unfinished:
        text = _without_open_mark(_UNFINISHED_LINK.sub("", text))
    return str(_MARKDOWN.render(text, {"chip_html": chip_html}))


def _without_open_mark(text: str) -> str:
    """Return `text` without those marks of its last line that wait for another one."""
    waiting: list[re.Match[str]] = []
    for mark in _EMPHASIS.finditer(text, text.rfind("\n") + 1):
        if waiting and waiting[-1][0] == mark[0]:
            waiting.pop()
        else:
            waiting.append(mark)
    for mark in reversed(waiting):
        text = text[: mark.start()] + text[mark.end() :]
    return text


def _chip(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    """Render a citation from the tokens of its link; what stands between them is not rendered a second time."""
    shown = []
    for token in tokens[index + 1 :]:
        if token.type == "link_close":
            break
        shown.append(token.content)
        token.content, token.hidden = "", True
    target = target_of(str(tokens[index].attrGet("href") or ""))
    text = "".join(shown)
    return env["chip_html"](target, text) if target else ""


_MARKDOWN = _CitationMarkdown()
