import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.exhaustive import wanted_in
from assistant.filter import Filter
from assistant.mentions import Mentions, Search, as_matched
from assistant.names import Form, forms_of
from corpus.report import Report
from index.text import HAN, normalise


def labels(mentions: Mentions) -> list[str]:
    return [str(hit.paragraph.label) for hit in mentions.hits]


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("所有提到训研所的段落", "训研所"),
        ("哪些段落提到训研所？", "训研所"),
        ("哪几段提到了“私营部门”？", "私营部门"),
        ("有几段提到训研所", "训研所"),
        ("一共有多少段提到过卫星？", "卫星"),
        ("训研所在哪些段落出现？", "训研所"),
        ("训研所出现在哪几段？", "训研所"),
        ("卫星一共出现了几次？", "卫星"),
        ("全文提到卫星几次？", "卫星"),
        ("报告提到了多少次可持续发展目标？", "可持续发展目标"),
        ("请列出报告中所有含有“伙伴关系”字样的段落", "伙伴关系"),
        ("凡是提到国际电联的地方", "国际电联"),
        ("提到人权的段落有哪些？", "人权"),
        ("every paragraph that mentions UNITAR", "UNITAR"),
        ("List all the paragraphs mentioning the private sector.", "private sector"),
        ("Which paragraphs mention ITU?", "ITU"),
        ("How many paragraphs refer to UNICEF in the report?", "UNICEF"),
        ("Where is UNOSAT mentioned?", "UNOSAT"),
        ("Find every mention of A/AC.105/1179", "A/AC.105/1179"),
        ("How often does the report mention satellites?", "satellites"),
        ("In which paragraphs does ITU appear?", "ITU"),
        ("哪一段提到了什么机构？", None),
        ("哪些段落提到了谁？", None),
        ("特别报告的重点是在哪项目标里提到的？", None),
        ("联合声明哪一项提到性别平等？", None),
        ("会议由谁主持？", None),
        ("第30段", None),
        ("Who runs the Global Problem Solvers network mentioned in the report?", None),
    ],
)
def test_a_question_for_every_mention_is_told_from_others(question: str, phrase: str | None) -> None:
    wanted = wanted_in(question)
    assert (wanted.phrase if wanted else None) == phrase


