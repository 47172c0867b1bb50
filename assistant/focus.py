"""The words next to a question's word of asking: what about the thing named is asked for. Knows no report.

Of 湿地公园的停车费是多少 it is 停车费, of 由哪家公司制造 制造, of “Who designed the logo?” designed.
"""

import re
from dataclasses import dataclass

from corpus.numerals import CHINESE_NUMERAL
from index.text import HAN

_ASKED = re.compile(
    r"(?P<by>由(?:谁|哪[个些家]?(?:部门|机构|单位|主管部门|委员会|国家|公司|地方|人)?))|(?P<what>什么(?!时候)|哪(?!一?几?[年天里儿位国])|怎么?样?|如何|为何)|(?P<value>多少|多(?:大|长|高|远|重|久)|几(?=[^乎])|谁|哪(?:一|几)?(?:年|天|里|儿|位|国)|什么时候|何时|何地)"
)
_WANTED = re.compile(r"(?:推荐|写)[一几]?[家个本首些份篇道款]?(?P<words>[^,，。?？]+)")
_MEASURE = re.compile(r"^[个名位家次项种份条类点只座届年天元件所间处场篇颗]")
_UNIT = re.compile(
    r"(?:多少|几)(?P<unit>日|天|元|公顷|平方米|平方公里|课时|小时|厘米|米|年|吨|立方米|人次|周岁|亩|厘米|只|枚|架|座|钱|个月)|百分之多少"
)
_SAME_UNIT = {"日": "日天", "天": "日天", "钱": "元", "课时": "课"}
_BEFORE_END = re.compile(r"(?:是|为|有|达|叫|在|从|于|到|由|约|共|要|应当?|的|[,，\s])+$")
_CLAUSE = re.compile(r"[,，。;；?？!！]")
_AUXILIARY = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should|shall|be|been"
_PREPOSITION = "of|in|on|at|for|from|to|by|with|about|that|which|who|near|between|under|and|or"
_HOW_MANY = re.compile(rf"\bhow (?:many|much) (?P<words>(?:(?!(?:{_AUXILIARY}|{_PREPOSITION})\b)[\w'-]+ ?){{1,3}})")
_HOW_IS = re.compile(r"\bhow (?P<words>old|tall|wide|deep|fast|heavy|expensive|large|big)\b")
_WHAT_IS = re.compile(
    r"\b(?:what|who|whose) (?:is|are|was|were) (?:the|a|an|its|their) "
    rf"(?P<words>(?:(?!(?:{_AUXILIARY}|{_PREPOSITION})\b)[\w'-]+ ?){{1,3}})"
)
_WHO = re.compile(rf"\bwho (?:(?:{_AUXILIARY}) )*(?:(?:the|a|an) )?(?P<words>[\w'-]+)")
_WHICH = re.compile(rf"\bwhich (?P<words>(?:(?!(?:{_AUXILIARY}|{_PREPOSITION})\b)[\w'-]+ ?){{1,2}})")
_WHAT = re.compile(rf"\bwhat (?P<words>(?:(?!(?:{_AUXILIARY}|{_PREPOSITION})\b)[\w'-]+ ?){{1,2}})")
_ENDED = re.compile(rf"\b(?:when|where|how|what|why)\b.* (?:{_AUXILIARY}) .*?(?P<words>[\w'-]+)[?. ]*$")
_ENDED_VALUE = re.compile(rf"\b(?:when|where)\b.* (?:{_AUXILIARY}) .*?(?P<words>[\w'-]+ed)[?. ]*$")
_VALUE_FORMS = (_HOW_MANY, _HOW_IS, _WHAT_IS, _WHO, _WHICH, _ENDED_VALUE)
_OTHER_FORMS = (_WHAT, _ENDED)


@dataclass(frozen=True)
class Focus:
    """What is asked for.

    Attributes:
        words: the words of the question next to its word of asking, normalised; empty where there are none.
        unit: the characters of which one stands behind the number asked for; empty where no unit is said.
        value: whether a value is asked for, such as a number, a person, a time or a named attribute, and no account.
    """

    words: str
    value: bool
    unit: str = ""

    def unit_stands_in(self, text: str) -> bool:
        """Whether `text` has a number with the unit asked for, or none is."""
        number = rf"[\d{CHINESE_NUMERAL}百千万两]"
        unit = "百分之" if self.unit == "%" else rf"{number} ?[{self.unit}]"
        return not self.unit or bool(re.search(unit, text))


NO_FOCUS = Focus("", False)


def focus_of(question: str) -> Focus:
    """Return what `question` (normalised) asks for of what it names."""
    if not re.search(rf"[{HAN}]", question):
        return _english(question)
    asked = _ASKED.search(question)
    if not asked:
        wanted = _WANTED.search(question)
        return Focus(wanted["words"], True) if wanted else NO_FOCUS
    after = _CLAUSE.split(question[asked.end() :])[0]
    after = re.sub(r"[呢吗啊的了]+$", "", _MEASURE.sub("", after))
    before = _BEFORE_END.sub("", _CLAUSE.split(question[: asked.start()])[-1])
    attribute = not after and "的" in before and question[: asked.start()].endswith(("是", "为", "叫"))
    words = after or before.rsplit("的", 1)[-1]
    unit = _UNIT.search(question)
    said = (unit["unit"] or "%") if unit else ""
    return Focus(words, bool(asked["value"] or asked["by"]) or attribute, _SAME_UNIT.get(said, said[:1]))


def _english(question: str) -> Focus:
    for forms, value in ((_VALUE_FORMS, True), (_OTHER_FORMS, False)):
        for form in forms:
            match = form.search(question)
            if match:
                return Focus(match["words"].strip(), value)
    return NO_FOCUS
