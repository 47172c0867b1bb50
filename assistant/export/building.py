"""Builds the document of a conversation: its title, and of each turn the question and the blocks of its answer.

Knows the Markdown that answers are written in (`markup`), not where the answers come from.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.export.document import WORDING, Block, Document, Notes, Source, Turn, Words, cleaned, title_of
from assistant.export.markup import blocks_of
from corpus.label import Language
from index.text import HAN


def document_of(
    turns: Sequence[Turn],
    sources: Mapping[str, Source],
    language: Language,
    title: str = "",
    remarks: Sequence[Sequence[str]] = (),
) -> Document:
    """Return the document of `turns`.

    Args:
        turns: questions as they were asked, each with its answer, oldest first.
        sources: the reports that they cite, by their ids with their versions; one that is not there goes by its id.
        language: of what is said besides.
        title: the conversation's name; empty for the first question.
        remarks: of each turn, what has become of what it cited, in sentences; empty where all are new.
    """
    named = " ".join(cleaned(title).split()) or title_of(turns, language)
    blocks, notes = [Block("title", (Words(named),))], Notes(sources)
    every = tuple(map(tuple, remarks)) or ((),) * len(turns)
    for (question, answer), said in zip(turns, every, strict=True):
        asked = " ".join(cleaned(question).split())
        if asked and (len(turns) > 1 or asked != named):
            blocks.append(Block("question", (Words(asked),)))
        understood = " ".join(cleaned(answer.question).split())
        if understood not in ("", asked):
            remark = WORDING["understood"][language].format(question=understood)
            blocks.append(Block("remark", (Words(remark, italic=True),)))
        notes.begin(answer.citations)
        blocks += blocks_of(answer.text, notes)
        blocks += [Block("remark", (Words(" ".join(cleaned(one).split()), italic=True),)) for one in said]
    return Document(named, language, tuple(turns), sources, tuple(blocks), tuple(notes.all), every)


def language_of(question: str) -> Language:
    """Return the language of a document whose first question is `question`: Chinese where that has a Chinese letter."""
    return "zh" if re.search(rf"[{HAN}]", question) else "en"
