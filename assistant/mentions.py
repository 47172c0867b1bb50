"""Every paragraph that mentions something: all of them, counted, in document order. Knows no ranking.

A mention is a phrase letter for letter, in any width, script and case, or another name of what it names; a word of an
alphabet is a mention only where it stands by itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Hit
from assistant.exhaustive import Wanted
from assistant.names import Form, forms_of, is_name
from assistant.view import View
from corpus.library.texts import texts
from corpus.references.folding import fold
from index.text import HAN, simplified

Span = tuple[int, int]
_QUOTES = str.maketrans("‘’“”「」『』", "''\"\"\"\"''")
_LETTER = rf"[^\W{HAN}_]"
_PIECE = re.compile(rf"[a-z0-9]+|[{HAN}]")
"""What stands together in a printed text, whatever spaces and signs it has: a word of ASCII letters, one Han character."""
_UNUSUAL = re.compile(
    r"[^\x00-\x7f\u2010-\u2027\u3000-\u303f\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
"""A character that may be read as another letter: anything but ASCII, Han characters and the signs of both."""


@dataclass(frozen=True)
class Mention:
    """A paragraph that mentions what is looked for.

    Attributes:
        hit: the paragraph.
        spans: half-open spans of its text, in order, none inside another.
    """

    hit: Hit
    spans: tuple[Span, ...]

    @property
    def printed(self) -> tuple[str, ...]:
        """The words that mention it, verbatim."""
        return tuple(self.hit.paragraph.text[start:end] for start, end in self.spans)


@dataclass(frozen=True)
class Mentions:
    """All mentions of something.

    Attributes:
        phrase: what was looked for.
        found: the paragraphs, in document order, reports in the library's.
    """

    phrase: str
    found: tuple[Mention, ...]

    @property
    def hits(self) -> list[Hit]:
        """The paragraphs."""
        return [mention.hit for mention in self.found]

    @property
    def times(self) -> int:
        """How often they mention it."""
        return sum(len(mention.spans) for mention in self.found)

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names that stand there beside the phrase itself, in the order they first do, each once."""
        own = as_matched(self.phrase)[0].lower()
        names: dict[str, str] = {}
        for printed in (words for mention in self.found for words in mention.printed):
            spelt = as_matched(printed)[0]
            names.setdefault(spelt.lower(), spelt)
        return tuple(name for key, name in names.items() if key != own)


def mentions_of(wanted: Wanted, view: View) -> Mentions:
    """Return all mentions of what is wanted, in what `view` looks at."""
    searches: dict[str, Search] = {}
    found: list[tuple[int, tuple[Span, ...]]] = []
    for text in texts(view.connection, view.keys, view.passages):
        if text.report not in searches:
            searches[text.report] = Search(_forms(wanted, view.abbreviations(text.report)))
        spans = searches[text.report].spans(text.words)
        if spans:
            found.append((text.id, spans))
    hits = view.paragraphs([i for i, _ in found])
    return Mentions(wanted.phrase, tuple(Mention(hit, spans) for hit, (_, spans) in zip(hits, found, strict=True)))


def _forms(wanted: Wanted, abbreviations: Mapping[str, str]) -> list[list[Form]]:
    """Return groups of forms, of each of which one must stand in a paragraph."""
    together = wanted.together and (wanted.at_once or all(is_name(part, abbreviations) for part in wanted.together))
    phrases = (
        [[part] for part in wanted.together] if together else [list(dict.fromkeys((wanted.phrase, *wanted.either)))]
    )
    return [[form for phrase in group for form in forms_of(phrase, abbreviations)] for group in phrases]


class Search:
    """The search for groups of forms: of each group one must stand in a text, else none is found."""

    def __init__(self, groups: Sequence[Sequence[Form]]) -> None:
        self._patterns = [_pattern(group) for group in groups]
        self._pieces = [{tuple(_PIECE.findall(as_matched(form.text)[0].lower())) for form in group} for group in groups]

    def spans(self, source: str) -> tuple[Span, ...]:
        """Return where the forms stand in `source`, none inside another."""
        if not self._may_hold(source):
            return ()
        text, places = as_matched(source)
        found = [[match.span() for match in pattern.finditer(text)] for pattern in self._patterns]
        if not all(found):
            return ()
        return tuple((places[start], places[end - 1] + 1) for start, end in _outermost(found))

    def _may_hold(self, source: str) -> bool:
        """Whether a text has the pieces of a form: most have not, and need no closer look."""
        lower = source.lower()
        if all(any(all(piece in lower for piece in pieces) for pieces in group) for group in self._pieces):
            return True
        return not source.isascii() and bool(_UNUSUAL.search(source) or simplified(source) != source)


def _pattern(forms: Sequence[Form]) -> re.Pattern[str]:
    """Return the pattern of any of `forms`, the longest first, in a text as `as_matched` returns it."""
    return re.compile("|".join(_one(form) for form in sorted(forms, key=lambda form: -len(form.text))))


def _outermost(found: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the spans of all lists in order, without those inside another."""
    spans: list[Span] = []
    for span in sorted({s for group in found for s in group}, key=lambda s: (s[0], -s[1])):
        if not spans or span[1] > spans[-1][1]:
            spans.append(span)
    return spans


def _one(form: Form) -> str:
    text = as_matched(form.text)[0].strip()
    words = re.escape(text) if form.cased else f"(?i:{re.escape(text)})"
    before = rf"(?<!{_LETTER})(?<!\d[.,])" if re.match(_LETTER, text) else ""
    after = rf"(?!{_LETTER})(?![.,]\d)" if re.search(rf"{_LETTER}$", text) else ""
    return f"{before}{words}{after}"


def as_matched(source: str) -> tuple[str, tuple[int, ...]]:
    """Return `source` as phrases are looked for in it, and for each character its place in `source`."""
    folded = fold(source)
    plain = simplified(folded.cased.translate(_QUOTES))
    if len(plain) != len(folded.cased):
        plain = "".join(s if len(s := simplified(c)) == 1 else c for c in folded.cased.translate(_QUOTES))
    return plain, folded.places
