"""An answer's Markdown as plain text for a terminal: quotations indented, citations in brackets."""

import re

_LINK = re.compile(r"\[([^\]]*)\]\(pincite://[^)]*\)")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|~#+.)-])")
_STRONG = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_EMPHASIS = re.compile(r"^\*(.*)\*$")


def plain_text(markdown: str) -> str:
    """Return `markdown`, as answers write it, without its marks."""
    lines = []
    for line in markdown.split("\n"):
        if line == "|---|---|":
            continue
        quoted, rest = line.startswith(">"), line.removeprefix(">").strip()
        rest = _STRONG.sub(r"\1", rest)
        rest = _EMPHASIS.sub(r"  \1", _LINK.sub(r"[\1]", rest))
        rest = _ESCAPE.sub(r"\1", rest)
        lines.append(("  " + rest).rstrip() if quoted else rest)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
