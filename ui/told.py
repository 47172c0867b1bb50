"""What the page says of an error, in its language: the error's own words, or those that stand for them in Chinese.

Errors say in English what was expected, what was found and what to do. `errors.zh.tsv` has those that one who uses the page
can meet, each with its places for names and numbers; one that is not there is told by its kind, its own words behind.
"""

import re
from functools import cache
from importlib import resources

from corpus.errors import (
    ConversationsError,
    DuplicateReport,
    HomeError,
    IndexDamaged,
    IndexingFailed,
    IndexMismatch,
    ParseError,
    PinciteError,
    SettingsError,
    UnknownReport,
    printable,
)
from ui.strings import Language

_TABLE = "errors.zh.tsv"
_PLACE = re.compile(r"\\\{\w+\\\}")
_KINDS: tuple[tuple[type[PinciteError], str], ...] = (
    (ParseError, "无法把这份文件读成报告"),
    (DuplicateReport, "这份报告已在报告库中"),
    (UnknownReport, "报告库中没有这份报告"),
    (ConversationsError, "对话记录无法读写"),
    (HomeError, "数据文件夹无法使用"),
    (IndexMismatch, "索引与现在的设置不符，请点“重建索引”"),
    (IndexDamaged, "索引已损坏，请点“重建索引”"),
    (IndexingFailed, "没有建成索引，没有作任何改动"),
    (SettingsError, "设置有误"),
    (PinciteError, "没有完成"),
)


def told(error: PinciteError, language: Language) -> str:
    """Return an error as one sentence in `language`."""
    if language == "en":
        return str(error)
    if not isinstance(error, ParseError):
        return in_chinese(str(error)) or _by_kind(error, str(error))
    where = f"《{printable(error.path.name)}》" + (f"第 {error.line} 行" if error.line else "")
    return f"{where}：{in_chinese(error.reason) or _by_kind(error, error.reason)}"


def in_chinese(message: str) -> str:
    """Return what stands for an English message, its names and numbers as they are; empty where nothing does."""
    for pattern, chinese in _table():
        match = pattern.fullmatch(message)
        if match:
            return chinese.format(**{name: in_chinese(word) or word for name, word in match.groupdict().items()})
    return ""


def _by_kind(error: PinciteError, words: str) -> str:
    said = next(chinese for kind, chinese in _KINDS if isinstance(error, kind))
    return f"{said}（{words}）"


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of the messages, those with the most words of their own first, each with its Chinese."""
    text = resources.files("ui").joinpath("assets", _TABLE).read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    pairs.sort(key=lambda pair: -len(re.sub(r"\{\w+\}", "", pair[0])))
    return tuple((_pattern(english), chinese) for english, chinese in pairs)


def _pattern(english: str) -> re.Pattern[str]:
    escaped = re.escape(english)
    return re.compile(_PLACE.sub(lambda m: f"(?P<{m[0][2:-2]}>.+?)", escaped), re.DOTALL)
