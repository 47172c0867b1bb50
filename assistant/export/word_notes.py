"""The WordprocessingML of footnotes: their part, their styles, and what the settings say of them. Knows no file."""

import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape

from assistant.export.document import Note

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
"""The ids and kinds of the lines above footnotes; the notes count from 1."""
STYLES = (
    f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:pPr><w:spacing w:after="40" w:line="240"'
    ' w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>',
    f'<w:style xmlns:w="{W}" w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    f'<w:style xmlns:w="{W}" w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>'
    '<w:rPr><w:color w:val="1F5A8C"/><w:u w:val="single"/></w:rPr></w:style>',
)
SETTINGS = (
    f'<w:footnotePr xmlns:w="{W}">{"".join(f"""<w:footnote w:id="{i}"/>""" for i, _ in SEPARATORS)}</w:footnotePr>'
)
_SIGNS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def footnotes_xml(notes: Sequence[Note], relations: Sequence[str]) -> bytes:
    """Return the part of footnotes.

    Args:
        notes: the notes; the id of each is its number.
        relations: of each, the id of the part's relationship to its link.
    """
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for i, kind in SEPARATORS
    )
    written = "".join(_footnote(note, relation) for note, relation in zip(notes, relations, strict=True))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}" xmlns:r="{R}">{lines}{written}'
    return f"{xml}</w:footnotes>".encode()


def _footnote(note: Note, relation: str) -> str:
    bidi = "<w:bidi/>" if is_right_to_left(note.words) else ""
    return (
        f'<w:footnote w:id="{note.number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f"{run_xml(f' {note.words} ')}"
        f'<w:hyperlink r:id="{relation}" w:history="1">{run_xml(note.address.link, "Hyperlink")}</w:hyperlink></w:p></w:footnote>'
    )


def run_xml(text: str, style: str = "") -> str:
    """Return a run of `text`, its tabs and line ends as Word has them, for the footnotes' part."""
    parts, words = [], ""
    for character in f"{text}\0":
        if character in _SIGNS or character == "\0":
            parts.append(f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else "")
            parts.append(_SIGNS.get(character, ""))
            words = ""
        else:
            words += character
    styled = f'<w:rStyle w:val="{style}"/>' if style else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if is_east_asian(text) else ""
    return f"<w:r><w:rPr>{styled}{hint}{'<w:rtl/>' if is_right_to_left(text) else ''}</w:rPr>{''.join(parts)}</w:r>"


def is_east_asian(text: str) -> bool:
    """Whether `text` holds wide characters, so that quotation marks around them are to be wide too."""
    return any(unicodedata.east_asian_width(character) in "WF" for character in text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of `text` that has a direction runs from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d for d in directions if d in ("L", "R", "AL")), "L") != "L"
