"""Chinese laws: 编, 章 and 节 as headings, 第X条, 款 without numbers, 项 and 目."""

from pathlib import Path

from corpus.parsing import parse_report
from corpus.report import Report
from tests.corpus.numbering_texts import at, labels

HEAD = "# 港口管理条例\n\n2020年1月1日 公布\n\n<!-- INFO END -->\n\n"


def law(tmp_path: Path, text: str) -> Report:
    path = tmp_path / "law.md"
    path.write_text(HEAD + text, encoding="utf-8")
    return parse_report(path)


def test_articles_run_through_chapters_and_headings_stand_in_the_path(tmp_path: Path) -> None:
    report = law(
        tmp_path,
        "## 第一编 总则\n\n### 第一章 范围\n\n第一条 甲适用本法。\n\n### 第二章 原则\n\n第二条 乙适用本法。\n\n"
        "## 第二编 分则\n\n### 第一章 港口\n\n#### 第一节 码头\n\n第三条 丙适用本法。\n",
    )
    assert labels(report) == ["第一条", "第二条", "第三条"]
    assert at(report, "第二条").heading_path == ("第一编 总则", "第二章 原则")
    assert at(report, "第三条").heading_path == ("第二编 分则", "第一章 港口", "第一节 码头")
    assert not report.findings


def test_unnumbered_paragraphs_items_and_sub_items_of_an_article(tmp_path: Path) -> None:
    report = law(
        tmp_path,
        "第一条 费用按下列标准交纳：\n\n(一)财产案件：\n\n1.不超过1万元的，每件50元；\n\n2．超过1万元的，按照2%交纳。\n\n"
        "(二)其他案件，每件80元。\n\n前款不适用于下列情形：\n\n（一）撤诉；\n\n（二）调解。\n",
    )
    assert labels(report) == [
        *("第一条", "第一条(一)", "第一条(一)1", "第一条(一)2", "第一条(二)"),
        *("第一条¶2", "第一条¶2(一)", "第一条¶2(二)"),
    ]


def test_a_line_between_two_items_belongs_to_the_first(tmp_path: Path) -> None:
    report = law(tmp_path, "第一条 分别为：\n\n(一)甲。\n\n甲的补充规定适用。\n\n(二)乙。\n\n乙以外的规定适用。\n")
    assert labels(report) == ["第一条", "第一条(一)", "第一条(一)¶2", "第一条(二)", "第一条¶2"]


def test_inserted_and_repealed_articles_keep_their_places(tmp_path: Path) -> None:
    report = law(
        tmp_path,
        "第十七条 甲。\n\n第十七条之一 乙。\n\n第十八条 （删去）\n\n第十九条 依照本法第十七条的规定处罚。\n",
    )
    assert labels(report) == ["第十七条", "第十七条之一", "第十八条", "第十九条"]
    assert at(report, "第十八条").text == "（删去）"


def test_an_ordinal_or_a_reference_at_a_lines_start_is_no_article_and_no_item(tmp_path: Path) -> None:
    report = law(
        tmp_path,
        "第一条 有下列情形的：\n\n（一）甲；\n\n（二）乙。\n\n第一审案件由基层法院管辖。\n\n（一）、（二）项所列人员除外。\n",
    )
    assert labels(report) == ["第一条", "第一条(一)", "第一条(二)", "第一条¶2", "第一条¶3"]


def test_paragraphs_counted_in_chinese_have_items_of_their_own(tmp_path: Path) -> None:
    report = law(
        tmp_path,
        "一、病假不超过两个月的，发给原工资。\n\n二、病假超过两个月的，按下列标准发给：\n\n(一)不满十年的，发给百分之九十；\n\n"
        "(二)满十年的，照发。\n\n三、病假超过六个月的，按下列标准发给：\n\n(一)不满十年的，发给百分之七十；\n\n(二)满十年的，发给百分之八十。\n",
    )
    assert labels(report) == ["一", "二", "二(一)", "二(二)", "三", "三(一)", "三(二)"]
    assert not report.findings


def test_a_list_goes_on_behind_an_item_that_stands_on_the_line_of_the_one_before(tmp_path: Path) -> None:
    report = law(tmp_path, "第一条 有下列情形的：\n\n（一）甲；\n\n（二）乙器具；（三）丙技艺；\n\n（四）丁。\n")
    assert "第一条(四)" in labels(report)
    assert not report.findings
