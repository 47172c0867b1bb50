"""Numbering a document takes work in proportion to its length, also where its numbers, items or headings come again and again."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from corpus.block import Block
from corpus.parsing import number

TEXT = "The meeting noted that the budget was kept."
DOCUMENTS: dict[str, Callable[[int], list[str]]] = {
    "a number again": lambda n: [f"1. {TEXT}"] * n,
    "two numbers again": lambda n: [f"1. {TEXT}", f"2. {TEXT}"] * (n // 2),
    "a number below headings": lambda n: [line for i in range(n // 2) for line in (f"Heading {i}", f"1. {TEXT}")],
    "an item again": lambda n: ["1. The list is:", *[f"(a) {TEXT}"] * n],
    "unnumbered text": lambda n: [f"1. {TEXT}", *[TEXT] * n],
    "an annex again": lambda n: [f"1. {TEXT}", *["附件一", "标题", "1. 会议注意到。"] * (n // 3)],
    "Chinese headings again": lambda n: ["一、概况", "（一）概况是这样的。后面的话。"] * (n // 2),
    "an article again": lambda n: ["第一条 本法规定如下，前条不适用。"] * n,
    "contents": lambda n: (
        ["Contents", *[f"Chapter {i}x" for i in range(n // 3)]]
        + [line for i in range(n // 3) for line in (f"Chapter {i}x", f"{i + 1}. {TEXT}")]
    ),
    "headings of contents": lambda n: ["目录"] * n + [f"1. {TEXT}"],
    "notes": lambda n: (
        [f"{i + 1}. {TEXT}{str(i + 1).translate(RAISED)}" for i in range(n // 2)]
        + [f"{str(i + 1).translate(RAISED)} Note." for i in range(n // 2)]
    ),
}
RAISED = str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰")


def work(texts: list[str]) -> int:
    """Return how many lines of the project's code numbering the texts runs."""
    ran = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal ran
        if "corpus" not in frame.f_code.co_filename:
            return None
        ran += event == "line"
        return trace

    blocks = [Block(text, line) for line, text in enumerate(texts, start=1)]
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        number(blocks, "made-up")
    finally:
        sys.settrace(before)
    return ran


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_twice_as_long_takes_about_twice_the_work(kind: str) -> None:
    short, long = (work(DOCUMENTS[kind](n)) for n in (480, 960))
    assert long < 2.4 * short
