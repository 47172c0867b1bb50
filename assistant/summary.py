"""The key sentences of a section: 总结第三章, summarise chapter III. Verbatim and cited; nothing is written anew.

A sentence is a key one by how near it is to the whole of the section (Radev et al., 2004, doi:10.1016/j.ipm.2003.10.006), by
standing first in its paragraph, and by saying what those chosen before it do not (Carbonell and Goldstein, 1998,
doi:10.1145/290941.291025).
"""

import re

import numpy as np

from assistant.answer import Hit
from assistant.compose import Statement
from assistant.sentences import sentences
from assistant.view import View
from index.text import HAN

MAX_PARAGRAPHS = 400
"""Of a longer section the first paragraphs count."""
MOST, FEWEST, ONE_OF = 8, 3, 4
"""How many sentences there are at most and at least, and of how many paragraphs there is one."""
_FIRST = 0.08
_SAME = 0.5
_CHARS = (12, 260)
_SUMMARISES = (
    re.compile(
        r"^(?:请|请你|帮我|麻烦)*(?:总结|概括|概述|归纳|摘要|简述|小结)(?:一下|下|出)?(?P<what>.+?)"
        r"(?:的?(?:主要)?(?:内容|要点|大意|观点))?[?？。]*$"
    ),
    re.compile(r"^(?P<what>.+?)的?(?:总结|概要|摘要|要点|大意|主要内容)(?:是什么|有哪些|如何)?[?？。]*$"),
    re.compile(r"^(?:please )?(?:summari[sz]e|give (?:me )?a summary of|sum up) (?P<what>.+?)[?.]*$", re.IGNORECASE),
)
_ALL = re.compile(
    r"^(?:(?:这份|本|该|整份|整个)?(?:报告|文件)|全文|全书|"
    r"(?:the |this )?(?:whole )?(?:report|document))$",
    re.IGNORECASE,
)


def summarised(question: str) -> str | None:
    """Return what `question` wants a summary of, empty for the whole report; None where it wants none."""
    match = next(filter(None, (form.match(question.strip()) for form in _SUMMARISES)), None)
    if match is None:
        return None
    what = match["what"].strip()
    return "" if _ALL.match(what) else what


def section_question(what: str) -> str:
    """Return the question for all that stands in a section."""
    return f"{what}讲了什么" if re.search(rf"[{HAN}]", what) else f"What does {what} say?"


def key_statements(view: View) -> list[Statement]:
    """Return the key sentences of all that a view looks in, in document order; none where it holds no sentences."""
    hits = [
        h for h in view.everything(MAX_PARAGRAPHS) if h.paragraph.kind not in ("row", "annex", "heading", "footnote")
    ]
    pieces = [(hit, s, i) for hit in hits for i, s in enumerate(sentences(hit.paragraph.text)) if _says_something(s)]
    if not pieces:
        return []
    vectors = view.index.embedder.embed_passages([sentence for _, sentence, _ in pieces])
    centre = vectors.mean(axis=0)
    scores = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-6))
    scores += np.array([_FIRST * (i == 0) for _, _, i in pieces], np.float32)
    wanted = min(len(pieces), MOST, max(FEWEST, round(len(hits) / ONE_OF)))
    chosen: list[int] = []
    while len(chosen) < wanted:
        near = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(pieces), np.float32)
        worth = scores - _SAME * near
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
    return _by_paragraph([(pieces[i][0], pieces[i][1]) for i in sorted(chosen)])


def _says_something(sentence: str) -> bool:
    return _CHARS[0] <= len(sentence) <= _CHARS[1] and not sentence.endswith(("：", ":"))


def _by_paragraph(chosen: list[tuple[Hit, str]]) -> list[Statement]:
    statements: list[Statement] = []
    for hit, sentence in chosen:
        if statements and statements[-1].hit.address == hit.address:
            statements[-1] = Statement(hit, (*statements[-1].quotes, sentence))
        else:
            statements.append(Statement(hit, (sentence,)))
    return statements
