"""What a question means whatever its spelling: dates, numbers, symbols, short names, either language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.filter import Filter
from assistant.query import understand
from assistant.respelling import respelt


def first(assistant: Assistant, question: str, within: Filter | None = None) -> str:
    return str(assistant.search(question, top_k=1, within=within)[0].paragraph.label)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over an English report alone, which tests leave as it is."""
    home = tmp_path_factory.mktemp("english")
    assistant = Assistant.open(home / "home")
    path = home / "buoys.txt"
    path.write_text(
        "Report of the Panel on Navigation Buoys\n\n(Valletta, 14 May 2022)\n\n"
        "1. The Panel met in Valletta on 14 May 2022.\n\n"
        "2. The International Telecommunication Union (ITU) presented a study of radio beacons.\n\n"
        "3. The United Nations Children's Fund (UNICEF) described swimming lessons for 250 schools.\n\n"
        "4. By resolution A/RES/76/12 the Assembly asked for a report on drifting ice.\n\n"
        "5. The Panel adopted its programme of work from 3 to 7 July 2023 and closed the meeting.\n\n"
        "6. The budget of the Panel amounts to 12,500 dollars.\n",
        encoding="utf-8",
    )
    assistant.library.add(path)
    assistant.library.remove("un-space-meeting-38.zh")
    return assistant


@pytest.mark.parametrize(
    "date",
    [
        "2018年10月26日", "2018 年 10 月 26 日", "二〇一八年十月二十六日", "2018-10-26", "2018/10/26", "2018.10.26",
        "２０１８－１０－２６", "10月26日", "十月二十六日", "10月26号",
    ],
)  # fmt: skip
def test_a_date_is_found_in_any_chinese_spelling(shared_assistant: Assistant, date: str) -> None:
    answer = shared_assistant.ask(f"{date}大会通过了什么决议？")
    assert [str(c.label) for c in answer.citations][:1] == ["17"]
    assert "第 73/6 号决议" in answer.text


@pytest.mark.parametrize(
    "date",
    [
        "26 October 2018",
        "October 26, 2018",
        "26 Oct. 2018",
        "26th of October 2018",
        "2018-10-26",
        "26/10/2018",
        "26.10.2018",
    ],
)
def test_a_date_is_found_in_any_english_spelling(shared_assistant: Assistant, date: str) -> None:
    assert first(shared_assistant, f"What resolution did the General Assembly adopt on {date}?") == "17"


@pytest.mark.parametrize("date", ["14 May 2022", "2022-05-14", "2022年5月14日", "五月十四日", "May 14, 2022"])
def test_a_date_of_an_english_report_is_found_in_both_languages(english: Assistant, date: str) -> None:
    assert first(english, date) == "1"


def test_a_day_within_a_list_or_a_range_of_days_is_held(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("2018年6月21日举行的高级别会议纪念什么？")
    assert "4" in [str(c.label) for c in answer.citations]
    assert shared_assistant.ask("2018年6月25日委员会第六十一届会议在哪里举行？").abstained is False


def test_what_is_no_date_is_left_alone(shared_assistant: Assistant) -> None:
    with shared_assistant._view(None) as view:
        for question in ("2018-13-40", "版本 1.2.3", "2018-2019 年期间", "10.10.10.10", "may I ask", "3月"):
            assert respelt(question, view.index) == question


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("A/AC.105/1179", "20"),
        ("Ａ／ＡＣ．１０５／１１７９", "20"),
        ("a/ac.105/1179 是什么文件", "20"),
        ("A/AC105/1179", "20"),
        ("文件1179", "20"),
        ("第73/6号决议", "17"),
        ("决议73/6", "17"),
        ("resolution 73/6", "17"),
        ("A/RES/73/6", "17"),
        ("A/RES/72/77", "1"),
        ("72/266A号决议", "31"),
        ("resolution 72/266 A", "31"),
        ("A/RES/72/266A", "31"),
    ],
)
def test_a_symbol_is_found_in_any_spelling(shared_assistant: Assistant, question: str, label: str) -> None:
    assert first(shared_assistant, question) == label
    assert label in [str(c.label) for c in shared_assistant.ask(question).citations]


