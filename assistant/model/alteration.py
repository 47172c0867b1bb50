"""What a sentence changes in the words of a report that it repeats: each word put in, put for another, or left out.

A sentence that keeps nearly all of a report's words is read against them word by word, Chinese character by character: what it
changes must be harmless. A freer one is not for this module. Knows two languages, no names and no passages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.model.figures import plain_figures
from assistant.model.standing import parts
from index.text import HAN

NEAR = 0.75
"""Share of a sentence's words, small ones that are put in apart, that stand in a sentence of the report, in order, for it to be
read word by word."""
NEAR_OF_CLAUSE = 0.85
"""The same of a clause of a freer sentence."""
LEAST_WORDS = 5
LEAST_MOVED = 3
FEW = 3
Step = tuple[str, int, int, int, int]
_TOKEN = re.compile(rf"\d+(?:\.\d+)?%?|[a-zà-ɏа-я]+(?:['-][a-zà-ɏа-я]+)*|[{HAN}]|[，,;；。.:：!?！？]")
_NUMBER = re.compile(r"\d")
_HAN_CHARACTER = re.compile(f"[{HAN}]$")
_SIGNS = frozenset("，,;；。.:：!?！？")
_HARMLESS = frozenset(
    "的了在于与和及并对就向由为是将会该此这其它们个些所等则即而从被把使至到之已有以还又也"
) | frozenset(
    "a an the of in on at to for by with from as that which who is are was were be been being has have had it its this these "
    "those their they there also and".split()
)
_SMALL = _HARMLESS | frozenset("都各再更还很最曾正又仍均共约该位个名项次种")
"""Chinese characters that may be left out one by one."""
_STANDS_FOR = re.compile(
    r"(?:[它其该此这]|他们|她们|它们|前者|后者|上述|前述|本)+(?:[些个项]|会议|组织|机构|委员会)?|it|its|they|their|them|this|these|those|he|she|his|her"
)
_ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "举行 召开 举办",
        "指出 表示 说 称 提到 说明 认为",
        "和 与 及 以及 、",
        "拥有 有 共有",
        "在 于",
        "关于 有关",
        "按照 根据 依照 依据",
        "约 大约",
        "共 总共 一共 共计",
        "stated said noted indicated reported",
        "held convened",
        "about approximately",
        "per percent",
    )
)
_WEIGHTY = re.compile(
    r"不(?!仅|但|同|断|少|久|论|管)|未(?!来|成年)|无(?!线|人机|论|偿)|没有|非(?!洲|政府|正式|常|营利|法)|勿|否|禁止|避免|拒绝|免于|"
    r"仅|只(?!要)|(?<![消清扫删废解免拆开])除(?!了)|以外|之外|应(?!急|用|对|答|邀)|须|必[须要]|得以|可(?![持靠行见用再])|不得|可能|也许|或许|"
    r"拟|计划|打算|力求|争取|建议|请求|要求|敦促|呼吁|鼓励|邀请|"
    r"\b(?:not|no|never|without|nor|neither|cannot|none|only|unless|except|may|might|can|could|shall|should|must|"
    r"recommend\w*|request\w*|invit\w+|urg(?:ed|es|ing|e)|encourag\w+|propos\w+|plan(?:s|ned)?|intend\w*)\b|n't\b"
)
"""What may not be left out of words that are kept."""
_TIME_OR_PLACE = re.compile(r"[在于自]|\d+年|(?:in|at|on|during|since) ")
_RELATED = re.compile(
    rf"(?<![应相针])[向对给比被][{HAN}]|(?<![自理缘经])由(?!于)[{HAN}]"
    r"|\b(by|to|from|before|after|than|with) (?:the |an? |its |their )*([a-z]+)"
)
"""A thing behind the word that says how another stands to it."""
_SCOPE = re.compile(r"所有|全部|一切|任何|[每各]|至[少多]|\b(?:all|every|each|any|both|only|at least|at most)\b")
"""What may be left out of words that are kept, but have nothing else in its place."""
_EXCEPTION = re.compile(
    r"除(?!了)[^，。]{0,40}(?:外|以外|之外)|除外|例外|但书|除非|\b(?:unless|except|excluding|other than|provided that|only if)\b"
)
_EXCEPTED_AFTER = re.compile(
    r"^的?(?:除外|例外)|^[^。]{1,30}除外|^(?:以外|之外)"
    r"|^(?:但|但是|but )?\s*(?:除(?!了)|(?:unless|except|excluding|other than|provided that)\b)"
)
_OPPOSED = tuple(
    (frozenset(one), frozenset(other))
    for one, other in (
        (("将", "拟", "会"), ("已", "了", "曾", "过")),
        (("will", "would"), ("was", "were", "has", "have", "had", "is", "are")),
        (("和", "与", "及", "以及", "and"), ("或", "或者", "or")),
        (("从", "由", "from"), ("到", "至", "向", "to")),
        (("by",), ("to", "for", "from", "with", "of")),
        (("from",), ("for", "with", "of", "in")),
        (("with",), ("without", "for")),
        (("其", "its", "his", "her"), ("我", "my", "our")),
    )
)
"""Small words that are harmless, but not for one another."""


@dataclass(frozen=True)
class _Read:
    """A text read word by word: its words, their beginnings and ends in it, and the number of the clause of each."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    clauses: tuple[int, ...]


