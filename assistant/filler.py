"""What can stand in the place of a question's word of asking: an agent, a time, a duration, a number, a place. Knows no report.

A text without any such words that the question does not have itself does not answer it, whatever else it says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.reading.wanted import Wanted
from index.lexicon import synonyms
from index.text import HAN, normalise
from index.tokenizer import Tokenizer

_N = r"[\d〇零一二三四五六七八九十百千万亿两半数]"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|spring|summer|autumn|winter"
)
_EN_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|half|hundred|thousand|million|billion)"
)
_ASKED = {
    "agent": re.compile(
        r"由?[哪什][个些家么]?(?:部门|机构|单位|公司|委员会|组织|实体|国家|代表|厂|企业|学校|大学|人)|由(?:谁|哪|什么)|谁|哪[一几]?[位名]"
        r"|\bwho(?:m|se)?\b|\b(?:which|what) (?:body|agency|organi[sz]ation|company|country|office|committee|institution|"
        r"firm|ministry|person|delegation)"
    ),
    "time": re.compile(
        r"哪[一几]?[年天日月]|什么时[候间]|何时|几[月号点日时]|几年(?![内里以间])|周几|星期几|多久一?次"
        r"|\bwhen\b|(?:what|which) (?:year|date|day|month|time)|how often"
    ),
    "duration": re.compile(r"多久|多长时间|几[年个](?:月|小时)?[内里以]|\bhow long\b"),
    "number": re.compile(
        r"多少|几[^乎个何]|多[大高长重宽远深厚]|百分之几"
        r"|\bhow (?:many|much|high|large|big|old|far|tall|deep|wide|fast)\b|what (?:percentage|share|amount|number)"
    ),
    "place": re.compile(
        r"哪里|哪儿|何地|什么地[方点]|在哪|于哪|哪[个些座一]*(?:城市|市|国家?|省|地方|地区|港口|河流?|岛)"
        r"|\bwhere\b|(?:which|what) (?:city|country|port|place|state|river)"
    ),
}
"""The words that ask for each, in the order in which they are tried."""
_BODY = re.compile(
    r"公司|集团|大学|学院|委员会|政府|法院|检察院|办公室|办事处|主管部门|[局厅署院所]|(?<=[^全内外一部分])部(?=[^分门署])"
    r"|机构|组织|秘书处|协会|基金|联盟|中心|代表|观察员|主任|主席|部长|司长|处长|局长|负责人|秘书长"
    r"|\b(?:office|committee|agency|commission|authority|ministry|government|secretariat|council|company|union"
    r"|representative|observer|chair|director|institute|university|bank|organization|states?)\b"
)
_PERSON = re.compile(r"\b[A-Z][\w.'-]+ (?:[A-Z]\.? )?[A-Z][\w'-]+|[·•‧]")
_PLACE = re.compile(
    rf"[{HAN}]{{1,6}}(?:[省市县区州国岛镇乡村街路港湾河湖]|总部|大楼|中心|会议室)|\b(?:in|at|near|on) (?:the )?[A-Z]\w+"
)
_TIME = re.compile(
    rf"\d{{4}} ?年|{_N}+ ?月|{_N}+ ?[日号时点]|世纪|年代|[上下]午|周[一二三四五六日末]|星期[一二三四五六日天]|季度"
    rf"|届会议|每[年月周日天]|\b(?:1[89]|20)\d\d\b|\b(?:{_MONTHS})\b|\b(?:week|month|year|day)(?:s|ly)?\b|\bannually\b"
)
_DURATION = re.compile(
    rf"{_N}+个?半?(?:年|月|日|天|小时|分钟|周|星期|课时)|\b{_EN_NUMBER} (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?)\b"
)
_NO_AMOUNT = re.compile(
    rf"第{_N}+|\d{{4}} ?年(?: ?\d+ ?月)?(?: ?\d+ ?[日号])?|\d+ ?月(?: ?\d+ ?[日号])?|\b(?:1[89]|20)\d\d\b|/\s?[\d/]+"
    r"|一(?=[个些种定致般]|方面|起)"
)
_AMOUNT = re.compile(rf"[二三四五六七八九十百千万亿两]{_N}* ?[^\s，。、；]|一[千百万亿]|\d[\d,.]*")
_EN_AMOUNT = re.compile(rf"\b{_EN_NUMBER}\b", re.IGNORECASE)
_SAME_UNIT = {"日": "日天", "天": "日天", "钱": "元"}
_COUNTED_THINGS = "个名位家"
_COUNTED_NOUN = re.compile(rf"(?:多少|几)[{_COUNTED_THINGS}](?P<noun>[{HAN}]{{2,4}})")
"""What is counted, of which a character must stand near a number."""
_UNITS = frozenset(
    "个名位家年天日月元钱岁米吨亩次人种条所座间枚只架届级层集部本册卷万亿公平厘千克升时分秒倍项起艘辆件处场篇章页课周"
)
"""What is a unit or a measure word behind 多少 and 几; of anything else, as of 多少成员国, only a number is looked for."""
_NAMED_CHARS = 3
"""So many characters and more that question and text share are taken for a name that the question gives."""


@dataclass(frozen=True)
class Filler:
    """What must stand in a text for it to answer.

    Attributes:
        kind: one of `agent`, `time`, `duration`, `number`, `place`.
        unit: the unit or measure word that the question has behind its word of asking; empty where none is said.
        question: the question, normalised.
    """

    kind: str
    unit: str
    question: str

    def stands_in(self, text: str, tokenizer: Tokenizer) -> bool:
        """Whether `text`, as it is printed, has such words, and not only those of the question."""
        return _STANDS[self.kind](self, text, tokenizer)

    def has_new(self, form: re.Pattern[str], text: str) -> bool:
        """Whether `text` has words of a form that the question does not have."""
        found = (re.escape(normalise(match[0])) for match in form.finditer(text))
        return any(not re.search(rf"(?<!\d){one}(?!\d)", self.question) for one in found)


def filler_of(asked: Wanted) -> Filler | None:
    """Return what must stand in an answer; None where nothing of these is asked for."""
    kind = next((kind for kind, form in _ASKED.items() if form.search(asked.text)), "number" if asked.unit else "")
    return Filler(kind, asked.unit, asked.text) if kind else None


def _agent(wanted: Filler, text: str, tokenizer: Tokenizer) -> bool:
    named = _ASKED["agent"].sub("，", wanted.question)
    if wanted.has_new(_PERSON, text) or _BODY.search(_without_shared(normalise(text), named)):
        return True
    return _tagged(wanted, text, tokenizer, ("nr", "nt"))


def _place(wanted: Filler, text: str, tokenizer: Tokenizer) -> bool:
    return wanted.has_new(_PLACE, text) or _tagged(wanted, text, tokenizer, ("ns",))


def _time(wanted: Filler, text: str, _: Tokenizer) -> bool:
    return wanted.has_new(_TIME, text)


def _duration(wanted: Filler, text: str, _: Tokenizer) -> bool:
    return wanted.has_new(_DURATION, text)


def _number(wanted: Filler, text: str, _: Tokenizer) -> bool:
    amounts = _NO_AMOUNT.sub("", text)
    if wanted.unit and wanted.unit in _COUNTED_THINGS and (noun := _COUNTED_NOUN.search(wanted.question)):
        same = next(
            (synonyms()[n] for n in (noun["noun"][:4], noun["noun"][:3], noun["noun"][:2]) if n in synonyms()), ()
        )
        near = f"[{''.join((noun['noun'], *(word for word in same if not word.isascii())))}]"
        after = rf"{_N}+ ?[多余几]?[万亿千百]?[^，。；、\d]{{0,8}}{near}"
        return wanted.has_new(re.compile(rf"{after}|{near}(?:总?数量?)?[达为有共约近超过至是 ]{{0,3}}{_N}+"), amounts)
    if wanted.unit in _UNITS:
        unit = f"{_COUNTED_THINGS}{HAN}" if wanted.unit in _COUNTED_THINGS else _SAME_UNIT.get(wanted.unit, wanted.unit)
        return wanted.has_new(re.compile(rf"{_N}+ ?[多余几]?[万亿千百]?[{unit}]"), amounts)
    return wanted.has_new(_AMOUNT if re.search(rf"[{HAN}]", wanted.question) else _EN_AMOUNT, amounts)


_STANDS: dict[str, Callable[[Filler, str, Tokenizer], bool]] = {
    "agent": _agent,
    "time": _time,
    "duration": _duration,
    "number": _number,
    "place": _place,
}


def _tagged(wanted: Filler, text: str, tokenizer: Tokenizer, tags: tuple[str, ...]) -> bool:
    """Whether `text` has a word of two characters and more that jieba tags so and that the question does not have."""
    return any(
        tag.startswith(tags) and end - start > 1 and normalise(text[start:end]) not in wanted.question
        for start, end, tag in tokenizer.tagged(text)
    )


def _without_shared(text: str, question: str) -> str:
    """Return `text` with a comma for each run of characters that the question has too, `_NAMED_CHARS` of them and more."""
    kept, at = [], 0
    while at < len(text):
        size = 0
        while at + size < len(text) and text[at : at + size + 1] in question:
            size += 1
        kept.append("，" if size >= _NAMED_CHARS else text[at])
        at += size if size >= _NAMED_CHARS else 1
    return "".join(kept)
