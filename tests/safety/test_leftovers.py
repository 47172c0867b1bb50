"""What is left of a report that was removed: nothing, in no file and no encoding."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from index.folder import Index

WORD = "鳜鱼鲭"
"""A word that no other report has, nor any part of it."""
LATIN = "Quixotrexian"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "big5")
REPORT = f"""港口审查会{WORD}报告

一. {WORD}一览

1. 会议审议了{WORD}的{LATIN}码头（{WORD}头）。

2. {WORD}处的任务是：

(a) 核查{WORD}的消防设备。

附件

与会者名单

{WORD}局\t王小明
"""


def index_of(assistant: Assistant) -> Index:
    with assistant._view(None) as view:
        return view.index


def texts_in(home: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of every file, and what is compressed or coded in them as it reads."""
    for file in home.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes()
            if file.suffix == ".json":
                yield file.name, json.dumps(json.loads(file.read_text()), ensure_ascii=False).encode()


def places_of(assistant: Assistant, word: str) -> list[str]:
    """Return where any of `word` is stored."""
    pieces = {word, *(word[i : i + 2] for i in range(len(word) - 1))} if not word.isascii() else {word, word.lower()}
    found = [
        f"{name}: {piece} in {encoding}"
        for name, data in texts_in(assistant.settings.home)
        for piece in pieces
        for encoding in ENCODINGS
        if piece.encode(encoding, "ignore") and piece.encode(encoding, "ignore") in data
    ]
    index = index_of(assistant)
    stored = [
        row
        for row in index.sparse.rows(index.sparse.segment_names)
        if any(p in f"{row.body} {row.context}" for p in pieces)
    ]
    found += [f"stored row {row.key}" for row in stored]
    found += [
        f"term {t}" for field in ("body", "context") for t in index.sparse.terms_beginning(field, word[:2].lower())
    ]
    found += [f"word {w}" for w in index.contents.vocabulary if any(p in w for p in pieces)]
    return found


@pytest.fixture
def removed(assistant: Assistant, tmp_path: Path) -> str:
    """The id of a report that was added and whose words are there, in all kinds of places."""
    path = tmp_path / f"{WORD}.txt"
    path.write_text(REPORT, encoding="utf-8")
    report = assistant.library.add(path)
    kinds = {place.split(" ")[0] for place in places_of(assistant, WORD)}
    assert {"stored", "term", "word", "contents.json:", "library.sqlite3:"} <= kinds
    assert any(place.startswith(("term", "word")) for place in places_of(assistant, LATIN))
    return report.id


@pytest.mark.parametrize("word", [WORD, LATIN])
def test_nothing_of_a_removed_report_is_in_any_file(assistant: Assistant, removed: str, word: str) -> None:
    assistant.library.remove(removed)
    assert places_of(assistant, word) == []


def test_a_removed_report_is_not_found_by_search_or_label(assistant: Assistant, removed: str) -> None:
    assert assistant.search(WORD, 3)[0].report == removed
    assistant.library.remove(removed)
    index = index_of(assistant)
    assert all(hit.report != removed for hit in assistant.search(f"{WORD} {LATIN}", 50))
    assert index.sparse.document_frequency(WORD[:2]) == 0
    assert removed not in index.contents.by_id
    assert f"{WORD}头" not in index.abbreviations
    assert f"{WORD}局" not in index.names
    assert [n for n, _ in index.neighbours(LATIN.lower(), 5) if n.startswith("quixo")] == []


def test_a_word_that_another_report_has_too_stays(assistant: Assistant, tmp_path: Path) -> None:
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(REPORT.replace("会议审议", f"会议{name}审议"), encoding="utf-8")
        assistant.library.add(path)
    assistant.library.remove("one")
    index = index_of(assistant)
    assert LATIN.lower() in index.contents.vocabulary
    assert index.abbreviations[f"{WORD}头"]
    assert assistant.search(WORD, 1)[0].report == "two"
