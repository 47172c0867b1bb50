"""Pieces of type set in one way, put together as the text of a block with what is set apart in it. Knows no format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.joiner import Joiner

_SUPERSCRIPT = str.maketrans("0123456789+-−=()aivxn", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃⁱᵛˣⁿ")
_UNPRINTED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_HAN_LINE_END = re.compile(r"(?<=[㐀-鿿，。；：、！？）》”’])\s*\n\s*(?=[㐀-鿿（《“‘])")
_MARK_ONLY = re.compile(r"\s*(?:[(（]?\w{1,5}[.)．、）]|第\w{1,8}[条章节])?\s*")
_DIGITS = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Piece:
    """A run of characters set in one way.

    Attributes:
        text: as the file has it, white space included.
        bold: whether it is set in bold type.
        italic: whether it is set in italics.
    """

    text: str
    bold: bool = False
    italic: bool = False


def raised(text: str) -> str:
    """Return `text` set above the line: figures as superscript characters, anything else as it is."""
    return text.translate(_SUPERSCRIPT) if _DIGITS.fullmatch(text.strip()) else text


def note_mark(text: str) -> str:
    """Return the mark of a note as superscript characters, where there are such: `12`, `iv`; `*` stays."""
    return text.translate(_SUPERSCRIPT)


def printed(text: str) -> str:
    """Return `text` as printed: white space and line ends as one space, none between Han characters, nothing unseen."""
    return _SPACE.sub(" ", _HAN_LINE_END.sub("", _UNPRINTED.sub("", text))).strip()


def together(pieces: Iterable[Piece]) -> tuple[str, bool, str]:
    """Return the text that pieces make up, whether all of it is bold, and its leading part that is set apart.

    The leading part includes the mark that opens the text, also where the mark itself is in plain type; it is a part of the
    text letter for letter.
    """
    kept = [piece for piece in pieces if piece.text]
    text = printed("".join(piece.text for piece in kept))
    words = [piece for piece in kept if printed(piece.text)]
    if not words or all(piece.bold for piece in words):
        return text, bool(words), ""
    return text, False, _lead(words, kept, text)


def _lead(words: Sequence[Piece], kept: Sequence[Piece], text: str) -> str:
    """Return the start of `text` down to the end of the first words set apart, or an empty string."""
    first = 0
    while (
        first < len(words) - 1
        and not _apart(words[first])
        and _MARK_ONLY.fullmatch("".join(p.text for p in words[: first + 1]))
    ):
        first += 1
    if not _apart(words[first]) or all(_apart(piece) for piece in words):
        return ""
    end = kept.index(words[first])
    while end < len(kept) and (_apart(kept[end]) or not printed(kept[end].text)):
        end += 1
    lead = printed("".join(piece.text for piece in kept[:end]))
    return lead if text.startswith(lead) else ""


def _apart(piece: Piece) -> bool:
    return piece.bold or piece.italic


def joined(parts: Iterable[str], joiner: Joiner) -> str:
    """Return parts broken by line ends as one text."""
    whole = ""
    for part in parts:
        if part.strip():
            whole = joiner.join(whole, part) if whole else part.strip()
    return whole
