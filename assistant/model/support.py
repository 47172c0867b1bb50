"""Whether a sentence that a model wrote is supported by the passages it cites: what it claims must stand there.

Checked are quotations, numbers and dates, names, negation, the operative verb, how much of its content is held, what it changes
in words that it repeats, and whether another passage holds it better. It knows words and two languages, no model. What it does
not find supported may be true; what it does find supported can still be put together wrongly: it is a sieve for what changes a
report's meaning.
"""

import re
from collections.abc import Sequence

from assistant.answer import Hit
from assistant.model.alteration import is_altered
from assistant.model.checker import Checker, Words
from assistant.model.figures import dates_in, miscounts, numbers_in
from assistant.model.leading_in import claim_of, without_places
from assistant.model.prompt import PATH_MARK
from assistant.model.quotations import are_verbatim
from assistant.model.rivals import better_held, text_of
from assistant.model.standing import negations, pairs, parts, same_polarity, same_verbs
from assistant.sentences import sentences
from corpus.numerals import CHINESE_NUMERAL
from index.lexicon import countries, names_in
from index.text import HAN, normalise

MIN_HELD = 0.7
"""Share of a sentence's words that its passages must hold."""
MIN_HELD_OF_CLAUSE = 0.5
"""The same of each of its clauses."""
MIN_COSINE = 0.3
"""Of a sentence in another language than its passage, the cosine that its nearest sentence must have."""
_COUNTING = re.compile(rf"[{CHINESE_NUMERAL}两\d]")
"""How a word begins that counts: numbers are compared as such."""
_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z0-9](?:[A-Za-z0-9./-]*[A-Za-z0-9])?|[A-Z]{2,})(?![a-z])")
_LETTERS = re.compile(rf"[{HAN}]{{4}}|[A-Za-z]{{4}}")
_PLACE = re.compile(
    rf"第\s*([{CHINESE_NUMERAL}\d]+)\s*(?:\([a-z]\))?\s*[段条]|\b(?:para(?:graph)?s?|arts?|articles?)\.?\s*(\d+)",
    re.IGNORECASE,
)
_HARMLESS_WORDS = frozenset(
    "报告 会议 指出 表示 提到 认为 根据 按照 以及 其中 包括 the report state say accord includ word 原话 写道".split()
)


def fault_of(sentence: str, passages: Sequence[Hit], checker: Checker, shown: Sequence[Hit] = ()) -> str:
    """Return what of `sentence` its passages do not support, as a key; empty where they support it.

    Args:
        sentence: as the model wrote it, without its marks.
        passages: those that it cites.
        checker: what it is compared with.
        shown: all passages that the model was shown.
    """
    if not passages:
        return "uncited"
    whole = "\n".join(map(text_of, passages))
    titles = [hit.document.partition("；")[0] for hit in passages]
    known = "\n".join((whole, *titles))
    if not are_verbatim(sentence, [text_of(hit) for hit in passages]):
        return "quotation"
    bare = without_places(sentence, [hit.paragraph.label for hit in passages])
    told = claim_of(bare)
    if PATH_MARK in told and PATH_MARK not in whole:
        return "not_held"  # where a passage stands is no statement of it
    if not _places(told) <= _places(whole):
        return "place"
    if not numbers_in(told) <= numbers_in(whole) or not dates_in(told) <= dates_in(whole) or miscounts(told, whole):
        return "number"
    if not _names_stand(told, known, _is_chinese(whole), checker):
        return "name"
    own = [s for hit in passages for s in sentences(hit.paragraph.text)]
    abroad = [part for part in parts(told) if _is_chinese(part) != _is_chinese(whole)]
    if _is_chinese(sentence) != _is_chinese(whole) and len(abroad) == len(parts(told)):
        return _fault_abroad(sentence, own, checker)
    faults = (_fault_abroad(part, own, checker) for part in abroad if _LETTERS.search(part))
    if fault := next(filter(None, faults), ""):
        return fault
    lead = [text for hit in passages if hit.paragraph.kind == "sub" for text in hit.context]
    if not same_verbs(told, "\n".join((*lead, _nearest(told, own)))):
        return "verb"
    held = set(checker.words(known))
    for part in (told, *parts(told)):
        said = [w for w in checker.words(part) if w not in _HARMLESS_WORDS and not _COUNTING.match(w)]
        least = MIN_HELD if part == told else MIN_HELD_OF_CLAUSE
        if said and sum(word in held or (not word.isascii() and word in whole) for word in said) / len(said) < least:
            return "not_held"
    if not all(same_polarity(part, own) for part in parts(told)):
        return "negation"
    if is_altered(told, [*own, *(text for hit in passages for text in hit.context)], whole):
        return "altered"
    return "elsewhere" if any(better_held(part, passages, shown) for part in (bare, *parts(bare))) else ""


def _fault_abroad(sentence: str, own: Sequence[str], checker: Checker) -> str:
    """Return what is amiss with a sentence in another language than its passages: by the nearest sentence of them."""
    cosines = checker.cosines(sentence, own) if own else []
    best = max(cosines, default=0.0)
    if best < MIN_COSINE:
        return "not_held"
    near = [one for one, cosine in zip(own, cosines, strict=True) if cosine >= best - 0.05]
    if not any(same_verbs(sentence, one) for one in near):
        return "verb"
    return "" if any(bool(negations(sentence)) == bool(negations(one)) for one in near) else "negation"


def _nearest(sentence: str, own: Sequence[str]) -> str:
    """Return the sentences of the passages that hold most of `sentence`, by pairs of characters and words."""
    said = pairs(sentence)
    shares = [len(said & pairs(one)) for one in own]
    return "\n".join(one for one, share in zip(own, shares, strict=True) if share >= 0.6 * max(shares)) if own else ""


def _names_stand(sentence: str, whole: str, chinese: bool, checker: Checker) -> bool:
    """Whether the names in `sentence` stand in the passages, Chinese or not; a country under any name, in either language."""
    if any(not re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![a-z])", whole) for name in _NAME.findall(sentence)):
        return False
    told, there = normalise(sentence), normalise(whole)
    known = countries()
    named = names_in(told, [name for name in known if name in told])
    if any(not any(other in there for other in known[name]) for name in named):
        return False
    latin = [name for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", sentence) if normalise(name) not in named]
    if not chinese and not all(re.search(rf"\b{name}\b", whole) for name in latin):
        return False  # also in a Chinese sentence a name in Latin letters is spelt as there
    if _is_chinese(sentence) != chinese:
        return True
    named_there = [name for name in checker.names(sentence) if normalise(name) not in named]
    return all(name in whole for name in (*latin, *named_there))


def best_quotes(sentence: str, hit: Hit, words: Words) -> tuple[str, ...]:
    """Return the sentence of a passage that holds most of `sentence`: what a citation of it quotes, letter for letter."""
    own = sentences(hit.paragraph.text) or [hit.paragraph.text]
    said = set(words(sentence))
    return (max(own, key=lambda one: (len(said & set(words(one))), -len(one))),)


def _is_chinese(text: str) -> bool:
    return len(re.findall(rf"[{HAN}]", text)) * 2 > len(re.findall(r"[A-Za-z]", text)) / 3


def _places(text: str) -> set[str]:
    """Return the numbers of the paragraphs and articles that `text` names."""
    return {"".join(numbers_in(f"第{one or other}个")) for one, other in _PLACE.findall(text)}
