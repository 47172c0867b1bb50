"""Markdown, plain text and JSON of a conversation."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from assistant.answer import Answer
from assistant.compose import side_by_side
from assistant.export.as_json import json_of
from assistant.export.document import cleaned
from assistant.export.formats import FORMATS
from assistant.export.markdown import markdown_of
from assistant.export.plain import text_of
from tests.assistant.export.answers import answer, document, refusal

SIGNS = st.text(alphabet="*_`[]<>|~&$#^\\-+=.:)(1甲 \t\n\"'{}!", min_size=1, max_size=30)
odd = st.one_of(st.text(min_size=1, max_size=40), SIGNS).filter(lambda t: bool(cleaned(t).strip()))


def rendered(markdown: str) -> list[Any]:
    """Return the tokens of Markdown with footnotes, as a reader of it finds them."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    return parser.parse(markdown)


def shown(tokens: list[Any]) -> str:
    inner = (child for token in tokens for child in token.children or ())
    return "".join("\n" if "break" in child.type else child.content for child in inner)


def test_markdown_has_a_footnote_for_each_citation() -> None:
    text = markdown_of(document(answer(("12(c)", "交流*情况*。"), question="目标？")))
    assert text == (
        "# 目标？\n\n> (c) 交流\\*情况\\*。（第12(c)段）[^1]\n>\n> *一. 引言*\n\n"
        "[^1]: 《空间会议报告》，A/AC.105/1206，第12(c)段：“交流\\*情况\\*。” <pincite://un-38/12%28c%29>\n"
    )
    tokens = rendered(text)
    assert sum(t.type == "footnote_open" for t in tokens) == 1
    assert "（第12(c)段）" in shown(tokens)


def test_markdown_of_two_paragraphs_side_by_side_is_a_table() -> None:
    both = side_by_side("比较", (answer(("1", "甲|一\n行")), answer(("2", "乙。"))), "zh")
    tokens = rendered(markdown_of(document(both)))
    assert sum(t.type == "td_open" for t in tokens) == 2
    assert "甲|一 行（第1段）" in shown(tokens)


@given(odd)
def test_markdown_shows_any_words_as_they_are(text: str) -> None:
    tokens = rendered(markdown_of(document(answer(("5", text), question="问"))))
    assert sum(t.type == "footnote_open" for t in tokens) == 1
    packed = "".join(shown(tokens).split())
    wanted = "".join(cleaned(text).split())
    assert packed.count(wanted) >= 2, "the words stand in the quotation and in the note"
    assert not any(t.type in ("html_block", "fence", "code_block", "hr") for t in tokens)


@given(odd)
def test_any_question_is_one_heading(text: str) -> None:
    tokens = rendered(markdown_of(document(answer(("5", "五。"), question=text))))
    heading = next(i for i, t in enumerate(tokens) if t.type == "heading_open")
    assert "".join(tokens[heading + 1].children[0].content.split()) or tokens[heading + 1].children
    assert sum(t.type == "heading_open" for t in tokens) == 1


def test_plain_text_numbers_its_notes_at_the_end() -> None:
    text = text_of(document(answer(("12(c)", "交流\t情况。"), language="en", question="Aims?"), language="en"))
    assert "  (c) 交流\u3000情况。 (para. 12 (c)) [1]\n" in text
    assert text.endswith(
        "Notes\n[1] 空间会议报告, A/AC.105/1206, para. 12 (c): “交流\u3000情况。”\n    pincite://un-38/12%28c%29\n"
    )


def test_plain_text_of_a_refusal_has_no_quotation() -> None:
    text = text_of(document(refusal("火星？")))
    assert "报告里没有。" in text
    assert re.search(r"\[1\] 《空间会议报告》，A/AC.105/1206，第7段。\n", text)


def test_json_has_the_turns_and_their_citations() -> None:
    record = json.loads(json_of(document(answer(("12(c)", "交流情况。"), short="交流"), refusal("二问"), title="名")))
    assert (record["schema"], record["schema_version"], record["title"]) == ("pincite-conversation", 1, "名")
    first, second = record["turns"]
    assert first["short"] == "交流"
    assert first["remarks"] == []
    assert first["citations"] == [
        {
            "report": "un-38",
            "version": 1,
            "title": "空间会议报告",
            "symbol": "A/AC.105/1206",
            "label": "12(c)",
            "shown": "第12(c)段",
            "link": "pincite://un-38/12%28c%29",
            "heading_path": ["一. 引言"],
            "quote": "交流情况。",
        }
    ]
    assert (first["abstained"], first["nearest"], second["abstained"]) == (False, [], True)
    assert [(n["label"], n["text"]) for n in second["nearest"]] == [("7", "七。"), ("8", "八。")]


@given(st.text(st.characters(), min_size=1, max_size=40))
def test_json_keeps_quotations_letter_for_letter(text: str) -> None:
    written = FORMATS["json"].write(document(answer(("5", text))))
    assert json.loads(written.decode("utf-8"))["turns"][0]["citations"][0]["quote"] == text


@given(st.text(st.characters(), max_size=200))
def test_every_format_has_a_file_name_that_systems_take(question: str) -> None:
    exported = document(Answer(question, "", (), False, ()))
    for format_ in FORMATS.values():
        name = format_.file_name(exported)
        assert name.endswith(f".{format_.name}")
        assert len(name) > len(format_.name) + 1
        assert not set(name) & set('<>:"/\\|?*\t\n\r\0 ')
