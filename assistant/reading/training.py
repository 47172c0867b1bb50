"""Learns what chooses sentences and short answers from questions of reading comprehension: `make train-reader DATA=folder`.

Of all sentences of a paragraph, and of all candidates of a quotation, those that hold the gold answer are made likely: the
sentences by a small network, the candidates by a conditional logit. Knows the data folder's file and the split that the
measurement leaves out.
"""

import argparse
import json
import lzma
import tempfile
import unicodedata
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from assistant import Assistant
from assistant.query import Query, understand
from assistant.reading.fitting import fitted_logit, fitted_network
from assistant.reading.network import Network
from assistant.reading.reader import answering_run
from assistant.reading.sentence_features import NAMES, sentence_features
from assistant.reading.spans import spans
from assistant.reading.split import held_out
from assistant.reading.wanted import wanted
from assistant.reading.weights import FILE, SPAN_BUCKETS, Weights, bucket
from assistant.respelling import respelt
from assistant.sentences import sentences
from assistant.view import View

DATA = "cmrc2018-train.jsonl.xz"
SPAN_L2 = 1.0
QUESTIONS, SPAN_QUESTIONS = 9000, 5000
"""How many are learnt from; more took longer and helped little."""

Asked = tuple[Query, str, tuple[str, ...]]
"""A question as understood, the passage that answers it, and the answers that count as right."""


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    rows = learnt_from(arguments.data / DATA)[:QUESTIONS]
    with tempfile.TemporaryDirectory(prefix="pincite-reader-") as work:
        assistant = library_of(list(dict.fromkeys(str(row["passage"]) for row in rows)), Path(work))
        with assistant._view(None) as view:
            asked = [_asked(row, view) for row in rows]
            sentence = sentence_network(asked, view)
            Weights(NAMES, sentence, np.zeros(SPAN_BUCKETS, np.float32)).save(arguments.out)
            span = span_weights(asked[:SPAN_QUESTIONS], sentence, view)
    Weights(NAMES, sentence, span).save(arguments.out)


def learnt_from(path: Path) -> list[dict[str, object]]:
    """Return the records to learn from, in an order that a checksum gives."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kept = [row for row in rows if not held_out(row["passage"])]
    return sorted(kept, key=lambda row: zlib.crc32(row["question"].encode()))


def library_of(passages: Sequence[str], work: Path) -> Assistant:
    """Return an assistant over one report, of which each passage is a paragraph."""
    file = work / "passages.jsonl"
    rows = [{"label": str(i), "text": text} for i, text in enumerate(passages, start=1)]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assistant = Assistant.open(work / "home")
    bundled = assistant.library.entries()[0].id
    assistant.library.add(file)
    assistant.library.remove(bundled)
    return assistant


def sentence_network(asked: Sequence[Asked], view: View) -> Network:
    """Return what scores sentences."""
    groups = []
    for query, passage, answers in asked:
        pieces = sentences(passage)
        right = np.array([any(answer in piece for answer in answers) for piece in pieces])
        if right.any() and len(pieces) > 1:
            groups.append((sentence_features(query, wanted(query.asked), pieces, view.index.embedder), right))
    return fitted_network(groups)


def span_weights(asked: Sequence[Asked], sentence: Network, view: View) -> NDArray[np.float32]:
    """Return the weights of the features of spans, (SPAN_BUCKETS,) float32: learnt on the sentences that would be quoted."""
    columns = array("i")
    ends = [0]
    groups = []
    for query, passage, answers in asked:
        quotation = quoted(query, passage, sentence, view)
        candidates = spans(quotation, wanted(query.asked), view.index.tokenizer)
        gold = {letters(answer) for answer in answers}
        right = np.array([letters(quotation[s.start : s.end]) in gold for s in candidates], dtype=bool)
        if right.any():
            groups.append(right)
            for span in candidates:
                columns.extend(bucket(feature) for feature in span.features)
                ends.append(len(columns))
    rows = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(ends) - 1, SPAN_BUCKETS))
    learnt = fitted_logit(rows, groups, SPAN_L2)
    return np.asarray(learnt, np.float32)


def quoted(query: Query, passage: str, sentence: Network, view: View) -> str:
    """Return the run of sentences of a passage that would be quoted."""
    pieces = sentences(passage)
    first, last = answering_run(query, pieces, view.index.embedder, sentence)
    start = 0
    for piece in pieces[:first]:
        start = passage.index(piece, start) + len(piece)
    start = end = passage.index(pieces[first], start)
    for piece in pieces[first:last]:
        end = passage.index(piece, end) + len(piece)
    return passage[start:end]


def letters(text: str) -> str:
    """Return the letters and digits of `text`, lower-case: what two answers are compared by."""
    return "".join(c for c in text.lower() if unicodedata.category(c)[0] not in "PSZ" and not c.isspace())


def _asked(row: dict[str, object], view: View) -> Asked:
    answers = row["answers"]
    query = understand(respelt(str(row["question"]), view.index), view.index)
    return query, str(row["passage"]), tuple(map(str, answers if isinstance(answers, list) else ()))


if __name__ == "__main__":
    main()
