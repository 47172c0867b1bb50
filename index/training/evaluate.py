"""What a static model finds by itself: exact search over the held-out data, and over one report.

`python -m index.training.evaluate DATA MODEL [--prefix N] [--report FILE --questions FILE]`. It measures vectors alone: no sparse
index, no fusion, no references looked up. A query without a hit counts 0, none is left out.
"""

import argparse
import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray

from corpus.parsing import parse_report
from index.passages import passages_of
from index.text import normalise
from index.training.data import Article, Corpora, LegalQuestion, load

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Normalised texts to L2-normalised vectors, (n_texts, dim) float32."""


def encoder(model: Path, prefix: int | None = None) -> Encode:
    """Return the encoder of the model in the folder `model`; with `prefix`, of its vectors' first numbers alone."""
    static = StaticModel.from_pretrained(model, quantize_to="float32", dimensionality=prefix)

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(static.encode(list(texts), use_multiprocessing=False), dtype=np.float32)

    return encode


def measure(model: Path, held_out: Corpora, prefix: int | None = None) -> dict[str, float]:
    """Return the figures of the model in the folder `model` on the held-out side of the data.

    The lay legal questions are not among them: a model is to be measured on those it has not learnt from, by
    `index.training.folds`.
    """
    encode = encoder(model, prefix)
    figures: dict[str, float] = {}
    wiki = list(dict.fromkeys(item.passage for item in held_out.questions))
    where = {passage: i for i, passage in enumerate(wiki)}
    asked = [item.question for item in held_out.questions]
    hit, recall = search(encode, asked, wiki, [{where[item.passage]} for item in held_out.questions])
    figures |= {"CMRC hit@1": hit, "CMRC recall@5": recall}
    chinese, english = [zh for zh, _ in held_out.parallel], [en for _, en in held_out.parallel]
    own = [{i} for i in range(len(chinese))]
    figures["UN zh→en hit@1"] = search(encode, chinese, english, own)[0]
    figures["UN en→zh hit@1"] = search(encode, english, chinese, own)[0]
    return figures


def measure_legal(
    model: Path, articles: Sequence[Article], asked: Sequence[LegalQuestion], prefix: int | None = None
) -> dict[str, float]:
    """Return the figures of the model in the folder `model` on lay questions, searched in all `articles`."""
    place = {article.id: i for i, article in enumerate(articles)}
    texts = [f"{article.name} {article.text}" for article in articles]
    gold = [{place[i] for i in item.gold} for item in asked]
    hit, recall = search(encoder(model, prefix), [item.question for item in asked], texts, gold)
    return {"STARD hit@1": hit, "STARD recall@5": recall}


def measure_report(model: Path, report: Path, questions: Path) -> dict[str, float]:
    """Return the figures on a report's questions, JSON lines of `question` and `gold` labels; those without gold left out."""
    paragraphs = parse_report(report)
    labels = [str(paragraph.label) for paragraph in paragraphs.paragraphs]
    passages = passages_of(paragraphs)
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row["gold"] and row.get("type") != "direct"]
    gold = [{i for i, label in enumerate(labels) if label in row["gold"]} for row in rows]
    asked = [normalise(row["question"]) for row in rows]
    hit, recall = search(encoder(model), asked, [normalise(passage.whole) for passage in passages], gold)
    return {"report hit@1": hit, "report recall@5": recall}


def search(
    encode: Encode, queries: Sequence[str], texts: Sequence[str], gold: Sequence[Collection[int]]
) -> tuple[float, float]:
    """Return hit@1 and recall@5 of `queries` over `texts` by inner product; `gold` holds each query's places in `texts`."""
    vectors = encode(texts)
    hits, recalls = [], []
    for start in range(0, len(queries), 256):
        scores = encode(queries[start : start + 256]) @ vectors.T  # (n_queries, n_texts)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :5] if len(texts) < 5000 else _top_5(scores)
        for found, right in zip(best.tolist(), gold[start : start + 256], strict=True):
            hits.append(found[0] in right)
            recalls.append(len(set(found) & set(right)) / max(1, len(right)))
    return float(np.mean(hits)), float(np.mean(recalls))


def table(figures: dict[str, float]) -> str:
    """Return the figures as a Markdown table."""
    return "\n".join(
        ["| measured | figure |", "|---|---|", *(f"| {name} | {value:.3f} |" for name, value in figures.items())]
    )


def _top_5(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    best = np.argpartition(-scores, 5, axis=1)[:, :5]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m index.training.evaluate", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the training data, *.jsonl.xz")
    parser.add_argument("model", type=Path, help="folder of the model")
    parser.add_argument("--prefix", type=int, help="search by so many of the vectors' first numbers alone")
    parser.add_argument("--report", type=Path, help="a report to ask")
    parser.add_argument("--questions", type=Path, help="its questions, JSON lines")
    arguments = parser.parse_args()
    figures = measure(arguments.model, load(arguments.data)[1], arguments.prefix)
    if arguments.report and arguments.questions:
        figures |= measure_report(arguments.model, arguments.report, arguments.questions)
    print(table(figures))


if __name__ == "__main__":
    main()
