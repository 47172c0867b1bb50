from pathlib import Path

import pytest

from assistant import Assistant
from assistant.abstention import names_body
from assistant.answering import candidate_evidence
from assistant.evaluation import evaluate, load_questions
from assistant.focus import focus_of
from tests.conftest import EVALUATION


@pytest.fixture(scope="module")
def three_reports(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the bundled report and the two of the evaluation sets. Tests must not change its library."""
    assistant = Assistant.open(tmp_path_factory.mktemp("home"))
    for file in sorted((EVALUATION / "reports").glob("*.txt")):
        assistant.library.add(file)
    return assistant


@pytest.mark.parametrize(
    ("question", "report", "named"),
    [
        ("乌干达的第一颗卫星是什么时候部署的？", "un-space-meeting-38.zh", "乌干达"),
        ("第四十一届会议在哪里举行？", "un-space-meeting-38.zh", "第41届"),
        ("A/AC.105/1200 是什么报告？", "un-space-meeting-38.zh", "a/ac.105/1200"),
        ("2003年公开会议的主题是什么？", "un-space-meeting-38.zh", "2003年"),
        ("教科文组织的代表介绍了什么？", "un-space-meeting-38.zh", "教科文组织"),
        ("市税务局负责什么？", "wetland-regulations.zh", "税务局"),
        ("What did the representative of Portugal report?", "river-ports.en", "portugal"),
        ("How many accidents were notified in 2017?", "river-ports.en", "2017"),
        ("How much did the port of Narvik invest?", "river-ports.en", "narvik"),
    ],
)
def test_a_key_term_that_is_nowhere_is_named_and_the_nearest_paragraphs_are_shown(
    three_reports: Assistant, question: str, report: str, named: str
) -> None:
    answer = three_reports.ask(question, reports=[report])
    assert answer.abstained
    assert named.lower() in answer.text.lower().replace("\\", "")
    assert "pincite://" in answer.text


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("儿童基金会有多少个成员国？", "un-space-meeting-38.zh"),
        ("鹭洲湿地公园的停车费是多少？", "wetland-regulations.zh"),
        ("联席会议由谁担任副召集人？", "wetland-regulations.zh"),
        ("新技术战略的第二项承诺是什么？", "un-space-meeting-38.zh"),
        ("How many barges has Hungary converted?", "river-ports.en"),
        ("Which hotel hosted the session in Rotterdam?", "river-ports.en"),
    ],
)
def test_a_question_whose_words_stand_there_and_not_what_it_asks_is_refused(
    three_reports: Assistant, question: str, report: str
) -> None:
    answer = three_reports.ask(question, reports=[report])
    assert answer.abstained
    assert not answer.citations
    assert "pincite://" in answer.text


@pytest.mark.parametrize(
    ("question", "filler"),
    [
        ("界桩由哪个部门设立？", 1.0),
        ("白沙河口湿地的生态补水由哪个部门负责？", 0.0),
        ("移动界桩罚多少元？", 0.0),
        ("保护标志应当怎样设立？", 0.0),
    ],
)
def test_what_could_stand_for_the_word_of_asking_is_looked_for_in_the_paragraph(
    three_reports: Assistant, question: str, filler: float
) -> None:
    with three_reports._view(["wetland-regulations.zh"]) as view:
        judged = candidate_evidence(question, view)
    assert judged is not None
    assert judged.evidence.filler == filler


def test_words_of_the_question_in_one_clause_count_as_close(three_reports: Assistant) -> None:
    with three_reports._view(["wetland-regulations.zh"]) as view:
        together = candidate_evidence("界桩和保护标志是谁设立的？", view)
        apart = candidate_evidence("越冬期内哪些船舶可以航行？", view)
    assert together is not None
    assert apart is not None
    assert together.evidence.same_clause == 1.0
    assert apart.evidence.same_clause == 0.5


@pytest.mark.parametrize("name", ["wetland_regulations", "river_ports"])
def test_few_questions_that_a_report_answers_are_refused(three_reports: Assistant, name: str) -> None:
    summary, _ = evaluate(load_questions(EVALUATION / f"{name}.jsonl"), three_reports)
    assert summary.wrongly_abstained <= 0.2 * summary.n_answerable
    assert summary.citation_precision == summary.citation_recall == summary.quotations_exact == 1.0


def test_most_near_misses_are_refused(three_reports: Assistant) -> None:
    summary, _ = evaluate(load_questions(EVALUATION / "near_miss.jsonl"), three_reports)
    assert summary.n_unanswerable >= 100
    assert summary.rightly_abstained >= 0.85 * summary.n_unanswerable


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("湿地公园的停车费是多少?", "停车费", True),
        ("联合国全球契约有多少名工作人员?", "工作人员", True),
        ("专项资金由哪个部门管理?", "管理", True),
        ("会议通过了什么文件?", "文件", False),
        ("who designed the logo?", "designed", True),
        ("how many barges has hungary converted?", "barges", True),
        ("你好", "", False),
    ],
)
def test_what_is_asked_for_stands_next_to_the_word_of_asking(question: str, words: str, value: bool) -> None:
    focus = focus_of(question)
    assert (focus.words, focus.value) == (words, value)


def test_a_unit_that_is_asked_for_must_stand_behind_a_number() -> None:
    focus = focus_of("应当在多少日内缴纳?")
    assert focus.unit_stands_in("自收到之日起六十日内申请")
    assert not focus.unit_stands_in("标准为每平方米一百八十元")


def test_a_body_is_named_by_its_short_form_too() -> None:
    assert names_body("外空厅", "外层空间事务厅的代表")
    assert not names_body("省人民政府", "报市人民政府批准")


def test_every_question_of_the_sets_names_a_report_that_is_there(three_reports: Assistant) -> None:
    ids = {entry.id for entry in three_reports.library.entries()}
    files = [f for f in Path(EVALUATION).glob("*.jsonl") if not f.name.startswith(("report_", "conversations_"))]
    assert files
    assert all(question.report in ids for file in files for question in load_questions(file))


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("助理秘书长是谁？", True),
        ("联合国秘书长是谁？", False),  # the report has an assistant one, and his office
        ("外空协调会议的秘书是谁？", True),
    ],
)
def test_an_office_is_not_answered_by_another_rank_of_it(
    shared_assistant: Assistant, question: str, answered: bool
) -> None:
    answer = shared_assistant.ask(question)
    assert answer.abstained is not answered
    assert "没有出现“秘书长”" not in answer.text


@pytest.mark.parametrize(
    "question", ["今天天气怎么样？", "明天有空间天气预报吗？", "What is the weather in space today?"]
)
def test_what_only_the_asker_s_day_tells_is_not_answered(shared_assistant: Assistant, question: str) -> None:
    assert shared_assistant.ask(question).abstained


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("会前主席向各成员国散发了工作文件。", "主席向各成员国散发了什么？"),
        ("目前秘书长正在拟订港口照明的改造方案。", "秘书长正在拟订什么？"),
        ("秘书长处理了两个港口之间的争端。", "秘书长处理了什么？"),
    ],
)
def test_a_word_beside_an_office_that_is_no_rank_of_it_does_not_refuse(
    assistant: Assistant, tmp_path: Path, text: str, question: str
) -> None:
    (tmp_path / "harbours.txt").write_text(
        f"港口会议报告\n\n1. {text}\n\n2. 会议注意到码头的情况。\n", encoding="utf-8"
    )
    report = assistant.library.add(tmp_path / "harbours.txt")
    answer = assistant.ask(question, reports=[report.id])
    assert [str(citation.label) for citation in answer.citations] == ["1"]


def test_what_stands_somewhere_is_not_said_to_stand_nowhere(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("What was the theme of the 2010 open session?")
    assert "nowhere" not in answer.text


@pytest.mark.parametrize(
    "question", ["校园绿化工程的预算是多少？", "火箭发动机的代表讲了什么？", "大学图书馆的预算有多少？"]
)
def test_one_common_word_of_a_question_about_another_thing_is_no_answer(
    shared_assistant: Assistant, question: str
) -> None:
    answer = shared_assistant.ask(question)
    assert answer.abstained
    assert "没有出现" in answer.text


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("世卫组织的代表讲了什么？", False),  # a session was held at its headquarters; nobody spoke for it
        ("国际电联的代表讲了什么？", True),
        ("What did the representative of UNICEF describe?", True),
    ],
)
def test_what_a_representative_said_is_answered_where_one_is_spoken_of(
    shared_assistant: Assistant, question: str, answered: bool
) -> None:
    assert shared_assistant.ask(question).abstained is not answered


@pytest.mark.parametrize(
    ("number", "answered"), [("twelfth", True), ("12th", True), ("eleventh", False), ("13th", False)]
)
def test_a_forum_of_another_number_is_not_the_one_asked_for(
    assistant: Assistant, tmp_path: Path, number: str, answered: bool
) -> None:
    file = tmp_path / "forum.txt"
    file.write_text(
        "Report of the Forum on Harbours\n\n1. The theme of the twelfth Forum on Harbours was the dredging of channels.\n\n"
        "2. The Forum closed on Friday.\n",
        encoding="utf-8",
    )
    assistant.library.add(file)
    answer = assistant.ask(f"What was the theme of the {number} Forum on Harbours?", reports=["forum"])
    assert answer.abstained is not answered


def test_of_a_report_in_another_language_no_word_is_said_to_be_missing(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("How many astronauts juggled oranges?")
    assert answer.abstained
    assert "nowhere" not in answer.text
