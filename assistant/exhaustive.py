"""Questions for every paragraph that says something: 所有提到训研所的段落, 有几段提到…, every paragraph that mentions …

Knows the words of such a question, and no report.
"""

import re
from dataclasses import dataclass

from corpus.references.folding import fold
from index.text import HAN

_MENTIONS = (
    r"(?:都|同时|一并|共)?(?:提到|提及|提過|谈到|談到|讲到|说到|涉及|含有|包含|写有|写到|载有|出现)(?:了|过|的)?"
)
_ALL = r"(?:所有|全部|一切|每一?个?|凡是?|(?:一?共)?(?:有|在)?(?:哪些|哪几|多少|几)个?)"
_PLACE = r"(?:段落|自然段|地方|段|条款|条|处|内容|位置)"
_WHERE = r"(?:(?:这份|本|该)?报告(?:里面?|中|内)?|全文|全书|文中|文内)?"
_WHAT = r"(?P<what>[^?。;]{1,80}?)(?:这个?[词字]|一词|二字|[三四五六]字|字样|的字样)?"
_ASKED = rf"(?:哪些|哪几|多少|几)个?(?:{_PLACE}|次|回)(?:里|中|内)?(?:都)?"
_END = r"[?。]*$"
_CHINESE = tuple(
    re.compile(form)
    for form in (
        rf"{_ALL}(?:(?:的)?{_PLACE})?{_WHERE}(?P<how>{_MENTIONS}){_WHAT}的(?:那些|所有)?{_PLACE}",
        rf"(?:哪些|哪几|(?:一?共)?有?(?:多少|几))个?{_PLACE}(?:里|中|内)?(?P<how>{_MENTIONS}){_WHAT}{_END}",
        rf"(?P<how>提到|提及|出现)(?:了|过)?{_WHAT}的(?:段落|地方)(?:有哪些|都有哪些|有几[段处个]|有多少|一共|全部)",
        rf"^{_WHERE}{_WHAT}(?:一共|总共|共)?(?:被)?(?P<how>提到|提及|出现)(?:了|过|在)?{_WHERE}{_ASKED}{_END}",
        rf"^{_WHERE}{_WHAT}(?:都)?在{_WHERE}(?:的)?{_ASKED}(?:被)?(?P<how>{_MENTIONS})?{_END}",
        rf"{_WHERE}(?P<how>{_MENTIONS}){_WHAT}(?:多少|几)(?:次|回|处){_END}",
        rf"{_WHERE}(?P<how>{_MENTIONS})(?:多少|几)(?:次|回|处){_WHAT}{_END}",
    )
)
_PLACES_EN = r"(?:paragraphs?|places?|passages?|articles?|items?|provisions?)"
_MENTIONS_EN = (
    r"(?:mention(?:s|ing|ed)?|refer(?:s|ring)? to|contain(?:s|ing)?|names?|naming|with the (?:word|phrase|term)s?)"
)
_WHAT_EN = r"(?P<what>[^?;]{2,80}?)"
_HERE = r"(?: (?:in|of) (?:the|this) (?:reports?|document|text|library))?"
_END_EN = rf"{_HERE}[?.! ]*$"
_ENGLISH = tuple(
    re.compile(rf"\b{form}{_END_EN}", re.IGNORECASE)
    for form in (
        rf"(?:all|every|each|any)(?: (?:of )?the| single)? {_PLACES_EN}{_HERE}(?:,? (?:that|which|where|to))?"
        rf" (?P<how>{_MENTIONS_EN}) {_WHAT_EN}",
        rf"(?:all|every|each) (?:the )?(?P<how>mentions?|occurrences?|instances?) of {_WHAT_EN}",
        rf"(?:which|what|how many) {_PLACES_EN}{_HERE}(?: all)?(?: that)? (?P<how>{_MENTIONS_EN}) {_WHAT_EN}",
        rf"(?:in which {_PLACES_EN}|which {_PLACES_EN}|how (?:many times|often)|where) (?:is|are|was|were) {_WHAT_EN} "
        r"(?P<how>mentioned|named|referred to)(?: in)?",
        rf"how (?:many times|often) does (?:the|this) report (?P<how>mention|name|refer to) {_WHAT_EN}",
        rf"(?:in which|in what) {_PLACES_EN} does {_WHAT_EN} (?P<how>appear|occur)",
    )
)
_QUOTED = re.compile(r"[\"“”'‘’「」『』《》]")
_NOT_A_PHRASE = re.compile(r"什么|哪|谁|怎|多少|几个|\b(?:what|which|who|whom|how|where|when)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"[它他她]们?|该.{1,6}|这个?.{0,6}|那个?.{0,6}|it|them|this|that", re.IGNORECASE)
_OR = re.compile(rf" ?(?:或者?|还是) ?| or |(?<=[{HAN}\w])/(?=[{HAN}])", re.IGNORECASE)
_AND = re.compile(r" ?(?:以及|、|和|与|及|跟) ?| and |, ", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """What every paragraph is looked through for.

    Attributes:
        phrase: as it stands in the question, half width, without quotation marks around it.
        either: phrases of which one is enough, where the question says so; else the phrase alone.
        together: phrases that must all stand in a paragraph, if each of them is the name of something.
        at_once: whether the question says that they must.
    """

    phrase: str
    either: tuple[str, ...]
    together: tuple[str, ...] = ()
    at_once: bool = False


def wanted_in(question: str) -> Wanted | None:
    """Return what `question` wants every mention of; None where it is a question of another kind."""
    text = fold(question).cased.strip()
    for pattern in (*_CHINESE, *_ENGLISH):
        match = pattern.search(text)
        if match:
            phrase = match["what"].strip(" ,:，：")
            how = match.groupdict().get("how") or ""
            return phrase_wanted(phrase, "同时" in how) if phrase and not _NOT_A_PHRASE.search(phrase) else None
    return None


def stands_alone(question: str) -> bool:
    """Whether `question` wants every mention of something that it names itself."""
    wanted = wanted_in(question)
    return wanted is not None and not _PRONOUN.fullmatch(wanted.phrase)


def phrase_wanted(phrase: str, at_once: bool = False) -> Wanted:
    """Return what a bare phrase asks for; one in quotation marks is taken as it is."""
    phrase = fold(phrase).cased.strip()
    bare = _QUOTED.sub("", phrase).strip()
    if _QUOTED.match(phrase[:1]) and _QUOTED.match(phrase[-1:]) and not _QUOTED.search(phrase[1:-1]):
        return Wanted(bare, (bare,))
    if bare.lower().startswith("the "):
        bare = bare[4:]
    either = tuple(part.strip() for part in _OR.split(bare) if part.strip())
    together = tuple(part.strip() for part in _AND.split(bare) if part.strip())
    return Wanted(bare, either or (bare,), together if len(together) > 1 and len(either) < 2 else (), at_once)
