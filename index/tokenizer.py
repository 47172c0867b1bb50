"""Text to tokens for the sparse index: jieba's words, character bigrams, and symbols, dates and ordinals kept whole.

Knows no passage and no score. The same text gives the same tokens as long as `VERSION` and the added words are the same.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import jieba
import Stemmer

from corpus.numerals import CHINESE_NUMERAL, from_chinese
from index.text import HAN, normalise

VERSION = 1
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}
_ONES = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
]
_ONES += ["fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
_EVENTS = "session meeting conference assembly"
_UNITS = dict.fromkeys(_EVENTS.split(), "届") | {"annex": "附件", "paragraph": "段", "committee": "委员会"}

_CHINESE_ORDINAL = re.compile(rf"第([{CHINESE_NUMERAL}]{{1,7}})(?=[^{CHINESE_NUMERAL}]|$)")
_CHINESE_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})(?=年)|(?<![一二三四五六七八九十])(十?[一二三四五六七八九十])(?=月)"
)
_ENGLISH_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{1,2}})(?!\d))?,?(?: (\d{{4}})(?!\d))?")
_ENGLISH_ORDINAL = re.compile(
    rf"\b(?:(\d+)(?:st|nd|rd|th)|((?:{'|'.join(_TENS)})(?:y|ieth)(?:-(?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES[1:])}))"
    rf" ({'|'.join(_UNITS)})"
)
_TOKEN = re.compile(
    r"(?P<symbol>(?<![a-z])[a-z]{1,6}(?:/[a-z0-9](?:[a-z0-9.&-]*[a-z0-9])?)+(?: ?\(\d{4}\))?)"
    r"|(?P<decision>\d+/\d+(?: ?[a-z](?![a-z]))?)"
    rf"|(?P<lettered>(?<=[{HAN}])(?:[a-z](?![a-z0-9])|\d{{1,2}}(?![\d/%{HAN}-]|[.,]\d)))"
    rf"|(?P<ordinal>第\d+(?![\d/])[{HAN}]?)"
    r"|(?P<date>\d{4}年|\d{1,2}月(?:\d{1,2}日)?)"
    r"|(?P<latin>[a-zÀ-ɏа-яё0-9]+(?:[.'+-][a-zÀ-ɏа-яё0-9]+)*\+?\d*)"
    rf"|(?P<han>(?:(?!第\d)[{HAN}])+)"
)


class Tokenizer:
    """Tokenizes normalised text.

    Args:
        words: names and abbreviations that count as words, such as those of the reports in the library.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = _prefix_dictionary(self._dictionary)
        self._jieba.initialized = True
        for word in words:
            self._jieba.add_word(normalise(word))
        self._tags: dict[str, str] = {}
        self._stem = Stemmer.Stemmer("english").stemWord

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of `text`, which may be in any spelling, in order of their place."""
        return list(self._tokens(plain_numbers(normalise(text))))

    def words(self, text: str) -> list[str]:
        """Return only the words, symbols, dates and ordinals of `text`: no bigrams and no words inside words."""
        return [self.token(word) for word in self.surface_words(text)]

    def surface_words(self, text: str) -> list[str]:
        """Return the same as `words` as they stand in `text` (normalised), before English words lose their endings."""
        return list(self._tokens(plain_numbers(normalise(text)), whole=True))

    def token(self, word: str) -> str:
        """Return the token of a surface word: of an English word its stem, of any other itself."""
        return str(self._stem(word)) if word.isascii() and word.isalpha() else word

    def names_thing(self, word: str) -> bool:
        """Whether `word` names a thing, person, place or number, by jieba's dictionary; so does a word it does not have."""
        return not word.isascii() and self._part_of_speech(word)[:1] in "nmtsjf"

    def names_one(self, word: str, seen: bool) -> bool:
        """Whether `word` is the name of one country, city or body, by jieba's dictionary.

        Its tags for persons' names stand on common words too (卫星): they count only for a word not `seen` in the reports.
        """
        return self._part_of_speech(word) in (("ns", "nt") if seen else ("ns", "nt", "nr", "nrt", "nrfg", "nz"))

    def _part_of_speech(self, word: str) -> str:
        """Return the tag of `word` in jieba's dictionary; `n`, a noun, for one that it does not have."""
        if word not in self._tags:
            start = self._dictionary.find(f"\n{word} ".encode())
            line = self._dictionary[start + 1 : self._dictionary.index(b"\n", start + 1)] if start >= 0 else b"n"
            self._tags[word] = line.split(b" ")[-1].decode()
        return self._tags[word]

    @cached_property
    def _dictionary(self) -> bytes:
        with self._jieba.get_dict_file() as file:
            return b"\n" + bytes(file.read()) + b"\n"

    def _tokens(self, text: str, whole: bool = False) -> Iterator[str]:
        for match in _TOKEN.finditer(text):
            kind, token = match.lastgroup, match[0]
            if kind == "lettered":
                yield text[max(0, match.start() - 2) : match.end()]
            elif kind == "han":
                yield from self._jieba.cut(token, HMM=False) if whole else self._han(token)
            elif kind == "latin" and token.isalpha():
                yield token if whole else self._stem(token)
            else:
                yield token.replace(" ", "")
                if kind == "ordinal" and token[-1].isdecimal() is False and not whole:
                    yield token[:-1]
                elif kind == "date" and not whole:
                    yield token[:4] if token.endswith("年") else token[: token.index("月") + 1]

    def _han(self, run: str) -> Iterator[str]:
        yield from self._jieba.cut_for_search(run, HMM=False)
        for i in range(len(run) - 1):
            yield run[i : i + 2]


