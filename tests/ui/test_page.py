"""The report pane's HTML, from the bundled report and from small ones written here."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.cross_references import ReportLinks
from corpus.label import Label
from corpus.parsing import number, parse_report
from corpus.readers.text import blocks_of
from corpus.references.links import links_of
from corpus.report import Finding, Report
from ui.library_panel import list_html
from ui.linked_text import permalink
from ui.page import pane_html, printed_number, report_html

BUNDLED = Path(__file__).parents[2] / "corpus" / "samples" / "un-space-meeting-38.zh.txt"


class Anchors(HTMLParser):
    """Collects the text inside each element that has an anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        label = dict(attrs).get("data-label") if tag != "a" else None
        self.open.append((tag, label))
        if label:
            assert label not in self.words, f"{label} is anchored twice"
            self.words[label] = ""

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, label in self.open:
            if label:
                self.words[label] += data


def written(text: str, report_id: str = "small") -> Report:
    return number(blocks_of(text, Path("small.txt")), report_id)


@pytest.fixture(scope="module")
def bundled() -> Report:
    return parse_report(BUNDLED)


def test_every_paragraph_has_one_anchor_that_holds_its_words(bundled: Report) -> None:
    anchors = Anchors()
    anchors.feed(report_html(bundled, "zh"))
    assert set(anchors.words) == {str(p.label) for p in bundled.paragraphs}
    for paragraph in bundled.paragraphs:
        assert paragraph.text in anchors.words[str(paragraph.label)]


def test_headings_are_printed_once_each_in_order(bundled: Report) -> None:
    headings = re.findall(r'<h(\d) class="heading">(.*?)</h\1>', report_html(bundled, "zh"))
    assert [text for level, text in headings if level == "2"][:3] == [
        "一. 引言",
        "二. 外空协调会议高级别小组，“联合国：为‘外空大会+50’及以后加强协同作用”",
        "三. 外空协调会议第三十八届会议",
    ]
    assert [text for _, text in headings].count("A. 背景和目标") == 1


def test_footnote_between_two_paragraphs_of_a_section_repeats_no_heading(bundled: Report) -> None:
    html = report_html(bundled, "zh")
    assert html.count("E. 协调共同有兴趣合作实施的未来计划和方案") == 1
    assert 'data-label="脚注1" aria-label="脚注1"' in html


def test_text_of_a_report_is_escaped_everywhere() -> None:
    report = written(
        "<b>题</b>\n\n一. <i>章</i>\n\n1. 甲<script>x</script>\"'&amp;乙。\n\n附件一\n\n<u>附题</u>\n", '"><script>'
    )
    html = pane_html(report, {report.id: report.title, "other": "<s>另</s>"}, "zh")
    assert not re.search(r"<(b|i|u|s|script)\b", html)
    assert "甲&lt;script&gt;x&lt;/script&gt;&quot;&#x27;&amp;amp;乙。" in html


def test_items_inside_items_of_a_sentence_are_anchored_inside_each_other() -> None:
    report = written("题目\n\n1. 目标包括：\n\n(a) 以下项目：(一)第一个项目；(二)第二个项目。\n")
    html = report_html(report, "zh")
    assert '(一)<span class="item" data-label="1(a)(一)" tabindex="-1">第一个项目；</span>(二)' in html
    assert html.count("第一个项目") == 1


def test_only_a_library_of_several_reports_has_a_chooser(bundled: Report) -> None:
    assert "<select" not in pane_html(bundled, {bundled.id: bundled.title}, "zh")
    several = pane_html(bundled, {"a": "甲", bundled.id: bundled.title}, "en")
    assert f'<option value="{bundled.id}" selected>' in several
    assert 'aria-label="Choose a report"' in several


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("12", "12."),
        ("12(c)", "(c)"),
        ("附件二¶3", "¶3"),
        ("附件三#12", "12"),
        ("第十七条", "第十七条"),
        ("附件二", "附件二"),
    ],
)
def test_number_is_printed_as_the_report_prints_it(label: str, printed: str) -> None:
    assert printed_number(Label.parse(label)) == printed


def test_permalink_carries_any_label() -> None:
    assert permalink("un-38.zh", "12(c)") == "?report=un-38.zh&p=12(c)"
    assert permalink("报告", "Annex II/3(a)") == "?report=%E6%8A%A5%E5%91%8A&p=Annex%20II/3(a)"
    assert permalink("un-38.zh") == "?report=un-38.zh"


def test_a_reference_is_a_link_and_what_it_leads_to_knows_it(bundled: Report) -> None:
    links = tuple((link, bundled.id) for link in links_of(bundled) if link.kind == "paragraph")
    html = report_html(bundled, "zh", ReportLinks(links, links))
    assert (
        f'上文<a class="reference" href="?report={bundled.id}&amp;p=9" data-report="{bundled.id}" data-label="9"'
        in html
    )
    assert '<p class="referred-by">被<a class="reference"' in html
    assert ">第14(a)段</a>引用</p>" in html
    anchors = Anchors()
    anchors.feed(html)
    for paragraph in bundled.paragraphs:
        assert paragraph.text in anchors.words[str(paragraph.label)]


def test_markup_around_a_reference_is_shown_as_text() -> None:
    report = written('1. 甲<b>"。\n\n2. 见<i>第1段"<img>。\n')
    links = tuple((link, "x&y") for link in links_of(report))
    html = report_html(report, "zh", ReportLinks(links, links))
    assert len(links) == 1
    assert "见&lt;i&gt;<a " in html
    assert "</a>&quot;&lt;img&gt;。" in html
    assert 'data-report="x&amp;y"' in html


def test_an_old_version_says_so_and_its_links_stay_with_it(bundled: Report) -> None:
    old = replace(bundled, version=1, versions=2)
    html = pane_html(old, {f"{bundled.id}@2": "现行标题"}, "zh")
    assert "这是第 1 版" in html
    assert f'<a class="newest" href="?report={bundled.id}@2" data-report="{bundled.id}@2">' in html
    assert f'<option value="{bundled.id}" selected>' in html
    assert f'href="?report={bundled.id}&amp;p=12(c)"' in html
    newest = pane_html(replace(bundled, version=2, versions=2), {f"{bundled.id}@2": "现行标题"}, "zh")
    assert "这是第" not in newest
    assert f'href="?report={bundled.id}@2&amp;p=12(c)"' in newest


def test_the_list_shows_versions_and_the_numbering_check_with_page_and_line(bundled: Report) -> None:
    findings = (Finding("gap", "3–<4>", 12, 2), Finding("missed", "9", 40))
    entry = replace(bundled, version=3, versions=3, findings=findings).entry
    chinese, english = list_html([entry], "zh"), list_html([entry], "en")
    assert '缺号: 3–&lt;4&gt; <span class="where">(第 2 页, 第 12 行)</span>' in chinese
    assert '可能漏认的段落: 9 <span class="where">(第 40 行)</span>' in chinese
    assert "编号检查：2 处" in chinese
    assert "perhaps a paragraph missed: 9" in english
    assert "(page 2, line 12)" in english
    assert "version 3" in english
    assert f'data-report="{bundled.id}@3">' in english
    assert f'class="remove" data-report="{bundled.id}"' in english
