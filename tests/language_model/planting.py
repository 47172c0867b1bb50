"""Faults planted in a sentence of a report, and ways to say it rightly: each makes what a model says of it.

Knows the passages that the model was shown, no endpoint and no checker.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL, from_chinese, to_chinese

_HAN = "一-鿿"


@dataclass(frozen=True)
class Given:
    """What is planted in.

    Attributes:
        sentence: of the passage, letter for letter.
        own: the passage's number.
        passages: the text of each passage shown, with what stands above it, by its number.
        places: the label of each, as it was shown.
    """

    sentence: str
    own: str
    passages: Mapping[str, str]
    places: Mapping[str, str]

    @property
    def is_chinese(self) -> bool:
        """Whether the sentence is Chinese."""
        return bool(re.search(rf"[{_HAN}]", self.sentence))

    def said(self, sentence: str, number: str = "") -> str:
        """Return what the model says: `sentence`, citing its own passage or another."""
        return f"{sentence}[{number or self.own}]"

    def others(self) -> list[str]:
        """Return the numbers of the passages that lack a clause of the sentence."""
        clauses = [_letters(clause) for clause in re.split(r"[，,；;：:]", self.sentence)]
        return [n for n, text in self.passages.items() if not all(c in _letters(text) for c in clauses)]


Kind = Callable[[Given, random.Random], str]
"""Makes what a model says of what is given, by chance; empty where it cannot."""


def _wrong_label(given: Given, chance: random.Random) -> str:
    others = given.others()
    return given.said(given.sentence, chance.choice(others)) if others else ""


def _likest_label(given: Given, _chance: random.Random) -> str:
    """Cite the passage that is most like the right one: a neighbour, a sibling, the same article of another year."""
    pairs = _pairs(given.passages[given.own])
    others = sorted(given.others(), key=lambda n: -len(pairs & _pairs(given.passages[n])))
    return given.said(given.sentence, others[0]) if others else ""


def _same_number_elsewhere(given: Given, _chance: random.Random) -> str:
    """Cite the paragraph of another report that has the same number."""
    place = given.places[given.own]
    return next((given.said(given.sentence, n) for n in given.others() if given.places[n] == place), "")


def _label_not_there(given: Given, _chance: random.Random) -> str:
    return given.said(given.sentence, str(len(given.passages) + 3))


def _number(given: Given, chance: random.Random) -> str:
    return _changed(given, r"(?<![\d/.A-Za-z-])\d+(?![\d/.A-Za-z-])", chance, _more(chance))


def _number_there(given: Given, chance: random.Random) -> str:
    """Put a number that the passage has elsewhere."""
    there = re.findall(r"(?<![\d/.A-Za-z-])\d+(?![\d/.A-Za-z-])", given.passages[given.own])

    def other(match: re.Match[str]) -> str:
        return chance.choice([n for n in there if n != match[0]] or [match[0]])

    return _changed(given, r"(?<![\d/.A-Za-z-])\d+(?![\d/.A-Za-z-])", chance, other)


def _year(given: Given, chance: random.Random) -> str:
    return _changed(given, r"(?<!\d)(?:19|20)\d\d(?!\d)", chance, lambda m: str(int(m[0]) + chance.choice([-1, 1, 10])))


def _day(given: Given, chance: random.Random) -> str:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    pattern = rf"(?<!\d)\d{{1,2}}(?=\s*日|\s(?:{months})\b)"
    return _changed(given, pattern, chance, lambda m: str(int(m[0]) % 27 + 1))


def _share(given: Given, chance: random.Random) -> str:
    pattern = r"\d+(?:\.\d+)?(?=\s*[%％]|\sper cent)|(?<=百分之)[一二三四五六七八九十]+"
    return _changed(given, pattern, chance, lambda m: "11" if m[0].isascii() else "十七")


def _chinese_numeral(given: Given, chance: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        value = from_chinese(match[0])
        return to_chinese(value % 90 + chance.choice([1, 2])) if value is not None and value < 9990 else match[0]

    return _changed(given, rf"[{CHINESE_NUMERAL}]+(?=[个项次种名届条天日月年人倍])", chance, other)


def _negation(given: Given, chance: random.Random) -> str:
    pattern = (
        rf"(?<=[{_HAN}，；])(?:不得|不应|没有|未经|不(?=[是能会可需予宜受包])|未(?=[能曾获得被])|无(?=[权须需法]))"
        r"|(?<=\w )(?:not |no (?=[a-z])|never |without )"
    )
    return _changed(given, pattern, chance, lambda m: "" if m[0].isascii() else m[0].lstrip("不未没无"))


def _negated(given: Given, chance: random.Random) -> str:
    pattern = rf"(?<=[{_HAN}])(?:应当?|将|可以|能够)(?=[{_HAN}])|\b(?:shall|should|will|may|must)(?= [a-z])"
    return _changed(given, pattern, chance, lambda m: f"{m[0]} not" if m[0].isascii() else f"不{m[0]}")


def _exception(given: Given, chance: random.Random) -> str:
    return _changed(given, r"除(?!了)[^，。；]{2,40}外，|\b(?:unless|except) [^,.]{3,60}, ", chance, lambda _: "")


_WORDS = {
    "operative verb": "决定=建议 建议=决定 请求=注意到 注意到=决定 商定=建议 要求=鼓励 鼓励=要求 强调=质疑 批准=审议 审议=批准"
    " decided=recommended recommended=decided requested=thanked encourages=requires welcomes=notes urged=invited"
    " requests=invites decides=recommends adopted=rejected approved=considered considered=approved",
    "modal": "应当=可以 应=可 必须=可以 可以=必须 可=应 不得=可以 shall=may may=shall should=may must=may can=must",
    "body": "委员会=理事会 小组委员会=工作组 秘书处=大会 大会=秘书处 理事会=委员会 秘书长=主席 主席=秘书长"
    " 国务院=司法部 人民法院=人民检察院"
    " 主管部门=监督部门 Committee=Council Subcommittee=Commission Secretariat=Assembly Assembly=Council Council=Assembly"
    " Secretary-General=President Commission=Tribunal Authority=Agency Chair=Rapporteur",
    "country": "中国=日本 法国=德国 日本=韩国 俄罗斯=乌克兰 美国=加拿大 印度=巴西 德国=法国 China=Japan France=Germany India=Brazil"
    " Japan=Norway Germany=Austria Russia=Ukraine Brazil=Chile Egypt=Kenya",
    "unit": "万元=亿元 亿元=万元 公里=米 个月=年 工作日=个月 日内=年内 小时=分钟 公斤=吨 千米=米 million=billion billion=million"
    " days=months months=years hours=days years=months metres=kilometres kilometres=metres",
    "scope": "所有=部分 全部=部分 至少=至多 至多=至少 增加=减少 减少=增加 之前=之后 之后=之前"
    " 以上=以下 以下=以上 每年=每月 提高=降低 同意=反对"
    " 支持=反对 上升=下降 高于=低于 国家=地方 公开=秘密 首次=末次 或者=和 all=some least=most before=after increase=decrease"
    " increased=decreased more=less more=fewer annual=monthly every=some first=last and=or or=and public=private above=below",
}


def _swapped(words: str) -> Kind:
    other = dict(pair.split("=") for pair in words.split())
    pattern = "|".join(
        rf"\b{re.escape(word)}\b" if word.isascii() else word for word in sorted(other, key=len, reverse=True)
    )

    def make(given: Given, chance: random.Random) -> str:
        return _changed(given, pattern, chance, lambda m: other[m[0]])

    return make


def _quotation(given: Given, chance: random.Random) -> str:
    bare = re.sub(r"[“”「」『』\"]", "", given.sentence)[:40]
    at = chance.randrange(2, len(bare) - 1)
    while not bare[at].isalnum():
        at -= 1
    new = chance.choice(["某" if ord(bare[at]) > 255 else "x", ""])
    return given.said(_quoted_as(given, bare[:at] + new + bare[at + 1 :]))


def _exchanged(given: Given, chance: random.Random) -> str:
    """Exchange two of the things that the sentence joins: 甲和乙 stays true, 甲向乙 does not."""
    pattern = (
        rf"(?P<one>[{_HAN}]{{2,6}})(?P<between>[向对给比由])(?P<other>[{_HAN}]{{2,4}})"
        r"|(?P<a>[a-z]{6,}) (?P<mid>of|by|from|to|before|after|with) (?:the )?(?P<b>[a-z]{6,})"
    )

    def turned(match: re.Match[str]) -> str:
        if match["a"]:
            return f"{match['b']} {match['mid']} the {match['a']}"
        return f"{match['other']}{match['between']}{match['one']}"

    return _changed(given, pattern, chance, turned)


def _word(given: Given, chance: random.Random) -> str:
    """Put a word of another passage for one of the sentence."""
    pattern = rf"[{_HAN}]{{2}}" if given.is_chinese else r"\b[a-z]{5,}\b"
    own = given.passages[given.own]
    theirs = [w for n in given.others() for w in re.findall(pattern, given.passages[n]) if w.lower() not in own.lower()]
    return _changed(given, pattern, chance, lambda m: chance.choice(theirs)) if theirs else ""


def _clause_added(given: Given, chance: random.Random) -> str:
    theirs = [p for n in given.others() for p in re.split(r"[，。；,.;:：\n]", given.passages[n])]
    theirs = [
        p.strip()
        for p in theirs
        if 8 <= len(p.strip()) <= 60 and _letters(p) not in _letters(given.passages[given.own])
    ]
    if not theirs:
        return ""
    comma, end = ("，", "。") if given.is_chinese else (", ", ".")
    return given.said(f"{given.sentence.rstrip('。.；;')}{comma}{chance.choice(theirs)}{end}")


def _verbatim(given: Given, _chance: random.Random) -> str:
    return given.said(given.sentence)


def _shortened(given: Given, _chance: random.Random) -> str:
    parts = [part for part in re.split(r"(?<=[，；,;])", given.sentence) if part.strip()]
    kept = "".join(parts[: max(1, len(parts) // 2)]).rstrip("，；,; ")
    return given.said(kept) if len(parts) > 1 and len(kept) >= 8 else ""


def _quoted(given: Given, _chance: random.Random) -> str:
    bare = re.split(r"[“”「」『』\"‘’：:（(]", given.sentence)[0][:60]
    bare = bare if len(bare) < 60 else re.split(r"[，,；;\s][^，,；;\s]*$", bare)[0]
    return given.said(_quoted_as(given, bare.strip("，, "))) if len(bare) >= 8 else ""


def _numerals(given: Given, _chance: random.Random) -> str:
    spelt = re.sub(
        r"(?<![\d.,/])([2-9])(?=个|项|种|名|天)", lambda m: "零一二三四五六七八九"[int(m[1])], given.sentence
    )
    return given.said(re.sub(r"(?<=\d),(?=\d{3})", "", spelt))


def _introduced(given: Given, chance: random.Random) -> str:
    place, bare = given.places[given.own], given.sentence.rstrip("。.")
    leads = (f"根据{place}，", "报告指出，", f"{place}指出：") if given.is_chinese else (f"According to {place}, ",)
    return given.said(chance.choice(leads) + bare + ("。" if given.is_chinese else "."))


def _turned_round(given: Given, _chance: random.Random) -> str:
    """Say the last clause first."""
    parts = re.split(r"[，,]\s*", given.sentence.rstrip("。."))
    if len(parts) != 2 or re.search(r"[“”\"]", given.sentence):
        return ""
    comma, end = ("，", "。") if given.is_chinese else (", ", ".")
    return given.said(f"{parts[1]}{comma}{parts[0]}{end}")


FAULTS: dict[str, Kind] = {
    "wrong label": _wrong_label,
    "label of the likest": _likest_label,
    "same number elsewhere": _same_number_elsewhere,
    "label not there": _label_not_there,
    "number": _number,
    "number of the passage": _number_there,
    "year": _year,
    "day": _day,
    "percentage": _share,
    "Chinese numeral": _chinese_numeral,
    "negation dropped": _negation,
    "negation added": _negated,
    "exception dropped": _exception,
    **{name: _swapped(words) for name, words in _WORDS.items()},
    "exchanged": _exchanged,
    "word of another passage": _word,
    "clause added": _clause_added,
    "quotation": _quotation,
}
RIGHT: dict[str, Kind] = {
    "verbatim": _verbatim,
    "shortened": _shortened,
    "quoted": _quoted,
    "other numerals": _numerals,
    "introduced": _introduced,
    "turned round": _turned_round,
}


def _changed(given: Given, pattern: str, chance: random.Random, other: Callable[[re.Match[str]], str]) -> str:
    """Return the sentence with one match of `pattern` made another; empty where there is none or nothing changes."""
    matches = list(re.finditer(pattern, given.sentence))
    if not matches:
        return ""
    match = chance.choice(matches)
    changed = given.sentence[: match.start()] + other(match) + given.sentence[match.end() :]
    return given.said(changed) if _bare(changed) not in _bare(given.passages[given.own]) else ""


def _more(chance: random.Random) -> Callable[[re.Match[str]], str]:
    return lambda match: str(int(match[0]) + chance.choice([1, 2, 7, 30]))


def _quoted_as(given: Given, words: str) -> str:
    return f"报告的原话是“{words}”" if given.is_chinese else f"In the report's words: “{words}”"


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _bare(text: str) -> str:
    return "".join(text.split())
