from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Hit, UnsupportedCitation, escaped
from corpus.label import Label
from corpus.report import Paragraph

PARAGRAPH = Paragraph(Label.parse("12(c)"), "交流计划，侧重于与私营部门的合作；", "sub", ("一. 引言",))
HIT = Hit(PARAGRAPH, "r", 1.0)


def citation(label: str, quote: str, report: str = "r") -> Citation:
    return Citation(report, Label.parse(label), quote)


def test_an_answer_with_a_verbatim_quotation_is_built() -> None:
    answer = Answer("q", "t", (citation("12(c)", "侧重于与私营部门的合作"),), False, (HIT,))
    assert answer.citations[0].link == "pincite://r/12%28c%29"
    assert answer.citations[0].chip("zh") == "[第12(c)段](pincite://r/12%28c%29)"
    assert answer.citations[0].chip("en") == "[para. 12 (c)](pincite://r/12%28c%29)"


@pytest.mark.parametrize(
    "bad",
    [
        citation("12(c)", "侧重于与公营部门的合作"),
        citation("12(c)", "侧重于与私营部门的合作。"),
        citation("12", ""),
        citation("12(c)", ""),
        citation("12(b)", "侧重于与私营部门的合作"),
        citation("12(c)", "侧重于与私营部门的合作", report="another"),
    ],
    ids=[
        "a word changed",
        "a full stop added",
        "the whole for the item",
        "no quotation",
        "another item",
        "another report",
    ],
)
def test_an_answer_cannot_be_built_with_a_citation_that_is_not_there(bad: Citation) -> None:
    with pytest.raises(UnsupportedCitation):
        Answer("q", "t", (bad,), False, (HIT,))


@pytest.mark.parametrize("link", ["pincite://r/99", "pincite://another/12%28c%29", "pincite://r/%28%28", "pincite://r"])
def test_a_link_in_the_text_to_what_was_not_shown_is_refused(link: str) -> None:
    with pytest.raises(UnsupportedCitation):
        Answer("q", f"> 纯属编造。 [第99段]({link})", (), False, (HIT,))


@pytest.mark.parametrize("text", ["1. 二", "12) 甲", "- 甲", "# 甲", "A/AC.105/1179 (2018)", "*x* [y](z) <b>"])
def test_escaped_text_reads_letter_for_letter(text: str) -> None:
    html = MarkdownIt("commonmark").render(escaped(text))
    assert unescape(html).strip() == f"<p>{text}</p>"


@given(st.text(alphabet="甲乙a1*_[]<>`\\|#+-.)(!~& \t", min_size=1, max_size=40))
def test_escaped_text_shows_as_it_is_and_as_nothing_else(text: str) -> None:
    html = MarkdownIt("commonmark").render("> " + escaped("甲" + text))
    for mark in ("<em>", "<strong>", "<a ", "<code>", "<img", "<h1", "<ul>", "<ol>"):
        assert mark not in html
