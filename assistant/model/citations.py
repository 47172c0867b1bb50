"""A model's words to sentences and the passages each cites, as they come. A number that no passage has is no citation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.sentences import sentences

_NUMBERS = r"\^?\d{1,6}(?:\s*[-,，、–]\s*\^?\d{1,6})*"
_MARK = re.compile(rf"\[\s*({_NUMBERS})\s*\]")
_AS_ASCII = str.maketrans("【】［］０１２３４５６７８９", "[][]0123456789")
"""Brackets and digits in which models write marks too."""
_MARKS_BEHIND = re.compile(rf"([.。！？!?；;][”’」』\"]*)((?:\s*\[\s*{_NUMBERS}\s*\])+)")
"""Marks behind the end of their sentence; they are moved before it."""
_UNFINISHED = re.compile(r"\s*\[[\s\d,，、^–-]*$")
_OTHER_BRACKET = re.compile(r"\[[^\[\]]{0,40}\]\([^()\s]*\)")
_LONGEST_RANGE = 20
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)、])\s+")


@dataclass(frozen=True)
class Cited:
    """A sentence as a model wrote it, without its marks, and the numbers of the passages that it cites, from 1."""

    text: str
    passages: tuple[int, ...]


class Parser:
    """Takes a model's words piece by piece and gives back the sentences that are complete, in order.

    A sentence is complete once something follows that is no mark of its own, so that no mark is ever cut in two.

    Args:
        n_passages: how many passages the model was shown.
    """

    def __init__(self, n_passages: int) -> None:
        self._n_passages = n_passages
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Cited]:
        """Yield the sentences that `piece` completes."""
        self._rest += piece.translate(_AS_ASCII)
        yield from self._take(last=False)

    def end(self) -> Iterator[Cited]:
        """Yield what is left; a mark that was begun and not ended is dropped."""
        self._rest = _UNFINISHED.sub("", self._rest)
        yield from self._take(last=True)

    def _take(self, *, last: bool) -> Iterator[Cited]:
        self._rest = _MARKS_BEHIND.sub(r"\2\1", self._rest)
        while self._rest.strip():
            first = sentences(self._rest)[0]
            end = self._rest.index(first) + len(first)
            after = self._rest[end:]
            if not last and (not after.strip() or _UNFINISHED.fullmatch(after)):
                return
            self._rest = after
            cited = self._cited(first)
            if cited.text.strip("。，；.,; "):
                yield cited

    def _cited(self, written: str) -> Cited:
        numbers = [n for mark in _MARK.findall(written) for n in _numbers_of(mark)]
        known = tuple(dict.fromkeys(n for n in numbers if 1 <= n <= self._n_passages))
        bare = _MARK.sub("", _OTHER_BRACKET.sub("", written))
        return Cited(re.sub(r"\s+([。，；.,;])", r"\1", _BULLET.sub("", bare)).strip(), known)


def _numbers_of(mark: str) -> list[int]:
    """Return the numbers of a mark; a range has all from its first to its last, where it is short."""
    found: list[int] = []
    for part in re.split(r"[,，、]", mark):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found += range(ends[0], ends[-1] + 1) if len(ends) > 1 and 0 < ends[-1] - ends[0] < _LONGEST_RANGE else ends
    return found
