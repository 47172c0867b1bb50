"""Quality of the ways to find a paragraph beside each other, and the time of an answer, warm and cold.

Run by `make bench`. Everything is measured in this one run: machines are noisy, so compare rows and ratios, not seconds.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from assistant import Assistant
from assistant.answer import Answer
from assistant.evaluation import EvalQuestion, answers_gold, evaluate, load_questions
from assistant.query import understand
from corpus.label import Label
from index.ranking import Ranking

EVALUATION = Path(__file__).parents[1] / "evaluation"
SETS = ("report_dev.jsonl", "report_own.jsonl")
CONVERSATIONS = ("conversations_dev.jsonl",)
DEPTH = 50
RRF_K = 60
COLD_RUNS = 5
QUESTION = "国际电联有多少成员国？"


def main() -> None:
    """Print all tables."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        assistant = Assistant.open(home)
        print(f"open an empty data folder, bundled report indexed: {time.perf_counter() - start:.2f} s\n")
        for name in SETS:
            print_quality(name, assistant)
        for name in CONVERSATIONS:
            print_conversations(name, assistant)
        print_cold(home)


def print_conversations(name: str, assistant: Assistant) -> None:
    """Print how many turns cite a gold label first or, where nothing answers, cite nothing."""
    right, turns = 0, 0
    for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines():
        history: list[tuple[str, Answer]] = []
        for turn in json.loads(line)["turns"]:
            answer = assistant.ask(turn["question"], history)
            gold, cited = [Label.parse(label) for label in turn["gold"]], [c.label for c in answer.citations]
            right += answers_gold(cited[0], gold) if gold and cited else not gold and not cited
            turns += 1
            history.append((turn["question"], answer))
    print(f"{name}: {right} of {turns} turns right")


def print_quality(name: str, assistant: Assistant) -> None:
    """Print hit@1 and recall@5 of each way to find a paragraph, and the figures and times of whole answers."""
    questions = load_questions(EVALUATION / name)
    answerable = [q for q in questions if q.gold]
    print(f"{name}: {len(answerable)} answerable questions, {len(questions) - len(answerable)} not")
    print(f"  {'':28}{'hit@1':>8}{'recall@5':>10}")
    for way, find in ways(assistant).items():
        hit, recall = quality(answerable, find)
        print(f"  {way:28}{hit:8.3f}{recall:10.3f}")
    summary, _ = evaluate(questions, assistant)
    print(f"  {'Pincite':28}{summary.hit_at_1:8.3f}{summary.recall_at_5:10.3f}")
    print(f"  answer has the words {summary.contains_answer:.3f}, cites a gold label {summary.cites_gold:.3f}")
    print(f"  abstained: {summary.rightly_abstained} of {summary.n_unanswerable} unanswerable, ", end="")
    print(f"{summary.wrongly_abstained} of {summary.n_answerable} answerable")
    print(f"  ask, warm, in process: p50 {summary.ask_p50_ms:.1f} ms, p95 {summary.ask_p95_ms:.1f} ms\n")


def ways(assistant: Assistant) -> dict[str, Callable[[str], list[Label]]]:
    """Return the ways to compare: each turns a question into the five labels it finds, over the same passages."""

    def found_by(rank: Callable[[Assistant, str], Ranking]) -> Callable[[str], list[Label]]:
        def find(question: str) -> list[Label]:
            with assistant._view(None) as view:
                ids = [int(i) for i in rank(assistant, question).ids[:5]]
                return [hit.paragraph.label for hit in view.paragraphs(ids)]

        return find

    return {
        "BM25, words and bigrams": found_by(_sparse),
        "embedding, FAISS": found_by(_dense),
        "both, rank fusion": found_by(_rank_fusion),
        "both, fused scores": found_by(_fused),
    }


def quality(questions: Sequence[EvalQuestion], find: Callable[[str], list[Label]]) -> tuple[float, float]:
    """Return hit@1 and recall@5 over `questions`."""
    hits, recalls = [], []
    for question in questions:
        labels = find(question.question)
        hits.append(bool(labels) and answers_gold(labels[0], question.gold))
        recalls.append(np.mean([any(answers_gold(label, [gold]) for label in labels) for gold in question.gold]))
    return float(np.mean(hits)), float(np.mean(recalls))


def print_cold(home: str) -> None:
    """Print the time of a whole `pincite ask`, process start included, and its ratio to loading jieba alone."""
    environment = os.environ | {"PINCITE_HOME": home}
    ask = [sys.executable, "-m", "ui.cli", "ask", QUESTION]
    jieba = [sys.executable, "-c", "import jieba; jieba.initialize()"]
    seconds: dict[str, list[float]] = {"ask": [], "jieba": []}
    for run in range(COLD_RUNS + 1):
        for name, command in (("ask", ask), ("jieba", jieba)):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if run:
                seconds[name].append(time.perf_counter() - start)
    ask_s, jieba_s = median(seconds["ask"]), median(seconds["jieba"])
    print(f"cold `pincite ask`: {ask_s:.2f} s; `import jieba; jieba.initialize()`: {jieba_s:.2f} s;", end=" ")
    print(f"ratio {ask_s / jieba_s:.2f} (medians of {COLD_RUNS}, after one uncounted)")


def _sparse(assistant: Assistant, question: str) -> Ranking:
    index = _index(assistant)
    return index.with_ids(index.by_words(dict.fromkeys(index.tokenizer.tokens(question), 1.0), DEPTH))


def _dense(assistant: Assistant, question: str) -> Ranking:
    index = _index(assistant)
    return index.with_ids(index.by_meaning(index.embedder.embed_query(question), DEPTH))


def _rank_fusion(assistant: Assistant, question: str) -> Ranking:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009, doi:10.1145/1571941.1572114)."""
    scores: dict[int, float] = {}
    for ranking in (_sparse(assistant, question), _dense(assistant, question)):
        for rank, identity in enumerate(ranking.ids, start=1):
            scores[int(identity)] = scores.get(int(identity), 0.0) + 1 / (RRF_K + rank)
    ids = np.array(sorted(scores, key=lambda i: -scores[i]), dtype=np.int64)
    return Ranking(ids, np.array([scores[int(i)] for i in ids], dtype=np.float32))


def _fused(assistant: Assistant, question: str) -> Ranking:
    index = _index(assistant)
    query = understand(question, index)
    return index.search(query.tokens or {"": 1.0}, query.text, DEPTH).ranking


def _index(assistant: Assistant):  # type: ignore[no-untyped-def]
    with assistant._view(None) as view:
        return view.index


if __name__ == "__main__":
    main()
