"""Text to tokens for the sparse index: jieba's words, character bigrams, and symbols, dates and ordinals kept whole.

Knows no passage and no score. The same text gives the same tokens as long as `VERSION` and the added words are the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import chain
from operator import add

import jieba
import Stemmer

from corpus.numerals import CHINESE_NUMERAL, from_chinese
from index.segmentation import is_plain, most_probable
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
_HAN_BUT_FOR_ORDINALS = HAN.replace("一-鿿", "一-笫笭-鿿")
"""All Han characters but 第, which begins an ordinal where a digit follows."""
_TOKEN = re.compile(
    rf"(?P<han>(?:[{_HAN_BUT_FOR_ORDINALS}]+|第(?!\d))+)"
    r"|(?P<symbol>(?<![a-z])[a-z]{1,6}(?:/[a-z0-9](?:[a-z0-9.&-]*[a-z0-9])?)+(?: ?\(\d{4}\))?)"
    r"|(?P<decision>\d+/\d+(?: ?[a-z](?![a-z]))?)"
    rf"|(?P<lettered>(?<=[{HAN}])(?:[a-z](?![a-z0-9])|\d{{1,2}}(?![\d/%{HAN}-]|[.,]\d)))"
    rf"|(?P<ordinal>第\d+(?![\d/])[{HAN}]?)"
    r"|(?P<date>\d{4}年|\d{1,2}月(?:\d{1,2}日)?)"
    r"|(?P<latin>[a-zÀ-ɏа-яё0-9]+(?:[.'+-][a-zÀ-ɏа-яё0-9]+)*\+?\d*)"
)
_LETTERS = re.compile("[a-z]{3}")

_PIECE = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<number>\d+(?:[.,:]\d+)*%?)|(?P<latin>[A-Za-zÀ-ɏА-я]+(?:[.'-][A-Za-zÀ-ɏА-я]+)*)|(?P<sign>\S)"
)
_TAGS = {"number": "m", "latin": "eng", "sign": "x"}


class Tokenizer:
    """Tokenizes normalised text.

    Args:
        words: names and abbreviations that count as words, such as those of the reports in the library.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        frequencies, total = _base()
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = dict(frequencies), total
        self._jieba.initialized = True
        for word in words:
            self._jieba.add_word(normalise(word))
        self._within = _Within(self._jieba.FREQ)
        self._tags: dict[str, str] = {}
        self._stem = Stemmer.Stemmer("english").stemWord

    @contextmanager
    def knowing(self, words: Iterable[str]) -> Iterator[None]:
        """Let `words` count as words too, until the end of the `with` block; not for several threads at once."""
        frequencies, total, within = self._jieba.FREQ, self._jieba.total, self._within
        before: dict[str, int | None] = {}
        words = [normalise(word) for word in words]
        self._within = _Within(frequencies) if words else within
        try:
            for word in words:
                for end in range(1, len(word) + 1):
                    before.setdefault(word[:end], frequencies.get(word[:end]))
                self._jieba.add_word(word)
            yield
        finally:
            self._jieba.total, self._within = total, within
            for beginning, frequency in before.items():
                if frequency is None:
                    frequencies.pop(beginning, None)
                else:
                    frequencies[beginning] = frequency

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of `text`, which may be in any spelling, in order of their place."""
        return self.cut(text)[0]

    def words(self, text: str) -> list[str]:
        """Return only the words, symbols, dates and ordinals of `text`: no bigrams and no words inside words."""
        return [self.token(word) for word in self.surface_words(text)]

    def surface_words(self, text: str) -> list[str]:
        """Return the same as `words` as they stand in `text` (normalised), before English words lose their endings."""
        return self.cut(text)[1]

    def cut(self, text: str) -> tuple[list[str], list[str]]:
        """Return what `tokens` returns and what `surface_words` does, in the time of one of them."""
        tokens: list[str] = []
        words: list[str] = []
        text = plain_numbers(normalise(text))
        for match in _TOKEN.finditer(text):
            kind, token = match.lastgroup, match[0]
            if kind == "han":
                pieces = self._pieces(token)
                words += pieces
                tokens += chain.from_iterable(map(self._within.__getitem__, pieces))
                tokens += map(add, token, token[1:])
                continue
            if kind == "lettered":
                token = text[max(0, match.start() - 2) : match.end()]
            token = token.replace(" ", "")
            words.append(token)
            tokens.append(self._stem(token) if kind == "latin" and token.isalpha() else token)
            if kind == "ordinal" and not token[-1].isdecimal():
                tokens.append(token[:-1])
            elif kind == "date":
                tokens.append(token[:4] if token.endswith("年") else token[: token.index("月") + 1])
        return tokens, words

    def _pieces(self, run: str) -> list[str]:
        """Return the words of a run of Han characters."""
        if is_plain(run):
            return most_probable(run, self._jieba.FREQ, self._jieba.total)
        return list(self._jieba.cut(run, HMM=False))

    def token(self, word: str) -> str:
        """Return the token of a surface word: of an English word its stem, of any other itself."""
        return str(self._stem(word)) if word.isascii() and word.isalpha() else word

    def names_thing(self, word: str) -> bool:
        """Whether `word` names a thing, person, place or number, by jieba's dictionary; so does a word it does not have."""
        return not word.isascii() and self._part_of_speech(word)[:1] in "nmtsjf"

    def names_place(self, word: str) -> bool:
        """Whether `word` is the name of a place, by jieba's dictionary."""
        return not word.isascii() and self._part_of_speech(word) == "ns"

    def names_one(self, word: str, seen: bool) -> bool:
        """Whether `word` is the name of one country, city or body, by jieba's dictionary.

        Its tags for persons' names stand on common words too (卫星): they count only for a word not `seen` in the reports.
        """
        return self._part_of_speech(word) in (("ns", "nt") if seen else ("ns", "nt", "nr", "nrt", "nrfg", "nz"))

    def tagged(self, text: str) -> list[tuple[int, int, str]]:
        """Return the words, numbers and signs of `text` as it stands: where each begins and ends in it, and its tag.

        The tag is that of jieba's dictionary; `m` for a number, `eng` for a Latin word, `x` for any other sign.
        """
        found = []
        for match in _PIECE.finditer(text):
            if match.lastgroup != "han":
                found.append((match.start(), match.end(), _TAGS[match.lastgroup or ""]))
                continue
            at = match.start()
            for word in self._jieba.cut(match[0], HMM=False):
                found.append((at, at + len(word), self._part_of_speech(word)))
                at += len(word)
        return found

    def _part_of_speech(self, word: str) -> str:
        """Return the tag of `word` in jieba's dictionary; `n`, a noun, for one that it does not have."""
        if word not in self._tags:
            self._tags[word] = _line_of(word).rpartition(b" ")[2].decode() or "n"
        return self._tags[word]


