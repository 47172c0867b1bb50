from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.reader import short_answer
from assistant.reading.spans import MAX_CHARS, spans
from assistant.reading.wanted import wanted
from index.tokenizer import Tokenizer

TOKENIZER = Tokenizer()


def read(quotation: str, question: str) -> str:
    short = short_answer(quotation, wanted(question), TOKENIZER)
    assert short is not None
    return short.text


@given(st.text("审查会于2025年3月4日在青岛举行，。；（）《港口》、的 A/80", max_size=60))
def test_every_candidate_is_made_of_the_very_words_of_the_quotation(quotation: str) -> None:
    for span in spans(quotation, wanted("会议在哪里举行？"), TOKENIZER):
        words = quotation[span.start : span.end]
        assert words
        assert words == words.strip()
        assert len(words) <= MAX_CHARS
        assert words.count("（") == words.count("）")


def test_no_candidate_goes_over_the_end_of_a_sentence() -> None:
    quotation = "会议在青岛举行。与会者二十人。"
    assert not any("。" in quotation[s.start : s.end] for s in spans(quotation, wanted("在哪里？"), TOKENIZER))


def test_a_date_is_read_where_a_time_is_wanted_and_a_place_where_a_place_is() -> None:
    quotation = "港口安全审查会成立于1952年，总部位于青岛市。"
    assert read(quotation, "港口安全审查会是哪一年成立的？") == "1952年"
    assert "青岛市" in read(quotation, "港口安全审查会的总部位于哪里？")


def test_nothing_is_read_where_there_are_no_words() -> None:
    assert short_answer("……", wanted("在哪里？"), TOKENIZER) is None or read("……", "在哪里？") in "……"
    assert short_answer("", wanted("在哪里？"), TOKENIZER) is None
