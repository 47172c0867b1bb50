"""The page's texts: both languages say the same things."""

import string
from dataclasses import fields

import pytest

from ui.strings import EN, ZH, Texts, language_of


def blanks(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", [f.name for f in fields(Texts)])
def test_both_languages_have_the_text_with_the_same_blanks(name: str) -> None:
    chinese, english = getattr(ZH, name), getattr(EN, name)
    assert chinese
    assert english
    if isinstance(chinese, str):
        assert blanks(chinese) == blanks(english)
    elif isinstance(chinese, dict):
        assert set(chinese) == set(english)


@pytest.mark.parametrize(
    ("code", "language"), [("en", "en"), ("EN-GB", "en"), ("zh", "zh"), (None, "zh"), ("fr", "zh")]
)
def test_language_of_an_address(code: str | None, language: str) -> None:
    assert language_of(code) == language
