from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import clauses, sentences
from corpus.report import Report


def test_sentences_end_where_the_report_ends_them() -> None:
    assert sentences("他说：“好。”会议同意。") == ["他说：“好。”", "会议同意。"]
    assert sentences("It met on 4 March. See para. 5, No. 3. It adjourned.") == [
        *("It met on 4 March.", "See para. 5, No. 3.", "It adjourned."),
    ]
    assert clauses("一是甲；二是乙；三是丙。") == ["一是甲；", "二是乙；", "三是丙。"]


def test_every_sentence_of_the_report_is_verbatim_and_none_is_lost(bundled: Report) -> None:
    for paragraph in bundled.paragraphs:
        pieces = [clause for sentence in sentences(paragraph.text) for clause in clauses(sentence)]
        assert all(piece in paragraph.text for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(paragraph.text.split())


@given(st.text(alphabet="甲乙。；？!.a A1”) \n", max_size=60))
def test_any_text_splits_into_its_own_parts(text: str) -> None:
    pieces = sentences(text)
    assert all(piece and piece in text for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
