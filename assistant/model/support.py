"""Whether a sentence that a model wrote is supported by the passages it cites: what it claims must stand there.

Checked are quotations, numbers and dates, names, negation, the operative verb, and how much of its content is held. It knows
words and two languages, no model. What it does not find supported may be true; what it does find supported can still be
put together wrongly: it is a sieve for what changes a report's meaning.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Hit
from assistant.second_look import matched
from assistant.sentences import clauses, sentences
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.lexicon import countries, names_in
from index.text import HAN, normalise

MIN_HELD = 0.7
"""Share of a sentence's words that its passages must hold."""
MIN_HELD_OF_CLAUSE = 0.5
"""The same of each of its clauses."""
MIN_COSINE = 0.3
"""Of a sentence in another language than its passage, the cosine that its nearest sentence must have."""
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{2,})[”」』\"]|‘([^‘’]{8,})’")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[%％]?")
_CHINESE_NUMBER = re.compile(
    rf"[{CHINESE_NUMERAL}两]+(?=[个次项种位名家届条点份类年天月日人国倍分万亿])|百分之[{CHINESE_NUMERAL}]+"
)
_COUNTING = re.compile(rf"[{CHINESE_NUMERAL}两\d]")
"""How a word begins that counts: numbers are compared as such."""
_UNITS = {"万": 10_000, "亿": 100_000_000, "million": 1_000_000, "billion": 1_000_000_000, "thousand": 1_000}
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|million|billion|thousand)")
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        start=2,
    )
} | {
    word: 10 * value
    for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety hundred".split(), start=3)
}
_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9./-]*|[A-Z]{2,})(?![a-z])")
_HARMLESS = re.compile(
    r"不仅|不但|不同|不断|不少|不过|不久|不论|不管|无论|无线|无人机|未来|非洲|非政府|非正式|非常|非营利|无偿|未成年|没收|除非|"
    r"莫不|非法|不动产|不可分割|not only|notwithstanding|note|nothing less|Northern|North|norm\w*|notice\w*|notif\w*"
)
_NEGATION = re.compile(
    r"[不未无没勿]|非(?=[^洲])|禁止|避免|拒绝|除外|\b(?:not|no|never|without|nor|neither|cannot|none)\b|n[’']t\b",
    re.IGNORECASE,
)
OPERATIVE = (
    ("决定", r"decid\w+"),
    ("建议", r"recommend\w*"),
    ("注意到", r"(?:took note|tak\w+ note|not(?:ed|es|ing))\b"),
    ("要求", r"request\w*|requir\w+|demand\w*"),
    ("请求", r"request\w*|invit\w+"),
    ("敦促", r"urg(?:ed|es|ing|e)\b"),
    ("呼吁", r"call(?:ed|s|ing)? (?:up)?on|appeal\w*"),
    ("鼓励", r"encourag\w+"),
    ("邀请", r"invit\w+"),
    ("商定", r"agree[ds]?\b"),
    ("同意", r"agree[ds]?\b|consent\w*"),
    ("核可", r"endors\w+|approv\w+"),
    ("批准", r"approv\w+|ratif\w+"),
    ("通过了", r"adopt\w+"),
    ("欢迎", r"welcom\w+"),
    ("赞赏", r"appreciat\w+"),
    ("强调", r"emphasi[sz]\w+|stress\w*|highlight\w*|underlin\w+"),
    ("重申", r"reaffirm\w*|reiterat\w+"),
    ("回顾", r"recall\w*"),
    ("授权", r"authori[sz]\w+|mandat\w+"),
    ("应当", r"should\b|shall\b"),
    ("必须", r"must\b|shall\b"),
    ("可以", r"may\b|can\b"),
    ("拒绝", r"refus\w+|reject\w*"),
    ("谴责", r"condemn\w*"),
)
"""Verbs on which the standing of a sentence hangs: each in Chinese, and the English ones that say the same."""
Words = Callable[[str], Sequence[str]]
Cosines = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True)
class Checker:
    """What sentences are compared with.

    Attributes:
        words: cuts a text into the words that count.
        names: the Chinese names of persons and places in a text.
        cosines: of a text with some others, for a sentence in another language than its passage.
    """

    words: Words
    names: Words
    cosines: Cosines


