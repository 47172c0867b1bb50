"""Places as only questions spell them, rewritten as the grammar of places reads them: 12.c, 30、31段, item (c) of paragraph 12.

Knows spellings, no place. Input and output are normalised text.
"""

import re
from collections.abc import Callable

from corpus.numerals import CHINESE_NUMERAL, to_chinese, to_roman
from corpus.references.number_lists import MARK, TO, signs_between

_N = rf"(?:\d{{1,4}}|[{CHINESE_NUMERAL}]{{1,6}})"
_BETWEEN_ZH = r"(?: ?(?:至|到|~|-{1,2}|、|,|和|与|及|以及) ?第?)"
_LETTER = r"[a-z](?![a-z0-9])"
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_ORDINALS = {
    w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_BELOW_TWENTY = "|".join(sorted(_ONES[1:], key=len, reverse=True))
WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{_BELOW_TWENTY})"
_ANNEX = rf"(?:(?:附件|附录)[{CHINESE_NUMERAL}\d]{{1,3}}|(?:annex|appendix) (?:[ivx]{{1,5}}|\d{{1,2}}))"
_SIGN = rf"\((?:{MARK})\)项?"
_LOWER = r"(?:\.?(?:[ivx]{1,4}|\d|\([ivx\d]{1,4}\))(?!\w))"
_SHORT = r"[1-9]\d{0,2}"
_VERB = "看读查找见开示下释译较结用里中"
Rewrite = Callable[[re.Match[str]], str]


def spelt_out(text: str) -> str:
    """Return `text` with the places in it spelt as the grammar reads them; what is no place stays as it is."""
    for pattern, rewritten in _REWRITES:
        text = pattern.sub(rewritten, text)
    return text


def word_value(word: str) -> int:
    """Return the value of an English number word from one to ninety-nine, as `WORD_NUMBER` matches it."""
    tens, _, ones = word.replace(" ", "-").partition("-")
    return _TENS[tens] + (_ONES.index(ones) if ones else 0) if tens in _TENS else _ONES.index(word)


def _bracketed(match: re.Match[str]) -> str:
    """Return 第12段c至e项 as 第12(c)至(e)段."""
    letters = re.sub(r"第?([a-z])[项款]?", r"(\1)", match["letters"])
    return f"第{match['n']}{letters}段"


def _dotted(match: re.Match[str]) -> str:
    marks = re.findall(rf"\((?:{MARK})\)|[a-z\d]+", match["marks"])
    return f"第{match['n']}{''.join(m if m.startswith('(') else f'({m})' for m in marks)}段"


def _items_of_annex(match: re.Match[str]) -> str:
    """Return 附件二(a)至(c) as each of its items by itself."""
    marks = re.findall(rf"\(({MARK})\)", match["items"])
    if len(marks) == 2 and re.search(rf"\){TO}", match["items"]):
        marks = signs_between(marks[0], marks[1])
    return "、".join(f"{match['annex']}({mark})" for mark in marks)


