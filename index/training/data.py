"""The training data, read, normalised and split: what is learnt from, and what is held out to measure.

It knows the data folder's files and their fields, not tokens, pairs or models. Every text it hands on has been through
`index.text.normalise`, as every text the model meets at run time has.
"""

import json
import lzma
import re
import zlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.text import normalise

NEWS_LENGTH = 900
"""Characters read of one news article; the rest is seldom about the same thing."""
LEGAL_FOLDS = 5
"""Into so many parts the lay legal questions are split; a model that is measured on one learnt from the others."""
UN_HELD_OUT = 1000
"""The last pairs of the United Nations sentences are never trained on."""

_NEWS_HEAD = re.compile(r"^.{0,30}?正文[:：]\s*(?:原标题[:：]\s*)?")
_LAW = re.compile(r"^(.*?)(?:[((]\d{4}-\d\d-\d\d[))])?(第[零〇一二三四五六七八九十百千]+条.*)?$")


@dataclass(frozen=True)
class Article:
    """One article of a law: `law` is the law's name without date and number, `text` its words."""

    id: int
    law: str
    name: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question and the passage that answers it; `answer` is found in the passage, or is empty."""

    question: str
    passage: str
    answer: str


@dataclass(frozen=True)
class LegalQuestion:
    """A lay question and the ids of the articles that answer it."""

    question: str
    gold: tuple[int, ...]


@dataclass(frozen=True)
class Corpora:
    """All texts of one side of the split."""

    articles: tuple[Article, ...]
    legal: tuple[LegalQuestion, ...]
    questions: tuple[Question, ...]
    news: tuple[str, ...]
    lexicon: tuple[tuple[str, tuple[str, ...]], ...]
    """Chinese headword, its English senses."""
    parallel: tuple[tuple[str, str], ...]
    """Chinese sentence, English sentence."""


def read(data: Path, name: str) -> list[dict[str, Any]]:
    """Return the records of `name`.jsonl.xz in the folder `data`."""
    with lzma.open(data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load(data: Path) -> tuple[Corpora, Corpora]:
    """Return the training side and the held-out side of the data folder `data`.

    Held out: every tenth passage of CMRC 2018 with all its questions, and the last `UN_HELD_OUT` United Nations
    sentences. Passages are drawn by a checksum of their words, so the split does not change with their order. The lay
    legal questions are all to learn from, and are held out fold by fold; the articles are the same on both sides.
    """
    with ProcessPoolExecutor(max_workers=3) as pool:

        def clean(texts: Iterable[str]) -> list[str]:
            return list(pool.map(normalise, texts, chunksize=512))

        laws = read(data, "laws-articles")
        names, texts = clean(row["name"] for row in laws), clean(row["text"] for row in laws)
        articles = tuple(
            Article(row["id"], _law(name), name, text) for row, name, text in zip(laws, names, texts, strict=True)
        )
        stard = read(data, "stard-even")
        legal = [
            LegalQuestion(question, tuple(row["gold"]))
            for question, row in zip(clean(row["question"] for row in stard), stard, strict=True)
        ]
        cmrc = _questions(read(data, "cmrc2018-train"), clean)
        drcd = _questions(read(data, "drcd-dev"), clean)
        news = clean(_NEWS_HEAD.sub("", row["text"])[:NEWS_LENGTH] for row in read(data, "crud-news"))
        cedict = read(data, "cedict")
        heads = clean(row["simplified"] for row in cedict)
        lexicon = [(head, senses(row["english"])) for head, row in zip(heads, cedict, strict=True)]
        un = read(data, "un-parallel-first3000")
        parallel = list(zip(clean(row["zh"] for row in un), clean(row["en"] for row in un), strict=True))
    return (
        Corpora(
            articles,
            tuple(legal),
            tuple(q for q in cmrc if not _drawn(q.passage, 10)) + tuple(drcd),
            tuple(dict.fromkeys(news)),
            tuple((head, senses) for head, senses in lexicon if senses),
            tuple(parallel[:-UN_HELD_OUT]),
        ),
        Corpora(
            articles,
            (),
            tuple(q for q in cmrc if _drawn(q.passage, 10)),
            (),
            (),
            tuple(parallel[-UN_HELD_OUT:]),
        ),
    )


def legal_fold(item: LegalQuestion) -> int:
    """Return which of `LEGAL_FOLDS` folds a lay legal question is in, by a checksum of its words."""
    return zlib.crc32(item.question.encode()) % LEGAL_FOLDS


def _drawn(text: str, one_in: int) -> bool:
    return zlib.crc32(text.encode()) % one_in == 0


def _law(name: str) -> str:
    match = _LAW.match(name)
    return match[1] if match else name


def _questions(rows: list[dict[str, Any]], clean: Any) -> list[Question]:
    questions, passages = clean(row["question"] for row in rows), clean(row["passage"] for row in rows)
    answers = clean(row["answers"][0] if row["answers"] else "" for row in rows)
    return [Question(*row) for row in zip(questions, passages, answers, strict=True)]


def senses(english: list[str]) -> tuple[str, ...]:
    """Return the plain English glosses: no remarks in brackets, no measure words, no Chinese, no cross-references."""
    found = []
    for gloss in english:
        if re.search(r"[㐀-鿿]|^CL:|variant of|surname|see also|abbr\. for", gloss):
            continue
        for sense in normalise(re.sub(r"\([^()]*\)|\[[^\]]*\]", " ", gloss)).split(";"):
            sense = re.sub(r"^(?:to|a|an|the|lit\.|fig\.) ", "", sense.strip())
            if sense and len(sense) <= 60:
                found.append(sense)
    return tuple(dict.fromkeys(found))