def test_all_paragraphs_are_listed_with_a_count_and_cited_in_order(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("所有提到训研所的段落")
    assert answer.text.startswith("共有 3 段提到“训研所”（包括联合国训练研究所），共 4 次：")
    assert list(dict.fromkeys(str(c.label) for c in answer.citations)) == ["13", "35", "附件三#17"]
    assert not answer.abstained
    assert [str(h.paragraph.label) for h in shared_assistant.search("所有提到训研所的段落")] == [
        "13",
        "35",
        "附件三#17",
    ]


@pytest.mark.parametrize("phrase", ["训研所", "联合国训练研究所", "UNITAR", "unitar", "訓研所", "UNITAR ", "“训研所”"])
def test_every_name_of_a_body_finds_all_its_names(shared_assistant: Assistant, phrase: str) -> None:
    assert labels(shared_assistant.mentions(phrase)) == ["13", "35", "附件三#17"]


def test_a_name_within_a_phrase_has_its_other_names(shared_assistant: Assistant) -> None:
    found = shared_assistant.mentions("UNITAR业务卫星应用方案")
    assert found.other_names == ("联合国训练研究所业务卫星应用方案",)
    assert labels(found) == ["附件三#17"]


def test_either_of_two_and_both_of_two(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant.mentions("国际电联或儿基会")) == ["13", "34", "36", "附件三#15", "附件三#18"]
    assert labels(shared_assistant.mentions("国际电联和儿基会")) == ["13"]
    assert labels(shared_assistant.mentions("所有同时提到卫星和无人机的段落")) == ["34"]


def test_in_quotation_marks_a_phrase_is_taken_as_it_is(shared_assistant: Assistant) -> None:
    assert shared_assistant.mentions("“国际电联和儿基会”").found == ()


def test_mentions_keep_to_a_filter_and_to_the_section_that_the_question_names(shared_assistant: Assistant) -> None:
    assert labels(shared_assistant.mentions("卫星", within=Filter(sections=("附件三",)))) == ["附件三#17"]
    assert labels(shared_assistant.mentions("在第三章B节里，哪些段落提到卫星？")) == ["13"]
    answer = shared_assistant.ask("在第三章B节里，哪些段落提到卫星？")
    assert [str(c.label) for c in answer.citations] == ["13"]


def test_what_stands_nowhere_is_said_so_and_found_by_meaning_if_at_all(shared_assistant: Assistant) -> None:
    nothing = shared_assistant.ask("哪些段落提到火星？")
    assert nothing.abstained
    assert nothing.text.startswith("没有一段提到“火星”。")
    near = shared_assistant.ask("哪些段落提到绘制学校的地图？")
    assert near.text.startswith("没有一段逐字写有“绘制学校的地图”。")
    assert [str(c.label) for c in near.citations] == ["34"]


def test_after_another_turn_it_stands_alone_and_a_pronoun_does_not(shared_assistant: Assistant) -> None:
    before = [("国际电联有多少成员？", shared_assistant.ask("国际电联有多少成员？"))]
    alone = shared_assistant.ask("所有提到卫星的段落", before)
    assert alone.text.startswith("共有 7 段提到“卫星”")
    assert "国际电联" in shared_assistant.ask("哪些段落提到它？", before).text.split("\n")[0]


def test_an_acronym_is_no_word_and_a_word_stands_by_itself(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "health.txt"
    path.write_text(
        "Report of the Health Panel\n\n1. Those who came were heard.\n\n2. WHO was heard. WHO's view is new.\n\n"
        "3. The whole world was heard, and the art of part 2.5 with 1,193 articles.\n\n4. Satellites and a satellite.\n\n"
        "5. See the World  Health\u00a0Organization.\n",
        encoding="utf-8",
    )
    report = assistant.library.add(path).id

    def found(phrase: str) -> list[str]:
        return labels(assistant.mentions(phrase, reports=[report]))

    assert found("WHO") == ["2", "5"]
    assert found("world health organization") == ["2", "5"]
    assert found("art") == ["3"]
    assert found("193") == []
    assert found("2") == []
    assert found("satellite") == ["4"]


def test_names_that_a_report_introduces_count_in_that_report_only(assistant: Assistant, tmp_path: Path) -> None:
    for name, long in (("one", "Harbour Engineering Laboratory"), ("two", "Hydrographic Exchange League")):
        text = f"Report {name} of the harbour\n\n1. The {long} (HEL) met.\n\n2. HEL left.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assistant.library.add(tmp_path / f"{name}.txt")
    found = assistant.mentions("Harbour Engineering Laboratory")
    assert [(hit.report, str(hit.paragraph.label)) for hit in found.hits] == [("one", "1"), ("one", "2")]
    assert len(assistant.mentions("HEL").found) == 4


def test_a_general_word_is_no_name_of_one_thing() -> None:
    forms = forms_of("和平利用外层空间委员会", {"委员会": "和平利用外层空间委员会"})
    assert "委员会" not in [form.text for form in forms]


@given(st.data())
def test_the_paragraphs_that_hold_a_phrase_are_found_and_no_others(
    shared_assistant: Assistant, bundled: Report, data: st.DataObject
) -> None:
    paragraph = data.draw(st.sampled_from([p for p in bundled.paragraphs if len(p.text) > 3]))
    start = data.draw(st.integers(0, len(paragraph.text) - 2))
    phrase = paragraph.text[start : start + data.draw(st.integers(2, 12))]
    assume(re.fullmatch(f"[{HAN}]{{2,}}", phrase))
    holding = [p for p in bundled.paragraphs if not p.inline and normalise(phrase) in normalise(p.text)]
    assume(len(forms_of(phrase, {})) == 1)
    found = shared_assistant.mentions(f"“{phrase}”")
    if not found.other_names:
        assert labels(found) == [str(p.label) for p in holding]
    assert {str(p.label) for p in holding} <= set(labels(found))
    for mention in found.found:
        assert all(printed in mention.hit.paragraph.text for printed in mention.printed)


@given(
    st.lists(st.text(alphabet="训研所衛卫星ＩI tu的ITU1１2 第三\u00ad¹-–", max_size=12), min_size=1, max_size=4),
    st.sampled_from(["训研", "卫星", "ITU", "衛星的", "1 2", "ITU-1"]),
)
def test_a_text_is_found_exactly_where_a_plain_scan_finds_the_phrase(words: list[str], phrase: str) -> None:
    source = phrase.join(words)
    text, wanted = as_matched(source)[0].lower(), as_matched(phrase)[0].lower()
    places = [m.start() for m in re.finditer(f"(?={re.escape(wanted)})", text)]
    apart = [at for at in places if stands_apart(text[:at], wanted, text[at + len(wanted) :])]
    assert bool(Search([[Form(phrase)]]).spans(source)) == bool(apart)


def stands_apart(before: str, phrase: str, after: str) -> bool:
    """Whether a phrase that begins or ends with a letter or a digit is no part of a longer word or number."""
    letter = f"[^\\W{HAN}_]"
    begins = re.match(letter, phrase) and re.search(f"({letter}|\\d[.,])$", before)
    ends = re.search(f"{letter}$", phrase) and re.match(f"({letter}|[.,]\\d)", after)
    return not begins and not ends