def fault_of(sentence: str, passages: Sequence[Hit], checker: Checker) -> str:
    """Return what of `sentence` its passages do not support, as a key; empty where they support it.

    Args:
        sentence: as the model wrote it, without its marks.
        passages: those that it cites.
        checker: what it is compared with.
    """
    if not passages:
        return "uncited"
    whole = "\n".join("\n".join((*hit.context, hit.paragraph.text)) for hit in passages)
    if any(_bare(quoted) not in _bare(whole) for pair in _QUOTED.findall(sentence) for quoted in pair if quoted):
        return "quotation"
    own_places = {hit.paragraph.label.shown(language) for hit in passages for language in ("zh", "en")}
    told = re.sub("|".join(map(re.escape, sorted(own_places, key=len, reverse=True))), " ", sentence)
    if not _numbers(told) <= _numbers(whole) or not _dated(told) <= _dated(whole) or _miscounts(told, whole):
        return "number"
    if not _names_stand(sentence, whole, checker):
        return "name"
    own = [s for hit in passages for s in sentences(hit.paragraph.text)]
    if _is_chinese(sentence) != _is_chinese(whole):
        return _fault_abroad(sentence, own, checker)
    nearest = _nearest(sentence, own)
    lead = "\n".join(text for hit in passages if hit.paragraph.kind == "sub" for text in hit.context)
    if not _same_verbs(sentence, f"{lead}\n{nearest}"):
        return "verb"
    held = set(checker.words(whole))
    for part in (sentence, *_parts(sentence)):
        said = [w for w in checker.words(part) if w not in _HARMLESS_WORDS and not _COUNTING.match(w)]
        least = MIN_HELD if part == sentence else MIN_HELD_OF_CLAUSE
        if said and sum(word in held or word in whole for word in said) / len(said) < least:
            return "not_held"
    return "" if all(_same_polarity(part, own) for part in _parts(sentence)) else "negation"


def _fault_abroad(sentence: str, own: Sequence[str], checker: Checker) -> str:
    """Return what is amiss with a sentence in another language than its passages: by the nearest sentence of them."""
    cosines = checker.cosines(sentence, own) if own else []
    best = max(cosines, default=0.0)
    if best < MIN_COSINE:
        return "not_held"
    near = [one for one, cosine in zip(own, cosines, strict=True) if cosine >= best - 0.05]
    if not any(_same_verbs(sentence, one) for one in near):
        return "verb"
    return "" if any(bool(_negations(sentence)) == bool(_negations(one)) for one in near) else "negation"


def _nearest(sentence: str, own: Sequence[str]) -> str:
    """Return the sentences of the passages that hold most of `sentence`, by pairs of characters and words."""
    said = _pairs(sentence)
    shares = [len(said & _pairs(one)) for one in own]
    return "\n".join(one for one, share in zip(own, shares, strict=True) if share >= 0.6 * max(shares)) if own else ""


def _names_stand(sentence: str, whole: str, checker: Checker) -> bool:
    """Whether the names in `sentence` stand in the passages; a country under any of its names, in either language."""
    if any(not re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![a-z])", whole) for name in _NAME.findall(sentence)):
        return False
    told, there = normalise(sentence), normalise(whole)
    known = countries()
    named = names_in(told, [name for name in known if name in told])
    if any(not any(other in there for other in known[name]) for name in named):
        return False
    if _is_chinese(sentence) != _is_chinese(whole):
        return True
    if any(name not in whole for name in checker.names(sentence) if normalise(name) not in named):
        return False
    inside = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", sentence)
    return all(re.search(rf"\b{name}\b", whole) for name in inside)


def _miscounts(sentence: str, whole: str) -> bool:
    """Whether `sentence` counts something otherwise than its passages do: 300个国家 for 12个国家."""
    there: dict[str, set[str]] = {}
    for number, thing in _counts(whole):
        there.setdefault(thing, set()).add(number)
    return any(thing in there and number not in there[thing] for number, thing in _counts(sentence))


