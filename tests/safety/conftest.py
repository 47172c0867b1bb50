"""Short reports on disk, and what a library of some of them must look like."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant

WriteReport = Callable[[str, int], Path]
"""Writes the report of a name, in one of its versions."""

NAMES = ("alpha", "beta", "gamma", "delta")


def content(name: str, version: int) -> str:
    """A report in which every version of every name has a word and a number of its own."""
    word = f"{name}{'xyz'[version]}"
    rows = "".join(f"{n}. 会议注意到码头{n}的{word}情况，登记渡轮{n * 7}艘。\n\n" for n in range(3, 9))
    return (
        f"HBR/{name.upper()}/5\n\n港口安全审查会{name}报告\n\n一. 概况\n\n"
        f"1. 会议审议了照明改造方案，{word}预算是{version + 2}百万元。\n\n2. 核查处（核查）的任务已经完成，见上文第1段。\n\n{rows}"
    )


@pytest.fixture
def write_report(tmp_path: Path) -> WriteReport:
    def write(name: str, version: int) -> Path:
        path = tmp_path / "files" / f"{name}-{version}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content(name, version), encoding="utf-8")
        return path

    return write


def state(assistant: Assistant) -> dict[str, int]:
    """Return the version, as `content` knows it, of each report that the library holds, once all its parts agree on it.

    Each report must be found by its own word and by its label, and read as its file says; each that is not there must
    not be found.
    """
    found: dict[str, int] = {}
    for report in assistant.library.reports():
        name = report.title.removeprefix("港口安全审查会").removesuffix("报告")
        versions = [v for v in range(3) if f"{name}{'xyz'[v]}" in report.paragraphs[0].text]
        assert len(versions) == 1, report.paragraphs[0].text
        assert name not in found
        found[name] = versions[0]
        assert [p.text for p in report.paragraphs] == _texts(name, versions[0])
    for name in NAMES:
        for version in range(3):
            word = f"{name}{'xyz'[version]}"
            hits = [h for h in assistant.search(f"{word}预算是多少", 5) if word in h.paragraph.text]
            assert bool(hits) == (found.get(name) == version), (name, version, found)
            if hits:
                assert str(hits[0].paragraph.label) == "1"
    return found


def _texts(name: str, version: int) -> list[str]:
    lines = content(name, version).split("一. 概况\n\n")[1].strip().split("\n\n")
    return [line.partition(". ")[2] for line in lines]


def leftovers(home: Path, n_reports: int) -> list[str]:
    """Return what stands in a data folder beyond the database, one index and one copy of each report."""
    folders = [p.name for p in (home / "index").iterdir()][1:]
    partial = [p.name for p in home.rglob("*") if "partial" in p.name or p.name.startswith("parts")]
    copies = [p.name for p in (home / "sources").iterdir()][n_reports:]
    return folders + partial + copies


def everything(assistant: Assistant) -> dict[str, Any]:
    """Return all that the library holds: its reports as `state` does, their versions and links, and the collections."""
    library, versions, links = assistant.library, {}, {}
    for entry in library.entries():
        every = [library.get(f"{entry.id}@{number}") for number in range(1, entry.versions + 1)]
        versions[entry.id] = [tuple(p.text for p in report.paragraphs) for report in every]
        outward = assistant.report_links(entry.id).outward
        links[entry.id] = sorted(str(link) for link in outward)
        assert links[entry.id], entry.id
    return {
        "reports": state(assistant),
        "versions": versions,
        "links": links,
        "collections": library.collections.every(),
    }
