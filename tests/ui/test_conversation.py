"""Turns as HTML: chips, the notice of an abstention, and escaped questions."""

from assistant.answer import Answer, Citation, Hit
from corpus.label import Label
from corpus.report import Paragraph
from ui.conversation import Turn, View, log_html, turn_html, welcome_html
from ui.strings import ZH

VIEW = View("zh", {"r": "甲报告"})
PARAGRAPH = Paragraph(Label.parse("12(c)"), "先说这一句。再说那一句。", "sub", ("三. 会议", "A. 目标"))
HIT = Hit(PARAGRAPH, "r", 1.0)


def citation(quote: str) -> Citation:
    return Citation("r", PARAGRAPH.label, quote, PARAGRAPH.heading_path)


def test_each_chip_carries_the_quotation_it_stands_behind() -> None:
    first, second = citation("先说这一句。"), citation("再说那一句。")
    text = f"> 先说这一句。 {first.chip('zh')}\n\n> 再说那一句。 {second.chip('zh')}"
    html = turn_html(Turn("问", text, "done", Answer("问", text, (first, second), False, (HIT,))), VIEW)
    assert html.index('data-quote="先说这一句。"') < html.index('data-quote="再说那一句。"')
    assert 'title="三. 会议 › A. 目标"' in html
    assert 'aria-label="在报告中查看第12(c)段 — 三. 会议 › A. 目标"' in html


def test_citation_while_the_answer_grows_is_a_chip_without_its_quotation() -> None:
    html = turn_html(Turn("问", f"先说 {citation('').chip('zh')} 再[第"), VIEW)
    assert 'data-label="12(c)" data-quote=""' in html
    assert 'aria-busy="true"' in html
    assert html.count("第12(c)段</a>") == 1
    assert "[第" not in html


def test_abstention_is_a_notice_that_lists_the_nearest_paragraphs_once() -> None:
    text = f"报告里没有。\n\n最接近的段落：{citation('').chip('zh')}"
    html = turn_html(Turn("问", text, "done", Answer("问", text, (), True, (HIT,))), VIEW)
    assert 'class="turn abstained"' in html
    assert html.count('class="cite"') == 1
    assert '<span class="snippet">先说这一句。再说那一句。</span>' in html


def test_question_and_failure_are_escaped() -> None:
    html = turn_html(Turn("<img src=x>", "<b>", "failed"), VIEW)
    assert "&lt;img src=x&gt;" in html
    assert "&lt;b&gt;" in html
    assert "<img" not in html


def test_empty_conversation_offers_questions_where_there_is_a_report_to_ask() -> None:
    assert all(example in welcome_html(VIEW) for example in ZH.examples)
    assert "<button" not in welcome_html(View("zh"))
    assert 'role="log"' in log_html("", VIEW)


def test_a_follow_up_shows_how_it_was_understood() -> None:
    answer = Answer("国际电联有多少<成员国>", "答", (), False, (HIT,))
    assert "理解为：国际电联有多少&lt;成员国&gt;" in turn_html(Turn("它有多少？", "答", "done", answer), VIEW)
    assert "理解为" not in turn_html(Turn("国际电联有多少<成员国>", "答", "done", answer), VIEW)
