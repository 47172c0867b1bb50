from functools import cache
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(["训研所", "联合国训练研究所"])


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("（A/AC.105/1179）", "a/ac.105/1179"),
        ("举行的第三十七届会议", "第37届"),
        ("第 37 届会议", "第37届"),
        ("the thirty-seventh session", "第37届"),
        ("the 37th session", "第37届"),
        ("二〇一八年十月二十九日", "2018年"),
        ("29 October 2018", "10月29日"),
        ("October 29, 2018", "10月29日"),
        ("第72/266 A号决议", "72/266a"),
        ("专题会议 A, 审议", "会议a"),
        ("该战略的原则 3，", "原则3"),
        ("訓研所的代表", "训研所"),
        ("satellites deployed", "satellit"),
        ("近 10,000 家", "10000"),
    ],
)
def test_symbols_dates_ordinals_and_names_are_one_token(tokenizer: Tokenizer, text: str, token: str) -> None:
    assert token in tokenizer.tokens(text)
    assert token in tokenizer.words(text)


def test_words_and_bigrams_stand_together(tokenizer: Tokenizer) -> None:
    assert {"卫星", "图像", "星图"} <= set(tokenizer.tokens("卫星图像"))
    assert "星图" not in tokenizer.words("卫星图像")


def test_a_year_is_found_with_and_without_its_unit(tokenizer: Tokenizer) -> None:
    assert {"2013年", "2013"} <= set(tokenizer.tokens("（2013年）"))


def test_the_dictionary_tells_names_from_other_words(tokenizer: Tokenizer) -> None:
    assert tokenizer.names_one("俄罗斯", seen=False)
    assert not tokenizer.names_one("卫星", seen=True)
    assert tokenizer.names_thing("望远镜")
    assert not tokenizer.names_thing("看作")


def test_the_dictionary_is_the_one_that_jieba_makes(tokenizer: Tokenizer) -> None:
    theirs = jieba.Tokenizer()
    frequencies, total = theirs.gen_pfdict(theirs.get_dict_file())
    ours = Tokenizer()._jieba
    assert ours.total == total
    assert frequencies == ours.FREQ


def test_no_cache_file_is_written_to_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    Tokenizer().tokens("外层空间")
    assert not list(tmp_path.iterdir())


def test_words_known_for_a_while_are_forgotten_without_a_trace() -> None:
    tokenizer = Tokenizer()
    before, total = dict(tokenizer._jieba.FREQ), tokenizer._jieba.total
    plain = tokenizer.words("训研所的代表")
    with tokenizer.knowing(["训研所", "训研", "代表"]):
        assert "训研所" in tokenizer.words("训研所的代表")
    assert tokenizer.words("训研所的代表") == plain
    assert before == tokenizer._jieba.FREQ
    assert tokenizer._jieba.total == total


@given(st.text(alphabet="联合国训练研究所的卫星外层空间活动和平利用第三十届会议2018年10月abc (),.，。", max_size=60))
def test_words_inside_words_are_those_that_jieba_finds(text: str) -> None:
    tokenizer = shared()
    words = [w for w in tokenizer.surface_words(text) if len(w) > 1 and all("一" <= c <= "鿿" for c in w)]
    tokens = tokenizer.tokens(text)
    for word in words:
        assert set(tokenizer._jieba.cut_for_search(word, HMM=False)) <= set(tokens)


@cache
def shared() -> Tokenizer:
    return Tokenizer()
