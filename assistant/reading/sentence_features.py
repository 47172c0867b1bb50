"""What of each sentence of a paragraph speaks for its being the one that answers: a row of numbers a sentence.

Knows the question and the sentences, no weights.
"""

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query
from assistant.reading.wanted import KINDS, Wanted
from assistant.second_look import matched
from index.embedder import Embedder
from index.text import HAN

_LATIN = re.compile(r"[a-zÀ-ɏа-яё0-9]+")
_RUN = re.compile(rf"[{HAN}]+")
_BACK = re.compile(r"^(?:他|她|它|该|此|其|这|同时|另外|并|但|而|然而|he |she |it |they |this |these |that |such )")
_PART = re.compile("[,，;；:：]")
_TOPIC_CHARS = 30
"""So many characters of a paragraph say what it is about; what follows speaks of it without naming it again."""
_NEAR_CHARS, _FAR_CHARS = 6.0, 30
_EMPTY = frozenset("的了在是与和由为将被把及或等该其这那之有也都并就从到向以于中上下里会能可个")
_N = r"[\d〇零一二三四五六七八九十百千万亿两]"
HOLDS: dict[str, re.Pattern[str]] = {
    "time": re.compile(r"\d{3,4}年|\d+月|\d+日|世纪|年代|时期|[翌同次]年|\b(?:1\d|20)\d\d\b|\d+:\d+"),
    "duration": re.compile(
        rf"{_N}+[多余几]?个?(?:年|月|日|天|小时|分钟?|秒|周|星期)|\b(?:years?|days?|months?|hours?)\b"
    ),
    "number": re.compile(rf"{_N}+[多余几]?[^\d\s,，。、年月日]|\d"),
    "person": re.compile(r"·|先生|女士|教授|导演|作家|人[物,，。]|[·•]|\b[A-Z][a-z]+ [A-Z][a-z]+"),
    "place": re.compile(r"位于|[在于从到至]|省|市|县|州|国|岛|区|[东南西北][部面方]|\b(?:in|at) "),
    "body": re.compile(
        r"公司|大学|学院|学校|队|会|局|部|厅|社|党|台|俱乐部|组织|机构|银行|\b(?:office|committee|agency)\b"
    ),
    "name": re.compile(r"[叫称名谓号]|[「“《『\"]|\b(?:called|named)\b"),
    "reason": re.compile(r"因|由于|为了|以便|所以|导致|使得|故|由於|目的|\b(?:because|due|since|owing|so that)\b"),
    "manner": re.compile(r"通过|利用|以.{1,12}[方式法]|用|透过|先.{1,30}再|\bby\b"),
    "what_is": re.compile(r"^.{0,40}?(?:是|为|指)|\bis an?\b"),
    "several": re.compile(r"、.+[、和及与]|包括|分别|;"),
    "thing": re.compile(r"是|为"),
}
"""What a sentence holds that says one of each kind."""
_MAIN = ("rare", "pairs", "cosine", "covered", "rest", "near", "signs", "clause", "rest_cosine")
NAMES = (
    *_MAIN,
    *(
        "run",
        "rest_before",
        "rest_after",
        "near_before",
        "near_after",
        "before",
        "after",
        "pairs_before",
        "pairs_after",
    ),
    *("first", "last", "place", "length", "short", "back", "new", "noun", "unit"),
    *(f"below_best_{n}" for n in _MAIN),
    *(f"best_{n}" for n in _MAIN),
    "kinds_held",
    *(f"holds_{k}" for k in KINDS),
    *(f"lacks_{k}" for k in KINDS),
    *(f"first_{k}" for k in KINDS),
    *(f"begins_{k}" for k in ("what_is", "thing", "name")),
)
"""The name of each number, in the order of the columns."""


