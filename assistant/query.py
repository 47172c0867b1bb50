"""A question to what the indexes search for: its content words and their weights, other names, and what must be there.

Knows the words of asking in Chinese and English; knows no report beyond what the index tells of it.
"""

import re
from dataclasses import dataclass, field

from assistant.asking import Asking, asking
from corpus.label import Language
from index.folder import Index
from index.lexicon import is_short_for, names_in, other_names, un_bodies
from index.text import HAN, normalise

_ASKING = re.compile(
    r"请问|请告诉我|请介绍一下|请介绍|告诉我|我想知道|想了解|想问|麻烦|帮我|查一下|找一下|能不能|"
    r"能否|可否|是不是|是否|有没有|有无|什么时候|什么时间|什么地方|什么人|什么样|为什么|为何|"
    r"怎么样|怎么|怎样|如何|什么|哪一年|哪年|哪个|哪些|哪种|哪里|哪儿|哪方面|哪一|哪几|哪项|"
    r"哪次|哪位|哪届|哪|何时|何地|何人|何种|多少|几个|几次|几项|几位|几名|几家|几|谁|吗|呢|"
    r"吧|么|啊|关于|有关|对于|分别|主要|具体|一共|总共|这份报告|该报告|报告里|报告中|文中|"
    r"里面|当中|提到的?|说了?什么|讲了?什么|写了?什么|是什么|叫做?|都有|有哪些|哪些是|的是|"
    r"的话|一下"
)
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
_YEAR = re.compile(r"^(1[89]|20|21)\d\d年?$")
_HARD = re.compile(rf"^(?:[{HAN}]{{2}}[a-z]|第\d+\D?|\d{{4}}年|\d+/\d+[a-z]?|[a-z]+/.*\d.*|\d{{2,}})$")
_ORDINAL_UNITS = "届次号章节"
EXPANSION_WEIGHT = 0.7
SYMBOL_WEIGHT = 2.0


@dataclass(frozen=True)
class Query:
    """A question as the indexes take it.

    Attributes:
        text: the question, normalised, without the words of asking, with other names of what it names.
        weights: the weight of each token.
        terms: its content words, each with the tokens that count as that word: itself, and other names of it.
        hard: those terms that an answer must hold as they are: years, ordinals, numbers of decisions, symbols.
        language: the language of the question.
        asking: what kind of thing it asks for.
        names: the names of bodies in it, each with its other names.
    """

    text: str
    weights: dict[str, float]
    terms: dict[str, tuple[str, ...]]
    hard: tuple[str, ...]
    language: Language
    asking: Asking
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


def understand(question: str, index: Index) -> Query:
    """Return `question` as `index` is searched for it."""
    text = normalise(question)
    language: Language = "zh" if re.search(rf"[{HAN}]", text) else "en"
    content = " ".join(_ASKING.sub(" ", text).split()) if language == "zh" else text
    names = _other_names(content, index)
    weights: dict[str, float] = {}
    for token in index.tokenizer.tokens(content):
        if token not in _STOP:
            weights[token] = SYMBOL_WEIGHT if _HARD.match(token) else 1.0
    for others in names.values():
        for other in others:
            for token in index.tokenizer.tokens(other):
                weights.setdefault(token, EXPANSION_WEIGHT)
    terms = _terms(content, names, index)
    hard = tuple(
        t
        for t in terms
        if _HARD.match(t) and not (t[0] == "第" and t[-1] not in _ORDINAL_UNITS and not t[-1].isdecimal())
    )
    expanded = " ".join([content, *(o for others in names.values() for o in others)])
    return Query(expanded, weights, terms, hard, language, asking(text), names)


def _terms(content: str, names: dict[str, tuple[str, ...]], index: Index) -> dict[str, tuple[str, ...]]:
    terms: dict[str, tuple[str, ...]] = {}
    rest = content
    for name, others in names.items():
        terms[name] = (name, *others)
        rest = rest.replace(name, " ")
    for word in index.tokenizer.words(rest):
        if word not in _STOP and (len(word) > 1 or word.isdecimal()):
            terms.setdefault(word, (word,))
    return terms


def _other_names(content: str, index: Index) -> dict[str, tuple[str, ...]]:
    """Return, for each name in the question, its other names: from the report, from the list of bodies, or read as an
    abbreviation of a name that the report lists.
    """
    pairs: dict[str, set[str]] = {}
    for short, long in index.abbreviations.items():
        a, b = normalise(short), normalise(long)
        pairs.setdefault(a, set()).add(b)
        pairs.setdefault(b, set()).add(a)
    for names in un_bodies():
        for name in names:
            if name in content:
                pairs.setdefault(name, set()).update(other_names(name))
    found = {name: tuple(sorted(pairs[name])) for name in names_in(content, pairs)}
    rest = content
    for name in found:
        rest = rest.replace(name, " ")
    for run in re.findall(rf"[{HAN}]{{3,}}", rest):
        for short in _unknown_names(run, index):
            meant = tuple(normalise(n) for n in index.names if is_short_for(short, normalise(n)))
            if meant:
                found[short] = meant
    return found


def _unknown_names(run: str, index: Index) -> list[str]:
    """Return the substrings of `run` that may be abbreviations of bodies: they end as bodies do and stand nowhere."""
    return [
        m[0]
        for m in re.finditer(r"[㐀-鿿]{2,4}[所厅部署处司会科办组局院](?![㐀-鿿]{0,1}[员议])", run)
        if m[0] not in index.abbreviations
    ]