def _parts_of_annex(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    numbers = range(min(first, last), max(first, last) + 1)
    return "、".join(f"{match['annex']}第{n}{match['unit']}" for n in numbers)


def _rows_of_annex(match: re.Match[str]) -> str:
    return f"{match['annex']}, {match['unit'].removesuffix('s')} {match['n']}"


_REWRITES: tuple[tuple[re.Pattern[str], str | Rewrite], ...] = tuple(
    (re.compile(form), rewritten)
    for form, rewritten in (
        # a number alone, or with a word for it
        (rf"^({_SHORT}(?:{_BETWEEN_ZH}{_SHORT})+)$", r"第\1段"),
        (r"^#(\d{1,4})$", r"第\1段"),
        (rf"编号(?:为|是)?({_N})(?:的(?:那一?)?段落?|段)?(?![\d年月日届])", r"第\1段"),
        (rf"(?<![\d第{CHINESE_NUMERAL}])({_N})号段落?", r"第\1段"),
        (rf"(?<![\d第{CHINESE_NUMERAL}每各几本该])段落?(\d{{1,4}})(?![\d年月日届个项条])", r"第\1段"),
        (rf"第({_N})段落", r"第\1段"),
        (r"第廿", "第二十"), (r"第卅", "第三十"), (r"第卌", "第四十"),
        (rf"(?<=[{_VERB}])(\d{{1,4}})段(?![时落])", r"第\1段"),
        (r"(?<![\w第./、])(\d{1,4}(?:[、,和与及] ?\d{1,4})+)段(?!时)", r"第\1段"),
        (rf"第?({_N})段?(?:和|与|到|至)第?({_N})段之间", r"第\1至\2段"),
        # items
        (rf"(?<![第\d/])(\d{{1,4}})段(?=的?第(?:{_N}小?[项款]|{_LETTER}))", r"第\1段"),
        (rf"(?<![\w第])(\d{{1,4}})([a-z])(?=\((?:{MARK})\))", r"\1(\2)"),
        (rf"第(?P<n>{_N})段的?(?P<letters>第?{_LETTER}[项款]?(?:{_BETWEEN_ZH}{_LETTER}[项款]?)+)", _bracketed),
        (rf"第({_N})段的?第?({_LETTER})[项款]?的?第?({_N}|\((?:{MARK})\))小?[项目款](?!目)", r"第\1(\2)(\3)段"),
        (rf"第({_N})段的?第?({_LETTER})[项款]", r"第\1(\2)段"),
        (rf"第({_N})段的?第(\((?:{MARK})\))[项款]?", r"第\1\2段"),
        (rf"第({_N})段第({_N})小[项款]", r"第\1段第\2项"),
        (rf"(?<![\w./])第?(?P<n>\d{{1,4}})\.(?P<marks>(?:{_LETTER}|\([a-z]\)){_LOWER}?)段?(?![\w.])", _dotted),
        (r"\((\()(\w+)\)\)", r"(\2)"),
        # annexes
        (rf"({_ANNEX})(?:的|中|里)?(?:表格|名单|列表|表)(?:中|里)?的?第", r"\1第"),
        (rf"(?P<annex>{_ANNEX})的?(?P<items>{_SIGN}(?:(?:{TO}|、|和|与|及| and |, ?){_SIGN})+)", _items_of_annex),
        (rf"(?P<annex>{_ANNEX})的?第(?P<first>\d{{1,3}})[行段]?{TO}第?(?P<last>\d{{1,3}})(?P<unit>[行段])", _parts_of_annex),
        (r"(?P<unit>rows?) (?P<n>\d{1,3}) (?:of|in) (?:the )?(?P<annex>annex [ivx\d]{1,5})", _rows_of_annex),
        (rf"(?:the )?({'|'.join(_ORDINALS)}) (annex|appendix)", lambda m: f"{m[2]} {to_roman(_ORDINALS[m[1]]).lower()}"),
        (rf"第({_N})(?:个|份)(附件|附录)", lambda m: f"{m[2]}{to_chinese(int(m[1])) if m[1].isdecimal() else m[1]}"),
        # English
        (rf"\b(paragraphs?|paras?\.?|annex) ({WORD_NUMBER})\b", lambda m: f"{m[1]} {word_value(m[2])}"),
        (r"\b(?:sub-?paragraph|item|point|clause) \((\w{1,4})\) (?:of|in|to) (paragraph|para\.?) (\d{1,4})", r"\2 \3 (\1)"),
        (r"\b(paragraph|para\.?) (\d{1,4}),? (?:sub-?paragraph|item|point|clause) \(?(\w{1,4})\)?(?!\w)", r"\1 \2 (\3)"),
        (r"\bbetween (paragraphs) (\d{1,4}) and (\d{1,4})", r"\1 \2 to \3"),
        (r"\bfootnotes (\d{1,3}) (?:and|to) (\d{1,3})", r"footnote \1, footnote \2"),
        (r"\barticles? (\d{1,3}) and (\d{1,3})\b(?! ?\()", r"第\1条、第\2条"),
        (r"\b(?:articles?|arts?\.) (\d{1,3}),? (?:paragraph|para\.) (\d{1,2})\b", r"第\1条第\2款"),
        (r"\b(?:articles?|arts?\.) (\d{1,3})\b(?! ?[\(/\d])", r"第\1条"),
        # articles and notes
        (rf"(?:^|(?<=[法例约定书程]))({_N})条(?=第|$|[?的是说规])", r"第\1条"),
        (r"(?<![备附批脚尾\w])注(\d{1,3})(?!\d)", r"脚注\1"),
        (rf"第({_N})[个条]脚注", r"脚注\1"),
    )
)  # fmt: skip
