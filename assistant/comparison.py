"""Questions that compare two things: 第12段和第30段有什么不同, 比较A和B, 北京和江西各是多少, how do paragraphs 12 and 30 differ.

Knows the words of comparing; each side is answered by itself, and the answers stand side by side.
"""

import re
from collections.abc import Callable, Collection

from assistant import compose
from assistant.answer import Answer
from assistant.references import references_in
from corpus.label import Language
from index.text import normalise

_COMPARES = re.compile(
    r"比较|对比|对照|(?:有什么|有何|有哪些|有没有|的|之间)(?:不同|区别|异同|差别|差异|共同点)|(?:不同|区别|异同|差别|差异)(?:在哪里?|是什么|何在)"
    r"|\bcompare\b|\bdiffer(?:ences?)?\b"
)
_AND = r"(?:和|与|跟|同|以及| and | with | to | from )"
_ASKED = (
    re.compile(
        rf"^(?:请|请你|帮我|麻烦)*(?:比较|对比|对照)(?:一下|下)?(?P<a>.+?){_AND}(?P<b>.+?)"
        r"(?P<rest>(?:关于|对于?|在|就|的)[^,，?？。]{2,})?[?？。]*$"
    ),
    re.compile(
        rf"^(?P<a>.+?){_AND}(?P<b>.+?)(?P<rest>(?:关于|对于?|在|就)[^,，?？。]{{2,}}?)?(?:之间)?的?"
        r"(?:有什么|有何|有哪些|有没有)?(?:不同|区别|异同|差别|差异|共同点)(?:在哪里?|是什么|何在)?[?？。]*$"
    ),
    re.compile(
        rf"^(?:please )?compare (?P<a>.+?){_AND}(?P<b>.+?)(?P<rest> (?:on|about|regarding) [^?.]+)?[?.]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:what (?:is|are) the differences? between|how do(?:es)?) (?P<a>.+?) (?:and|differ from) (?P<b>.+?)"
        r"(?P<rest> (?:on|about|regarding) [^?.]+?)?(?: differ)?[?.]*$",
        re.IGNORECASE,
    ),
)
_TITLE = re.compile(r"^《[^》]+》$")
_BETWEEN = r"(?:和|与|跟|同|、|以及| and )"
_EACH = re.compile(
    r"(?:各自|分别|各(?=[是有为定多占]|$)|[,，]?哪个.{1,4}$|(?:是不是|是否)?(?:一样|相同)(?:吗|高|多|不一样|不相同)?|\b(?:both|each)\b)"
)
"""Words of asking both that a question for one has not."""
_FIGURE = re.compile(r"多少|几[个项名]|多[大高低]|是什么|有哪些|目标|\b(?:how|what|which)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"之?间|的?合作|交界|两地|签|联合|共同")
"""What follows two places of which something is asked together."""


def sides_of(question: str, names: Collection[str] = ()) -> tuple[str, str] | None:
    """Return the two questions whose answers `question` wants beside each other; None where it compares nothing.

    Args:
        question: any question.
        names: places that titles of reports name, of two of which one question may be asked at once: 北京和江西.
    """
    if sides := _of_two_reports(question, names):
        return sides
    if not _COMPARES.search(normalise(question)):
        return None
    labels = [label for reference in references_in(question) for label in reference.labels]
    if len(labels) == 2:
        return labels[0].shown("zh"), labels[1].shown("zh")
    match = next(filter(None, (form.match(question.strip()) for form in _ASKED)), None)
    if match is None or labels:
        return None
    rest = (match["rest"] or "").strip()
    return _side(match["a"].strip(), rest), _side(match["b"].strip(), rest)


def _of_two_reports(question: str, names: Collection[str]) -> tuple[str, str] | None:
    there = sorted((name for name in names if name in question), key=len, reverse=True)
    either = "|".join(map(re.escape, there))
    run = re.search(rf"(?:{either})(?:{_BETWEEN}(?:{either}))+", question) if either else None
    named = list(dict.fromkeys(re.findall(either, run[0]))) if run else []
    if run is None or len(named) != 2 or named[0] in named[1] or named[1] in named[0]:
        return None
    if _TOGETHER.match(question, run.end()) or not (_EACH.search(question) or _FIGURE.search(question)):
        return None
    a, b = (_EACH.sub("", f"{question[: run.start()]}{name}{question[run.end() :]}") for name in named)
    return a, b


def compared(
    question: str, answer: Callable[[str], Answer], language: Language, names: Collection[str] = ()
) -> Answer | None:
    """Return what answers each side of a question that compares, side by side; None where it compares nothing or a side has none.

    Args:
        question: any question.
        answer: answers a question by itself.
        language: of what is said besides.
        names: as `sides_of` takes them.
    """
    sides = sides_of(question, names)
    if sides is None:
        return None
    left, right = (answer(side) for side in sides)
    if left.abstained or right.abstained or not left.citations or not right.citations:
        return None
    return compose.side_by_side(question, (left, right), language)


def _side(what: str, rest: str) -> str:
    if _TITLE.match(what):
        return f"在{what}中{rest}" if rest else what
    return f"{what}{rest}" if not what.isascii() else f"{what} {rest}".strip()
