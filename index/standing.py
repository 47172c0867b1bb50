"""What a report is by itself: the short title and symbol it is cited by, what it cites, and the places its title names.

A report that many others cite is more likely meant; one whose title names a place is less likely meant by a question that
names none. A country named again and again is what it is about. Knows no passage and no score.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.report import Report
from index.lexicon import countries
from index.text import HAN, normalise
from index.tokenizer import Tokenizer

_CITED_TITLE = re.compile(r"《([^《》]{2,60})》")
_DATE = re.compile(r"\([^()]*\d{4}[^()]*\)$")
STATE = "中华人民共和国"
"""What the titles of laws begin with, and citations of them leave out."""
_OPENING = 12
"""How many paragraphs are the opening of a report."""
_OFTEN, _LEAST_OFTEN = 0.2, 3
_PLACE = re.compile(rf"^(?:\d{{4}}年度?)?([{HAN}]{{2,8}}?(?:自治[区州县]|[省市县区州盟旗]))")


@dataclass(frozen=True)
class Standing:
    """A report among others, all texts normalised.

    Attributes:
        names: its short title and, where it has one, its symbol: what others cite it by.
        cites: the short titles and symbols that it cites, each once, in order.
        places: the places that its title names.
        subjects: all names of the countries that it is about: named at its beginning and again and again, as matched.
    """

    names: list[str]
    cites: list[str]
    places: list[str]
    subjects: list[str]

    @classmethod
    def of(cls, report: Report, tokenizer: Tokenizer) -> "Standing":
        """Return the standing of a report."""
        names = [name for name in (short_title(report.title), normalise(report.symbol)) if name]
        texts = (report.title, *(p.text for p in report.paragraphs))
        cited = (short_title(m[1]) for text in texts for m in _CITED_TITLE.finditer(text))
        cites = {*cited, *map(normalise, report.symbols)}
        places = places_in(names[0] if names else "", tokenizer)
        return cls(names, sorted(cites.difference(names)), places, subjects_of(report))


def short_title(title: str) -> str:
    """Return a title as others cite it, normalised: without a date in brackets at its end and the name of the state."""
    return _DATE.sub("", normalise(title)).removeprefix(STATE)


def places_in(title: str, tokenizer: Tokenizer) -> list[str]:
    """Return the names of the places in a short title: of those with 市 or 省 at the end, also without."""
    found = [word for word in tokenizer.surface_words(title) if tokenizer.names_place(word)]
    match = _PLACE.match(title)
    if match:
        found += [match[1], match[1][:-1]]
    return sorted({place for place in found if len(place) > 1})


def subjects_of(report: Report) -> list[str]:
    """Return the names, all of each, of the countries that stand in the opening of a report and in a fifth of its paragraphs."""
    own = [p for p in report.paragraphs if not p.inline]
    opening = normalise("\n".join((report.title, *(p.text for p in own[:_OPENING]))))
    named = [names for names in set(countries().values()) if _names_any(names, opening)]
    texts = [normalise(p.text) for p in own] if named else []
    least = max(_LEAST_OFTEN, len(own) * _OFTEN)
    often = [names for names in named if sum(_names_any(names, text) for text in texts) >= least]
    return sorted({name for names in often for name in names})


def _names_any(names: Iterable[str], text: str) -> bool:
    return any(name in text and (not name.isascii() or re.search(rf"\b{re.escape(name)}\b", text)) for name in names)


def authority(reports: Sequence[tuple[Sequence[str], Iterable[str]]]) -> NDArray[np.float32]:
    """Return how often each report is cited by others, (n,) float32: the logarithm of one more than their number.

    Args:
        reports: the names and the citations of each.
    """
    citing = Counter(cited for _, cites in reports for cited in set(cites))
    return np.log1p([max((citing[name] for name in names), default=0) for names, _ in reports]).astype(np.float32)
