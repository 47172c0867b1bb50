"""What the standing of a clause hangs on: its operative verb and its negations. Knows two languages, no passage."""

import re
from collections.abc import Sequence

from assistant.second_look import matched
from assistant.sentences import clauses
from index.text import HAN

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


def same_verbs(sentence: str, whole: str) -> bool:
    """Whether each operative verb of `sentence` stands in `whole`, in either language."""
    for chinese, english in OPERATIVE:
        pattern = re.compile(rf"{chinese}|\b(?:{english})", re.IGNORECASE)
        if pattern.search(sentence) and not pattern.search(whole):
            return False
    return True


def same_polarity(part: str, own: Sequence[str]) -> bool:
    """Whether a clause is negated as often as the clause of a passage that is most like it."""
    said = pairs(part)
    candidates = [c for sentence in own for c in parts(sentence)]
    if not candidates or not said:
        return True
    best = max(candidates, key=lambda c: len(said & pairs(c)) / (len(said | pairs(c)) or 1))
    if len(said & pairs(best)) < 0.3 * len(said):
        return negations(part) == 0 or any(negations(c) for c in candidates)
    return negations(part) == negations(best)


def parts(sentence: str) -> list[str]:
    """Return the clauses of a sentence, also those between commas."""
    return [part for clause in clauses(sentence) for part in re.split(r"[，,：:]", clause) if part.strip()]


def negations(text: str) -> int:
    """Return how often `text` negates."""
    return len(_NEGATION.findall(_HARMLESS.sub(" ", text)))


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Han characters, and the Latin words, of a text without its negations."""
    plain = matched(text).lower()
    han = re.sub(rf"[^{HAN}]", "", _NEGATION.sub("", plain))
    return {han[i : i + 2] for i in range(len(han) - 1)} | set(re.findall(r"[a-z]{3,}", plain))
