"""The words of a quotation that could be the short answer, and what speaks for each: features named by strings.

Knows the question and the quotation, no weights.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.wanted import Wanted
from index.text import normalise
from index.tokenizer import Tokenizer

MAX_WORDS = 12
"""Words that a candidate has at most, unless it is made of whole clauses."""
MAX_CHARS = 90
_OVER = frozenset("。!?！？;；\n")
_CLAUSE = frozenset("，,:：。!?！？;；\n")
_OPENING, _CLOSING = "（(「『《“‘【[", "）)」』》”’】]"
_N = r"[\d.,〇零一二三四五六七八九十百千万亿两多余几约]"
_SHAPES = tuple(
    (name, re.compile(form))
    for name, form in (
        (
            "date",
            r"(?:公元前?|约|前)?\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:[至到—~-].*)?|\d{1,2}月(?:\d{1,2}日)?",
        ),
        ("era", r".*(?:世纪|年代|时期|年间|时代|朝|年|月|日|季)"),
        ("amount", rf"{_N}+[^\d\s,，。、]{{1,4}}"),
        ("number", rf"{_N}+%?"),
        ("title", r"[《「『“‘].*[》」』”’]"),
        ("latin", r"[A-Za-z .'-]+"),
        ("foreign", r".+[·•‧・].+"),
        ("list", r".+、.+"),
        ("place", r".*(?:[省市县州国区岛洲乡镇村街路港山河湖海]|[东南西北]部)"),
        ("body", r".*(?:公司|大学|学院|学校|队|会|局|部|厅|社|党|台|俱乐部|组织|机构|银行|所|院|处|署)"),
        ("because", r"(?:因|由于|为了|以便).*"),
    )
)


@dataclass(frozen=True)
class Span:
    """Words of a quotation: where they begin and end in it, and the features that speak for or against them."""

    start: int
    end: int
    features: tuple[str, ...]


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    tag: str
    asked: bool


def spans(quotation: str, wanted: Wanted, tokenizer: Tokenizer) -> list[Span]:
    """Return the candidates of `quotation` for the short answer to a question, in their order."""
    words = _words(quotation, wanted, tokenizer)
    kind = wanted.kind
    starts = [_start_features(words, i, kind, wanted) for i in range(len(words))]
    ends = [_end_features(words, i, kind, wanted) for i in range(len(words))]
    found = []
    for first, last in _ranges(words):
        text = quotation[words[first].start : words[last].end]
        if _balanced(text):
            features = (*starts[first], *ends[last], *_span_features(words, first, last, text, kind, wanted))
            found.append(Span(words[first].start, words[last].end, features))
    return found


def _words(quotation: str, wanted: Wanted, tokenizer: Tokenizer) -> list[_Word]:
    words = []
    for start, end, tag in tokenizer.tagged(quotation):
        text = quotation[start:end]
        asked = text.lower() in wanted.text and (len(text) > 1 or tag[:1] in "nv")
        words.append(_Word(start, end, text, tag, asked))
    return words


def _ranges(words: list[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each candidate: runs within a clause, and runs of whole clauses in a sentence."""
    clause_starts = {0, *(i + 1 for i, word in enumerate(words) if word.text in _CLAUSE)}
    for first, word in enumerate(words):
        if word.text in _CLAUSE or word.text in _CLOSING or word.text in "、的":
            continue
        whole = True
        for last in range(first, len(words)):
            here = words[last]
            if here.text in _OVER or here.end - word.start > MAX_CHARS:
                break
            if here.text in _CLAUSE:
                whole = False
                continue
            ends_clause = last + 1 == len(words) or words[last + 1].text in _CLAUSE
            short = whole and last - first < MAX_WORDS
            if here.text not in _OPENING and here.text != "、" and (short or (first in clause_starts and ends_clause)):
                yield first, last


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in zip(_OPENING, _CLOSING, strict=True))


def _start_features(words: list[_Word], i: int, kind: str, wanted: Wanted) -> tuple[str, ...]:
    before = words[i - 1] if i else None
    previous = before.text if before else "^"
    two = words[i - 2].text + previous if i > 1 else previous
    return (
        f"b:{previous}",
        f"b:{kind}:{previous}",
        f"bb:{two}",
        f"bt:{kind}:{before.tag[:2] if before else '^'}",
        f"ba:{kind}:{before.asked if before else '^'}",
        f"s:{kind}:{words[i].tag[:2]}",
        f"sw:{kind}:{words[i].text[:2]}",
        f"bn:{wanted.noun}:{previous}" if wanted.noun else "bn",
    )


def _end_features(words: list[_Word], i: int, kind: str, wanted: Wanted) -> tuple[str, ...]:
    after = words[i + 1] if i + 1 < len(words) else None
    following = after.text if after else "$"
    word = words[i].text
    return (
        f"a:{following}",
        f"a:{kind}:{following}",
        f"at:{kind}:{after.tag[:2] if after else '$'}",
        f"aa:{kind}:{after.asked if after else '$'}",
        f"e:{kind}:{words[i].tag[:2]}",
        f"ec:{kind}:{word[-1]}",
        f"ew:{word[-2:]}",
        f"en:{kind}:{bool(wanted.noun) and wanted.noun[-1] == word[-1]}:{bool(wanted.noun) and following == wanted.noun}",
        f"eu:{bool(wanted.unit) and word.endswith(wanted.unit)}:{bool(wanted.unit) and following == wanted.unit}",
        f"ne:{wanted.noun[-2:]}:{word[-1]}" if wanted.noun else "ne",
    )


def _span_features(words: list[_Word], first: int, last: int, text: str, kind: str, wanted: Wanted) -> tuple[str, ...]:
    inside = words[first : last + 1]
    asked = sum(len(word.text) for word in inside if word.asked)
    shapes = [name for name, form in _SHAPES if form.fullmatch(text)] or ["none"]
    left = next((n for n in range(1, 20) if first - n >= 0 and words[first - n].asked), 20)
    right = next((n for n in range(1, 20) if last + n < len(words) and words[last + n].asked), 20)
    size = min(len(inside), 8) if len(inside) <= 12 else 12
    around = _clause_of(words, first, last)
    near = sum(len(word.text) for word in around if word.asked) - asked
    edges = (first == 0 or words[first - 1].text in _CLAUSE, last + 1 == len(words) or words[last + 1].text in _CLAUSE)
    clauses = sum(word.text in _CLAUSE for word in inside)
    return (
        f"n:{kind}:{size}",
        f"n:{size}",
        f"q:{kind}:{min(5, asked)}:{asked == len(text)}",
        f"d:{min(left, 4)}:{min(right, 4)}",
        f"l:{kind}:{min(left, 8)}",
        f"r:{kind}:{min(right, 8)}",
        f"c:{min(near, 8)}",
        f"c:{kind}:{min(near // 2, 4)}",
        f"g:{kind}:{edges[0]}:{edges[1]}",
        f"gg:{kind}:{min(clauses, 3)}",
        f"in:{kind}:{normalise(text) in wanted.text}",
        f"p:{kind}:{min(first // 8, 6)}",
        *(f"h:{kind}:{shape}" for shape in shapes),
        *(f"hu:{shape}:{wanted.unit}" for shape in shapes if wanted.unit),
    )


def _clause_of(words: list[_Word], first: int, last: int) -> list[_Word]:
    start, end = first, last
    while start > 0 and words[start - 1].text not in _CLAUSE:
        start -= 1
    while end + 1 < len(words) and words[end + 1].text not in _CLAUSE:
        end += 1
    return words[start : end + 1]
