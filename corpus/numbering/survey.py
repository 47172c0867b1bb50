"""A first look over all blocks: the table of contents, where the text begins, and how the document numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.block import Block
from corpus.marks import Mark, ends_sentence, mark_of
from corpus.numerals import CHINESE_NUMERAL

_CONTENTS = re.compile(
    r"(?:目\s*录|目\s*次|table of contents|contents|table des matières|sommaire|índice|содержание)", re.IGNORECASE
)
_LEADER = re.compile(r"(?:[.．…·‥]\s?){4,}|\t\s*\d{1,4}$|[^\d\s.,]\s+(?!(?:19|20)\d\d$)\d{1,4}$")
_LEADER_DOTS = re.compile(r"(?:[.．…·‥]\s?){5,}")
_MAX_BETWEEN_LEADERS = 8
_PROPER = r"[^\W\d_a-zа-я][\w’'-]*"
_BODY_EN = rf"The {_PROPER}(?: (?:(?:of|on|the|for|and|to|in) )*{_PROPER}){{0,12}}"
OPENING = re.compile(
    rf"(?:{_BODY_EN}"
    r"|(?i:the (?:general assembly|security council|economic and social council|human rights council|commission|committee"
    r"|conference of the parties|executive board|(?:states? )?parties (?:to|in) .{0,80}|(?:high )?contracting parties.{0,40})"
    r"|[㐀-鿿]{0,12}(?:大会|理事会|委员会|执行局|缔约[国方]会议)|(?:本(?:公约|条约|协定|议定书))?各?缔约(?:各)?[国方]"
    r"|l[’']assemblée générale|le conseil (?:de sécurité|économique et social|des droits de l[’']homme|d[’']administration)"
    r"|les (?:hautes |états )?parties (?:contractantes|au|à|aux) ?.{0,80}|la (?:conférence|réunion) des .{0,60}"
    r"|la asamblea general|el consejo (?:de seguridad|económico y social|de derechos humanos)|la junta ejecutiva"
    r"|l[oa]s (?:altas )?(?:estados )?partes (?:contratantes|en) ?.{0,80}|la (?:conferencia|reunión) de .{0,60}"
    r"|генеральная ассамблея|совет безопасности|экономический и социальный совет|совет по правам человека"
    r"|государства(?: ?[—–-] ?| )участники .{0,80}|(?:высокие )?договаривающиеся стороны.{0,40}))\s?[,，:：]"
)
"""The words that open a resolution or a treaty: who resolves or agrees."""
_SALUTATION = re.compile(
    r"(?:各位(?:代表|委员|同志|来宾)|尊敬的.{1,20}|同志们|dear .{1,40}|excellenc(?:y|ies)|mesdames.{0,40}"
    r"|distinguished .{1,40})[：:，,！!]?",
    re.IGNORECASE,
)
_SALUTATION_WITHIN = 40
_DATE_LINE = re.compile(r"[—–―（(\s]*(?:来源|发布|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_FAR = 4000
_CHINESE_HEADING = re.compile(rf"[{CHINESE_NUMERAL}]{{1,3}}、|[(（][{CHINESE_NUMERAL}]{{1,3}}[)）]")


@dataclass(frozen=True)
class Survey:
    """What a first look found.

    Attributes:
        blocks: those of the text, without front matter and table of contents.
        front: the blocks above the text.
        contents: the blocks of the table of contents.
        has_numbers: whether paragraphs are numbered 1. 2. 3. outside annexes.
        counts_in_chinese: whether headings are 一、 and （一） and paragraphs have no numbers of their own.
        notes: the signs of the footnotes.
    """

    blocks: tuple[Block, ...]
    front: tuple[Block, ...]
    contents: tuple[Block, ...]
    has_numbers: bool
    counts_in_chinese: bool
    notes: frozenset[str]


def survey(blocks: Sequence[Block]) -> Survey:
    """Return what a first look over `blocks` finds."""
    rest, contents = _without_contents(blocks)
    start = _text_start(rest)
    text = rest[start:]
    body = [block for block in text[: _first_annex(text)] if block.kind == "text"]
    marks = [mark for block in body if (mark := mark_of(block.text)) is not None]
    numbers = any(mark.kind == "number" and ends_sentence(mark.rest) for mark in marks)
    articles = any(mark.kind == "article" for mark in marks)
    opened = any(OPENING.fullmatch(block.text.strip()) for block in body)
    return Survey(
        tuple(text),
        tuple(rest[:start]),
        tuple(contents),
        numbers,
        not articles and not opened and any(_CHINESE_HEADING.match(b.text) for b in body) and _counts_in_chinese(marks),
        frozenset(mark.sign for b in blocks if (mark := mark_of(b.text)) is not None and mark.kind == "footnote"),
    )


def _counts_in_chinese(marks: Sequence[Mark]) -> bool:
    """Whether 一、 and （一） are headings below which no numbers run through: 1. stands below each anew, or nowhere."""
    headings, last, since = 0, 0, False
    numbered = False
    for mark in marks:
        if mark.kind in ("chapter", "item") and not mark.sign.isascii():
            if numbered and mark.kind == "item" and mark.sign == "一":
                return False
            numbered = numbered and mark.kind == "item"
            headings, since = headings + 1, True
        elif mark.kind == "number":
            numbered = True
            value = int(mark.sign.rstrip("abeiqrstu"))
            if since and value > 1 and value == last + 1:
                return False
            last, since = value, False
    return headings > 1


def _first_annex(blocks: Sequence[Block]) -> int:
    for i, block in enumerate(blocks):
        mark = mark_of(block.text) if block.kind in ("text", "heading") else None
        if mark is not None and mark.kind == "annex":
            return i
    return len(blocks)


def _without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the blocks without tables of contents, and those of the tables of contents."""
    kept: list[Block] = []
    contents: list[Block] = []
    last = {_bare(block.text): at for at, block in enumerate(blocks)}
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if _CONTENTS.fullmatch(block.text.strip()):
            end = _contents_end(blocks, at, last)
            contents += blocks[at:end]
            at = end
        elif _LEADER_DOTS.search(block.text) and not ends_sentence(_LEADER_DOTS.sub("", block.text)):
            contents.append(block)
            at += 1
        else:
            kept.append(block)
            at += 1
    return kept, contents