def is_altered(sentence: str, own: Sequence[str], whole: str) -> bool:
    """Whether `sentence` repeats a sentence of a report and changes what it says.

    Args:
        sentence: what is said, without what leads in to it.
        own: the sentences that it may repeat.
        whole: all that stands in the passages that it cites, with what stands above them: words put in may come from there.
    """
    sources = [_read(one) for one in own]
    there = plain_figures(whole)
    said = _read(sentence)
    if len(said.words) < LEAST_WORDS:
        return False
    if _turns_round(said, sources):
        return True
    source, share = _nearest(said, sources)
    if source and share >= NEAR:
        return _differs(said, source, there)
    for clause in parts(sentence):
        said = _read(clause)
        source, share = _nearest(said, sources)
        if source and len(said.words) >= LEAST_WORDS and share >= NEAR_OF_CLAUSE and _differs(said, source, there):
            return True
    return False


def _turns_round(said: _Read, sources: Sequence[_Read]) -> bool:
    """Whether nothing but a source's words are said, and 向, 对, by or from stands before another thing than it does there."""
    least = NEAR_OF_CLAUSE * len(said.words)
    holding = [s for s in sources if sum(w in s.words or w in _HARMLESS for w in said.words) >= least]
    return bool(holding) and not any(_related(said) <= _related(source) for source in holding)


def _related(read: _Read) -> set[str]:
    return {f"{match[1]} {match[2]}" if match[1] else match[0] for match in _RELATED.finditer(read.text)}


def _read(text: str) -> _Read:
    plain = plain_figures(text)
    words, spans, clauses, clause = [], [], [], 0
    for match in _TOKEN.finditer(plain):
        if match[0] in _SIGNS:
            clause += 1
            continue
        words.append(_stem(match[0]))
        spans.append(match.span())
        clauses.append(clause)
    return _Read(plain, tuple(words), tuple(spans), tuple(clauses))


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|e|d)$", "", word) if word.isascii() and word.isalpha() and len(word) > 5 else word


def _nearest(said: _Read, sources: Sequence[_Read]) -> tuple[_Read | None, float]:
    """Return the source that holds most of what is said, in order, and the share of it that it holds, as `NEAR` counts it."""
    best: tuple[_Read | None, float] = (None, 0.0)
    wanted = set(said.words)
    for source in sources:
        if sum(word in source.words for word in wanted) < 0.6 * len(wanted):
            continue
        blocks = SequenceMatcher(None, said.words, source.words, autojunk=False).get_matching_blocks()
        kept = {at for block in blocks for at in range(block.a, block.a + block.size)}
        small = sum(word in _HARMLESS for at, word in enumerate(said.words) if at not in kept)
        share = len(kept) / max(1, len(said.words) - small)
        if share > best[1]:
            best = (source, share)
    return best


def _differs(said: _Read, source: _Read, there: str) -> bool:
    """Whether what was said changes what the source says."""
    steps = _steps(said, source)
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            if number and b - a <= FEW and _is_another_number(said, a, b, source, steps[number - 1]):
                return True
            continue
        put_in, left_out = _words(said, a, b), _words(source, c, d)
        if kind == "replace" and _opposed(put_in, left_out):
            return True
        if b > a and not _may_stand(said, a, b, source, c, d, there):
            return True
        if d > c and _loses(source, c, d, number == 0, number == len(steps) - 1, put_in):
            return True
    return False


