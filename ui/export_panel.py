"""The menus of formats to download an answer or the whole conversation in. Knows no answer and writes no file."""

from ui.strings import Language, texts


def menu_html(language: Language, name: str = "") -> str:
    """Return a menu that opens to a button for each format.

    Args:
        language: the page's language.
        name: what it is called; empty for what is said of one answer.
    """
    t = texts(language)
    label = name or t.download
    buttons = "".join(
        f'<button type="button" data-export="{key}" aria-label="{label}: {shown}">{shown}</button>'
        for key, shown in t.formats.items()
    )
    return (
        f'<details class="export"><summary>{label}</summary>'
        f'<div class="formats" role="group" aria-label="{label}">{buttons}</div></details>'
    )


def whole_html(language: Language, answered: int) -> str:
    """Return the menu that the whole conversation is downloaded from; none where it has less than two answers."""
    if answered < 2:
        return ""
    return f'<div class="export-whole">{menu_html(language, texts(language).download_whole)}</div>'
