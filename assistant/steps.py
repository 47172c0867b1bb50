"""A place that lies so many steps from the one cited before: 下一段, 上一条, 还有呢, 第三项, the next paragraph, who said that.

Knows the words of stepping in Chinese and English and where a report's paragraphs and items stand; no topic.
"""

import re

from assistant.view import View
from corpus.label import Label, Step
from corpus.numerals import CHINESE_NUMERAL, from_any

_STEP = re.compile(
    rf"(?:往|向)?(?P<way>上|下|前|后|次)面?(?:的)?(?P<count>[{CHINESE_NUMERAL}\d]{{1,3}}|几)?(?P<unit>段|项|条)(?!约|例|件|决议)"
    r"|\b(?P<way_en>next|previous|following|preceding) (?P<unit_en>paragraph|article|item|one)\b"
)
_NTH_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ONLY_NTH = re.compile(
    rf"^(?:那么?)?(?:第(?P<nth>[{CHINESE_NUMERAL}\d]{{1,3}})|(?P<last>最后一))个?[项个点条](?:是什么|呢|怎么说|说什么|讲什么)?$"
    rf"|^(?:and |what is |what about |what does )*the (?:(?P<nth_en>{'|'.join(_NTH_WORDS)})|(?P<last_en>last))"
    r"(?: (?:item|one|point|sub-?paragraph))?(?: say)?$"
)
_ONLY_ITEM = re.compile(r"^(?:那么?)?\(?(?P<sign>[a-z])\)?[项款]?(?:呢|是什么|怎么说)?$")
_MORE = re.compile(
    r"^(?:那么?)?(?:还有(?:别的|其他的?|什么|吗)?|继续|接着说?|然后)(?:呢|吗)?$"
    r"|^(?:and )?(?:what else|anything else|more|go on)$"
)
_SAME_PLACE = re.compile(
    r"^(?:那么?)?(?:这(?:话|句话)?是?|那是)?(?:谁|哪位)(?:说|讲|提|表示)(?:的|过)?$"
    r"|^(?:那么?)?(?:为什么|为何|怎么会)(?:呢|这样)?$"
    r"|^(?:and )?(?:who said (?:that|this|it|so)|why(?: is that| so)?)$"
)


def stepped(text: str, report: str, label: Label, view: View) -> str | None:
    """Return the place that `text` counts to from the one cited before, as a question for it; None where it counts to none.

    Args:
        text: the question, normalised, without its last sign.
        report: the id of the report cited before.
        label: the paragraph cited there.
        view: what is looked in.
    """
    if _SAME_PLACE.match(text):
        return f"{label.shown('zh')} {text}"
    if _MORE.match(text):
        target = view.sibling(report, label, 1) or view.neighbour(report, label, 1)
        return target.shown("zh") if target else None
    nth, item = _ONLY_NTH.match(text), _ONLY_ITEM.match(text)
    if nth or item:
        return _in_list(nth, item, report, label, view)
    if step := _STEP.search(text):
        target = _so_far(step, report, label, view)
        return target.shown("zh") if target else None
    return None


def _in_list(
    nth: re.Match[str] | None, item: re.Match[str] | None, report: str, label: Label, view: View
) -> str | None:
    """Return the item that is counted to, or called by its letter, in the list that was cited or that the cited item is in."""
    listed = bool(view.items(report, label))
    if not listed and len(label.steps) < 2:
        return None
    owner = label if listed else Label(label.steps[:-1], label.scope)
    items = view.items(report, owner)
    place = _counted_to(nth, len(items)) if nth else 0
    if 0 < place <= len(items):
        return items[place - 1].paragraph.label.shown("zh")
    return Label((*owner.steps, Step("item", item["sign"])), owner.scope).shown("zh") if item and items else None


def _so_far(step: re.Match[str], report: str, label: Label, view: View) -> Label | None:
    back = (step["way"] or step["way_en"]) in ("上", "前", "previous", "preceding")
    count = (from_any(step["count"] or "") or 1) * (-1 if back else 1)
    if step["unit"] in ("项", "条") or step["unit_en"] == "item":
        target = view.sibling(report, label, count) if len(label.steps) > 1 else None
        if target or step["unit"] == "项" or step["unit_en"] == "item":
            return target
    return view.neighbour(report, label, count)


def _counted_to(nth: re.Match[str], n_items: int) -> int:
    """Return the place in a list of so many items that words count to; 0 where they count to none."""
    if nth["last"] or nth["last_en"]:
        return n_items
    return _NTH_WORDS.index(nth["nth_en"]) + 1 if nth["nth_en"] else from_any(nth["nth"]) or 0
