"""JSON lines to blocks: a file that labels its paragraphs by itself, one JSON object a line. Knows no numbering."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.block import Block, ReadProgress
from corpus.errors import ParseError
from corpus.label import Label
from corpus.readers.looks import printed

MAX_LINE_BYTES = 1_000_000
_HEAD = frozenset({"title", "symbol", "date", "language"})
_BODY = frozenset({"label", "text", "heading_path"})
_PROGRESS_EVERY = 1000
_SHAPE = 'an object with "label" and "text", and "heading_path" where it stands below headings'


def read(path: Path, progress: ReadProgress) -> list[Block]:
    """Return the blocks of JSON lines: `{"label": "12(c)", "text": "…", "heading_path": ["I. Chapter"]}`.

    The first line can be an object with `title`, `symbol`, `date` and `language` instead. Headings become blocks where they change.

    Raises:
        ParseError: a line is no such object, its label is none, or a label comes twice; the message gives the line.
    """
    size = path.stat().st_size
    blocks: list[Block] = []
    headings: tuple[str, ...] = ()
    seen: dict[object, int] = {}
    done = 0
    for number, data in _lines(path):
        done += len(data)
        entry = _entry(data, path, number)
        if not blocks and not seen and "label" not in entry and entry.keys() <= _HEAD and entry:
            blocks += _front(entry, path, number)
            continue
        label, text, path_of = _paragraph(entry, path, number)
        if label.sort_key in seen:
            raise ParseError(
                path, f"expected each label once, found {label} again, first on line {seen[label.sort_key]}", number
            )
        seen[label.sort_key] = number
        blocks += _headings(headings, path_of, number)
        headings = path_of
        blocks.append(Block(text, number, label=str(label)))
        if number % _PROGRESS_EVERY == 0:
            progress(done, size)
    progress(size, size)
    if not seen:
        raise ParseError(path, f"expected lines each with {_SHAPE}, found none")
    return blocks


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, with their numbers.

    Raises:
        ParseError: a line is longer than a megabyte.
    """
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                raise ParseError(
                    path, f"expected one paragraph a line, found a line of over {MAX_LINE_BYTES:,} bytes", number
                )
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise ParseError(path, "expected JSON lines in UTF-8, found UTF-16; save the file as UTF-8", number)
            if line.strip():
                yield number, line


def _entry(data: bytes, path: Path, number: int) -> Mapping[str, object]:
    try:
        entry = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ParseError(path, "expected UTF-8 text, found other bytes; save the file as UTF-8", number) from error
    except (ValueError, RecursionError) as error:
        raise ParseError(path, f"expected {_SHAPE}, found a line that is not JSON: {error}", number) from error
    if not isinstance(entry, dict):
        raise ParseError(path, f"expected {_SHAPE}, found {_kind(entry)}", number)
    return entry


def _paragraph(entry: Mapping[str, object], path: Path, number: int) -> tuple[Label, str, tuple[str, ...]]:
    unknown = sorted(entry.keys() - _BODY)
    if unknown:
        raise ParseError(path, f"expected {_SHAPE}, found the key {unknown[0]!r}", number)
    for key in ("label", "text"):
        if not isinstance(entry.get(key), str) or not str(entry[key]).strip():
            raise ParseError(path, f"expected {_SHAPE}, found {key!r} {_kind(entry.get(key))}", number)
    headings = entry.get("heading_path") or []
    if not isinstance(headings, list) or not all(isinstance(heading, str) and heading.strip() for heading in headings):
        raise ParseError(
            path, "expected heading_path to be a list of headings, outermost first, found something else", number
        )
    try:
        label = Label.parse(str(entry["label"]).strip())
    except ValueError as error:
        raise ParseError(path, str(error), number) from error
    text = _printed(str(entry["text"]))
    if not text:
        raise ParseError(path, f"expected {_SHAPE}, found 'text' without a letter", number)
    return label, text, tuple(_printed(heading) for heading in headings)


def _headings(before: tuple[str, ...], now: tuple[str, ...], number: int) -> list[Block]:
    """Return blocks for the headings of `now` that were not in force under `before`."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    return [Block(heading, number, "heading", level=level + 1) for level, heading in enumerate(now) if level >= same]


def _front(entry: Mapping[str, object], path: Path, number: int) -> list[Block]:
    for key, value in entry.items():
        if not isinstance(value, str):
            raise ParseError(path, f"expected {key!r} to be text, found {_kind(value)}", number)
    shown = {key: _printed(str(value)) for key, value in entry.items()}
    found = [Block(shown["title"], number, "heading", level=0)] if shown.get("title") else []
    return found + [Block(shown[key], number) for key in ("symbol", "date") if shown.get(key)]


def _printed(text: str) -> str:
    return printed(text).encode("utf-8", "replace").decode()


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "empty text",
        int: "a number",
        float: "a number",
        bool: "true or false",
    }
    return "nothing" if value is None else names.get(type(value), "something else")
