"""All names of what a phrase names, in one report: those that the report introduces, and those of bodies of the United Nations.

Knows names and their spellings, no paragraph.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from index.lexicon import names_in, un_bodies
from index.text import normalise

MAX_FORMS = 60
_GENERIC_CHARS = 3


@dataclass(frozen=True)
class Form:
    """A spelling to look for.

    Attributes:
        text: as it may be printed.
        cased: whether capitals count: an acronym such as WHO is no word of the language.
    """

    text: str
    cased: bool = False

    @property
    def key(self) -> str:
        """What two forms of one name have in common."""
        return normalise(self.text)


def forms_of(phrase: str, abbreviations: Mapping[str, str]) -> tuple[Form, ...]:
    """Return the spellings that count as `phrase`, itself first: with each name in it replaced by its other names.

    Args:
        phrase: as the question has it; an acronym of a body may be in small letters where it is all of the phrase.
        abbreviations: the short names that a report introduces, short → long.
    """
    groups = list(_groups(abbreviations))
    known = {form.key for group in groups for form in group}
    text = normalise(phrase)
    inside = [text] if text in known else [name for name in names_in(text, known) if _is_name_in(name, phrase)]
    parts: list[list[Form]] = []
    rest = text
    for name in sorted(inside, key=text.find):
        before, _, rest = rest.partition(name)
        parts += [[Form(before)], _all_names(name, groups)]
    parts.append([Form(rest)])
    found = {text: Form(phrase, _is_acronym(phrase) and text in known)}
    for choice in islice(product(*parts), MAX_FORMS):
        spelt = "".join(part.text for part in choice)
        found.setdefault(normalise(spelt), Form(spelt, text in inside and choice[1].cased))
    return tuple(form for key, form in found.items() if key)


def is_name(phrase: str, abbreviations: Mapping[str, str]) -> bool:
    """Whether `phrase` is a name of something, and nothing more."""
    text = normalise(phrase)
    return any(text == form.key for group in _groups(abbreviations) for form in group)


def _groups(abbreviations: Mapping[str, str]) -> Iterator[list[Form]]:
    """Yield the names of each thing. A short form that is but the end of its long one (委员会) is a word for many things."""
    for short, long in abbreviations.items():
        if not (long.endswith(short) and len(short) <= _GENERIC_CHARS):
            yield [Form(short, _is_acronym(short)), Form(long)]
    for body in un_bodies():
        yield [Form(body.acronym, True), *(Form(name) for name in body.names)]


def _all_names(name: str, groups: Iterable[list[Form]]) -> list[Form]:
    """Return all names of what `name` names, itself first, through every group that has one of them."""
    keys, found = {name}, dict[str, Form]()
    waiting = list(groups)
    while joined := [group for group in waiting if any(form.key in keys for form in group)]:
        waiting = [group for group in waiting if group not in joined]
        for group in joined:
            for form in group:
                keys.add(form.key)
                found.setdefault(form.key, form)
    return sorted(found.values(), key=lambda form: form.key != name)


def _is_name_in(name: str, phrase: str) -> bool:
    """Whether a name that stands in a phrase means the thing: an acronym only in its capitals."""
    return not (name.isascii() and name.isalpha()) or " " in name or name.upper() in phrase


def _is_acronym(text: str) -> bool:
    return text.isascii() and " " not in text and sum(c.isupper() for c in text) > 1
