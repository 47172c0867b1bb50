"""A question to what the indexes search for: its terms, their other names, and their weights.

Knows the words of asking in Chinese and English; knows no report beyond what the index tells of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import mul

from assistant.asking import Asking, asking
from assistant.focus import NO_FOCUS, Focus, focus_of
from assistant.terms import HELD, Term, is_exact, make_ready, named, stands, term, unknown
from corpus.label import Language
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.folder import Index
from index.lexicon import countries, is_short_for, names_in, un_bodies
from index.text import HAN, normalise

_ASKING = re.compile(
    r"请问|请?告诉我|请?介绍一下|请介绍|我?想知道|想了解|想问|麻烦|帮我|查一下|找一下|能不能|会不会|要不要|该不该|可不可以|能否|可否|是不是|是否|有没有|有无|"
    r"什么(?:时候|时间|地方|人|样|年代)?|哪[一个些座几]*(?:城市|国家)|为什么|为何|怎么样?|怎样|如何|哪[一几些里儿]?(?:[天年月日次届个项位名家种份条类点]|方面|部分|[小分]项)?|"
    r"何[时地人种处]|多(?:久|长时间|长|大|远|高|重)|多少(?:[天年月日次届个项位名家种份条类点元]|(?:课|小)时|人次)?|几[天年月日次届个项位名家种份条类点]?|谁|吗|呢|吧|么|啊|到底|究竟|"
    r"关于|有关|对于|分别|主要|具体|一共|总共|这份报告|该报告|报告[里中]|文中|里面|当中|提到的?|提及|"
    r"[说讲写]了?什么|都有|的话|一下|去看|去找|在看|[这那][颗场座艘辆篇笔]"
)
_MEASURED = re.compile(
    r"^[一二两三四五六七八九十几每这那各]+(?:[个次项种位名家届条点份类年天段场回颗座只台艘辆件些]|方面)$"
)
_NTH_ITEM = re.compile(rf"第([\d{CHINESE_NUMERAL}]{{1,3}})个?[小分]?项(?=[是呢说讲写怎有提的]|[^{HAN}]|$)")
_NUMBERED = re.compile(rf"(?<=[{HAN}]{{2}})(?<!第)(\d{{1,2}})(?=[是的怎说讲写有规鼓要])")
"""A numbered thing and what is asked of it: 原则1是, where only the gap tells that the number belongs to 原则."""
_STOP = frozenset(
    """
    的 了 是 在 与 和 对 由 为 将 被 把 及 或 等 该 其 这 那 之 有 也 都 并 就 从 到 向 以 于 中 上 下 里 会 能 可
    要 应 不 没 没有 个 次 项 名 位 家 届 份 号 年 月 日 我 你 您 他 她 它 我们 他们 一 一个 所 而 则 但 又 还 让
    使 给 用 来 去 说 讲 做 还是 还有 打算 自己 一般 一起 应该 是从 时 时候 当 人 方面 内容 情况 事 东西
    a an the of in on at to for and or by with from is
    are was were be been do doe did has have had it this that these those what which who whom whose when where whi
    how mani much ani there their them they you your me my i we our us can could will would shall should may about
    as into than then so if not no report document tell say said mention accord paragraph pleas
    """.split()
)
_CAPITAL = re.compile(r"(?<=[\w,;)'’”\"] )[\"“‘'(]?([A-Z\u00c0-\u00de][\w'’-]*\w)")
_TITLES = frozenset("mr mrs ms dr sir".split())
_LEVELS = frozenset("省市县区镇乡国")
_BODY_END = re.compile(r"(?:主管部门|委员会|人民政府|政府|法院|检察院|大学|协会|博物馆|银行|[局厅署])$")
_OF_A_PLACE = re.compile(r"法院|检察院|政府|人民政府")
_PLACED = re.compile(r"(?:[省市县区镇乡国州]|人民|中级|高级|最高|基层|专门|铁路|海事|军事|特区|地方)$")
"""How what stands before 法院 or 政府 ends where it is part of the name: not 诉讼费法院."""
_ABBREVIATED_BODY = re.compile(rf"(?=([{HAN}]{{2,4}}[所厅部署处司会科办组局院]))")
NAME_WEIGHT = 0.7
"""Weight in the sparse search of a token that comes from another name of what the question names."""
SEEN_NAME_SHARE = 0.3
"""The same where the name itself stands in the reports, against where not."""
EXACT_WEIGHT = 2.0
"""Weight in the sparse search of a symbol, an ordinal, a year or a number."""
_NAME_TOKENS = 4
_IN_SEARCH = 0.3
_LEAST_RUN, _LONGEST_RUN = 2, 6
_COMMON = frozenset(
    "谈说讲问答写过吃有住用写叫名多少长高大小第几该此时因各每又只再最更很太约共同称姓由经后前内外间新旧老好"
)
_GAP = "，"
"""What stands for words left out: a comma, so that the words on its two sides do not run together."""


@dataclass(frozen=True)
class Query:
    """A question as the indexes take it.

    Attributes:
        asked: the question as it was asked.
        text: the question, normalised, without the words of asking, with other names of what it names.
        tokens: the weight of each token in the sparse search.
        terms: its content words.
        language: the language of the question.
        asking: what kind of thing it asks for.
        nth_item: the place in its list of the item that it asks for, from 1; None where it asks for none.
        focus: what it asks for of what it names.
        bodies: what reads as the name of a body and is in no list: 市气象局, 省人民政府.
        pairs: nouns that stand next to each other in it.
        compounds: words with single characters before them that may make a name of them, as `南堤|盐沼`.
    """

    asked: str
    text: str
    tokens: Mapping[str, float]
    terms: tuple[Term, ...]
    language: Language
    asking: Asking
    nth_item: int | None = None
    compounds: tuple[str, ...] = ()
    focus: Focus = NO_FOCUS
    pairs: tuple[tuple[str, str], ...] = ()
    bodies: tuple[str, ...] = ()

    def coverage(self, text: str) -> float:
        """Return the share of the query's terms, by weight, that `text` holds, 0 to 1."""
        return self._share([t.presence(text) for t in self.terms])

    def lacking(self, text: str) -> tuple[Term, ...]:
        """Return the exact terms that `text` does not hold."""
        return tuple(t for t in self.terms if t.exact and t.presence(text) < HELD)

    def names_in(self, document: str) -> tuple[str, ...]:
        """Return the exact terms that stand in what a document is named by."""
        return tuple(t.word for t in self.terms if t.exact and t.presence(document) >= HELD)

    def held_by(self, text: str, whole: str) -> tuple[float, float, tuple[Term, ...]]:
        """Return the coverage of `text` and of `whole`, which `text` is part of, and the exact terms that `whole` lacks."""
        own = [t.presence(text) for t in self.terms]
        all_in_all = [p if p >= 1.0 else t.presence(whole) for t, p in zip(self.terms, own, strict=True)]
        lacking = tuple(t for t, p in zip(self.terms, all_in_all, strict=True) if t.exact and p < HELD)
        return self._share(own), self._share(all_in_all), lacking

    def _share(self, presences: list[float]) -> float:
        total = sum(self._weights)
        return sum(map(mul, self._weights, presences)) / total if total else 0.0

    @cached_property
    def _weights(self) -> list[float]:
        return [t.weight for t in self.terms]


