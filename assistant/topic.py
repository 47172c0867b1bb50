"""What a question is about, and the same question about something else. Knows words and the names of an index, no paragraph."""

import re

from assistant.query import names_of
from assistant.references import references_in
from assistant.terms import FROM_THIS_YEAR
from corpus.numerals import CHINESE_NUMERAL
from corpus.references.folding import fold
from index.folder import Index
from index.text import HAN, normalise

ORDINAL = re.compile(
    rf"第[{CHINESE_NUMERAL}\d]+[届次]|(?<![几每第{CHINESE_NUMERAL}\d])(?:[二三四五六七八九]?十[一二三四五六七八九]?|\d{{2,3}})届"
)
YEAR = re.compile(r"\d{4}年(?:\d+月)?(?:以[前后])?|\b(?:19|20)\d\d\b")
ORDINAL_EN = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:ieth|y-[a-z]+)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth)\b",
    re.IGNORECASE,
)
THIS_YEAR = re.compile(rf"(?<![以基])(?:{'|'.join(FROM_THIS_YEAR)})(?!龄)")
_LETTER = re.compile(rf"(?<=[{HAN}])[a-z](?![a-z])", re.IGNORECASE)
_KINDS = (ORDINAL, YEAR, THIS_YEAR, ORDINAL_EN)
_ASKED = re.compile(
    r"(?:[在于从到由与和跟]|是在|都?有|是|为|达)?(?:什么(?:时候|时间|地方|人)?|哪[一些个几]*[里儿年天位个项]?|何[时地]|谁|多少|多[久大长高]|几|怎么?样?|如何|为何)"
)
_CUT = re.compile(
    r"(?:何时|什么|哪|谁|多少|多[久大长高]|几|怎么?|"
    r"如何|为何|是否|有没有|能不能|应当|可以|必须|是|有|由|在|于|从|要|最[多长高少])"
)
_WH_EN = r"(?:what|which|who|whom|whose|when|where|why|how(?: many| much| long| often)?(?: [a-z]+)?)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should|shall)"
_OPENING_EN = re.compile(rf"^(?:and |so |but )?{_WH_EN} (?:{_AUXILIARY} )?|^{_AUXILIARY} ")
_ARTICLE = re.compile(r"\b(?:the|a|an) ")
_SPEAKER = re.compile(r"的?(?:代表|观察员)$")


def anchors(question: str, index: Index) -> list[str]:
    """Return what ties a question to one thing: the bodies, countries, ordinals and years that it names, in their order."""
    text = normalise(question)
    found = [*names_of(question, index), *ORDINAL.findall(text), *YEAR.findall(text)]
    return [as_printed(words, question) for words in sorted(dict.fromkeys(found), key=text.find)]


def as_printed(words: str, question: str) -> str:
    """Return `words` (normalised) with the capitals that they have in `question`: WHO is a body, who is not."""
    cased = fold(question).cased
    start = cased.lower().find(words)
    return cased[start : start + len(words)] if start >= 0 else words


def topic_of(question: str, index: Index) -> str:
    """Return the words of `question` that name what it is about; empty where it names nothing."""
    places = references_in(question)
    if places:
        return places[0].printed
    tied = anchors(question, index)
    if tied:
        return " ".join(tied)
    text = normalise(question).rstrip("?？。!！ ")
    return as_printed(_subject(text) if re.search(rf"[{HAN}]", text) else _subject_en(text), question)


def with_another(before: str, what: str, index: Index) -> str | None:
    """Return the question before with `what` in the place of the thing of its kind; None where it has none."""
    text = fold(before).cased
    for kind in _KINDS:
        new = kind.search(what)
        if new and kind.search(text):
            return kind.sub(what if kind is not ORDINAL_EN and ORDINAL.search(what) else new[0], text, count=1)
    if re.fullmatch(r"[A-Za-z]", what) and _LETTER.search(text):
        return _LETTER.sub(what, text, count=1)
    named, new_names = names_of(before, index), names_of(what, index)
    if not (named and new_names):
        return None
    return re.sub(re.escape(named[0]), lambda _: as_printed(new_names[0], what), text, count=1, flags=re.IGNORECASE)


def asked_of(before: str, what: str) -> str:
    """Return what the question before asks, asked of `what`: 填埋湿地 and 移动界桩罚多少 give 填埋湿地罚多少."""
    text = fold(before).cased.rstrip("?？。!！ ")
    asked = _ASKED.search(text)
    if not asked or not re.search(rf"[{HAN}]", text):
        return f"{what} {text}"
    head, verb = text[: asked.start()], ""
    if not asked[0].startswith(("是", "有", "在", "由", "为")) and head and text.endswith(asked[0]):
        verb = head[-1]
    return f"{what}{verb}{text[asked.start() :]}"


def asking_else(before: str, asked: str) -> str | None:
    """Return the question before with another word of asking: 在哪里 for 什么时候; None where it has no such word."""
    text = fold(before).cased.rstrip("?？。!！ ")
    found = _ASKED.search(text)
    return f"{text[: found.start()]}{asked}{text[found.end() :]}" if found else None


def _subject(text: str) -> str:
    pieces = [piece.strip(" ,，的") for piece in _CUT.split(text)]
    pieces = [piece for piece in pieces if len(piece) > 1]
    subject = pieces[0] if pieces else ""
    owner = subject.split("的")[0]
    return _SPEAKER.sub("", owner if len(owner) > 1 else subject)


def _subject_en(text: str) -> str:
    rest = _OPENING_EN.sub("", text)
    starts = [m.start() for m in _ARTICLE.finditer(rest)]
    phrase = rest[starts[-1] :] if starts else rest
    words = phrase.split()
    ends_in_verb = re.search(r"\b(?:do|does|did|will|can|must|should) ", text) and len(words) > 2
    return " ".join(words[:-1] if ends_in_verb else words)
