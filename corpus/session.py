"""The session whose report a document is, as its title or front matter prints it. Knows the wording of five languages."""

import re
from collections.abc import Sequence

_ZH = re.compile(r"第[〇零一二三四五六七八九十百\d\s]{1,12}届(?:紧急特别|特别|常|常务|年度|全体)?(?:会议|会)")
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_EN = re.compile(
    rf"\b(?:(?:hundred and )?(?:(?:{_TENS})y[-‐‑– ](?:{_UNITS})|(?:{_TENS})ieth|{_TEENS}|{_UNITS}|hundredth)"
    r"|\d{1,3}(?:st|nd|rd|th)) (?:(?:emergency |resumed |special |regular |annual |ordinary |extraordinary )+)?session\b",
    re.IGNORECASE,
)
_FR = re.compile(r"\b[\w-]+(?:ième|ère|ier) session\b", re.IGNORECASE)
_ES = re.compile(r"\b\w+(?: \w+)? período (?:extraordinario )?de sesiones\b", re.IGNORECASE)
_RU = re.compile(r"\b(?:[А-Яа-яё]+ ){0,2}[А-Яа-яё]+(?:ая|ья) (?:специальная |чрезвычайная )?сессия\b")


def session_in(lines: Sequence[str]) -> str:
    """Return the session that the first of `lines` to name one names, as printed; empty where none does."""
    for line in lines:
        found = next((m for pattern in (_ZH, _EN, _FR, _ES, _RU) if (m := pattern.search(line))), None)
        if found:
            return " ".join(found[0].split()) if found.re is not _ZH else "".join(found[0].split())
    return ""