def _counts(text: str) -> list[tuple[str, str]]:
    found = re.findall(rf"(?<![\d/.])(\d[\d,]*)\s*[个名位项国家]?\s*(?=([{HAN}]{{2}}))", matched(text))
    found += re.findall(r"(?<![\d/.])(\d[\d,]*) (?:[a-z]+ )?(?=([a-z]{4,}))", matched(text))
    return [(number.replace(",", ""), thing) for number, thing in found if not thing.startswith(tuple("年月日届次"))]


def best_quotes(sentence: str, hit: Hit, words: Words) -> tuple[str, ...]:
    """Return the sentence of a passage that holds most of `sentence`: what a citation of it quotes, letter for letter."""
    own = sentences(hit.paragraph.text) or [hit.paragraph.text]
    said = set(words(sentence))
    return (max(own, key=lambda one: (len(said & set(words(one))), -len(one))),)


_HARMLESS_WORDS = frozenset(
    "报告 会议 指出 表示 提到 认为 根据 按照 以及 其中 包括 the report state say accord includ word 原话 写道".split()
)


def _numbers(text: str) -> set[str]:
    """Return the numbers in `text`, Arabic, Chinese and English ones alike, as plain decimals; percentages as such."""
    plain = matched(text)
    found = set()
    for number, unit in _SCALED.findall(plain):
        found.add(_plain(float(number.replace(",", "")) * _UNITS[unit]))
    for number in _NUMBER.findall(_SCALED.sub(" ", plain)):
        share = number.rstrip().endswith(("%", "％"))
        digits = number.strip(" %％").replace(",", "").rstrip(".")
        if digits:
            found.add(_plain(float(digits)) + "%" * share)
    for number in _CHINESE_NUMBER.findall(plain):
        share = number.startswith("百分之")
        value = from_any(number.removeprefix("百分之").replace("两", "二"))
        if value is not None and (share or value > 1):
            found.add(f"{value}" + "%" * share)
    for word in re.findall(r"[a-z]+", plain.lower()):
        if word in _ENGLISH:
            found.add(str(_ENGLISH[word]))
    return found


def _dated(text: str) -> set[str]:
    """Return the years, months, days and sessions in `text`, each a number with its unit."""
    return {f"{int(n)}{unit}" for n, unit in re.findall(r"(?<![\d/.])(\d{1,4})\s*(年|月|日|届)", matched(text))}


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _same_verbs(sentence: str, whole: str) -> bool:
    """Whether each operative verb of `sentence` stands in the passages, in either language."""
    for chinese, english in OPERATIVE:
        pattern = re.compile(rf"{chinese}|\b(?:{english})", re.IGNORECASE)
        if pattern.search(sentence) and not pattern.search(whole):
            return False
    return True


def _same_polarity(part: str, own: Sequence[str]) -> bool:
    """Whether a clause is negated as often as the clause of a passage that is most like it."""
    said = _pairs(part)
    candidates = [c for sentence in own for c in _parts(sentence)]
    if not candidates or not said:
        return True
    best = max(candidates, key=lambda c: len(said & _pairs(c)) / (len(said | _pairs(c)) or 1))
    if len(said & _pairs(best)) < 0.3 * len(said):
        return _negations(part) == 0 or any(_negations(c) for c in candidates)
    return _negations(part) == _negations(best)


def _parts(sentence: str) -> list[str]:
    """Return the clauses of a sentence, also those between commas."""
    return [part for clause in clauses(sentence) for part in re.split(r"[，,：:]", clause) if part.strip()]


def _negations(text: str) -> int:
    return len(_NEGATION.findall(_HARMLESS.sub(" ", text)))


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Han characters, and the Latin words, of a text."""
    plain = matched(text).lower()
    han = re.sub(rf"[^{HAN}]", "", _NEGATION.sub("", plain))
    return {han[i : i + 2] for i in range(len(han) - 1)} | set(re.findall(r"[a-z]{3,}", plain))


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_chinese(text: str) -> bool:
    return len(re.findall(rf"[{HAN}]", text)) * 2 > len(re.findall(r"[A-Za-z]", text)) / 3