def _contents_end(blocks: Sequence[Block], start: int, last: Mapping[str, int]) -> int:
    """Return where the table of contents that begins at `start` ends: after its last line that leads to a page.

    Args:
        blocks: of the document.
        start: where its heading stands.
        last: where each text stands last, without spaces.
    """
    end, since = start + 1, 0
    for i in range(start + 1, len(blocks)):
        text = blocks[i].text.strip()
        if _LEADER.search(text) and not ends_sentence(_LEADER.sub("", text)):
            end, since = i + 1, 0
        else:
            since += 1
        if since > _MAX_BETWEEN_LEADERS:
            break
    if end > start + 1:
        return end
    seen: set[str] = set()
    for i in range(start + 1, len(blocks)):
        bare = _bare(blocks[i].text)
        if bare in seen or last[bare] <= i or ends_sentence(blocks[i].text):
            break
        seen.add(bare)
        end = i + 1
    return end


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _text_start(blocks: Sequence[Block]) -> int:
    """Return where the text begins: below the title, the dates, the addressees and a summary."""
    for i, block in enumerate(blocks[:_SALUTATION_WITHIN]):
        if _SALUTATION.fullmatch(block.text.strip()):
            return i + 1
        if mark_is(block, ("number", "article", "annex")):
            break
    start = next((i for i in range(len(blocks)) if _opens_text(blocks, i)), None)
    sentences = [
        i
        for i, block in enumerate(blocks[: start if start is not None else _FAR])
        if block.kind == "text" and _is_prose(block.text)
    ]
    numbered = start is not None and mark_is(blocks[start], ("number", "article"))
    if start is None or (sentences and not numbered and not _has_numbers_after(blocks, start)):
        rows = (i for i, block in enumerate(blocks) if block.kind == "row")
        start = sentences[0] if sentences else next(rows, len(blocks)) if start is None else start
    while start > 0 and blocks[start - 1].kind == "heading" and (blocks[start - 1].level or 0) > 0 and start > 1:
        start -= 1
    return start


def _is_prose(text: str) -> bool:
    return len(text) > 30 and ends_sentence(text) and not _DATE_LINE.match(text)


def mark_is(block: Block, kinds: tuple[str, ...]) -> bool:
    """Whether a mark of one of `kinds` opens the block."""
    mark = mark_of(block.text)
    return mark is not None and mark.kind in kinds


def _has_numbers_after(blocks: Sequence[Block], start: int) -> bool:
    return any(mark_is(block, ("number", "article")) for block in blocks[start : start + 40] if block.kind == "text")


def _opens_text(blocks: Sequence[Block], i: int) -> bool:
    """Whether the text can begin at block `i`: with paragraph 1, an article, a chapter, an annex or a resolution's opening."""
    block = blocks[i]
    if block.label:
        return True
    if block.kind == "row" or block.kind == "note":
        return False
    if OPENING.fullmatch(block.text.strip()):
        return True
    mark = mark_of(block.text)
    if mark is None:
        return False
    if mark.kind == "dotted":
        return mark.sign.endswith(".1") and any(mark_is(later, ("dotted",)) for later in blocks[i + 1 : i + 30])
    if mark.kind == "number":
        return int(mark.sign.rstrip("abeiqrstu")) == 1 or _counts_on(blocks, i, int(mark.sign.rstrip("abeiqrstu")))
    if mark.kind in ("chapter", "part"):
        return not ends_sentence(block.text) or mark.sign in ("一", "I")
    return mark.kind in ("article", "annex") or (mark.kind in ("unit", "section") and not ends_sentence(block.text))


def _counts_on(blocks: Sequence[Block], i: int, value: int) -> bool:
    later = [mark_of(block.text) for block in blocks[i + 1 : i + 30] if block.kind == "text"]
    return any(mark is not None and mark.kind == "number" and mark.sign == str(value + 1) for mark in later)
