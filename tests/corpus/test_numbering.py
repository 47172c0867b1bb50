from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.label import Label
from corpus.marks import mark_of
from corpus.parsing import number, parse_report
from corpus.readers.text import blocks_of
from corpus.report import Paragraph, Report


def at(report: Report, label: str) -> Paragraph:
    return report.paragraph(Label.parse(label))


def read(text: str) -> Report:
    return number(blocks_of(text, Path("made-up.txt")), "made-up")


def test_paragraphs_run_from_1_to_52_in_order(bundled: Report) -> None:
    assert [str(p.label) for p in bundled.paragraphs if p.kind == "numbered"] == [str(n) for n in range(1, 53)]


def test_sub_paragraphs_are_those_printed(bundled: Report) -> None:
    subs = [str(p.label) for p in bundled.paragraphs if p.kind == "sub"]
    assert subs == [
        *(f"12({c})" for c in "abcdef"),
        *("14(a)", "14(b)", "14(c)", "14(c)(一)", "14(c)(二)", "14(c)(三)", "14(c)(四)"),
        *("23(a)", "23(b)", "23(c)", "50(a)", "50(b)", "50(c)", "50(d)"),
        *("附件二(a)", "附件二(b)", "附件二(c)"),
    ]


def test_items_inside_a_sentence_stand_in_it(bundled: Report) -> None:
    for whole in ("14(c)", "50"):
        items = [p for p in bundled.paragraphs if p.inline and p.parent == Label.parse(whole)]
        assert len(items) == 4
        assert all(item.text in at(bundled, whole).text for item in items)
    assert at(bundled, "50(a)").text == "介绍“2030 年空间”筹备工作；"
    assert at(bundled, "14(c)(四)").text.startswith("协调共同有兴趣合作实施")


def test_heading_paths_hold_every_heading_above(bundled: Report) -> None:
    third = "三. 外空协调会议第三十八届会议"
    assert at(bundled, "1").heading_path == ("一. 引言",)
    assert at(bundled, "12(c)").heading_path == (third, "A. 背景和目标")
    assert at(bundled, "17").heading_path == (
        third,
        "D. 开幕会议",
        "“外空大会+50”高级别会议成果和“空间 2030”筹备工作简介",
    )
    assert at(bundled, "20").heading_path[-1] == "秘书长关于 2018-2019 年期间空间相关活动协调工作的报告"
    assert at(bundled, "44").heading_path == (third, "F. 闭幕会议和其他事项", "其他事项")


def test_paragraphs_are_whole_over_a_page_break(bundled: Report) -> None:
    assert "举办题为“‘空间 2030’：空间作为和平的推动力”的活动而结成的伙伴关系" in at(bundled, "28").text
    assert "人权；冲突监测；以及人道主义响应" in at(bundled, "35").text
    assert {(f.kind, f.where) for f in bundled.findings} == {("join", "28"), ("join", "35")}


def test_the_footnote_is_out_of_the_text_and_tied_to_its_paragraph(bundled: Report) -> None:
    note = Label.parse("脚注1")
    assert at(bundled, "18").footnotes == (note,)
    assert "可持续发展目标，造福所有国家" in at(bundled, "18").text
    assert at(bundled, "脚注1").text.startswith("A/AC.105/1168、")
    assert at(bundled, "脚注1").parent == Label.parse("18")
    assert all("¹" not in p.text for p in bundled.paragraphs)


def test_annex_one_lists_speakers_with_their_posts(bundled: Report) -> None:
    rows = [p for p in bundled.paragraphs if p.kind == "row" and p.label.scope == ("附件一",)]
    assert len(rows) == 7
    assert rows[1].cells == ("尤里·费多托夫", "联合国毒品和犯罪问题办公室执行主任")
    assert rows[3].cells == ("Stephen Mathias", "主管法律事务的助理秘书长兼联合国法律事务厅联合国法律顾问")


def test_annex_two_has_unnumbered_paragraphs_and_items(bundled: Report) -> None:
    labels = [str(p.label) for p in bundled.paragraphs if p.label.scope == ("附件二",)]
    assert labels == ["附件二", "附件二¶1", "附件二¶2", "附件二¶3", "附件二(a)", "附件二(b)", "附件二(c)", "附件二¶4"]


