"""The quotations in what a model wrote, and whether each stands letter for letter in a passage. Knows no label."""

import re
from collections.abc import Sequence

_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]+)[”」』\"]|(?<!\w)[‘']([^‘’']{8,})[’'](?!\w)")
_OPEN = re.compile(r"[“「『]([^“”「」『』]{2,})$")
_CLOSED = re.compile(r"^([^“”「」『』]{2,})[”」』]")
"""A quotation that goes on in the next sentence, and one that began in the one before."""


def are_verbatim(sentence: str, passages: Sequence[str]) -> bool:
    """Whether each quotation in `sentence` stands letter for letter, but for spaces, in one of `passages`.

    One of which only the end stands in the sentence does not: what was quoted is not known.
    """
    if _CLOSED.search(_QUOTED.sub(" ", sentence)):
        return False
    there = [_bare(passage) for passage in passages]
    return all(any(_bare(quoted) in passage for passage in there) for quoted in quotations(sentence))


def quotations(sentence: str) -> list[str]:
    """Return the words between quotation marks; also those whose second mark stands in another sentence."""
    found = [quoted for pair in _QUOTED.findall(sentence) for quoted in pair if quoted]
    rest = _QUOTED.sub(" ", sentence)
    return [*found, *_OPEN.findall(rest)]


def _bare(text: str) -> str:
    return "".join(text.split())