class _Within(dict[str, tuple[str, ...]]):
    """Each word after the words of two and three characters inside it, as jieba does for search engines; filled as asked.

    Args:
        frequencies: of each word of the dictionary, and 0 for each beginning of one that is no word itself.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        super().__init__()
        self._frequencies = frequencies

    def __missing__(self, word: str) -> tuple[str, ...]:
        inside = (word[i : i + size] for size in (2, 3) if len(word) > size for i in range(len(word) - size + 1))
        found = self[word] = (*(piece for piece in inside if self._frequencies.get(piece)), word)
        return found


def _line_of(word: str) -> bytes:
    """Return the line of a word in jieba's dictionary, empty where it has none."""
    if not _base()[0].get(word):
        return b""
    lines, wanted = _dictionary(), f"{word} ".encode()
    low, high = 0, len(lines) - 1
    while low < high:  # most lines stand in order
        middle = lines.rfind(b"\n", 0, (low + high) // 2 + 1)
        after = lines.index(b"\n", middle + 1)
        low, high = (after, high) if lines[middle + 1 : after].split(b" ")[0] < wanted[:-1] else (low, middle)
    start = low if lines.startswith(wanted, low + 1) else lines.find(b"\n" + wanted)
    return lines[start + 1 : lines.index(b"\n", start + 1)]


@cache
def _dictionary() -> bytes:
    with jieba.Tokenizer().get_dict_file() as file:
        return b"\n" + bytes(file.read()) + b"\n"


@cache
def _base() -> tuple[dict[str, int], int]:
    return _prefix_dictionary(_dictionary())


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
    if "年" in text or "月" in text:
        text = _CHINESE_DATE.sub(lambda m: str(from_chinese(m[1] or m[2]) or m[0]), text)
    if not _LETTERS.search(text):
        return text
    return _ENGLISH_DATE.sub(_date_as_chinese, _ENGLISH_ORDINAL.sub(_ordinal_as_chinese, text))


def _ordinal_as_chinese(match: re.Match[str]) -> str:
    value = int(match[1]) if match[1] else ordinal_value(match[2])
    return f"第{value}{_UNITS[match[3]][0]} {match[3]}"


def ordinal_value(word: str) -> int:
    """Return the number of an English ordinal in small letters: 12 of twelfth and 12th, 85 of eighty-fifth; 0 of what is none."""
    if word[0].isdecimal():
        return int(re.sub(r"\D", "", word))
    tens, _, ones = word.partition("-")
    if tens in _ONES:
        return _ONES.index(tens)
    stem = tens.removesuffix("ieth").removesuffix("y")
    return _TENS.get(stem, 0) + (_ONES.index(ones) if ones in _ONES else 0)


def _date_as_chinese(match: re.Match[str]) -> str:
    month = _MONTHS.index(match[2]) + 1
    day = match[1] or match[3]
    if not day and not match[4]:
        return match[0]
    year = f"{match[4]}年" if match[4] else ""
    return f"{year}{month}月{f'{day}日' if day else ''}"
