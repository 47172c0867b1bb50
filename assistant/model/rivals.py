"""Whether another of the passages shown holds a sentence clearly better than the one it cites. Knows words, no language.

A sentence that cites the paragraph beside the one it is taken from is cited wrongly, however much the two are alike.
"""

import math
import re
from collections.abc import Sequence

from assistant.answer import Hit
from assistant.model.figures import plain_figures
from index.text import HAN

LEAST = 5
"""Pairs of characters, words and numbers that must be there to compare."""
SLACK = 0.03
HALF_AS_MUCH_AGAIN = 1.5
"""A cited passage may lack so many times what the best of them lacks, and `SLACK` more, by weight."""
_NUMBER_WEIGHT = 2.0
_WORD = re.compile(rf"\d+(?:\.\d+)?%?|[a-zà-ɏа-я]{{3,}}|[{HAN}]+")


def better_held(sentence: str, cited: Sequence[Hit], shown: Sequence[Hit]) -> bool:
    """Whether a passage of `shown` holds clearly more of `sentence` than those that it cites do together.

    Args:
        sentence: a sentence or a clause, without the places that it cites.
        cited: the passages that it cites.
        shown: all that the model was shown.
    """
    others = [_features(text_of(hit)) for hit in shown if hit not in cited]
    said = _features(sentence)
    if not others or len(said) < LEAST:
        return False
    own = set().union(*(_features(text_of(hit)) for hit in cited))
    held_by = {one: sum(one in other for other in (*others, own)) for one in said}
    weights = {one: _weight(one, held_by[one], len(others) + 1) for one in said}
    whole = sum(weights.values())
    lacking = [sum(weights[one] for one in said - held) / whole for held in (own, *others)]
    return lacking[0] > HALF_AS_MUCH_AGAIN * min(lacking[1:]) + SLACK


def text_of(hit: Hit) -> str:
    """Return what a model was shown of a passage: what stands above it, and its text."""
    return "\n".join((*hit.context, hit.paragraph.text))


def _features(text: str) -> set[str]:
    """Return the pairs of neighbouring Han characters, the numbers and the Latin words of a text."""
    found: set[str] = set()
    for word in _WORD.findall(plain_figures(text)):
        found |= {word} if word[0].isascii() or len(word) == 1 else {word[i : i + 2] for i in range(len(word) - 1)}
    return found


def _weight(one: str, held_by: int, n: int) -> float:
    """Return what a word counts: more where fewer passages have it, and twice that for a number."""
    return (1 + math.log((n + 1) / (held_by + 1))) * (_NUMBER_WEIGHT if one[0].isdecimal() else 1.0)
