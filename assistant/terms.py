"""The content words of a question: what counts as each, how much each weighs, and which an answer must hold.

Knows the index's words and their rarity; knows no paragraph.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking import Asking
from index.folder import Index
from index.text import HAN

PARAPHRASE_WEIGHT = 0.3
"""Weight of a word that stands nowhere in the reports and names no thing: it may be the asker's own."""
MIN_NEIGHBOUR = 0.35
"""Cosine from which a word of the reports counts, in part, as a word of the question."""
HELD = 0.75
"""Presence from which a text is taken to hold a term."""

_SURE_NEIGHBOUR = 0.7
_MOST_OF_NEIGHBOUR = 0.9
_NEIGHBOURS = 4
_RARE = 0.4
_ORDINAL_UNITS = "届次号章节项"
_EXACT = re.compile(
    rf"^(?:[{HAN}]{{2}}(?:[a-z]|\d{{1,2}})|第\d+\D?|\d{{4}}年|\d+月(?:\d+日)?|\d+/\d+[a-z]?|[a-z]+/.*\d.*|\d{{2,}})$"
)
_SYMBOL = re.compile(r"^(?:\d+/\d+[a-z]?|[a-z]+/.*\d.*)$")
_FRAME = frozenset(
    "题目 标题 副标题 名称 名字 姓名 全称 原因 理由 依据 层级 级别 文号 编号 时间 日期 年份 地点 进展 作用 意义 方式 "
    "看法 观点 职务 职位 结果 后果 特点 部分 东西 哪里 正式 答案 问题 措施 办法 目的".split()
)
"""Nouns that say what is asked for, more often than what stands in the answer."""
_ATTENDING = frozenset("参加 出席 与会 参会 代表 派 有人 人员 成员 担任 attend repres".split())
"""Words that say the same of a question that asks for persons."""


@dataclass(frozen=True)
class Term:
    """A content word of a question.

    Attributes:
        word: as the tokenizer gives it.
        forms: what counts as it, and how much, 0 to 1: itself and other names of it 1, words near in meaning less.
        weight: its rarity in the reports, 0 to 1.
        exact: whether an answer must hold it as it is: a symbol, an ordinal, a year, a number, the name of a body or a place.
        seen: whether it or another name of it stands anywhere in the reports.
        stands_itself: whether it stands there itself.
    """

    word: str
    forms: Mapping[str, float]
    weight: float
    exact: bool
    seen: bool
    stands_itself: bool

    @property
    def symbol(self) -> bool:
        """Whether it is a document symbol or a decision's number, which name one document and nothing else."""
        return bool(_SYMBOL.match(self.word))

    @property
    def own_word(self) -> bool:
        """Whether it is the asker's own word: it stands nowhere, and weighs little for it."""
        return not self.seen and self.weight <= PARAPHRASE_WEIGHT

    def presence(self, text: str) -> float:
        """Return how far the term stands in `text` (by `retrieval.matched`), 0 to 1."""
        return max((strength * _form_presence(form, text) for form, strength in self.forms.items()), default=0.0)


def is_exact(word: str) -> bool:
    """Whether `word` has the form of a symbol, an ordinal, a year, a date or a number."""
    return bool(_EXACT.match(word))


def named(name: str, others: tuple[str, ...], index: Index) -> Term:
    """Return the term of a body's name and its other names; an answer must hold one of them."""
    forms = dict.fromkeys((name, *others), 1.0)
    common = max(forms, key=lambda form: frequency(form, index))
    return Term(name, forms, rarity(common, index), True, frequency(common, index) > 0, frequency(name, index) > 0)


def term(word: str, name: bool, asked: Asking, index: Index) -> Term:
    """Return the term of a surface word.

    Args:
        word: as it stands in the question, normalised.
        name: whether its spelling says that it is a name: a Latin word in a Chinese question.
        asked: what the question asks for.
        index: what tells its rarity and the words near to it.
    """
    token = index.tokenizer.token(word)
    seen = frequency(token, index) > 0
    counts_nothing_known = word[0] == "第" and word[-1] not in _ORDINAL_UNITS and not word[-1].isdecimal()
    if is_exact(word) and not counts_nothing_known:
        return Term(token, {token: 1.0}, rarity(token, index), True, seen, seen)
    near = {form: _strength(cosine) for form, cosine in index.neighbours(word, _NEIGHBOURS) if cosine > MIN_NEIGHBOUR}
    own_word = not seen and (word in _FRAME or not (name or index.tokenizer.names_thing(word)))
    own_word |= asked.person and token in _ATTENDING
    weight = PARAPHRASE_WEIGHT if own_word else rarity(token, index)
    if (name and not near) or (weight >= _RARE and index.tokenizer.names_one(word, seen)):
        return Term(token, {token: 1.0}, weight, True, seen, seen)
    return Term(token, near | {token: 1.0}, weight, False, seen, seen)


def rarity(word: str, index: Index) -> float:
    """Return the inverse document frequency of a word over that of one that stands nowhere, 0 to 1."""
    n, held_by = index.n_passages, frequency(word, index)
    return math.log(1 + (n - held_by + 0.5) / (held_by + 0.5)) / math.log(1 + (n + 0.5) / 0.5)


def frequency(form: str, index: Index) -> int:
    """Return how many passages hold `form`; of several words, the rarest one."""
    return min(index.sparse.document_frequency(t) for t in index.tokenizer.words(form) or [form])


def _strength(cosine: float) -> float:
    """Return how much a word near in meaning counts: nothing at `MIN_NEIGHBOUR`, most of one from a sure cosine on."""
    return _MOST_OF_NEIGHBOUR * min(1.0, (cosine - MIN_NEIGHBOUR) / (_SURE_NEIGHBOUR - MIN_NEIGHBOUR))


def _form_presence(form: str, text: str) -> float:
    if form.isascii():
        return float(bool(re.search(rf"(?<![a-z0-9]){re.escape(form)}", text)))
    if form in text:
        return 1.0
    if is_exact(form) or len(form) < 2:
        return 0.0
    if len(form) <= 4 and _abbreviated(form).search(text):
        return HELD
    pairs = [form[i : i + 2] for i in range(len(form) - 1)]
    return 0.8 * sum(p in text for p in pairs) / len(pairs) if len(form) > 2 else 0.0


@lru_cache(maxsize=512)
def _abbreviated(form: str) -> re.Pattern[str]:
    """Return the pattern of what `form` may be short for: 亚太 for 亚洲及太平洋, 筹委会 for 筹备委员会."""
    return re.compile(r"\w{0,3}".join(map(re.escape, form)))
