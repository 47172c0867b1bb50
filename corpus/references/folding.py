"""One spelling of a text's references, letter for letter tied to the text. Knows forms of characters and no grammar.

Questions are normalised further, by `index.text`; a text to be linked must keep its places, and needs less.
"""

import unicodedata
from dataclasses import dataclass

_HAN = ("㐀", "鿿")
_CHARACTERS = str.maketrans("條項決議號錄與約憲協報則書說", "条项决议号录与约宪协报则书说")
_DASHES = frozenset("‐‑‒–—―−")
_KNOWN_CHARACTERS = 1 << 16
_DROPPED = frozenset("\u00ad\u200b¹²³⁰⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Folded:
    """A text as its references are matched.

    Attributes:
        cased: half width (NFKC), dashes as hyphens, the words of references in simplified characters, without white space
            beside Han characters, without note marks and soft hyphens.
        text: the same in lower case, as long as `cased`.
        places: for each character of `text`, its place in the source.
    """

    cased: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source that a half-open span of `text`, not an empty one, stands for."""
        return self.places[start], self.places[end - 1] + 1


def fold(source: str) -> Folded:
    """Return `source` as its references are matched."""
    folded = [_FOLDED[character] for character in source]
    if " " not in folded and all(map(_is_one, folded)):  # most Chinese texts
        return _as_folded("".join(folded), tuple(range(len(source))))
    cased: list[str] = []
    places: list[int] = []
    after_han = False
    for place, characters in enumerate(folded):
        for character in characters:
            is_han = _HAN[0] <= character <= _HAN[1]
            if cased and cased[-1] == " " and (is_han or character == " "):
                cased.pop()
                places.pop()
            if character == " " and after_han:
                continue
            cased.append(character)
            places.append(place)
            after_han = is_han
    return _as_folded("".join(cased), tuple(places))


def _as_folded(whole: str, places: tuple[int, ...]) -> Folded:
    lower = whole.lower()
    if len(lower) != len(whole):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in whole)
    return Folded(whole, lower, places)


class _Characters(dict[str, str]):
    """What each character is folded to, filled as asked: several characters, or none."""

    def __missing__(self, character: str) -> str:
        if len(self) >= _KNOWN_CHARACTERS:
            self.clear()
        if character in _DROPPED:
            folded = ""
        else:
            normal = unicodedata.normalize("NFKC", character).translate(_CHARACTERS)
            folded = "".join(" " if c.isspace() else "-" if c in _DASHES else c for c in normal)
        self[character] = folded
        return folded


_FOLDED = _Characters()


def _is_one(folded: str) -> bool:
    return len(folded) == 1
