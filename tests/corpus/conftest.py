"""A library whose index is the smallest there is, and files of short reports to put into it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library.change import Change
from corpus.library.library import Library

WriteReport = Callable[..., Path]


def note_ids(folder: Path, change: Change, _progress: object) -> None:
    """Write a file with the reports' ids and texts as an index."""
    before = (change.previous / "ids").read_text(encoding="utf-8").splitlines() if change.previous else []
    lines = {line.partition("\t")[0]: line for line in before}
    lines |= {r.id: f"{r.id}\t{' '.join(p.text for p in r.paragraphs)}" for r, _ in change.added}
    (folder / "ids").write_text("\n".join(lines[i] for i in change.order), encoding="utf-8")


@pytest.fixture
def empty_library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home", note_ids)


@pytest.fixture
def write_report(tmp_path: Path) -> WriteReport:
    """Write a report of one sentence: `write_report("a.txt", "照明预算是七百万元。", symbol="A/80/1")`."""

    def write(name: str, sentence: str, symbol: str = "", title: str = "港口安全审查会第五届会议报告") -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"{symbol}\n\n" if symbol else ""
        path.write_text(f"{head}{title}\n\n一. 概况\n\n1. {sentence}\n\n2. 审查会结束。\n", encoding="utf-8")
        return path

    return write