def _steps(said: _Read, source: _Read) -> list[Step]:
    """Return what leads from the source to what is said; one character that is kept between two changes is kept by chance."""
    steps: list[Step] = []
    for step in SequenceMatcher(None, said.words, source.words, autojunk=False).get_opcodes():
        alone = len(steps) > 1 and step[0] != "equal" and steps[-1][0] == "equal" and _is_one_character(said, steps[-1])
        if alone:
            first = steps[-2]
            steps[-2:] = [("replace", first[1], step[2], first[3], step[4])]
        else:
            steps.append(step)
    return steps


def _is_one_character(said: _Read, kept: Step) -> bool:
    return kept[2] - kept[1] == 1 and len(said.words[kept[1]]) == 1


def _is_another_number(said: _Read, a: int, b: int, source: _Read, before: Step) -> bool:
    """Whether a number at the end of a clause is one that the source gives of something else, its own passed over."""
    ends = b == len(said.words) or said.clauses[b] != said.clauses[b - 1]
    passed_over = source.words[before[3] : before[4]]
    return ends and _NUMBER.match(said.words[a]) is not None and any(map(_NUMBER.match, passed_over))


def _may_stand(said: _Read, a: int, b: int, source: _Read, c: int, d: int, there: str) -> bool:
    """Whether the words from `a` to `b` may stand where the source has those from `c` to `d`, or none."""
    new, old = _text(said, a, b), _text(source, c, d)
    if c == d and b - a >= LEAST_MOVED and new in source.text and _is_whole(said, a, b):
        return True  # a clause that stands in another place of the very sentence
    if (_WEIGHTY.search(new) and not _WEIGHTY.search(old)) or _SCOPE.search(old):
        return False
    if any({new, old} <= alike for alike in _ALIKE):
        return True
    if all(word in _HARMLESS for word in said.words[a:b]):
        small = all(word in _HARMLESS for word in source.words[c:d])
        if b - a == 1:
            return small or d - c > 1  # not 的活性 for 灵活性
        if _STANDS_FOR.fullmatch(new):
            return small or d - c != b - a
        return small and (c == d or new in there or bool({*said.words[a:b]} & {*source.words[c:d]}))
    if new not in there or len(new) == 1 or (b - a < LEAST_MOVED and re.search(r"\d", new)):
        return False
    if c == d:  # what the very sentence says of another thing is not to be said of this one
        return new not in source.text or _is_whole(said, a, b) or bool(_TIME_OR_PLACE.match(new))
    return bool(_STANDS_FOR.fullmatch(old)) or (d - c == 1 and old in _HARMLESS)


def _is_whole(said: _Read, a: int, b: int) -> bool:
    """Whether the words from `a` to `b` are one or more whole clauses."""
    clauses = said.clauses
    return (a == 0 or clauses[a - 1] != clauses[a]) and (b == len(clauses) or clauses[b] != clauses[b - 1])


def _loses(source: _Read, c: int, d: int, first: bool, last: bool, put_in: tuple[str, ...]) -> bool:
    """Whether words that are left out of the source change what is kept of it."""
    clauses = source.clauses
    before = clauses[c - 1] if c and not first else -1
    after = clauses[d] if d < len(clauses) and not last else -1
    near = [i for i in range(c, d) if clauses[i] in (before, after)]
    dropped = [i for i in range(c, d) if clauses[i] not in (before, after)]
    if last:  # what follows goes on from what is kept: only an exception changes that
        return bool(_EXCEPTED_AFTER.search(_text(source, c, d)))
    if dropped and _EXCEPTION.search(_text(source, dropped[0], dropped[-1] + 1)):
        return True
    if not near:
        return False
    if (
        d - c == 1
        and not first
        and not put_in
        and _HAN_CHARACTER.match(source.words[c])
        and source.words[c] not in _SMALL
    ):
        return True  # one character out of the midst of words is part of one: 外空协调会 for 外空协调会议
    return bool(_WEIGHTY.search(_text(source, near[0], near[-1] + 1))) and not set(put_in) & set(_words(source, c, d))


def _opposed(put_in: tuple[str, ...], left_out: tuple[str, ...]) -> bool:
    new, old = set(put_in) - set(left_out), set(left_out) - set(put_in)
    return any((new & one and old & other) or (new & other and old & one) for one, other in _OPPOSED)


def _words(read: _Read, start: int, end: int) -> tuple[str, ...]:
    return read.words[start:end]


def _text(read: _Read, start: int, end: int) -> str:
    """Return the text from one word to another as it stands, its signs with it."""
    return read.text[read.spans[start][0] : read.spans[end - 1][1]] if end > start else ""
