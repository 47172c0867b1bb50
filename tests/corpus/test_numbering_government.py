"""Chinese government reports: 一、 and （一） as headings, alone or run in; paragraphs without numbers; annexes."""

from corpus.block import Block
from tests.corpus.numbering_texts import at, labels, numbered

LONG = "全年地区生产总值增长百分之五，规模以上工业增加值增长百分之七，城镇新增就业一百万人以上，居民收入稳步增长。"
OPENING = ("2025年港口市政府工作报告", "——2025年1月14日在港口市人民代表大会上", "各位代表：")


def test_paragraphs_are_counted_through_and_marks_are_headings() -> None:
    report = numbered(
        *OPENING,
        LONG,
        Block("一、2024年工作回顾", 0, bold=True),
        LONG,
        Block("（一）经济", 0, bold=True),
        LONG,
        Block("（二）民生", 0, bold=True),
        LONG,
        Block("二、2025年工作安排", 0, bold=True),
        LONG,
    )
    assert labels(report) == ["¶1", "一", "¶2", "一(一)", "¶3", "一(二)", "¶4", "二", "¶5"]
    assert at(report, "¶4").heading_path == ("一、2024年工作回顾", "（二）民生")
    assert all("各位代表" not in p.text for p in report.paragraphs)


def test_a_run_in_mark_opens_a_paragraph_of_its_own() -> None:
    report = numbered(
        *OPENING,
        LONG,
        Block("一、2025年工作安排", 0, bold=True),
        f"（一）全方位扩大内需。{LONG}",
        LONG,
        f"（二）推动创新。{LONG}",
    )
    assert labels(report) == ["¶1", "一", "一(一)", "¶3", "一(二)"]
    assert at(report, "一(一)").text.startswith("全方位扩大内需。")
    assert at(report, "¶3").heading_path == ("一、2025年工作安排", "（一）全方位扩大内需。")


def test_numbers_of_the_glossary_are_those_of_its_annex() -> None:
    report = numbered(
        *OPENING,
        LONG,
        Block("一、2025年工作安排", 0, bold=True),
        LONG,
        Block("附件2", 0, bold=True),
        Block("名词解释", 0, bold=True),
        "1.“两重”：国家重大战略实施和重点领域安全能力建设。",
        "2.“两新”：大规模设备更新和消费品以旧换新。",
    )
    assert labels(report)[-3:] == ["附件2", "附件2/1", "附件2/2"]


def test_points_of_a_list_in_words_are_paragraphs_without_numbers() -> None:
    report = numbered(
        *OPENING,
        Block("一、回顾", 0, bold=True),
        LONG,
        Block("二、安排", 0, bold=True),
        LONG,
        f"一是稳增长。{LONG}",
        f"——稳就业。{LONG}",
    )
    assert labels(report) == ["一", "¶1", "二", "¶2", "¶3", "¶4"]
