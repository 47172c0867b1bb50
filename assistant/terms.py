"""The content words of a question: what counts as each, how much each weighs, and which an answer must hold.

Knows the index's words and their rarity; knows no paragraph.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.asking import Asking
from index.folder import Index
from index.text import HAN

PARAPHRASE_WEIGHT = 0.3
"""Weight of a word that stands nowhere in the reports and names no thing: it may be the asker's own."""
MIN_NEIGHBOUR = 0.35
"""Cosine from which a word of the reports counts, in part, as a word of the question."""
SYNONYM = 0.8
"""What a word counts that says the same."""
HELD = 0.75
"""Presence from which a text is taken to hold a term."""

_SURE_NEIGHBOUR = 0.8
_MOST_OF_NEIGHBOUR = 0.9
_NEIGHBOURS = 4
_RARE = 0.4
_LONE = 0.65
_TRANSLATED = 0.4
_ORDINAL_UNITS = "届次号章节项"
_EXACT = re.compile(
    rf"^(?:[{HAN}]{{2}}(?:[a-z]|\d{{1,2}})|第\d+\D?|\d{{4}}年|\d+月(?:\d+日)?|\d+/\d+[a-z]?|[a-z]+/.*\d.*|\d{{2,}})$"
)
_SYMBOL = re.compile(r"^(?:\d+/\d+[a-z]?|[a-z]+/.*\d.*)$")
_FIRST = re.compile(rf"(?:首|第1)([{HAN}])$")
_DATE = re.compile(r"^(\d{1,2})月(\d{1,2})日$")
FRAME = frozenset(
    "题目 标题 副标题 名称 名字 姓名 全称 原因 理由 依据 层级 级别 文号 编号 时间 日期 年份 地点 进展 作用 意义 方式 "
    "看法 观点 职务 职位 结果 后果 特点 部分 东西 哪里 正式 答案 问题 措施 办法 目的 编号 单位 工作 事情 角色 好处 材料 话题 重点 "
    "地方 日子 最早 起来 还是 样子 单位 别人 明明 到底 真的 其实 居然 竟然 最后 有钱 "
    "name titl date year time kind type topic theme subject reason purpos call happen take place part".split()
)
"""Nouns that say what is asked for, more often than what stands in the answer."""
ATTENDING = frozenset("参加 出席 与会 参会 代表 派 有人 人员 成员 担任 attend repres behalf".split())
"""Words that say the same of a question that asks for persons."""

FROM_THIS_YEAR = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1}
"""How many years after that of a report the words mean which are said of its year."""

SPEAKING = frozenset(
    "表示 介绍 强调 指出 报告 谈到 谈 说 讲 说明 提出 认为 发言 讲话 带来 做 "
    "present report describ state say said stress explain propos suggest announc inform note".split()
)
"""Words that say the same of a question for what somebody said."""


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
        surface: as it stands in the question, where `word` is only its stem.
    """

    word: str
    forms: Mapping[str, float]
    weight: float
    exact: bool
    seen: bool
    stands_itself: bool
    surface: str = ""

    @property
    def symbol(self) -> bool:
        """Whether it is a document symbol or a decision's number, which name one document and nothing else."""
        return bool(_SYMBOL.match(self.word))

    @property
    def spelling(self) -> bool:
        """Whether it is known only in the letters of the question, as a name that no list and no report gives in others."""
        return len(self.forms) == 1 and self.word.isascii() and self.word.isalpha()

    @property
    def own_word(self) -> bool:
        """Whether it is the asker's own word: it stands nowhere, and weighs little for it."""
        return not self.seen and self.weight <= PARAPHRASE_WEIGHT

    def presence(self, text: str) -> float:
        """Return how far the term stands in `text` (by `second_look.matched`), 0 to 1."""
        best = 0.0
        for strength, form, pairs, in_text in self._finders:
            if strength <= best:
                break
            if in_text:
                found = strength * in_text(text)
            elif form in text:
                found = strength
            elif len(form) <= 4 and _has_all(form, text) and _abbreviated(form).search(text):
                found = strength * HELD
            else:
                found = strength * (0.8 * sum([pair in text for pair in pairs]) / len(pairs)) if pairs else 0.0
            if found > best:
                best = found
        return best

    @cached_property
    def _finders(self) -> list[tuple[float, str, Sequence[str], Callable[[str], float] | None]]:
        """How much each form counts, the form, and how it is looked for: as `_finder` tells; those that count most first."""
        return [(self.forms[form], form, *_finder(form)) for form in sorted(self.forms, key=lambda f: -self.forms[f])]


