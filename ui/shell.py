"""The HTML around the panes: the bar at the top and the head of the library's drawer."""

from ui.strings import Language, texts


def header_html(language: Language) -> str:
    """Return the bar: the name, the choice of pane on a narrow screen, the library's button and the language's."""
    t = texts(language)
    other = "zh" if language == "en" else "en"
    return (
        f'<header class="bar" data-language="{language}">'
        f'<button type="button" class="open-kept" aria-haspopup="dialog" aria-label="{t.kept}" title="{t.kept}">☰</button>'
        f'<p class="brand"><strong>Pincite</strong><span class="tagline">{t.tagline}</span></p>'
        f'<nav class="views"><button type="button" data-view="chat">{t.chat}</button>'
        f'<button type="button" data-view="report">{t.report}</button></nav>'
        f'<div class="tools"><button type="button" class="open-library" aria-haspopup="dialog">{t.library}</button>'
        f'<button type="button" class="language" lang="{other}">{t.other_language}</button></div></header>'
    )


def library_head_html(language: Language) -> str:
    """Return the head of the library's drawer."""
    t = texts(language)
    return f'<h2>{t.library}</h2><button type="button" class="close-library" aria-label="{t.close}">×</button>'
