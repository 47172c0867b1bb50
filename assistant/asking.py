"""What kind of thing a question asks for: a person, an item, a time, a number, a place. Knows only the words of asking."""

import re
from dataclasses import dataclass

_PERSON = re.compile(
    r"谁|哪些人|哪几个?人|哪[几些一]?[位名]|何人|什么人|几个?人|多少人|姓名|名字|叫什么|与会者名单|哪位|"
    r"派了?(?:谁|哪|几|多少|什么|人)|派出|代表是|(?:主席|秘书|代表|司长|主任|顾问)(?:是|叫)|\bwho\b|\bwhose\b|participants?\b|attended"
)
_SEVERAL = re.compile(
    r"哪些|哪几|有什么|包括什么|列出|列举|分别是|\blist\b|what (?:are|were) the|which .*s\b (?:are|were|did|do)"
)
_ITEM = re.compile(
    r"哪[一个]?[小分]?[项条款点](?!决议|原则)|哪[一个]*(?:议程)?(?:项目|目标)(?!标题)|"
    r"第[\d一二两三四五六七八九十]+个?[小分]项|which (?:item|objective|sub-?paragraph)"
)
_TIME = re.compile(
    r"什么时候|什么时间|什么年代|哪一?[年天]|哪几[年天]|哪个月|何时|日期|几月|几号|年份|\bwhen\b|what (?:year|date|day)"
)
_NUMBER = re.compile(r"多少|几[个次项位名家届种份]|有几|第几|\bhow (?:many|much)\b|number of")
_PLACE = re.compile(r"哪里|哪儿|何地|何处|地点|在哪|什么地方|哪个城市|哪个国家|\bwhere\b")
_SPEECH = re.compile(
    r"[说讲谈]了?(?:什么|哪|过|些)|介绍|谈到|表示|强调|指出|报告了|\bsa(?:y|id)\b|\breport(?:ed)?\b|\bstress"
)

_HOLDS_TIME = re.compile(r"\d{4}\s?年(?!(?:可持续发展)?议程)|\d\s?月|\b(?:19|20)\d\d\b|年代")
_HOLDS_NUMBER = re.compile(
    r"(?<![\d年月/-])\d[\d,]*(?!\s?[\d年月日/-])|[一二三四五六七八九十两百千][个次项位名家届种份]"
)
_HOLDS_PLACE = re.compile(r"[在于][一-鿿]{2,8}|总部|\b(?:in|at) [A-Z]")


@dataclass(frozen=True)
class Asking:
    """What a question asks for; several can hold at once."""

    person: bool
    several: bool
    item: bool
    time: bool
    number: bool
    place: bool
    speech: bool

    def served_by(self, text: str) -> float:
        """Return the share of the kinds of thing asked for that `text` holds, of time, number and place; 0 where none is."""
        wanted = ((self.time, _HOLDS_TIME), (self.number, _HOLDS_NUMBER), (self.place, _HOLDS_PLACE))
        served = [bool(pattern.search(text)) for asked, pattern in wanted if asked]
        return sum(served) / len(served) if served else 0.0


def asking(question: str) -> Asking:
    """Return what `question` (normalised) asks for."""
    return Asking(*(bool(p.search(question)) for p in (_PERSON, _SEVERAL, _ITEM, _TIME, _NUMBER, _PLACE, _SPEECH)))
