from importlib import resources

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segmentation import is_plain, most_probable
from index.tokenizer import Tokenizer

REPORT = resources.files("corpus").joinpath("samples/un-space-meeting-38.zh.txt").read_text(encoding="utf-8")


def test_the_words_with_the_largest_product_are_taken() -> None:
    # 研究 生命 is 2/16 · 2/16 = 1/64, 研究生 命 is 4/16 · 1/16 = 1/64 as well: the longer first word;
    # with 生命 three times it is 3/128, which is more
    frequencies = {"研": 0, "研究": 2, "研究生": 4, "生": 0, "生命": 2, "命": 1}
    assert most_probable("研究生命", frequencies, 16) == ["研究生", "命"]
    assert most_probable("研究生命", frequencies | {"生命": 3}, 16) == ["研究", "生命"]


def test_a_character_that_begins_no_word_stands_alone() -> None:
    assert most_probable("甲乙", {"乙": 1}, 2) == ["甲", "乙"]
    assert most_probable("甲乙", {"甲": 0, "甲丙": 3}, 4) == ["甲", "乙"]


def test_nothing_has_no_words() -> None:
    assert most_probable("", {}, 1) == []


@pytest.mark.parametrize(
    ("run", "plain"), [("联合国", True), ("〇", False), ("㐀联", False), ("a", False), ("", False)]
)
def test_only_the_first_block_is_plain(run: str, plain: bool) -> None:
    assert is_plain(run) is plain


@given(st.text(st.sampled_from(sorted({c for c in REPORT if is_plain(c)})), max_size=40))
def test_any_characters_are_cut_as_jieba_does(run: str) -> None:
    known = TOKENIZER._jieba
    assert most_probable(run, known.FREQ, known.total) == list(known.cut(run, HMM=False))


def test_the_report_is_cut_as_jieba_does() -> None:
    known = TOKENIZER._jieba
    runs = [run for run in jieba.re_han_default.findall(REPORT) if is_plain(run)]
    assert len(runs) > 500
    for run in runs:
        assert most_probable(run, known.FREQ, known.total) == list(known.cut(run, HMM=False))


TOKENIZER = Tokenizer(["联合国训练研究所", "训研所"])
