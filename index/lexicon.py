"""Other names of the same thing: a report's own abbreviations, bodies of the United Nations system, countries, plain synonyms.

Gives words to the tokenizer and other names to a query. Knows nothing of passages or scores.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from index.text import HAN, normalise

_IN_BRACKETS = re.compile(rf"([{HAN}、\w\s/·'’-]{{3,60}})[(（]“?([{HAN}\w·-]{{2,12}})”?[)）]")
_LATIN_ACRONYM = re.compile(r"((?<![\w'’-])(?:[A-Za-z][\w'’-]*[ ,]+){2,14}?)\(([A-Z][A-Za-z-]{1,11})\)")
_BODY_PREFIX = "联合国"
_SMALL_WORDS = {"of", "the", "for", "and", "on", "in", "to", "a"}


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Return the short names that `texts` introduce in brackets after the long ones, short → long, as printed.

    `联合国训练研究所（训研所）` gives 训研所 → 联合国训练研究所; `International Telecommunication Union (ITU)` gives ITU.
    The long name is the shortest run before the bracket that begins as the short one does, ends as it does and holds
    at least half of its characters (after Schwartz and Hearst, 2003, doi:10.1142/9789812776303_0042).
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in _IN_BRACKETS.finditer(text):
            long = _long_form(match[1], match[2])
            if long and match[2] not in found:
                found[match[2]] = long
        for match in _LATIN_ACRONYM.finditer(text):
            long = _long_latin_form(match[1], match[2])
            if long:
                found.setdefault(match[2], long)
    return found


def is_short_for(short: str, long: str) -> bool:
    """Whether `short` reads as an abbreviation of `long`: its characters in order, from the first or after 联合国."""
    stem = long.removeprefix(_BODY_PREFIX)
    starts = short[:1] in (long[:1], stem[:1])
    rest = iter(long)
    return len(short) < len(long) and starts and all(c in rest for c in short)


@dataclass(frozen=True)
class Body:
    """A body of the United Nations system.

    Attributes:
        acronym: as printed: ITU.
        names: by which a text names it, as matched: English, Chinese, and Chinese short forms.
        loose: short forms that reports print for it and that mean other things too.
    """

    acronym: str
    names: tuple[str, ...]
    loose: tuple[str, ...]

    def named_in(self, question: str, normalised: str) -> list[str]:
        """Return the names by which `question` names it; its acronym only where it stands in capitals."""
        found = [name for name in self.names if name in normalised]
        if self.acronym in question and re.search(rf"(?<![A-Za-z]){re.escape(self.acronym)}(?![a-z])", question):
            found.append(normalise(self.acronym))
        return found

    def other_names(self, name: str) -> tuple[str, ...]:
        """Return all its names but `name`, as matched."""
        return tuple(n for n in (normalise(self.acronym), *self.names, *self.loose) if n != name)


@lru_cache(maxsize=1)
def un_bodies() -> tuple[Body, ...]:
    """Return the bodies of the United Nations system."""
    lines = resources.files("index").joinpath("un_bodies.tsv").read_text(encoding="utf-8").splitlines()
    bodies = []
    for line in lines:
        if not line.startswith("#"):
            acronym, english, chinese, short, *loose = line.split("\t")
            names = tuple(normalise(n) for n in (english, chinese, *short.split(",")))
            bodies.append(Body(acronym, names, tuple(loose)))
    return tuple(bodies)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, ...]]:
    """Return, for each name of a country in English and Chinese, as matched, all its names."""
    lines = resources.files("index").joinpath("countries.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if not line.startswith("#"):
            names = tuple(normalise(name) for name in line.replace("\t", ",").split(","))
            found |= dict.fromkeys(names, names)
    return found


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return, for each word that has some, the words that say the same, itself among them, as matched."""
    found: dict[str, tuple[str, ...]] = {}
    for line in resources.files("index").joinpath("synonyms.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            group = tuple(normalise(word) for word in line.replace("\t", ",").split(","))
            for word in group:
                found[word] = (*found.get(word, ()), *group)
    return found


def names_in(query: str, known: Iterable[str]) -> list[str]:
    """Return those of `known` that stand in `query` (both normalised), longest first, none inside another's place."""
    found: list[str] = []
    rest = query
    for name in sorted(known, key=len, reverse=True):
        if not name or name not in rest:
            continue
        pattern = rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)
        if re.search(pattern, rest):
            found.append(name)
            rest = re.sub(pattern, " ", rest)
    return found


def _long_form(before: str, short: str) -> str | None:
    """Return the long name that ends `before`, or None where no run of it reads as one."""
    run = re.split(r"[、，\s]", before)[-1]
    if not re.search(rf"[{HAN}]", short) or not run:
        return None
    for start in range(len(run) - 2, -1, -1):
        if run[start] != short[0]:
            continue
        if run[:start].endswith(_BODY_PREFIX):
            start -= len(_BODY_PREFIX)
        long = run[start:]
        alike = run[-1] == short[-1] and sum(c in long for c in short) * 2 >= len(short)
        if len(long) > len(short) and (alike or is_short_for(short, long)):
            return long
    return None


def _long_latin_form(before: str, acronym: str) -> str | None:
    words = before.replace(",", " ").split()
    letters = [c.lower() for c in acronym if c.isalpha()]
    at, start = len(words), len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at].lower() in _SMALL_WORDS and words[at][0].lower() != letter:
            at -= 1
        if at < 0 or words[at][0].lower() != letter:
            return None
        start = at
    return " ".join(words[start:])
