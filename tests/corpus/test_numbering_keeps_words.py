import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.block import Block
from corpus.label import Label
from corpus.parsing import READERS, number, parse_report
from tests.corpus.gold_files import DOCUMENTS, NO_DOCUMENTS
from tests.corpus.kept_words import lost

MARKS = [
    *("", "", "", "", "1. ", "2. ", "3. ", "4. ", "12. ", "40. ", "6 bis. ", "1、", "0. ", "10.1 ", "10.2 ", "3.I.1 "),
    *(
        "(a) ",
        "(b) ",
        "(i) ",
        "(ii) ",
        "a) ",
        "b) ",
        "ё) ",
        "(aa) ",
        "(1) ",
        "(2) ",
        "（一） ",
        "（二） ",
        "㈠ ",
        "(甲) ",
    ),
    *(
        "第一条 ",
        "第二条 ",
        "第 10 条 ",
        "第二条之一 ",
        "Article 1 ",
        "Article II. ",
        "Artículo 3 bis. ",
        "Article premier ",
    ),
    *(
        "一、",
        "二、",
        "三. ",
        "I. ",
        "II. ",
        "A. ",
        "B. ",
        "第一章 ",
        "第一节 ",
        "Chapter I. ",
        "第一部分 ",
        "Part two. ",
    ),
    *("Principle 1. ", "Guideline A.1 ", "准则 A.2 ", "Decision 25/1. ", "决议草案一 ", "Rule 4. "),
    *(
        "附件: ",
        "附件一 ",
        "Annex II. ",
        "Appendix: ",
        "ANNEXE III. ",
        "¹ ",
        "² ",
        "* ",
        "Table 2 ",
        "Figure IV. ",
        "— ",
        "5 ",
    ),
]
"""What opens a block."""
ALONE = [
    "附件",
    "附件二",
    "Annex",
    "Annex IV",
    "第三条",
    "Article 5",
    "Guideline B.2",
    "第二部分",
    "Chapter II",
    "目录",
    "大会，",
]
"""Marks that stand alone."""
ENDS = [
    "",
    ".",
    "。",
    ":",
    "：",
    ";",
    "；",
    ",",
    "²",
    ".2",
    " 5 × 10²",
    " R²",
    " km¹",
    " A.2",
    " （删去）",
    " (a) one; and (b) two.",
]

blocks = st.lists(
    st.builds(
        Block,
        text=st.builds(str.__add__, st.sampled_from(MARKS), st.sampled_from(["word", "字词"])),
        line=st.just(0),
        kind=st.sampled_from(["text", "text", "text", "text", "heading", "note", "row"]),
        page=st.sampled_from([None, 1, 2]),
        level=st.sampled_from([None, None, 0, 1, 2]),
        whole=st.booleans(),
        bold=st.booleans(),
        lead=st.sampled_from(["", "", "w"]),
        size=st.sampled_from([0.8, 1.0, 1.0, 1.2]),
        indent=st.sampled_from([None, -2.0, 0.0, 2.0]),
        hang=st.sampled_from([None, 0.0]),
        centred=st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


@st.composite
def documents(draw: st.DrawFn) -> list[Block]:
    """Blocks of which each has a word of its own, so that no other can stand for it."""
    made = []
    for at, block in enumerate(draw(blocks)):
        end, alone = draw(st.sampled_from(ENDS)), draw(st.integers(0, 9)) == 0
        text = draw(st.sampled_from(ALONE)) if alone else f"{block.text}q{at}z{end}"
        if block.kind == "row":
            text = draw(st.sampled_from([f"q{at}z", f"\tq{at}z", f"q{at}z\tx y\t", f"小明\tA. Li B. Wu q{at}z", "\t"]))
        label = draw(st.sampled_from(["", *[""] * 8, "第七条", "12(c)", "Annex II¶3", "fn4"]))
        made.append(
            Block(**{**vars(block), "text": text, "line": at + 1, "label": label if block.kind == "text" else ""})
        )
    return made


@settings(max_examples=400)
@given(documents())
def test_no_word_of_any_blocks_is_lost_and_every_label_is_its_own(made: list[Block]) -> None:
    report = number(made, "made-up")
    labels = [p.label for p in report.paragraphs]
    assert lost(made, report) == []
    assert len(set(labels)) == len(labels)
    assert [Label.parse(str(label)) for label in labels] == labels


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
@pytest.mark.parametrize(
    "name", [f.name for f in sorted(DOCUMENTS.glob("*")) if f.suffix in READERS and f.name != "README.md"]
)
def test_no_word_of_a_real_document_is_lost(name: str) -> None:
    path = DOCUMENTS / name
    made, report = READERS[path.suffix](path, lambda _done, _total: None), parse_report(path)
    assert lost(made, report) == []
    assert all(Label.parse(str(p.label)) == p.label for p in report.paragraphs)