def is_exact(word: str) -> bool:
    """Whether `word` has the form of a symbol, an ordinal, a year, a date or a number."""
    return bool(_EXACT.match(word))


def named(name: str, others: tuple[str, ...], index: Index) -> Term:
    """Return the term of a body's name and its other names; an answer must hold one of them."""
    forms = _synonyms(name, name, index) | dict.fromkeys((name, *others), 1.0)
    common = max(forms, key=lambda form: frequency(form, index))
    return Term(name, forms, rarity(common, index), True, frequency(common, index) > 0, frequency(name, index) > 0)


def make_ready(words: Sequence[str], index: Index) -> None:
    """Look up at once what `term` looks up for each of `words`."""
    index.neighbours_of([word for word in words if not is_exact(word)], _NEIGHBOURS)


def term(word: str, name: bool, asked: Asking, index: Index) -> Term:
    """Return the term of a surface word.

    Args:
        word: as it stands in the question, normalised.
        name: whether its spelling says that it is a name: a Latin word in a Chinese question.
        asked: what the question asks for.
        index: what tells its rarity and the words near to it.
    """
    token = index.tokenizer.token(word)
    itself = frequency(token, index) > 0
    same = _synonyms(word, token, index)
    seen, common = itself or bool(same), token if itself or not same else max(same, key=lambda w: frequency(w, index))
    counts_nothing_known = word[0] == "第" and word[-1] not in _ORDINAL_UNITS and not word[-1].isdecimal()
    if is_exact(word) and not counts_nothing_known:
        return Term(token, same | {token: 1.0}, rarity(common, index), True, seen, itself)
    near = {
        form: min(_strength(cosine), len(form) / len(word) if form in word else 1.0)  # 会议 is half of 部长会议
        for form, cosine in index.neighbours(word, _NEIGHBOURS)
        if cosine > MIN_NEIGHBOUR
    }
    latin = not re.search(rf"[{HAN}]", word)
    if name and not seen and latin:
        near = {form: strength for form, strength in near.items() if strength >= _TRANSLATED and not form.isascii()}
    is_place = name and any(index.tokenizer.names_place(other) for other in same)
    own_word = not itself and (word in FRAME or not (seen or name or index.tokenizer.names_thing(word)))
    own_word |= asked.person and token in ATTENDING
    weight = PARAPHRASE_WEIGHT if own_word else rarity(common, index)
    lone = name and seen and latin and weight >= _LONE
    if lone or is_place or (name and not near) or (weight >= _RARE and index.tokenizer.names_one(word, seen)):
        return Term(token, same | {token: 1.0}, weight, True, seen, itself, word)
    return Term(token, near | same | {token: 1.0}, weight, False, seen, itself, word)


def _synonyms(word: str, token: str, index: Index) -> dict[str, float]:
    """Return the words of the reports that say the same as `word`, and how much each counts: 第1颗 the same as 首颗."""
    others = list(index.synonyms.get(token, ()))
    if first := _FIRST.match(word):
        others.append(f"第1{first[1]}" if word[0] == "首" else f"首{first[1]}")
    return {o: SYNONYM for o in others if o != token and (o in index.places or frequency(o, index))}


