import contextlib
import random
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ParseError
from corpus.readers.encoding import decoded, detect

HERE = Path("report.txt")
RUSSIAN = (
    "Генеральная Ассамблея, ссылаясь на свои предыдущие резолюции, постановляет: 1. одобрить доклад Комитета; "
    "2. просить Генерального секретаря представить доклад «О ходе работы» на следующей сессии."
)
FRENCH = (
    "1. Le Comité a décidé d’étudier les mesures à prendre à la lumière des débats tenus à sa première séance. "
    "2. Il a prié le secrétariat de présenter un état détaillé des ressources nécessaires."
)
SPANISH = (
    "1. La Comisión tomó nota del informe y pidió a la Secretaría que presentara un estudio más detallado. "
    "2. ¿Qué medidas se adoptarán en el próximo período de sesiones? El año 2026 será decisivo."
)


@pytest.fixture(scope="module")
def simplified(bundled_path: Path) -> str:
    return bundled_path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def traditional(simplified: str) -> str:
    text: str = opencc.OpenCC("s2tw").convert(simplified)
    return "".join(c for c in text if c.isascii() or _in_big5(c))


def _in_big5(character: str) -> bool:
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def test_gb18030_and_big5_are_told_apart_in_200_bytes_of_a_report(simplified: str, traditional: str) -> None:
    rng = random.Random(38)
    for text, codec in ((simplified, "gb18030"), (traditional, "cp950")):
        for _ in range(200):
            start = rng.randrange(len(text) - 200)
            sample = text[start : start + 200].encode(codec)[:200]
            while detect(sample) is None and len(sample) > 196:  # a character cut in half
                sample = sample[:-1]
            assert decoded(sample, HERE) == sample.decode(codec)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_whole_report_reads_the_same_in_every_encoding(simplified: str, codec: str) -> None:
    assert decoded(simplified.encode(codec), HERE) == simplified


@pytest.mark.parametrize("codec", ["cp950", "big5", "gb18030", "utf-16-be"])
def test_a_whole_report_in_traditional_characters_reads_the_same(traditional: str, codec: str) -> None:
    text = traditional.encode(codec, "ignore").decode(codec)
    assert decoded(text.encode(codec), HERE) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "cp1251"), (FRENCH, "cp1252"), (SPANISH, "cp1252"), (SPANISH, "latin-1"), (FRENCH, "utf-16-le")],
)
def test_other_languages_read_the_same_in_their_old_encodings(text: str, codec: str) -> None:
    assert decoded(text.encode(codec), HERE) == text


def test_a_sentence_is_enough() -> None:
    for text, codec in (
        ("1. 会议商定下届会议于六月举行。", "gb18030"),
        ("2. 委員會通過了本報告。", "big5"),
        ("Принято единогласно.", "cp1251"),
    ):
        assert decoded(text.encode(codec), HERE) == text


def test_what_a_page_says_of_itself_is_believed_where_the_bytes_allow_it() -> None:
    assert decoded("é".encode("cp1252"), HERE, declared="ISO-8859-1") == "é"
    assert decoded("会议".encode(), HERE, declared="big5-hkscs") == "会议"
    assert decoded("会议".encode(), HERE, declared="no-such-charset") == "会议"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (bytes(range(256)) * 8, "byte 0x80 at offset 128"),
        (b"1. a\x00\x00b", "control character U+0000"),
        (b"\xff\xfe1\x00\x00\xd8", "byte order mark"),
        (b"ok\nok\n\x81\xff\xff\x9d", "line 3"),
    ],
)
def test_bytes_of_no_encoding_are_refused_with_the_first_that_is_wrong(data: bytes, found: str) -> None:
    with pytest.raises(ParseError, match="expected") as error:
        decoded(data, HERE)
    assert found in str(error.value)


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_an_error(data: bytes) -> None:
    with contextlib.suppress(ParseError):
        assert isinstance(decoded(data, HERE), str)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_is_never_taken_for_another_encoding(text: str) -> None:
    assert decoded(b"\xef\xbb\xbf" + text.encode(), HERE) == text
    if not text.startswith("\ufeff"):
        assert decoded(text.encode(), HERE) == text