def test_a_resolution_by_number_finds_its_symbol_where_only_that_is_printed(english: Assistant) -> None:
    for question in ("resolution 76/12", "第76/12号决议说了什么？", "A/RES/76/12"):
        assert first(english, question) == "4"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("第38届会议的目标是什么？", "12"),
        ("第三十八届会议的目标是什么？", "12"),
        ("国际电联有一百九十三个成员国吗", "36"),
        ("193个国家", "36"),
        ("七百多个私营部门实体和学术机构", "36"),
        ("近一万家私营公司", "37"),
        ("10,000家公司", "37"),
        ("全球契约的十项原则", "37"),
        ("十二年来经常预算资源的演变", "31"),
    ],
)
def test_a_number_is_found_in_either_script(shared_assistant: Assistant, question: str, label: str) -> None:
    assert first(shared_assistant, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("ITU有多少成员？", "36"),
        ("How many members does ITU have?", "36"),
        ("国际电信联盟有多少成员？", "36"),
        ("International Telecommunication Union members", "36"),
        ("UNOSAT的最新活动", "35"),
        ("What does UNOSAT do?", "35"),
        ("外空厅列举了哪些实例？", "25"),
        ("UNOOSA examples of its work", "25"),
        ("Ten Principles of the Global Compact", "37"),
    ],
)
def test_a_body_is_found_by_any_of_its_names(shared_assistant: Assistant, question: str, label: str) -> None:
    assert first(shared_assistant, question) == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("国际电联介绍了什么？", "2"),
        ("国际电信联盟介绍了什么研究？", "2"),
        ("ITU介绍了什么", "2"),
        ("儿基会讲了什么？", "3"),
        ("联合国儿童基金会", "3"),
    ],
)
def test_a_chinese_name_finds_the_body_in_an_english_report(english: Assistant, question: str, label: str) -> None:
    assert first(english, question) == label


@given(st.text(alphabet="0123456789-/.年月日十二三第号决议个项 A/RES.acoct", max_size=24))
def test_any_question_is_respelt_without_an_error_and_then_stays(shared_assistant: Assistant, question: str) -> None:
    with shared_assistant._view(None) as view:
        once = respelt(question, view.index)
        assert respelt(once, view.index).split() == once.split() or once == question


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("外空协调会议是哪个年代成立的？", "2"),
        ("首颗卫星从哪里部署？", "25"),
        ("那颗卫星是什么时候部署的？", "25"),
        ("联合国的徽标怎么用？", "26"),
        ("能不能在线参会？", "52"),
        ("谁代表国际电联与会？", "附件三#18"),
        ("国际电联的代表叫什么？", "附件三#18"),
        ("裁研所有人来吗？", "附件三#16"),
        ("A专题会讲什么？", "23(a)"),
        ("专题会C讲什么？", "23(c)"),
        ("新闻部以后要改叫什么？", "32"),
        ("which topics did previous special reports cover?", "41"),
    ],
)
def test_the_asker_s_own_words_find_what_the_report_says_in_others(
    shared_assistant: Assistant, question: str, label: str
) -> None:
    answer = shared_assistant.ask(question)
    assert [str(c.label) for c in answer.citations][:1] == [label], answer.text


def test_a_word_that_is_part_of_another_does_not_stand_for_it_whole(shared_assistant: Assistant) -> None:
    with shared_assistant._view(None) as view:
        term = next(t for t in understand("部长会议是哪天开的", view.index).terms if t.word == "部长会议")
    assert term.presence("第三次部长级会议的成果") > term.presence("第四十届会议的日程")


def test_the_court_that_a_fee_is_paid_to_is_no_body_of_its_name(shared_assistant: Assistant) -> None:
    with shared_assistant._view(None) as view:
        assert understand("诉讼费法院多久退", view.index).bodies == ()
        assert understand("北京市高级人民法院在哪里", view.index).bodies == ("北京市高级人民法院",)


def test_a_contraction_is_written_out(shared_assistant: Assistant) -> None:
    with shared_assistant._view(None) as view:
        assert respelt("What's in the annex?", view.index) == "what is in the annex?"