def stands(run: str, index: Index) -> bool:
    """Whether each pair of characters of a run stands in the reports."""
    return all(index.sparse.document_frequency(run[i : i + 2]) for i in range(len(run) - 1))


def unknown(run: str, index: Index) -> Term:
    """Return the term of a run of characters that is no word of the dictionary: it weighs as its rarest pair of characters."""
    held_by = min(index.sparse.document_frequency(run[i : i + 2]) for i in range(len(run) - 1))
    return Term(run, {run: 1.0}, _idf(held_by, index), False, held_by > 0, held_by > 0)


def rarity(word: str, index: Index) -> float:
    """Return the inverse document frequency of a word over that of one that stands nowhere, 0 to 1."""
    return _idf(frequency(word, index), index)


def _idf(held_by: int, index: Index) -> float:
    n = index.n_passages
    return math.log(1 + (n - held_by + 0.5) / (held_by + 0.5)) / math.log(1 + (n + 0.5) / 0.5)


def frequency(form: str, index: Index) -> int:
    """Return how many passages hold `form`; of several words, the rarest one."""
    return index.frequency(form)


def _strength(cosine: float) -> float:
    """Return how much a word near in meaning counts: nothing at `MIN_NEIGHBOUR`, most of one from a sure cosine on."""
    return _MOST_OF_NEIGHBOUR * min(1.0, (cosine - MIN_NEIGHBOUR) / (_SURE_NEIGHBOUR - MIN_NEIGHBOUR))


@lru_cache(maxsize=4096)
def _finder(form: str) -> tuple[Sequence[str], Callable[[str], float] | None]:
    """Return how a form is looked for in a text: as a word with the pairs of its characters, or by what tells, 0 to 1.

    A word of two characters has no pairs. `Term.presence` looks for words itself, which is the innermost step of the second
    look.
    """
    if form.isascii():
        pattern = _standing(form)
        return (), lambda text: float(bool(pattern.search(text)))
    if dated := _DATE.match(form):
        month, day = int(dated[1]), int(dated[2])
        return (), lambda text: float(form in text or _among_days(month, day, text))
    if is_exact(form) or len(form) < 2:
        return (), lambda text: float(form in text)
    return [form[i : i + 2] for i in range(len(form) - 1)] if len(form) > 2 else (), None


def _has_all(form: str, text: str) -> bool:
    for character in form:  # noqa: SIM110 - the innermost step of the second look: a generator takes five times as long
        if character not in text:
            return False
    return True


@lru_cache(maxsize=512)
def _standing(form: str) -> re.Pattern[str]:
    """Return the pattern of an ASCII form at the beginning of a word; before the letter of a number may stand a space."""
    spelt = re.sub(r"(?<=\d)(?=[a-z]$)", " ?", re.escape(form)) if _SYMBOL.match(form) else re.escape(form)
    if form.isalpha():
        spelt = re.sub("i$", "[iy]", spelt)  # the stem of secretary and secretaries is secretari
    return re.compile(rf"(?<![a-z0-9]){spelt}")


def _among_days(month: int, day: int, text: str) -> bool:
    """Whether a text has a day in a list or a range of days of its month: 6月20日和21日, 6月20日至29日."""
    for days in re.finditer(rf"(?<!\d){month}月(\d{{1,2}}日?(?:(?:[、,和与及至到]|-)\d{{1,2}}日?)+)", text):
        numbers = [int(n) for n in re.findall(r"\d+", days[1])]
        ranged = re.search(r"[至到-]", days[1]) and len(numbers) == 2
        if day in numbers or (ranged and numbers[0] <= day <= numbers[1]):
            return True
    return False


@lru_cache(maxsize=4096)
def _abbreviated(form: str) -> re.Pattern[str]:
    """Return the pattern of what `form` may be short for: 亚太 for 亚洲及太平洋, 筹委会 for 筹备委员会."""
    return re.compile(r"\w{0,3}".join(map(re.escape, form)))