def understand(question: str, index: Index) -> Query:
    """Return `question` as `index` is searched for it."""
    text = normalise(question)
    language: Language = "zh" if re.search(rf"[{HAN}]", text) else "en"
    content = _ASKING.sub(_GAP, text) if language == "zh" else text
    content = _NUMBERED.sub(rf"\1{_GAP}", content)
    asked, names = asking(text), _names(question, content, index)
    rest = _NTH_ITEM.sub(_GAP, content)
    for name in names:
        rest = rest.replace(name, _GAP)
    cut = index.tokenizer.surface_words(rest)
    words = dict.fromkeys(w for w in cut if _is_content(w, index))
    proper = _proper_words(question, text) if language == "en" else {w for w in words if w.isascii() and w.isalpha()}
    make_ready(list(words), index)
    terms = [named(name, others, index) for name, others in names.items()] + [
        term(w, w in proper, asked, index) for w in words
    ]
    terms += [unknown(run, index) for run in _runs_of_signs(rest, index)]
    expanded = " ".join([content, *(other for others in names.values() for other in others)])
    return Query(
        question,
        expanded,
        _tokens(content, terms, index),
        tuple(terms),
        language,
        asked,
        _nth_item(text),
        _compounds(rest, cut, index),
        focus_of(text),
        _pairs(rest, cut, index),
        _bodies(rest, cut, index),
    )


def names_of(question: str, index: Index) -> list[str]:
    """Return the names of bodies, countries and places that reports are of in `question`, normalised, in their order."""
    text = normalise(question)
    names = {*_names(question, _ASKING.sub(_GAP, text), index), *(place for place in index.places if place in text)}
    return sorted(names, key=text.find)


def _proper_words(question: str, text: str) -> set[str]:
    """Return the words of an English question that stand in capitals within a sentence, as matched; none of one in capitals."""
    if question.isupper():
        return set()
    found = {normalise(word) for word in _CAPITAL.findall(question)}
    return {word for word in found if word in text} - _TITLES


