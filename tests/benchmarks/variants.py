"""How well the numbering stands documents with a gold that are set anew: as text, Markdown, web page, Word file and PDF.

    python -m tests.benchmarks.variants ../shared/documents

Each document's blocks are set anew by the setters of `tests.benchmarks.setting`, read, and compared with the gold without
pages and lines. What a format cannot say (bold type in plain text) is lost on purpose. LibreOffice, where installed, prints
the Word files as PDF.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.block import Block
from corpus.errors import PinciteError
from corpus.gold import Agreement, agreement, entries_of
from corpus.parsing import READERS, parse_report
from corpus.report import Report
from tests.benchmarks.setting import SETTERS

_PLACES = ("page", "page_end", "line", "block")


def main(folder: str, *names: str) -> None:
    """Print the table of labels and whole records: a row a document, a column a variant."""
    documents = [f for f in sorted(Path(folder).iterdir()) if (Path(folder) / "gold" / f"{f.stem}.json").exists()]
    setters = {name: SETTERS[name] for name in SETTERS if name in names} or SETTERS
    parts = [name for name in names if name not in SETTERS]
    wanted = [f for f in documents if not parts or any(part in f.name for part in parts)]
    totals: dict[str, list[int]] = {name: [0, 0, 0] for name in setters}
    print(f"{'labels / whole':28}" + "".join(f"{name:>15}" for name in setters))
    for document in wanted:
        row = f"{document.stem:28}"
        for name, setter in setters.items():
            found = _measured(document, name, setter)
            if found is None:
                row += f"{'-':>15}"
                continue
            for at, count in enumerate((found.n_gold, found.n_labels, found.n_whole)):
                totals[name][at] += count
            row += f"{found.n_labels / found.n_gold:9.3f} {found.n_whole / found.n_gold:.3f}"
            if names:
                print(*(f"    {name} {label}: {differs}" for label, differs in found.wrong), sep="\n")
        print(row, flush=True)
    print(f"{'all':28}" + "".join(f"{b / a:9.3f} {c / a:.3f}" if a else f"{'-':>15}" for a, b, c in totals.values()))


def _measured(document: Path, name: str, setter: Any) -> Agreement | None:
    """Return how far a document agrees with its gold once it is set anew; None where it cannot be set so here."""
    entries = entries_of(document.parent / "gold" / f"{document.stem}.json")
    read = READERS[document.suffix](document, lambda _done, _total: None)
    with tempfile.TemporaryDirectory() as folder:
        path = setter(with_headings(read, parse_report(document)), Path(folder))
        if path is None:
            return None
        try:
            report = parse_report(path)
        except PinciteError as error:
            print(error, file=sys.stderr)
            report = Report(document.stem, "", "en", ())
    return agreement(report, [_placeless(entry) for entry in entries], document.stem)


def _placeless(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in _PLACES}


def with_headings(blocks: list[Block], report: Report) -> list[Block]:
    """Return blocks of which those that the report has as headings are marked as such, with their depth."""
    depths = {h: d for p in reversed(report.paragraphs) for d, h in enumerate(p.heading_path, start=1)}
    lines = {(p.line, p.text[:20]) for p in report.paragraphs if p.text and p.kind not in ("heading", "annex")}
    made = []
    for block in blocks:
        text = block.text.strip().rstrip("*¹²³⁴⁵⁶⁷⁸⁹⁰")
        if block.kind == "text" and text in depths and (block.line, block.text.strip()[:20]) not in lines:
            block = replace(block, kind="heading", level=depths[text])
        made.append(block)
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
