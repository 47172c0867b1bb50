"""Puts the halves of a text together that a line's or a page's end has cut. Knows two texts and the habits of a document."""

import re

_HAN = re.compile(r"[㐀-鿿，。；：、！？（）《》“”‘’]")
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDING_LINES = 0.02
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_HAN_SPACE_ASCII = re.compile(r"[㐀-鿿] [A-Za-z0-9]|[A-Za-z0-9] [㐀-鿿]")
_HAN_ASCII = re.compile(r"[㐀-鿿][A-Za-z0-9]|[A-Za-z0-9][㐀-鿿]")


class Joiner:
    """Joins the two halves of a text broken at a line's or a page's end, with a space where the document would print one.

    Han characters join without a space. Between a Han character and a Latin letter or digit, the document's own habit
    decides: whichever of `空间 2030` and `空间2030` its lines print more often. A hyphen goes where the document prints
    the word without it elsewhere and never with it; a soft one also where the document divides words at all.

    Args:
        document: the text of all lines.
    """

    def __init__(self, document: str) -> None:
        self._spaced = len(_HAN_SPACE_ASCII.findall(document)) >= len(_HAN_ASCII.findall(document))
        self._words = set(_WORD.findall(document.lower()))
        lines = document.split("\n")
        divided = sum(line.rstrip().endswith(_SOFT_HYPHEN) for line in lines)
        self._divides = divided > _DIVIDING_LINES * len(lines)

    def join(self, before: str, after: str) -> str:
        """Return `before` and `after` as one text."""
        before, after = before.rstrip(), after.lstrip()
        left, right = before[-1:], after[:1]
        if left and left in "-‐" + _SOFT_HYPHEN and before[-2:-1].isalnum() and right.isalnum():
            return self._without_hyphen(before[:-1], after, left)
        if left and left in "–/" and before[-2:-1].isalnum() and right.isalnum():
            return before + after
        if _HAN.match(left) and _HAN.match(right):
            return before + after
        if _HAN.match(left) or _HAN.match(right):
            letters = left.isalnum() and right.isalnum()
            return before + (" " if letters and self._spaced else "") + after
        return f"{before} {after}"

    def _without_hyphen(self, before: str, after: str, hyphen: str) -> str:
        """Return the halves of a word as one, with a hyphen where it is the word's own."""
        head, tail = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        kept = f"{before}-{after}"
        if head is None or tail is None or not tail[0].islower():
            return kept
        whole, hyphened = (head[0] + tail[0]).lower(), f"{head[0]}-{tail[0]}".lower()
        if hyphened in self._words:
            return kept
        soft = hyphen == _SOFT_HYPHEN and self._divides
        return before + after if whole in self._words or soft else kept
