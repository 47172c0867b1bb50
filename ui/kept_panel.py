"""The drawer of kept conversations: its list, and what is said below an old answer of what it cited.

Every word of a conversation is escaped here. Knows no component and no database.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from assistant.conversations.kept import Kept
from assistant.conversations.remarks import Remark, said_of
from ui.library_panel import message_html
from ui.strings import Language, texts

MAX_LISTED = 200
"""How many conversations the drawer lists at most; a search finds the others."""


def kept_head_html(language: Language) -> str:
    """Return the head of the drawer: its name, the button that begins a conversation, and the box to search in."""
    t = texts(language)
    return (
        f'<h2>{t.kept}</h2><button type="button" class="close-kept" aria-label="{t.close}">×</button>'
        f'<div class="kept-tools"><button type="button" class="kept-new">{t.clear}</button>'
        f'<input type="search" class="kept-search" autocomplete="off" spellcheck="false" maxlength="200"'
        f' placeholder="{t.kept_search}" aria-label="{t.kept_search}"></div>'
    )


def kept_list_html(
    kept: Sequence[Kept],
    language: Language,
    *,
    opened: str = "",
    search: str = "",
    keeping: bool = True,
    fault: str = "",
) -> str:
    """Return the list of conversations.

    Args:
        kept: the conversations, in the order to show.
        language: the page's language.
        opened: the id of the one that is on the page.
        search: the words that found them; empty where all are listed.
        keeping: whether new ones are kept.
        fault: what stops them from being listed or kept, as a sentence.
    """
    t = texts(language)
    said = message_html(fault, "failed") if fault else ""
    if not keeping:
        said += message_html(t.not_keeping, "done")
    if not kept:
        nothing = t.kept_not_found if search else t.kept_none
        return said + ("" if fault else f'<p class="hint" role="status">{nothing}</p>')
    rows = "".join(_row_html(one, language, one.id == opened) for one in kept[:MAX_LISTED])
    more = f'<p class="hint">{t.kept_more.format(count=len(kept) - MAX_LISTED)}</p>' if len(kept) > MAX_LISTED else ""
    every = (
        ""
        if search
        else f'<button type="button" class="kept-all" data-sure="{t.delete_all_sure}">{t.delete_all}</button>'
    )
    return f'{said}<ul class="kept">{rows}</ul>{more}{every}'


def remarks_html(remarks: Sequence[Remark], titles: Mapping[str, str], language: Language) -> str:
    """Return a line for each way in which what an old answer cited is no longer as it was.

    Args:
        remarks: what has become of the places it cited.
        titles: the title of each report by its id.
        language: the page's language.
    """
    said = said_of(remarks, titles, language)
    return "".join(f'<p class="remark {kind}">{escape(sentence)}</p>' for kind, sentence in said)


def _row_html(kept: Kept, language: Language, is_open: bool) -> str:
    t = texts(language)
    name, current = escape(kept.name or t.kept_unnamed), ' aria-current="true"' if is_open else ""
    changed = datetime.fromisoformat(kept.changed).astimezone().strftime("%Y-%m-%d %H:%M")
    facts = f'<time datetime="{escape(kept.changed)}">{changed}</time> · {t.kept_turns.format(count=kept.n_turns)}'
    return (
        f'<li data-id="{escape(kept.id)}"{current}><button type="button" class="kept-show">{name}</button>'
        f'<p class="facts">{facts}</p><div class="kept-row-tools">'
        f'<button type="button" class="kept-rename" data-label="{t.kept_name}" aria-label="{t.rename}: {name}">{t.rename}</button>'
        f'<button type="button" class="kept-delete" data-sure="{t.delete_sure}" aria-label="{t.delete}: {name}">{t.delete}</button>'
        "</div></li>"
    )
