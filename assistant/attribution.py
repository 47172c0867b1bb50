"""The statements of an answer and whether their citations support them, read from the text that a reader sees.

After ALCE (Gao, Yen, Yu and Chen, 2023, doi:10.18653/v1/2023.emnlp-main.398), where supported means here: letter for letter.
Knows no question and no ranking.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.wording import WORDING
from corpus.library.address import SCHEME, Address

_CHIP = re.compile(rf"(?<!\\)\[(?:[^\[\]\\]|\\.)*\]\(({SCHEME}[^\s)]*)\)")
_HEADINGS = re.compile(r"^> ?\*.*\*$|^\|[^\[]*\|$")
_ESCAPED = re.compile(r"\\(.)")
_MARK = re.compile(r"^\([^()]{1,6}\) ")
_MIN_FIXED_CHARS = 4
_PLACEHOLDER = re.compile(r"\{\w+\}")
_EDGES = " …\u3000|"

Source = Callable[[Address], str | None]
"""Returns the text of the paragraph at an address; None where there is none."""


@dataclass(frozen=True)
class Statement:
    """Words of an answer that say what a report says, and the places they are cited from."""

    text: str
    places: tuple[Address, ...]


@dataclass(frozen=True)
class Attribution:
    """How many statements of an answer are supported, and how many of its citations support.

    Attributes:
        statements: all of them.
        supported: those that stand letter for letter in a paragraph cited for them.
        citations: all citations of the statements.
        supporting: those whose paragraph has its statement letter for letter.
        quotations: the words that the answer's citations quote, as programs read them.
        exact: those that stand letter for letter in their paragraph.
    """

    statements: int = 0
    supported: int = 0
    citations: int = 0
    supporting: int = 0
    quotations: int = 0
    exact: int = 0

    def __add__(self, other: "Attribution") -> "Attribution":
        return Attribution(
            self.statements + other.statements,
            self.supported + other.supported,
            self.citations + other.citations,
            self.supporting + other.supporting,
            self.quotations + other.quotations,
            self.exact + other.exact,
        )


def attribution(answer: Answer, source: Source) -> Attribution:
    """Return the counts of an answer; all 0 for an abstention, which states nothing of a report."""
    if answer.abstained:
        return Attribution()
    statements = statements_of(answer.text)
    held = [[_holds(source(place), statement.text) for place in statement.places] for statement in statements]
    exact = sum(bool(c.quote) and c.quote in (source(c.address) or "") for c in answer.citations)
    return Attribution(
        len(statements),
        sum(any(each) for each in held),
        sum(map(len, held)),
        sum(map(sum, held)),
        len(answer.citations),
        exact,
    )


def statements_of(markdown: str) -> list[Statement]:
    """Return the statements of an answer's text, in order: all that is neither a heading nor a sentence of Pincite's own."""
    statements: list[Statement] = []
    for line in markdown.splitlines():
        if _HEADINGS.match(line) or not line.strip("> ") or _is_own(line):
            continue
        statements += _in_line(line.removeprefix(">").strip())
    return statements


def _in_line(line: str) -> list[Statement]:
    """Return the statements of a line: the words before each run of citations, and those after the last, which have none."""
    statements: list[Statement] = []
    start = 0
    for chip in _CHIP.finditer(line):
        words = _plain(line[start : chip.start()])
        place = Address.parse(chip[1])
        if words or not statements:
            statements.append(Statement(words, (place,)))
        else:
            statements[-1] = Statement(statements[-1].text, (*statements[-1].places, place))
        start = chip.end()
    rest = _plain(line[start:])
    return [*statements, Statement(rest, ())] if rest else statements


def _plain(markdown: str) -> str:
    words = _ESCAPED.sub(r"\1", markdown.replace("**", "")).strip(_EDGES + "、,")
    return words if any(c.isalnum() for c in words) else ""


def _holds(paragraph: str | None, words: str) -> bool:
    """Whether a paragraph has `words`, also without the item's mark or Pincite's own words that stand before them."""
    if paragraph is None or not words:
        return False
    text = paragraph.replace("\t", "\u3000").replace("\n", " ")
    pointed = _POINTED.sub("", words)
    return any(form.strip(_EDGES) in text for form in (words, pointed, _MARK.sub("", pointed)))


def _is_own(line: str) -> bool:
    """Whether a line is a sentence that Pincite says itself, and no words of a report."""
    return not line.startswith(">") and any(pattern.fullmatch(line.strip()) for pattern in _OWN)


def _patterns(sentences: list[str]) -> list[re.Pattern[str]]:
    fixed = [s for s in sentences if len(_PLACEHOLDER.sub("", s).strip()) >= _MIN_FIXED_CHARS]
    return [re.compile(".*".join(map(re.escape, _PLACEHOLDER.split(s)))) for s in fixed]


_OWN = _patterns([sentence for both in WORDING.values() for sentence in both.values()])
_POINTED = re.compile(
    "|".join(".{1,30}?".join(map(re.escape, _PLACEHOLDER.split(s))) for s in WORDING["pointed_from"].values())
)
