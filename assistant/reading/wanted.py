"""What kind of thing a question wants as its short answer, by the words of asking. Knows no report."""

import re
from dataclasses import dataclass

from index.text import HAN, normalise

KINDS = (
    "time",
    "duration",
    "number",
    "person",
    "place",
    "body",
    "name",
    "reason",
    "manner",
    "what_is",
    "several",
    "thing",
)
"""Every kind of thing; `thing` where no other is asked for."""

_ORDER = (
    "duration",
    "time",
    "number",
    "reason",
    "person",
    "place",
    "body",
    "name",
    "manner",
    "several",
    "what_is",
    "thing",
)
"""Which kind counts where a question asks for several, first to last."""
_FORMS: dict[str, re.Pattern[str]] = {
    "duration": re.compile(
        r"多久|多长时间|几[个]?(?:小时|分钟|星期|月时间)|多少(?:年|天|个?月|小时|分钟)|\bhow long\b"
    ),
    "time": re.compile(
        r"什么时[候间]|哪一?个?[年天日月]|[哪何]时|哪个?(?:世纪|年代|时期|朝代|季节)|几[年月日号点]|什么年代|哪几[年天]|日期|年份|何[年月日]|"
        r"时间是|什么时期|\bwhen\b|what (?:year|date|day|month|time)"
    ),
    "number": re.compile(
        r"多少|几[个次项位名家届种份人条部首座场枚只支所款集层期代分米]|第几|有几|多[大高长重宽远深快厚]|(?:人口|面积|数量|长度|高度|比例|海拔|年龄)[有是为]?[?？]?$|"
        r"\bhow (?:many|much|high|large|big|old|far|tall)\b|number of|what (?:percentage|share|amount)"
    ),
    "person": re.compile(
        r"谁|哪[一几]?[位名]|何人|什么人|哪个?(?:人|皇帝|作家|导演|演员|歌手|人物)|哪些人|\bwho(?:m|se)?\b"
    ),
    "place": re.compile(
        r"哪里|哪儿|何[地处]|什么地[方点区]|在哪|于哪|哪个?一?(?:国家?|城市|省|市|州|县|区|地[区方]|岛|洲|街|城|村|镇|港|国)|地[点址]|"
        r"地理位置|\bwhere\b|(?:which|what) (?:country|city|place|state)"
    ),
    "body": re.compile(
        r"[哪什么何][一个家支所间]{0,2}么?(?:公司|大学|学[校院]|机构|组织|球队|俱乐部|队|部门|政党|党|电视台|出版社|唱片公司|委员会|企业|协会|银行|厅|办公室)|"
        r"(?:which|what) (?:body|organi[sz]ation|agency|company|office|institution|committee)"
    ),
    "name": re.compile(
        r"叫什么|叫做?什么|名[字称]|[原别旧全本外译学笔艺简俗绰昵]名|"
        r"称[为作]?什么|何名|简称|全称|称号|绰号|别称|题目|标题|\bcalled\b|name of"
    ),
    "reason": re.compile(r"为什么|为何|原因|何故|因何|缘由|\bwhy\b|\breasons?\b"),
    "manner": re.compile(r"怎么|如何|怎样|什么样|\bhow (?!many|much|long|high|large|big|old|far|tall|often)"),
    "what_is": re.compile(
        r"^[^,，]{1,30}是(?:什么|谁|怎样的?一?.{0,4}|一?[个种]什么.{0,6})[?？]?$|"
        r"^什么是|^什么叫|是指|指的?是什么|定义|\bwhat is an? |\bmeaning of"
    ),
    "several": re.compile(r"哪些|哪几|哪[二两三四五六七八九十\d]+|有什么|包括什么|分别|列出|\blist\b"),
}
_ASKED_NOUN = re.compile(
    rf"(?:哪一?|什么|何种)(?:[个种家支所座部位名本首项条间届款]|样的)?(?P<noun>[{HAN}]{{1,6}}?)(?=[的是在为之上中下里有被由把将,，?？]|$)"
)
_WORD_OF_ASKING = re.compile(
    r"什么(?:时候|时间|地方|人|样)?|[哪何谁]|多少|多[久长大高远]|几(?=[个次项位名家届种份人条年月日天])|怎么?样?|如何|为什么|"
    r"\b(?:what|which|who(?:m|se)?|when|where|why|how(?: many| much| long)?)\b"
)
_UNIT = re.compile(rf"(?:多少|几(?!乎))(?P<unit>[{HAN}])")


@dataclass(frozen=True)
class Wanted:
    """What a question wants.

    Attributes:
        kinds: every kind of `KINDS` that its words ask for, at least one.
        noun: the noun that stands with the word of asking (哪所大学: 大学); empty where none does.
        unit: the unit or measure word after 多少 or 几; empty where none is.
        text: the question, normalised.
        at: where in it the word of asking stands; its end where there is none.
    """

    kinds: frozenset[str]
    noun: str
    unit: str
    text: str
    at: int

    @property
    def kind(self) -> str:
        """The kind that counts where it asks for several."""
        return next(kind for kind in _ORDER if kind in self.kinds)


def wanted(question: str) -> Wanted:
    """Return what `question` wants as its short answer."""
    text = normalise(question).strip()
    kinds = {kind for kind, form in _FORMS.items() if form.search(text)}
    if "duration" in kinds:
        kinds -= {"number", "time"}
    noun, unit = _ASKED_NOUN.search(text), _UNIT.search(text)
    asks = _WORD_OF_ASKING.search(text)
    return Wanted(
        frozenset(kinds or {"thing"}),
        noun["noun"] if noun else "",
        unit["unit"] if unit else "",
        text,
        asks.start() if asks else len(text),
    )
