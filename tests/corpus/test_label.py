import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.label import Label, Step, annex_label
from corpus.references.grammar import mentions_in
from corpus.report import Report

SHOWN = [
    ("12", "第12段", "para. 12"),
    ("12(c)", "第12(c)段", "para. 12 (c)"),
    ("14(c)(四)", "第14(c)(四)段", "para. 14 (c) (四)"),
    ("14(c)(iv)", "第14(c)(iv)段", "para. 14 (c) (iv)"),
    ("附件二¶3", "附件二第3段", "annex II, third paragraph"),
    ("Annex II¶3", "附件二第3段", "annex II, third paragraph"),
    ("附件二(c)", "附件二(c)段", "annex II (c)"),
    ("附件三#12", "附件三第12行", "annex III, row 12"),
    ("脚注1", "脚注1", "footnote 1"),
    ("fn1", "脚注1", "footnote 1"),
    ("第十七条", "第十七条", "art. 17"),
    ("第十七条3", "第十七条第3款", "art. 17 (3)"),
    ("第十七条¶2", "第十七条第2款", "art. 17, second paragraph"),
    ("Annex II/3(a)", "附件二第3(a)段", "annex II, para. 3 (a)"),
    ("准则A.2/2", "准则A.2第2段", "准则A.2, para. 2"),
    ("6bis", "第6之二段", "para. 6 bis"),
    ("10.4", "第10.4段", "para. 10.4"),
    ("29A.12(a)", "第29A.12(a)段", "para. 29A.12 (a)"),
    ("3.II.7", "第3.II.7段", "para. 3.II.7"),
    ("附件三", "附件三", "annex III"),
    ("¶3", "无编号第3段", "unnumbered paragraph 3"),
]


@pytest.mark.parametrize(("canonical", "chinese", "english"), SHOWN)
def test_a_label_prints_as_each_language_cites_it(canonical: str, chinese: str, english: str) -> None:
    label = Label.parse(canonical)
    assert str(label) == canonical
    assert label.shown("zh") == chinese
    assert label.shown("en") == english


@pytest.mark.parametrize(
    "text", ["", " ", "12(", "12()", "(c)(", "附件三#", "¶", "12 (c)", "/3", "附件二/", "12//3", "脚注z"]
)
def test_what_is_no_label_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Label.parse(text)


def test_the_same_place_written_in_two_ways_has_one_sort_key() -> None:
    assert Label.parse("14(c)(四)").sort_key == Label.parse("14(c)(iv)").sort_key
    assert Label.parse("附件三#4").sort_key == Label.parse("Annex III#4").sort_key
    assert Label.parse("第17条").sort_key == Label.parse("第十七条").sort_key


def test_a_ninth_letter_is_not_a_first_numeral() -> None:
    letters = [Label.parse(f"2({c})") for c in "ghij"]
    assert sorted({*letters}) == letters
    numerals = [Label.parse(f"2(a)({c})") for c in ("i", "ii", "iii", "iv", "v", "ix", "x")]
    assert sorted({*numerals}) == numerals


def test_labels_of_the_report_sort_in_document_order(bundled: Report) -> None:
    body = [p.label for p in bundled.paragraphs if not p.label.scope]
    assert sorted(body, key=lambda label: label.sort_key) == body


def test_within_holds_for_a_place_and_its_parts_only() -> None:
    twelve = Label.parse("12")
    assert Label.parse("12(c)").within(twelve)
    assert not Label.parse("120").within(twelve)
    assert not Label.parse("附件二/12").within(twelve)
    assert Label.parse("附件三#4").within(Label.parse("附件三"))


numbers = st.integers(1, 999).map(lambda n: Step("number", str(n)))
letters = st.sampled_from("abcdefghijklmnop").map(lambda c: Step("item", c))
subs = st.sampled_from(["i", "ii", "iv", "四", "十二", "3"]).map(lambda c: Step("item", c))
bodies = st.one_of(
    st.tuples(numbers),
    st.tuples(numbers, letters),
    st.tuples(numbers, letters, subs),
    st.tuples(st.integers(1, 99).map(lambda n: Step("unnumbered", str(n)))),
    st.tuples(st.integers(1, 99).map(lambda n: Step("row", str(n)))),
    st.tuples(st.integers(1, 99).map(lambda n: Step("footnote", str(n)))),
)
scopes = st.one_of(
    st.just(()),
    st.sampled_from(
        [annex_label("附件", "二").scope, annex_label("Annex", "IV").scope, ("准则A.2",), ("Annex II", "Annex")]
    ),
)


@given(bodies, scopes)
def test_every_label_round_trips_through_its_text(steps: tuple[Step, ...], scope: tuple[str, ...]) -> None:
    label = Label(steps, scope)
    assert Label.parse(str(label)) == label
    assert " " not in str(label).replace("Annex ", "")


@given(st.text(alphabet="12(a)iv四附件三¶#/第条bis fn", max_size=12))
def test_any_text_parses_to_what_prints_the_same_or_is_refused(text: str) -> None:
    try:
        label = Label.parse(text)
    except ValueError:
        return
    assert str(label) == text
    assert label.shown("zh")
    assert label.shown("en")


@pytest.mark.parametrize(
    ("label", "shown"), [("第十四条(二)¶2", "第十四条第(二)项第2段"), ("第十三条(一)3", "第十三条第(一)项第3目")]
)
def test_what_stands_below_an_item_is_shown_as_it_is_numbered_and_read_back(label: str, shown: str) -> None:
    assert Label.parse(label).shown("zh") == shown
    [mention] = mentions_in(shown)
    assert mention.places[0][0] == Label.parse(label)
