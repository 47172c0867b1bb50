"""A question to what the indexes search for: its terms, their other names, and their weights.

Knows the words of asking in Chinese and English; knows no report beyond what the index tells of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.asking import Asking, asking
from assistant.terms import HELD, Term, is_exact, named, term
from corpus.label import Language
from corpus.numerals import CHINESE_NUMERAL, from_any
from index.folder import Index
from index.lexicon import is_short_for, names_in, un_bodies
from index.text import HAN, normalise

_ASKING = re.compile(
    r"请问|请?告诉我|请?介绍一下|请介绍|我?想知道|想了解|想问|麻烦|帮我|查一下|找一下|能不能|能否|可否|是不是|是否|有没有|有无|"
    r"什么(?:时候|时间|地方|人|样|年代)?|为什么|为何|怎么样?|怎样|如何|哪[一几些里儿]?(?:[天年月日次届个项位名家种份条类点]|方面|部分|[小分]项)?|"
    r"何[时地人种处]|多少|几[天年月日次届个项位名家种份条类点]?|谁|吗|呢|吧|么|啊|到底|究竟|"
    r"关于|有关|对于|分别|主要|具体|一共|总共|这份报告|该报告|报告[里中]|文中|里面|当中|提到的?|提及|"
    r"[说讲写]了?什么|都有|的话|一下|去看|去找|在看"
)
_MEASURED = re.compile(r"^[一二两三四五六七八九十几每这那各]+(?:[个次项种位名家届条点份类年天段]|方面)$")
_NTH_ITEM = re.compile(rf"第([\d{CHINESE_NUMERAL}]{{1,3}})个?[小分]?项(?=[是呢说讲写怎有提的]|[^{HAN}]|$)")
_STOP = frozenset(
    """
    的 了 是 在 与 和 对 由 为 将 被 把 及 或 等 该 其 这 那 之 有 也 都 并 就 从 到 向 以 于 中 上 下 里 会 能 可
    要 应 不 没 没有 个 次 项 名 位 家 届 份 号 年 月 日 我 你 您 他 她 它 我们 他们 一 一个 所 而 则 但 又 还 让
    使 给 用 来 去 说 讲 做 时 时候 当 人 方面 内容 情况 事 东西 a an the of in on at to for and or by with from is
    are was were be been do doe did has have had it this that these those what which who whom whose when where whi
    how mani much ani there their them they you your me my i we our us can could will would shall should may about
    as into than then so if not no report document tell say said mention accord paragraph pleas
    """.split()
)
_ABBREVIATED_BODY = re.compile(rf"(?=([{HAN}]{{2,4}}[所厅部署处司会科办组局院]))")
NAME_WEIGHT = 0.7
"""Weight in the sparse search of a token that comes from another name of what the question names."""
SEEN_NAME_SHARE = 0.3
"""The same where the name itself stands in the reports, against where not."""
EXACT_WEIGHT = 2.0
"""Weight in the sparse search of a symbol, an ordinal, a year or a number."""
_NAME_TOKENS = 4
_IN_SEARCH = 0.3
_GAP = "，"
"""What stands for words left out: a comma, so that the words on its two sides do not run together."""


@dataclass(frozen=True)
class Query:
    """A question as the indexes take it.

    Attributes:
        text: the question, normalised, without the words of asking, with other names of what it names.
        tokens: the weight of each token in the sparse search.
        terms: its content words.
        language: the language of the question.
        asking: what kind of thing it asks for.
        nth_item: the place in its list of the item that it asks for, from 1; None where it asks for none.
    """

    text: str
    tokens: Mapping[str, float]
    terms: tuple[Term, ...]
    language: Language
    asking: Asking
    nth_item: int | None = None

    def coverage(self, text: str) -> float:
        """Return the share of the query's terms, by weight, that `text` holds, 0 to 1."""
        total = sum(t.weight for t in self.terms)
        return sum(t.weight * t.presence(text) for t in self.terms) / total if total else 0.0

    def lacking(self, text: str) -> tuple[Term, ...]:
        """Return the exact terms that `text` does not hold."""
        return tuple(t for t in self.terms if t.exact and t.presence(text) < HELD)


def understand(question: str, index: Index) -> Query:
    """Return `question` as `index` is searched for it."""
    text = normalise(question)
    language: Language = "zh" if re.search(rf"[{HAN}]", text) else "en"
    content = _ASKING.sub(_GAP, text) if language == "zh" else text
    asked, names = asking(text), _names(question, content, index)
    rest = _NTH_ITEM.sub(_GAP, content)
    for name in names:
        rest = rest.replace(name, _GAP)
    words = dict.fromkeys(w for w in index.tokenizer.surface_words(rest) if _is_content(w, index))
    terms = [named(name, others, index) for name, others in names.items()] + [
        term(w, language == "zh" and w.isascii() and w.isalpha(), asked, index) for w in words
    ]
    expanded = " ".join([content, *(other for others in names.values() for other in others)])
    return Query(expanded, _tokens(content, terms, index), tuple(terms), language, asked, _nth_item(text))


def names_of(question: str, index: Index) -> list[str]:
    """Return the names of bodies in `question`, normalised, in their order."""
    text = normalise(question)
    return sorted(_names(question, _ASKING.sub(_GAP, text), index), key=text.find)


def _is_content(word: str, index: Index) -> bool:
    if index.tokenizer.token(word) in _STOP or _MEASURED.match(word):
        return False
    return len(word) > 1 or word.isdecimal()


def _tokens(content: str, terms: list[Term], index: Index) -> dict[str, float]:
    """Return the weights of the sparse search: the question's own tokens, and those of other names of its terms."""
    tokens = {t: EXACT_WEIGHT if is_exact(t) else 1.0 for t in index.tokenizer.tokens(content) if t not in _STOP}
    for one in terms:
        for form, strength in one.forms.items():
            others = index.tokenizer.tokens(form) if form != one.word and strength >= _IN_SEARCH else []
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
    pairs: dict[str, set[str]] = {}
    for short, long in index.abbreviations.items():
        a, b = normalise(short), normalise(long)
        pairs.setdefault(a, set()).add(b)
        pairs.setdefault(b, set()).add(a)
    for body in un_bodies():
        for name in body.named_in(question, content):
            pairs.setdefault(name, set()).update(body.other_names(name))
    found = {name: tuple(sorted(pairs[name])) for name in names_in(content, pairs)}
    rest = content
    for name in found:
        rest = rest.replace(name, _GAP)
    for match in _ABBREVIATED_BODY.finditer(rest):
        meant = tuple(normalise(n) for n in index.names if is_short_for(match[1], normalise(n)))
        if meant and not any(match[1] in name for name in found):
            found[match[1]] = meant
    return found
