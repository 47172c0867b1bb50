"""Opens a web page: its encoding, and a tree of what is often badly formed. Fetches nothing that the page links to."""

import html
import re
from pathlib import Path

from lxml import etree

from corpus.block import Block, ReadProgress
from corpus.errors import ParseError
from corpus.readers.encoding import decoded, read_bytes
from corpus.readers.html.page import Page

_HEAD_BYTES = 4096
_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?\s*|<\?xml[^>]{0,100}?encoding\s*=\s*["'])([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_XHTML = re.compile(r"\s*<\?xml|<html[^>]{0,300}xmlns\s*=", re.IGNORECASE)
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_CLOSED_AT_ONCE = re.compile(rf"<(?!(?:{_VOID})\b)([A-Za-z][\w:-]{{0,40}})(\s[^<>]{{0,2000}})?/>", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of a web page, without its navigation, header and footer. `Block.line` is a line of the source.

    Raises:
        ParseError: it is empty, too large, in no known encoding, nested too deep, or has no text.
    """
    data = read_bytes(path)
    charset = _CHARSET.search(data[:_HEAD_BYTES])
    source = decoded(data, path, charset[1].decode("ascii") if charset else "")
    blocks = blocks_of(source, path)
    progress(1, 1)
    if not blocks:
        raise ParseError(
            path, "expected a web page with text, found none; a page that a script fills must be saved from the browser"
        )
    return blocks


def blocks_of(source: str, path: Path, line_offset: int = 0) -> list[Block]:
    """Return the blocks of a page or a part of one; none where it has no text.

    Args:
        source: its markup.
        path: names the source in errors.
        line_offset: lines of the file above it.

    Raises:
        ParseError: its elements are nested too deep.
    """
    if _XHTML.search(source[:_HEAD_BYTES]):
        source = _without_cdata(source)
        source = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", source)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        if not source.strip() or "empty" in str(error).lower():
            return []
        raise ParseError(path, f"expected a web page, found markup that cannot be read: {error}") from error
    if root is None:
        return []
    if any("RESOURCE_LIMIT" in entry.type_name or "Excessive depth" in entry.message for entry in parser.error_log):
        raise ParseError(
            path, "expected elements nested at most 2,000 deep, found more; save the page anew from the browser"
        )
    return Page(root, path, line_offset).blocks()


def _without_cdata(source: str) -> str:
    """Return the source of an XHTML page with the text of its character data sections escaped instead."""
    before, *sections = source.split(_CDATA)
    parts = [before]
    for section in sections:
        text, end, after = section.partition(_CDATA_END)
        parts += [html.escape(text), after] if end else [_CDATA, section]
    return "".join(parts)
