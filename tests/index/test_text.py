import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import normalise


@pytest.mark.parametrize(
    ("printed", "matched"),
    [
        ("第 ９ 段", "第9段"),
        ("聯合國訓練研究所", "联合国训练研究所"),
        ("２ ０ １ ８ 年", "2018年"),
        ("近 10,000 家", "近10000家"),
        ("2018 年 10 月 29 日", "2018年10月29日"),
        ("A/AC.105/1179", "a/ac.105/1179"),
        ("「外空」", '"外空"'),
        ("the  Committee\nmet", "the committee met"),
        ("tables 1 2 3 and 4", "tables 1 2 3 and 4"),
    ],
)
def test_what_means_the_same_is_matched_as_the_same(printed: str, matched: str) -> None:
    assert normalise(printed) == matched


@given(st.text(alphabet="甲乙１２３ 年，a聯國", max_size=40))
def test_a_normalised_text_is_normalised_already(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
