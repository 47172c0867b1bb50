"""Measures a report's numbering against a gold file: which of its paragraphs were found, and found whole.

The gold's format is that of the files `gold/NAME.json` beside documents `NAME.suffix`: see docs/numbering.md.
"""

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import EvaluationError
from corpus.parsing import READERS, parse_report
from corpus.report import Paragraph, Report

CITABLE = (
    "numbered", "sub", "list-item", "article", "paragraph", "item", "sub-item", "unnumbered", "preambular", "run-in",
    "heading-number",
)  # fmt: skip
"""The kinds of gold entries that open a paragraph to cite; headings and further text of a paragraph are not."""
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_MARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")


@dataclass
class Agreement:
    """How far a report agrees with its gold.

    Attributes:
        name: of the document.
        n_gold: paragraphs of the gold that can be cited.
        n_labels: of these, how many the report has at their label.
        n_whole: of these, how many also stand in the same order, below the same headings, on the same page or line, and
            begin and end with the same words.
        wrong: of each paragraph not found whole, its label and what differs.
        extra: labels of the report's own numbered paragraphs and items that the gold does not have.
    """

    name: str
    n_gold: int = 0
    n_labels: int = 0
    n_whole: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def measure(folder: Path) -> list[Agreement]:
    """Return the agreement of each document in `folder` that has a gold file in `folder/gold`.

    Raises:
        EvaluationError: the folder has no gold file, or one that is not of the format.
        ParseError: a document cannot be read.
    """
    golds = sorted((folder / "gold").glob("*.json"))
    if not golds:
        raise EvaluationError(f"expected gold files in {folder / 'gold'}, found none")
    found = []
    for gold in golds:
        document = next((f for f in sorted(folder.glob(f"{gold.stem}.*")) if f.suffix.lower() in READERS), None)
        if document is None:
            raise EvaluationError(f"expected the document of {gold.name} in {folder}, found none that can be read")
        found.append(agreement(parse_report(document), entries_of(gold), gold.stem))
    return found


def agreement(report: Report, entries: list[Mapping[str, Any]], name: str) -> Agreement:
    """Return how far `report` agrees with the gold's `entries`, in document order."""
    result = Agreement(name)
    own = {_key(str(p.label)): (i, p) for i, p in reversed(list(enumerate(report.paragraphs)))}
    citable = [e for e in entries if e["label"] is not None and e["kind"] in CITABLE]
    seen: set[str] = set()
    places: list[tuple[int, str, str]] = []
    for entry in citable:
        label = f"{entry.get('scope') or ''} {entry['label']}".strip()
        key = _key((entry.get("scope") or "") + entry["label"])
        twice = key in seen
        seen.add(key)
        at, paragraph = own.get(key, (-1, None))
        result.n_gold += 1
        if paragraph is None or twice:
            result.wrong.append((label, "not found" if not twice else "printed twice"))
            continue
        result.n_labels += 1
        differs = _differs(paragraph, entry)
        places.append((at, label, differs))
    in_order = _in_order([at for at, _, _ in places])
    for i, (_, label, differs) in enumerate(places):
        if differs or i not in in_order:
            result.wrong.append((label, differs or "order"))
        else:
            result.n_whole += 1
    every = {_key((e.get("scope") or "") + e["label"]) for e in entries if e["label"] is not None}
    every |= {
        _key((e.get("scope") or "") + e["label"]) + f"({item})" for e in citable for item in e.get("inline_items") or ()
    }
    own_marks = [p for p in report.paragraphs if p.kind in ("numbered", "sub", "article") and p.text and not p.inline]
    result.extra = [str(p.label) for p in own_marks if _key(str(p.label)) not in every]
    return result


def entries_of(gold: Path) -> list[Mapping[str, Any]]:
    """Return the entries of a gold file.

    Raises:
        EvaluationError: the file is not of the format.
    """
    try:
        content = json.loads(gold.read_text(encoding="utf-8"))
        entries: list[Mapping[str, Any]] = content["paragraphs"]
        for entry in entries:
            _ = entry["label"], entry["kind"], entry["starts"], entry["ends"], entry["heading_path"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"expected a gold numbering in {gold}, found: {error!r}") from error
    return entries


def _differs(paragraph: Paragraph, entry: Mapping[str, Any]) -> str:
    """Return what differs between a paragraph and its gold entry, or an empty string."""
    text = _bare(paragraph.text)
    wrong = []
    if not text.startswith(_bare(entry["starts"])):
        wrong.append(f"starts {paragraph.text[:24]!r}, not {entry['starts'][:24]!r}")
    if not text.endswith(_bare(entry["ends"])):
        wrong.append(f"ends {paragraph.text[-24:]!r}, not {entry['ends'][-24:]!r}")
    page = entry.get("page")
    line = entry["line"] if "line" in entry else entry["block"] + 1 if "block" in entry else None
    if page is not None and paragraph.page != page:
        wrong.append(f"page {paragraph.page}, not {page}")
    if page is not None and entry.get("page_end") is not None and paragraph.page_end != entry["page_end"]:
        wrong.append(f"ends on page {paragraph.page_end}, not {entry['page_end']}")
    if page is None and line is not None and paragraph.line != line:
        wrong.append(f"line {paragraph.line}, not {line}")
    if _bare("".join(paragraph.heading_path)) != _bare("".join(entry["heading_path"])):
        wrong.append(f"below {' › '.join(paragraph.heading_path)}, not {' › '.join(entry['heading_path'])}")
    return "; ".join(wrong)


def _bare(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text)))


def _key(label: str) -> str:
    """Return a label without what separates its parts, which differs between the gold and Pincite."""
    return re.sub(r"[\s./>]", "", unicodedata.normalize("NFKC", label)).lower()


def _in_order(places: list[int]) -> set[int]:
    """Return the indexes of a longest increasing run of `places`: what stands in the gold's order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [i]
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept
