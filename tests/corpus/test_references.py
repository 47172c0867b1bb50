"""The grammar of places, and the spelling in which it is matched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.references.folding import fold
from corpus.references.grammar import mentions_in
from corpus.references.number_lists import signs_between
from corpus.references.symbols import canonical, documents_in, parts_of


def places(text: str) -> list[list[str]]:
    return [[str(label) for label in place] for mention in mentions_in(fold(text).text) for place in mention.places]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("第１２（ｃ）段", [["12(c)"]]),
        ("第12(a)至(c)段", [["12(a)"], ["12(b)"], ["12(c)"]]),
        ("paras. 12 (a)–(c) and 14", [["12(a)"], ["12(b)"], ["12(c)"], ["14"]]),
        ("第14(c)(一)、(二)和(d)段", [["14(c)(一)"], ["14(c)(二)"], ["14(d)"]]),
        ("第12段第三项", [["12(c)", "12(3)"]]),
        ("附件二", [["附件二", "Annex II"]]),
        ("第三条第二款", [["第三条2", "第三条¶2"]]),
        ("第三条第一款", [["第三条1", "第三条¶1", "第三条"]]),
        ("第八和第十一条", [["第八条"], ["第十一条"]]),
        ("第九至十一条", [["第九条"], ["第十条"], ["第十一条"]]),
        ("第八条之一", [["第八条之一"]]),
        ("第十條第㈠項", [["第十条(一)"]]),
        ("párrafo 12 b)", [["12(b)"]]),
        ("пункты 3 и 5", [["3"], ["5"]]),
    ],
)
def test_a_place_has_each_meaning_its_words_can_have(text: str, named: list[list[str]]) -> None:
    assert places(text) == named


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("c", "e", ["c", "d", "e"]),
        ("i", "iii", ["i", "ii", "iii"]),
        ("v", "viii", ["v", "vi", "vii", "viii"]),
        ("h", "j", ["h", "i", "j"]),
        ("一", "三", ["一", "二", "三"]),
        ("甲", "丙", ["甲", "乙", "丙"]),
        ("9", "11", ["9", "10", "11"]),
        ("e", "c", ["e", "c"]),
    ],
)
def test_a_range_of_items_counts_as_its_marks_do(first: str, last: str, between: list[str]) -> None:
    assert signs_between(first, last) == between


def test_a_range_longer_than_any_report_is_cut() -> None:
    assert len(places("第1至9999段")) == 501


def test_symbols_are_written_as_the_united_nations_write_them() -> None:
    assert canonical("A/RES/1721 (XVI) B") == "A/RES/1721(XVI)B"
    assert canonical("S/RES/2769(2025)") == "S/RES/2769 (2025)"
    assert parts_of("A/79/716-S/2025/18") == {"A/79/716-S/2025/18", "A/79/716", "S/2025/18"}
    assert parts_of("A/80/33") == {"A/80/33"}


def test_a_full_stop_after_a_symbol_is_none_of_it() -> None:
    assert [cited.symbols for cited in documents_in("See A/36/33. And A/C.5/79/SR.1.")] == [
        ("A/36/33",),
        ("A/C.5/79/SR.1",),
    ]


def test_whose_resolution_it_is_is_told_by_the_body_named_last() -> None:
    text = "the Human Rights Council in resolution 53/3, and the General Assembly in its resolution 79/249"
    assert [cited.symbols for cited in documents_in(text)] == [("A/HRC/RES/53/3",), ("A/RES/79/249",)]
    assert [cited.symbols for cited in documents_in("World Health Assembly resolution 60/1")] == [()]


def test_folding_drops_what_only_typesetting_put_there() -> None:
    folded = fold("第 ９\u00ad 段¹ ，Paragraph\n 5")
    assert folded.text == "第9段,paragraph 5"
    assert folded.cased == "第9段,Paragraph 5"
    assert folded.span(0, 3) == (0, 6)


@given(st.text(max_size=80))
def test_a_folded_text_keeps_its_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.cased) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="第一二三十百0123456789段项(a)（b）条款附件至到和、—–, paragraph.andtoáпункт", max_size=40))
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    folded = fold(text).text
    end = 0
    for mention in mentions_in(folded):
        assert end <= mention.start < mention.end <= len(folded)
        assert mention.places
        end = mention.end
