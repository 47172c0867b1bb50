"""Short answers by rules alone, to measure what was learnt against: the words of the kind asked for, nearest to the question's own.

Knows a quotation and a question; nothing here was learnt.
"""

import re
from collections.abc import Iterator

from assistant.reading.wanted import Wanted
from index.text import HAN, normalise

_N = r"[\d.,〇零一二三四五六七八九十百千万亿两半数多余几约]"
_FORMS: dict[str, str] = {
    "time": r"(?:公元前?)?\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?"
    r"|\d{1,2}月(?:\d{1,2}[日号])?|[\d一二三四五六七八九十]+世纪(?:\d+年代)?",
    "duration": rf"{_N}+个?(?:年|月|日|天|小时|分钟?|秒|周|星期)",
    "person": rf"[{HAN}]{{1,8}}(?:[·•‧][{HAN}]{{1,8}})+|(?<=[由是为])[{HAN}]{{2,4}}(?=[，。、（执担所])",
    "place": rf"(?<=位于)[^，。；（]{{2,30}}|(?<=[在于])[{HAN}]{{1,12}}[省市县州国区岛洲乡镇村街路港山河湖海]",
    "body": rf"[{HAN}A-Za-z]{{2,20}}(?:公司|大学|学院|委员会|俱乐部|电视台|银行|协会|党|队|社|局|部|署|会)",
    "name": r"(?<=[「“《『])[^」”》』]{1,30}(?=[」”》』])|(?<=[称名叫作为])[^，。、；（]{2,15}(?=[，。、；（])",
    "reason": r"(?:因为|由于|为了|因)[^。；]{2,60}",
    "what_is": r"(?<=是)[^。；]{4,60}(?=[。；])",
}
"""How words of each kind look, first to last kind; of kinds that are not here rules say nothing."""


def short_by_rules(quotation: str, asked: Wanted) -> str:
    """Return the words of `quotation` that answer by rule; empty where no rule is for what is asked or none applies."""
    kind = next((k for k in ("duration", "time", "number", *_FORMS) if k in asked.kinds), "")
    form = rf"{_N}+(?:{asked.unit}|[^\s\d，。、；（]{{1,2}})" if kind == "number" else _FORMS.get(kind, "")
    found = [match for match in re.finditer(form, quotation) if normalise(match[0]) not in asked.text] if form else []
    if not found:
        return ""
    own = list(_own_words(quotation, asked))
    return min(found, key=lambda match: min((abs(match.start() - at) for at in own), default=match.start()))[0]


def _own_words(quotation: str, asked: Wanted) -> Iterator[int]:
    """Yield where two characters of the question near its word of asking stand in `quotation`."""
    near = asked.text[max(0, asked.at - 6) : asked.at + 8]
    for at in range(len(quotation) - 1):
        if normalise(quotation[at : at + 2]) in near:
            yield at
