import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import numerals


@given(st.integers(1, 9999))
def test_chinese_numerals_round_trip(value: int) -> None:
    assert numerals.from_chinese(numerals.to_chinese(value)) == value


@given(st.integers(1, 3999))
def test_roman_numerals_round_trip(value: int) -> None:
    assert numerals.from_roman(numerals.to_roman(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百一十八", 118),
        ("十二", 12),
        ("二〇一八", 2018),
        ("三百零五", 305),
        ("两千", 2000),
        ("３０", 30),
        ("xiv", 14),
    ],
)
def test_numerals_as_people_write_them(text: str, value: int) -> None:
    assert numerals.from_any(text) == value


@pytest.mark.parametrize("text", ["", "会议", "十百", "一二十三", "iiii", "12a"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert numerals.from_any(text) is None
