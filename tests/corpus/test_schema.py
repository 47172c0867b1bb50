"""A library that an older Pincite made is opened and keeps what it holds."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import HomeError
from corpus.library import link_records
from corpus.library.library import Library
from tests.corpus.conftest import WriteReport, note_ids

OLD_SCHEMA = """
CREATE TABLE report (id VARCHAR(200) NOT NULL PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL,
    symbol VARCHAR(200) NOT NULL, language VARCHAR(8) NOT NULL, date VARCHAR(10) NOT NULL, session_dates TEXT NOT NULL,
    symbols TEXT NOT NULL, findings TEXT NOT NULL, content_hash VARCHAR(64) NOT NULL UNIQUE, source VARCHAR(255) NOT NULL);
CREATE TABLE paragraph (id INTEGER NOT NULL PRIMARY KEY, report_id VARCHAR(200) NOT NULL REFERENCES report (id),
    position INTEGER NOT NULL, label VARCHAR(200) NOT NULL, place VARCHAR(400) NOT NULL, kind VARCHAR(20) NOT NULL,
    text TEXT NOT NULL, heading_path TEXT NOT NULL, parent VARCHAR(200), inline BOOLEAN NOT NULL, footnotes TEXT NOT NULL,
    cells TEXT NOT NULL, line INTEGER NOT NULL, page INTEGER);
CREATE TABLE state (key VARCHAR(40) NOT NULL PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO report SELECT id, position, title, symbol, language, date, session_dates, symbols,
    '[["gap", "3", 9]]', content_hash, source FROM new.report;
INSERT INTO paragraph SELECT id, report_id, position, label, place, kind, text, heading_path, parent, inline, footnotes,
    cells, line, page FROM new.paragraph;
INSERT INTO state SELECT key, value FROM new.state WHERE key = 'generation';
"""
"""The tables of the first release, and what stands in them."""


@pytest.fixture
def old_home(empty_library: Library, write_report: WriteReport, tmp_path: Path) -> Path:
    """A data folder as the first release left it, with the report `a`."""
    empty_library.add(write_report("a.txt", "预算是七百万元，见第73/6号决议。", symbol="A/80/1"))
    home = tmp_path / "old"
    for folder in ("sources", "index"):
        shutil.copytree(empty_library.home / folder, home / folder)
    with closing(sqlite3.connect(home / "library.sqlite3")) as connection:
        connection.execute("ATTACH ? AS new", (str(empty_library.home / "library.sqlite3"),))
        connection.executescript(OLD_SCHEMA)
    return home


def test_an_old_library_is_upgraded_where_it_is(old_home: Path, write_report: WriteReport) -> None:
    library = Library(old_home, note_ids)
    report = library.get("a")
    assert report.paragraphs[0].text == "预算是七百万元，见第73/6号决议。"
    assert report.findings[0].page is None
    assert (report.version, report.session) == (1, "")
    with library.reading() as connection:
        assert [link.symbol for link in link_records.of_report(connection, "a")] == ["A/RES/73/6"]
    assert library.add(write_report("b.txt", "预算是八百万元。", symbol="A/80/1")).version == 2
    assert library.get("a@1").paragraphs[0].text == "预算是七百万元，见第73/6号决议。"
    library.edit("a", id="harbour")
    library.collections.add("港口", ["a"])
    assert [r.id for r in Library(old_home, note_ids).reports()] == ["harbour"]


def test_an_upgrade_that_is_interrupted_is_made_again_whole(old_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(link_records, "put", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Library(old_home, note_ids)
    with Library(old_home, note_ids).reading() as connection:
        assert [link.symbol for link in link_records.of_report(connection, "a")] == ["A/RES/73/6"]


def test_an_upgrade_is_made_once(old_home: Path) -> None:
    Library(old_home, note_ids)
    with closing(sqlite3.connect(old_home / "library.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (old_home / "library.sqlite3").read_bytes()
    Library(old_home, note_ids)
    assert (old_home / "library.sqlite3").read_bytes() == before


def test_a_library_of_a_newer_release_is_refused_and_left_alone(empty_library: Library) -> None:
    database = empty_library.home / "library.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE state SET value = '99' WHERE key = 'schema'")
    with pytest.raises(HomeError, match="found 99: a newer Pincite made it"):
        Library(empty_library.home, note_ids)