def _prefix_dictionary(dictionary: bytes) -> tuple[dict[str, int], int]:
    """Return what jieba's own `gen_pfdict` makes of its dictionary: the frequency of each word, and 0 for each beginning.

    jieba's own takes half as long again, and its initialise leaves a cache file in the shared temporary folder.
    """
    frequencies: dict[str, int] = {}
    total = 0
    for line in dictionary.decode("utf-8").strip().split("\n"):
        word, count, _ = line.split(" ", 2)
        frequencies[word] = frequency = int(count)
        total += frequency
        for end in range(1, len(word)):
            beginning = word[:end]
            if beginning not in frequencies:
                frequencies[beginning] = 0
    return frequencies, total


def plain_numbers(text: str) -> str:
    """Return `text` with ordinals, years and dates written with digits, and English ones as the Chinese print them."""
    text = _CHINESE_ORDINAL.sub(lambda m: f"第{from_chinese(m[1])}" if from_chinese(m[1]) is not None else m[0], text)
    text = _CHINESE_DATE.sub(lambda m: str(from_chinese(m[1] or m[2]) or m[0]), text)
    return _ENGLISH_DATE.sub(_date_as_chinese, _ENGLISH_ORDINAL.sub(_ordinal_as_chinese, text))


def _ordinal_as_chinese(match: re.Match[str]) -> str:
    value = int(match[1]) if match[1] else _english_ordinal(match[2])
    return f"第{value}{_UNITS[match[3]][0]} {match[3]}"


def _english_ordinal(word: str) -> int:
    tens, _, ones = word.partition("-")
    if tens in _ONES:
        return _ONES.index(tens)
    stem = tens.removesuffix("ieth").removesuffix("y")
    return _TENS[stem] + (_ONES.index(ones) if ones else 0)


def _date_as_chinese(match: re.Match[str]) -> str:
    month = _MONTHS.index(match[2]) + 1
    day = match[1] or match[3]
    if not day and not match[4]:
        return match[0]
    year = f"{match[4]}年" if match[4] else ""
    return f"{year}{month}月{f'{day}日' if day else ''}"