def sentence_features(query: Query, wanted: Wanted, pieces: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """Return what speaks for each of `pieces`, the sentences of one paragraph; (n_pieces, n_features) float32."""
    texts = [matched(piece) for piece in pieces]
    n = len(texts)
    terms = [t for t in query.terms if t.word]
    presence = np.array([[t.presence(text) for t in terms] for text in texts], np.float32).reshape(n, len(terms))
    weights = np.array([t.weight for t in terms], np.float32)
    covered = _share(presence, weights)
    rare = _share(presence, weights * _rarity(presence))
    units = _units(query.text)
    topic = matched(pieces[0])[:_TOPIC_CHARS]
    held = np.array([[unit in text for unit in units] for text in texts], np.float32).reshape(n, len(units))
    rarity = _rarity(held)
    pairs = _share(held, rarity)
    vectors = embedder.embed_passages(texts)
    cosine = vectors @ embedder.embed_query(query.text)
    nearness = np.exp(-_distances(units, wanted) / _NEAR_CHARS).astype(np.float32)
    off_topic = np.array([unit not in topic for unit in units], np.float32)
    rest = _share(held, rarity * off_topic)
    near = _share(held, rarity * off_topic * nearness)
    signs = _signs(query.text, topic)
    in_text = np.array([[sign in text for sign in signs] for text in texts], np.float32).reshape(n, len(signs))
    sign_nearness = np.exp(-_distances(signs, wanted) / _NEAR_CHARS).astype(np.float32)
    single = _share(in_text, _rarity(in_text) * sign_nearness)
    weight = rarity * off_topic * (0.3 + nearness)
    clause = np.array([max(_share_of(units, weight, part) for part in _PART.split(text)) for text in texts], np.float32)
    rest_cosine = vectors @ embedder.embed_query(_without(query.text, topic))
    main = np.stack([rare, pairs, cosine, covered, rest, near, single, clause, rest_cosine], axis=1)
    best = main.max(axis=0)
    columns = [*main.T, np.array([_longest_run(query.text, text) for text in texts])]
    columns += [_shifted(rest, 1), _shifted(rest, -1), _shifted(near, 1), _shifted(near, -1)]
    columns += [_shifted(rare, 1), _shifted(rare, -1), _shifted(pairs, 1), _shifted(pairs, -1)]
    place = np.arange(n)
    lengths = np.array([len(text) for text in texts])
    first = (place == 0).astype(np.float32)
    columns += [first, place == n - 1, place / max(n - 1, 1), np.log(lengths), lengths < 10]
    columns += [np.array([bool(_BACK.match(text)) for text in texts]), np.log1p(lengths * (1 - pairs))]
    columns += [np.array([bool(wanted.noun) and wanted.noun in text for text in texts])]
    columns += [np.array([bool(wanted.unit) and _counted_by(wanted.unit, text) for text in texts])]
    columns += [*(main - best).T, *np.broadcast_to(best, (n, len(best))).T]
    holds = {kind: np.array([bool(form.search(text)) for text in texts], np.float32) for kind, form in HOLDS.items()}
    asked = {kind: float(kind in wanted.kinds) for kind in KINDS}
    columns += [np.mean([holds[kind] for kind in wanted.kinds], axis=0)]
    columns += [holds[kind] * asked[kind] for kind in KINDS]
    columns += [(1 - holds[kind]) * asked[kind] for kind in KINDS]
    columns += [first * asked[kind] for kind in KINDS]
    begins = np.array([_begins(query.text, text) for text in texts])
    columns += [begins * asked[kind] for kind in ("what_is", "thing", "name")]
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _share(held: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return, for each row, the share by weight of the columns that it holds; 0 where nothing weighs."""
    total = float(weights.sum())
    return (held @ weights / total if total > 0 else np.zeros(len(held))).astype(np.float32)


def _share_of(units: Sequence[str], weights: NDArray[np.float32], text: str) -> float:
    total = float(weights.sum())
    return sum(float(w) for unit, w in zip(units, weights, strict=True) if unit in text) / total if total > 0 else 0.0


def _distances(units: Sequence[str], wanted: Wanted) -> NDArray[np.float32]:
    """Return how many characters lie between each unit and the word of asking; of one that was respelt, many."""
    places = [(wanted.text.find(unit), len(unit)) for unit in units]
    apart = [max(wanted.at - at - size, at - wanted.at, 0) if at >= 0 else _FAR_CHARS for at, size in places]
    return np.array(apart, np.float32)


def _signs(text: str, topic: str) -> list[str]:
    """Return the Chinese characters of a text that do not belong to its topic or to every question."""
    return [c for c in dict.fromkeys("".join(_RUN.findall(text))) if c not in topic and c not in _EMPTY]


def _without(text: str, topic: str) -> str:
    """Return a question's content without the characters that run on in the topic, two and more of them."""
    keep = [True] * len(text)
    for i in range(len(text) - 1):
        if text[i : i + 2] in topic:
            keep[i] = keep[i + 1] = False
    return "".join(c for c, kept in zip(text, keep, strict=True) if kept) or text


def _rarity(presence: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how rare each column is among the rows: what every sentence holds tells none of them from the others."""
    n = len(presence)
    rarity: NDArray[np.float32] = np.log1p((n - presence.sum(axis=0) + 0.5) / (presence.sum(axis=0) + 0.5)).astype(
        np.float32
    )
    return rarity


def _units(text: str) -> list[str]:
    """Return the pairs of characters, the Latin words and the numbers of a text, each once."""
    runs = _RUN.findall(text)
    pairs = [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
    return list(dict.fromkeys([*pairs, *_LATIN.findall(text)]))


def _longest_run(question: str, text: str) -> float:
    """Return the length of the longest run of characters that both hold, as the logarithm of one more."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in text:
            longest += 1
    return math.log1p(longest)


def _shifted(values: NDArray[np.float32], by: int) -> NDArray[np.float32]:
    """Return, for each sentence, the value of the one `by` places before it; 0 past the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def _counted_by(unit: str, text: str) -> bool:
    return bool(re.search(rf"{_N}[多余几]?[万亿千百]?个?{re.escape(unit)}", text))


def _begins(question: str, text: str) -> float:
    """Whether a text begins with the first characters of the question's content."""
    head = _RUN.search(question)
    return float(head is not None and text.startswith(head[0][:3]))
