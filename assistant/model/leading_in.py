"""What leads in to a report's words and is no claim of theirs: 根据第12段，… The report says: … Knows two languages."""

import re
from collections.abc import Sequence

from corpus.label import Label

_LINK = r"(?:另外|此外|同时|因此|其中|具体而言|总之)[，,]"
_SOURCE = r"(?:(?:该|本|这份|此)?(?:会议)?(?:报告|文件|决议|条例|法律?|原文)(?:的原文)?)"
_SAYS = r"(?:(?:还|也|明确)?(?:指出|说|提到|称|表示|写道|写明|规定|记载|显示|的?原话是)[，,：:\s]*|[，,：:]\s*)"
_DOCUMENT = r"the (?:report|passage|document|paragraph|resolution)"
_LEAD_IN = re.compile(
    rf"^[\s、和与及,]*(?:{_LINK})?\s*"
    rf"(?:(?:根据|按照|依据|依照|据|在)?\s*{_SOURCE}?\s*(?:所述|所载|规定|中|里|的规定)?\s*{_SAYS}"
    r"|(?:moreover|in addition|also|therefore|in short),\s*"
    rf"|(?:according to|as (?:stated|noted|set out) in|under|in)\s*(?:{_DOCUMENT})?(?:[’']s words)?\s*[,:]\s*"
    rf"|(?:{_DOCUMENT})?\s*(?:also )?(?:says|states|notes|records|adds)(?: that\b|[,:])?\s*)?",
    re.IGNORECASE,
)


def without_places(sentence: str, places: Sequence[Label]) -> str:
    """Return `sentence` without the names of the places that it cites.

    Args:
        sentence: as a model wrote it, without its marks.
        places: the labels that it cites.
    """
    names = sorted({label.shown(language) for label in places for language in ("zh", "en")}, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, names)), " ", sentence, flags=re.IGNORECASE) if names else sentence


def claim_of(sentence: str) -> str:
    """Return `sentence`, its places taken out, without what leads in to what it claims."""
    rest = _LEAD_IN.sub("", sentence, count=1)
    return rest if any(c.isalnum() for c in rest) else sentence
