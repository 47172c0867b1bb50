"""Markdown of answers: what is rendered, and that nothing else is."""

import pytest

from assistant.answer import escaped
from ui.markdown import Target, markdown_html, target_of


def shown(target: Target, text: str) -> str:
    return f"[{target.report}|{target.label}|{text}]"


def test_quotation_and_citation_are_rendered() -> None:
    html = markdown_html("> 引文。 [第12(c)段](pincite://un-38.zh/12%28c%29)", shown)
    assert html == "<blockquote>\n<p>引文。 [un-38.zh|12(c)|第12(c)段]</p>\n</blockquote>\n"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("pincite://un-38.zh/12(c)", Target("un-38.zh", "12(c)")),
        ("pincite://%E6%8A%A5/%E9%99%84%E4%BB%B6%E4%BA%8C%C2%B63", Target("报", "附件二¶3")),
        ("pincite://r/Annex%20II/3%28a%29", Target("r", "Annex II/3(a)")),
        ("pincite://r/", None),
        ("https://r/12", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_citations_have_a_target(address: str, target: Target | None) -> None:
    assert target_of(address) == target


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](http://example.invalid)",
        "![x](http://example.invalid/x.png)",
        "<http://example.invalid>",
        "<b>**x**</b>",
        "&lt;b&gt;",
    ],
)
def test_markup_that_is_not_ours_is_shown_as_text(text: str) -> None:
    html = markdown_html(text, shown)
    assert not any(tag in html for tag in ("<script", "<img", "<a", "<b>"))
    assert any(written in html for written in ("&lt;", "&amp;lt;", "[x]"))


@pytest.mark.parametrize("text", ["*甲* _乙_ `丙` [丁](戊) <己> | ~庚~", "# 一", "- 三", "A &lt; B & C", r"反\斜"])
def test_escaped_text_of_a_report_is_shown_letter_for_letter(text: str) -> None:
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markdown_html(escaped(text), shown) == f"<p>{plain}</p>\n"


@pytest.mark.parametrize("cut", range(1, len("[第12(c)段](pincite://r/12%28c%29)")))
def test_half_a_link_is_not_shown_while_the_answer_grows(cut: int) -> None:
    link = "[第12(c)段](pincite://r/12%28c%29)"
    assert markdown_html(f"引文。{link[:cut]}", shown, unfinished=True) == "<p>引文。</p>\n"
    assert "第12(c)段" in markdown_html(f"引文。{link}", shown, unfinished=True)


@pytest.mark.parametrize("grown", ["> *三. 会", "> 引文。\n> *三. 会", "**193*", "*甲* *三. 会", r"3 \* 4 *会"])
def test_a_mark_whose_other_one_has_not_come_is_not_shown_while_the_answer_grows(grown: str) -> None:
    html = markdown_html(grown, shown, unfinished=True)
    assert html.count("*") == grown.count(r"\*")
    assert markdown_html("> *三. 会*", shown, unfinished=True) == markdown_html("> *三. 会*", shown)