def _is_content(word: str, index: Index) -> bool:
    if index.tokenizer.token(word) in _STOP or _MEASURED.match(word):
        return False
    return len(word) > 1 or word.isdecimal()


def _compounds(text: str, words: list[str], index: Index) -> tuple[str, ...]:
    """Return the nouns of two characters and more that have single ones right before them, none of them a word of grammar."""
    found, before, at = [], "", 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            before = ""
            continue
        before = before if start == at else ""
        at = start + len(word)
        counts = start > 0 and text[start - 1] == _GAP  # 多少个, 几名: what stands behind a word of asking counts
        if re.fullmatch(rf"[{HAN}]", word) and word not in _STOP and not counts:
            before += word
            continue
        if before and re.fullmatch(rf"[{HAN}]{{2,}}", word) and index.tokenizer.names_thing(word):
            found.append(f"{before}|{word}")
        before = ""
    return tuple(found)


def _pairs(text: str, words: list[str], index: Index) -> tuple[tuple[str, str], ...]:
    """Return the Chinese nouns of two characters and more that stand next to each other."""
    nouns = [re.fullmatch(rf"[{HAN}]{{2,}}", w) and index.tokenizer.names_thing(w) for w in words]
    both = (pair for pair, are in zip(pairwise(words), pairwise(nouns), strict=True) if all(are))
    return tuple((first, second) for first, second in both if first + second in text)


def _bodies(text: str, words: list[str], index: Index) -> tuple[str, ...]:
    """Return the runs of Chinese nouns that end as the name of a body does; a bare 委员会 or 政府 is none."""
    found, run, at = [], "", 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            run = ""
            continue
        run = run if start == at else ""
        at = start + len(word)
        noun = re.fullmatch(rf"[{HAN}]+", word) and (
            index.tokenizer.names_thing(word) if len(word) > 1 else word in _LEVELS
        )
        run = run + word if noun else ""
        body = _BODY_END.search(run) if run else None
        if body and len(run) > len(body[0]) and (not _OF_A_PLACE.match(body[0]) or _PLACED.search(run[: body.start()])):
            found.append(run)
    return tuple(found)


def _runs_of_signs(text: str, index: Index) -> list[str]:
    """Return the runs of characters in `text` none of which the dictionary makes a word with another: most often a name.

    Two characters that stand nowhere are more often two words of the asker's.
    """
    runs, run = [], ""
    for start, end, _ in [*index.tokenizer.tagged(text), (len(text), len(text), "")]:
        piece = text[start:end]
        if len(piece) == 1 and re.match(rf"[{HAN}]", piece) and piece not in _STOP and piece not in _COMMON:
            run += piece
            continue
        if _LEAST_RUN <= len(run) <= _LONGEST_RUN:
            runs.append(run)
        run = ""
    return [run for run in dict.fromkeys(runs) if len(run) > _LEAST_RUN or stands(run, index)]


def _tokens(content: str, terms: list[Term], index: Index) -> dict[str, float]:
    """Return the weights of the sparse search: the question's own tokens, and those of other names of its terms."""
    tokens = {t: EXACT_WEIGHT if is_exact(t) else 1.0 for t in index.tokenizer.tokens(content) if t not in _STOP}
    for one in terms:
        for form, strength in one.forms.items():
            others = index.tokens(form) if form != one.word and strength >= _IN_SEARCH else []
            weight = NAME_WEIGHT * strength * (SEEN_NAME_SHARE if one.stands_itself else 1.0)
            for token in others:
                tokens.setdefault(token, weight * min(1.0, _NAME_TOKENS / len(others)))
    return tokens


def _nth_item(text: str) -> int | None:
    asked = _NTH_ITEM.search(text)
    return from_any(asked[1]) if asked else None


def _names(question: str, content: str, index: Index) -> dict[str, tuple[str, ...]]:
    """Return, for each name in the question, its other names.

    They come from the reports' own abbreviations, from the list of bodies, or from reading an unknown word as an
    abbreviation of a name that a report lists.
    """
    pairs = dict(index.other_names)
    for body in un_bodies():
        for name in body.named_in(question, content):
            pairs[name] = pairs.get(name, frozenset()).union(body.other_names(name))
    for name, all_names in countries().items():
        if name in content:
            pairs[name] = pairs.get(name, frozenset()).union(n for n in all_names if n != name)
    found = {name: tuple(sorted(pairs[name])) for name in names_in(content, pairs)}
    rest = content
    for name in found:
        rest = rest.replace(name, _GAP)
    for match in _ABBREVIATED_BODY.finditer(rest):
        meant = tuple(normalise(n) for n in index.names if is_short_for(match[1], normalise(n)))
        if meant and not any(match[1] in name for name in found):
            found[match[1]] = meant
    return found
