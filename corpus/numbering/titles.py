"""The title of a report, found in its front matter."""

import re
from collections.abc import Sequence

from corpus.block import Block

_NOT_A_TITLE = re.compile(
    r"[（(]|united nations|联合国$|distr\.|original:|general assembly|security council"
    r"|大会$|安全理事会$|official records|正式记录"
    r"|agenda item|议程项目|supplement|补编|annex|来源|—|note\b|symbols of|issn|isbn|[A-Z]{1,5}(?:/[\w.()-]+)+\s*$"
    r"|\W*\d{1,2}\s\w+\s\d{4}\s*$"
    r"|\d{4}\s*年\s*\d{1,2}\s*月|[\w-]+ session$|\*",
    re.IGNORECASE,
)
_RESOLUTION_NUMBER = re.compile(r"^\d{1,3}/\d{1,3}\.?\s+")
_LARGER = 1.1


def title_of(front: Sequence[Block], fallback: str) -> str:
    """Return the title printed in a report's front matter.

    Args:
        front: the blocks above the text.
        fallback: what to return where none is found.
    """
    named = [block for block in front if block.kind == "heading" and block.level == 0]
    if named:
        return named[0].text.strip()
    lines = [block for block in front if block.kind != "row" and not _NOT_A_TITLE.match(block.text.strip())]
    if not lines:
        return fallback
    resolution = next((block for block in lines if _RESOLUTION_NUMBER.match(block.text)), None)
    if resolution is not None:
        return _RESOLUTION_NUMBER.sub("", resolution.text.strip())
    largest = max(block.size for block in lines)
    if largest >= _LARGER:
        lines = [block for block in lines if block.size >= largest / _LARGER]
        return lines[0].text.strip()
    first = front[0].text.strip()
    headed = front[0].whole and lines[0] is front[0]
    return first if headed else max((block.text.strip() for block in lines), key=len)