def test_annex_three_has_a_row_an_organisation_with_its_group_and_names(bundled: Report) -> None:
    rows = {p.cells[0]: p for p in bundled.paragraphs if p.kind == "row" and p.label.scope == ("附件三",)}
    assert len(rows) == 22
    assert rows["联合国儿童基金会"].cells[1:] == ("T. Wicks", "D. Kim")
    assert rows["联合国儿童基金会"].heading_path[-1] == "联合国基金（会）和计（规）划署"
    assert rows["外勤支助部"].heading_path[-2:] == ("联合国秘书处", "部门")
    assert rows["全球脉动"].cells[1:] == ("T. Logar", "M. Luengo-Oroz")
    assert rows["秘书："].cells[1] == "A. Duysenhanova（外层空间事务厅）"


def test_metadata_is_read_from_the_front_matter(bundled: Report) -> None:
    assert bundled.title == "外层空间活动机构间会议（外空协调会议）第三十八届会议及其第十四届公开会议报告"
    assert bundled.session_dates == ("2018-10-29", "2018-06-21")
    assert bundled.language == "zh"
    assert {"A/AC.105/1179", "A/AC.105/941"} <= set(bundled.symbols)


def test_all_words_of_the_report_are_kept(bundled: Report, bundled_path: Path) -> None:
    def bare(text: str) -> str:
        return "".join(text.replace("¹", "").replace("](#)", "").replace("[", "").split())

    kept = bare(bundled.title + "".join("\n".join((*p.heading_path, p.text)) for p in bundled.paragraphs))
    pieces = [
        p for line in bundled_path.read_text(encoding="utf-8").splitlines() for p in line.split("\t") if p.strip()
    ]
    words = [piece if bare(piece) in kept else (mark.rest if (mark := mark_of(piece)) else piece) for piece in pieces]
    assert [w for w in words if bare(w) not in kept] == [
        "（分别于 2018 年 10 月 29 日在纽约和 2018 年 6 月 21 日在维也纳举行）",
    ]


def test_a_gap_and_a_repeat_are_findings_and_the_numbers_stay_as_printed() -> None:
    report = read("一. 引言\n\n1. 甲方同意。\n\n3. 乙方同意。\n\n3. 丙方同意。\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", "3", "第2处/3"]
    assert [(f.kind, f.where) for f in report.findings] == [("gap", "2"), ("repeat", "3")]


def test_an_item_without_a_list_is_an_orphan() -> None:
    report = read("一. 引言\n\n1. 甲方同意。\n\n(d) 乙方同意。\n")
    assert ("orphan", "(d)") in {(f.kind, f.where) for f in report.findings}


def test_a_reference_to_an_item_does_not_begin_a_list() -> None:
    report = read("一. 引言\n\n1. 委员会回顾第1(a)和(b)段以及第 2 段(a)和(b)项所述内容，并作出决定。\n")
    assert [str(p.label) for p in report.paragraphs] == ["1"]


def test_an_english_report_is_read_by_the_same_rules() -> None:
    report = read(
        "Report of the Harbour Committee\n\nI. Introduction\n\n1. The Committee met in Oslo on 4 March 2025.\n\n"
        "2. It decided to:\n\n(a) Inspect the piers;\n\n(b) Register ferries, namely (i) day ferries; and (ii) night ferries.\n\n"
        "Annex II\n\nList of participants\n\nThe list follows in the order of the alphabet.\n"
    )
    assert [str(p.label) for p in report.paragraphs] == [
        *("1", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)"),
        *("Annex II", "Annex II¶1"),
    ]
    assert at(report, "2(b)(i)").text == "day ferries; and"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "1. The Committee met in Oslo on the fourth of March and\ndecided to inspect every pier of the harbour before\n"
        "the end of the year.\n\n2. It adjourned.\n"
    )
    report = read("I. Introduction\n\n" + wrapped)
    assert at(report, "1").text.endswith("every pier of the harbour before the end of the year.")
    assert [str(p.label) for p in report.paragraphs] == ["1", "2"]


def test_parsing_the_same_file_twice_gives_the_same_report(bundled: Report, bundled_path: Path) -> None:
    assert parse_report(bundled_path) == bundled


@pytest.mark.parametrize(
    ("heading", "annex"),
    [
        ("附件一", "附件一"),
        ("附件一：与会者名单", "附件一"),
        ("ANNEX II", "Annex II"),
        ("Annex I. List of ships", "Annex I"),
    ],
)
def test_an_annex_is_known_by_its_heading(heading: str, annex: str) -> None:
    report = read(f"一. 引言\n\n1. 甲方同意。\n\n{heading}\n\n1. 乙方同意。\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", annex, f"{annex}/1"]


