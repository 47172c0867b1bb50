"""What kind of thing a question asks for: a person, an item, a time, a number, a place. Knows only the words of asking."""

import re
from dataclasses import dataclass

_PERSON = re.compile(
    r"谁|哪些人|哪几个?人|哪[几些一]?[位名]|何人|什么人|几个?人|多少人|姓名|名字|(?<!改)叫什么|与会者名单|哪位|"
    r"有人(?:来|参加|出席|到会|到场|与会)|(?:来|派)(?:了|过)人|派人|来人[了吗没]|派了?(?:谁|哪|几|多少|什么)|派出|代表是|"
    r"(?:主席|秘书|代表|司长|主任|顾问)(?:是|叫)|\bwho\b|\bwhose\b|participants?\b|attended"
)
_SEVERAL = re.compile(
    r"哪些|哪几|哪[二两三四五六七八九十\d]+[个项条点种方]|有什么|包括什么|列出|列举|分别是|"
    r"\blist\b|what (?:are|were) the|which .*s\b (?:are|were|did|do)"
)
_ITEM = re.compile(
    r"哪[一个]?[小分]?[项条款点](?!决议|原则)|哪[一个]*(?:议程)?(?:项目|目标)(?!标题)|"
    r"第[\d一二两三四五六七八九十]+个?[小分]项|which (?:item|objective|sub-?paragraph)"
)
_TIME = re.compile(
    r"什么时候|什么时间|什么年代|哪一?[年天]|哪几[年天]|哪个月|何时|日期(?=[是为])|"
    r"几月|几号|几点|年份|\bwhen\b|what (?:year|date|day)"
)
_NUMBER = re.compile(
    r"多少|多[久长大远高重]|几[个次项位名家届种份]|有几|第几|\bhow (?:many|much|long|far|old|often|big|large)\b|number of"
)
_PLACE = re.compile(
    r"(?<!从)哪里|(?<!从)哪儿|何地|何处|地点|在哪(?![个次一些届项家份场段])|什么地方|哪个城市|哪个国家|\bwhere\b"
)
_SPEECH = re.compile(
    r"[说讲谈]了?(?:什么|哪|过|些)|介绍|谈到|表示|强调|指出|报告了|\bsa(?:y|id)\b|\breport(?:ed)?\b|\bstress|\bpresent(?:ed)?\b|\bdescribe|\bpropose|\bsuggest"
)

_HOLDS_TIME = re.compile(
    r"\d{4}\s?年(?!(?:可持续发展)?议程)|\d\s?月|\b(?:19|20)\d\d\b|年代|[一二两三四五六七八九十]月|[\d一二三四五六七八九十]时(?!间)|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_HOLDS_NUMBER = re.compile(
    r"(?<![\d年月/-])\d[\d,]*(?!\s?[\d年月日/-])|百分之|"
    r"[一二三四五六七八九十两百千万][个次项位名家届种份日天年周元米只公平小课人吨]|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:four|fif|six|seven|eigh|nine)teen|twent|thirty|once|twice)",
    re.IGNORECASE,
)
_HOLDS_PLACE = re.compile(
    r"[在于][一-鿿]{2,7}?(?:[举进]行|召开|举办|开[幕展设]|设立|成立|签署|通过|部署|发射|建)|"
    r"[位设驻]在|位于|总部|\b(?:in|at|near) [A-Z]"
)


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
