"""Which document a question cites a place of or asks of: 刑法第十七条, para. 12 of A/80/33, what does resolution 2769 request.

What is named so certainly, beside a place, and is in the library, is all that the question is about: a place that it lacks is
said to be lacking, and never looked for elsewhere. A document named by its symbol beside no place is where to look first. Knows
no paragraph.
"""

import re
from dataclasses import dataclass

from assistant.exhaustive import wanted_in
from assistant.references import references_in
from assistant.view import View
from corpus.library.likeness import normal_symbol
from corpus.references.folding import fold
from index.standing import STATE, short_title
from index.text import HAN, normalise

FEW = 3
"""Up to how many reports a place that a question names leads to."""
_ASKED_OF = re.compile(
    r"(?:^|[,，。;；?？])\s*(?:请问)?(?:在|根据|按照|依照|依据|据)?\s*(?:联合国)?(?:大会|安理会|安全理事会)?第?$"
    r"|(?:^|\b(?:does|do|did|must|should|according to|under|by|in))\s*(?:the\s*)?$|\bwhat (?:is|are) in\s*$"
)
"""What stands before the name of a document that a question asks of, and does not only mention."""
_LAW = re.compile(
    rf"《?([{HAN}（）()]{{1,60}}(?:法|条例|办法|公约|条约|协定|宪章|细则|规定|解释|决定|章程))》?的?(?=第[^段章节编届次]{{1,8}}条)"
)
_SYMBOL = re.compile(
    r"(?:,? ?\b(?:of|in|to|from) (?:the )?(?:report|document|resolution)? ?)?(?<![\w/])"
    r"([a-z]{1,4}(?:/[a-z\d][a-z\d.-]*)+(?: ?\(\d{4}\))?)"
    r"(?![\w/])(?:号(?:决议|文件|报告))?的?"
)
_RESOLUTION = re.compile(
    r"(?:,? ?\b(?:of|in) )?(?:the )?(?:(?:general assembly|security council|ga|sc) )?resolution ([\d/]+)(?: ?\(\d{4}\))?"
    r"|(?:大会|安理会|安全理事会)?(?:决议)?第?([\d/]+)(?:\(\d{4}\))?号决议的?"
)


@dataclass(frozen=True)
class Named:
    """A question without the name of a document, empty where it is nothing else, the id of that report, and whether the
    question cites a place of it.
    """

    question: str
    report: str
    cites_place: bool


def named_document(question: str, view: View) -> Named | None:
    """Return what document a question cites a place of, or else asks of by its symbol; None where the library has it not."""
    named: dict[str, Named | None] = {}
    folded = fold(question)
    for pattern, reports in ((_LAW, _of_title), (_SYMBOL, _of_symbol), (_RESOLUTION, _of_resolution)):
        for match in pattern.finditer(folded.text):
            name = next(filter(None, match.groups()))
            found = reports(name, view)
            if len(found) != 1:
                continue
            start = match.start() if pattern is not _LAW else match.end(1) - _length(name, found[0], view)
            start -= len(STATE) if folded.text[:start].endswith(STATE) else 0
            first, last = folded.span(start, match.end())
            rest = f"{question[:first].rstrip('《')} {question[last:]}".strip(" ，,")
            if references_in(rest):
                return Named(rest, found[0], cites_place=True)
            if pattern is not _LAW:
                asked_of = _ASKED_OF.search(folded.text[: match.start()]) and not wanted_in(question)
                named.setdefault(found[0], Named(rest, found[0], cites_place=False) if asked_of else None)
    return next(iter(named.values())) if len(named) == 1 else None


def reports_of_place(question: str, view: View) -> tuple[str, ...]:
    """Return the reports of the places that a question names, in either language; none where they are many."""
    text, synonyms = normalise(question), view.index.synonyms
    named = {place for place in view.places() if any(name in text for name in (place, *synonyms.get(place, ())))}
    known = view.index.contents.by_id
    rows = [row for key, row in view.catalogue.rows.items() if key in known and named & set(known[key].standing.places)]
    found = tuple(str(row.name) for row in rows if view.covers(row.name))
    return found if len(found) <= FEW else ()


def _of_title(name: str, view: View) -> list[str]:
    """Return the reports whose title a run of characters ends with, those of the longest title."""
    fits = {i: len(_titled(name, title)) for i, title in _titles(view).items() if _titled(name, title)}
    return [i for i, length in fits.items() if length == max(fits.values())]


def _titled(name: str, title: str) -> str:
    return title if title and name.endswith(title) else ""


def _length(name: str, report: str, view: View) -> int:
    return len(_titled(name, _titles(view)[report]))


def _titles(view: View) -> dict[str, str]:
    rows = view.catalogue.rows.values()
    wanted = None if view.reports is None else set(view.reports)
    return {str(r.name): short_title(r.title) for r in rows if wanted is None or r.name in wanted}


def _of_symbol(name: str, view: View) -> list[str]:
    return [i for i, symbol in _symbols(view).items() if _bare(symbol) == _bare(name)]


def _of_resolution(number: str, view: View) -> list[str]:
    return [i for i, symbol in _symbols(view).items() if re.fullmatch(rf".*/RES/{re.escape(number)}", _bare(symbol))]


def _bare(symbol: str) -> str:
    return re.sub(r"\(\d{4}\)$", "", normal_symbol(symbol))


def _symbols(view: View) -> dict[str, str]:
    rows = view.catalogue.rows.values()
    wanted = None if view.reports is None else set(view.reports)
    return {str(r.name): str(r.symbol) for r in rows if r.symbol and (wanted is None or r.name in wanted)}