def test_a_sentence_that_begins_with_an_annex_is_no_heading() -> None:
    report = read("一. 引言\n\n1. 甲方同意。\n\n附件一 所列各方同意。\n\n2. 乙方同意。\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", "¶1", "2"]


@pytest.mark.parametrize(
    ("marks", "labels"),
    [
        (["(i)", "(ii)", "(iii)", "(iv)", "(v)"], ["1(i)", "1(ii)", "1(iii)", "1(iv)", "1(v)"]),
        (
            ["(一)", "(a)", "(b)", "(c)", "(d)", "(二)"],
            ["1(一)", "1(一)(a)", "1(一)(b)", "1(一)(c)", "1(一)(d)", "1(二)"],
        ),
        (["(a)", "(i)", "(ii)", "(b)", "(i)"], ["1(a)", "1(a)(i)", "1(a)(ii)", "1(b)", "1(b)(i)"]),
        ([f"({c})" for c in "abcdefghij"], [f"1({c})" for c in "abcdefghij"]),
    ],
)
def test_items_nest_by_the_marks_before_them(marks: list[str], labels: list[str]) -> None:
    report = read("一. 引言\n\n1. 各方同意：\n\n" + "\n\n".join(f"{mark} 第一点；" for mark in marks) + "\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", *labels]
    assert not report.findings


def test_roman_items_inside_a_sentence_are_found_directly_below_their_paragraph() -> None:
    report = read(
        "I. Scope\n\n1. The Committee shall: (i) inspect the piers; (ii) register ferries; and (iii) report.\n"
    )
    assert [str(p.label) for p in report.paragraphs] == ["1", "1(i)", "1(ii)", "1(iii)"]


def test_two_lists_below_unnumbered_paragraphs_of_an_annex_are_told_apart() -> None:
    first, second = "各方承诺，在各自任务授权范围内：", "各方还承诺，在其他范围内："
    report = read(f"附件二\n\n联合声明\n\n{first}\n\n(a) 甲；\n\n(b) 乙。\n\n{second}\n\n(a) 丙；\n\n(b) 丁。\n")
    labels = [str(p.label) for p in report.paragraphs]
    assert len(set(labels)) == len(labels)


def test_numbers_that_restart_keep_labels_of_their_own() -> None:
    report = read(
        "一. 甲\n\n1. 甲一。\n\n2. 甲二：\n\n(a) 甲二甲。\n\n二. 乙\n\n1. 乙一。\n\n2. 乙二：\n\n(a) 乙二甲。\n"
    )
    assert [str(p.label) for p in report.paragraphs] == [
        "第一章/1",
        "第一章/2",
        "第一章/2(a)",
        "第二章/1",
        "第二章/2",
        "第二章/2(a)",
    ]


def test_a_table_without_its_first_cell_is_no_error() -> None:
    assert read("\tA. Suzuki\n秘书长办公厅\tD. Kelly\n").paragraphs


lines = st.sampled_from(
    [
        "1. 甲。",
        "2. 乙：",
        "2. 丙。",
        "(a) 丁；",
        "(b) 戊；",
        "(i) 己。",
        "(一) 庚。",
        "附件一",
        "附件",
        "¹ 注。",
        "一. 章",
        "A. 节",
        "标题",
        "无编号的一段话。",
        "甲\t乙",
        "\t丙",
        "3.5 万",
    ]
)


@given(st.lists(lines, min_size=1, max_size=25))
def test_labels_are_unique_whatever_the_lines(content: list[str]) -> None:
    report = read("\n\n".join(content) + "\n")
    labels = [p.label for p in report.paragraphs]
    assert len(set(labels)) == len(labels)
    assert all(Label.parse(str(label)) == label for label in labels)


def test_a_number_that_opens_a_wrapped_line_is_no_paragraph() -> None:
    wrapped = "1. The design load of the longest bridge here is\n40. tonnes per axle since 1998, and piers 4 and\n"
    report = read(wrapped + "11. were built.\n\n2. It adjourned.\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", "2"]
    assert "40. tonnes per axle" in at(report, "1").text


def test_a_heading_before_a_number_on_the_next_line_stays_a_heading() -> None:
    report = read("一. 引言\n1. 会议由外层空间事务厅的代表在纽约联合国总部宣布开幕并主持。\n2. 会议通过议程。\n")
    assert [str(p.label) for p in report.paragraphs] == ["1", "2"]
    assert at(report, "1").heading_path == ("一. 引言",)
