"""How a browser sets text below an element: bold, italic, raised, centred, as a heading. Knows tags and inline styles only."""

import re
from dataclasses import dataclass

from lxml import etree

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Setting:
    """How text is set below an element."""

    bold: bool = False
    italic: bool = False
    above: bool = False
    level: int | None = None
    centred: bool = False


def below(now: Setting, element: etree._Element, name: str) -> Setting:
    """Return how text is set within an element that stands where text is set as `now`."""
    style = element.get("style") or ""
    bold, italic = _BOLD.search(style), _ITALIC.search(style)
    aligned = _ALIGNED.search(style)
    align = (aligned[1] if aligned else element.get("align") or ("center" if name == "center" else "")).lower()
    return Setting(
        bold[1].lower() in ("bold", "600", "700", "800", "900") if bold else now.bold or name in ("b", "strong", "th"),
        italic[1].lower() != "normal" if italic else now.italic or name in ("i", "em", "cite", "dfn", "var"),
        now.above or name == "sup",
        HEADINGS.get(name, now.level),
        align == "center" if align else now.centred,
    )
