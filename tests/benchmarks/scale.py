"""Speed and memory of a library of 70 to near a million passages: adding it, searching it, asking it, on one thread and on four.

    python -m tests.benchmarks.scale ../shared/data            # all sizes
    python -m tests.benchmarks.scale ../shared/data 138856     # one of them

The passages are articles of law (a file a law) and, past those, sentences of news (a file for each thousand), added as JSON
lines through the library as any folder is. Wall times and, since machines are noisy, CPU times. The largest takes minutes.
"""

import json
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.sentences import sentences
from index.embedder import load_embedder
from index.folder import Index
from index.sparse import SparseIndex, SparseRow
from index.tokenizer import Tokenizer
from tests.benchmarks.statutes import ARTICLES, QUESTIONS, resident, sizes, told, write_laws

NEWS = "crud-news.jsonl.xz"
N_ARTICLES = 138_856
SIZES = (70, 10_000, N_ARTICLES, 915_000)
"""Texts added; the items of articles are passages too. The last is more than there are: all of them make 913,180 passages."""
_NEWS_A_FILE = 1_000
_WARM_UP, _A_RUN = 72, 175
_SAMPLE = 5_000
_MB = 1_000_000


def main(data: Path, wanted: Sequence[int]) -> None:
    """Print the figures of each size."""
    with lzma.open(data / QUESTIONS, "rt", encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in lines]
    parts_of_indexing(data)
    for size in wanted:
        with tempfile.TemporaryDirectory(prefix="pincite-scale-") as work:
            measure(write_texts(data, size, Path(work) / "texts"), Path(work) / "home", questions)


def measure(files: Sequence[Path], home: Path, questions: Sequence[str]) -> None:
    """Add the files to a new library at `home`; print what that took, and what questions take."""
    assistant = Assistant.open(home)
    assistant.library.remove(assistant.library.entries()[0].id)
    before = os.times()
    with told(f"\n{len(files)} files added") as progress:
        start = time.perf_counter()
        assistant.library.add_all(files, progress)
        took_s = time.perf_counter() - start
    after = os.times()
    cpu_s = sum(after[:4]) - sum(before[:4])
    n = sum(entry.n_paragraphs for entry in assistant.library.entries())
    print(f"  {n:,} passages: {n / took_s:,.0f} a second; CPU of all processes {cpu_s:.0f} s; {sizes(home)}")
    at, runs = _WARM_UP, dict[str, list[str]]()
    for run in ("search 1", "ask 1", "search 4", "ask 4"):
        runs[run] = list(questions[at : at + _A_RUN])
        at += _A_RUN
    for question in questions[:_WARM_UP]:
        assistant.ask(question)
    for run, asked in runs.items():
        name, n_threads = run.split()
        print_latency(f"{name}, {n_threads} at once", getattr(assistant, name), asked, int(n_threads))
    print(f"  memory {resident(os.getpid()) / _MB:,.0f} MB, mapped files included", flush=True)
    with assistant.library.reading() as connection:
        folder = assistant.library.index_folder(connection)
    assert folder is not None
    print_recall(Index(folder, load_embedder()), questions[:_A_RUN])


def print_latency(name: str, function: Callable[[str], object], asked: Sequence[str], n_threads: int) -> None:
    """Print how long each question takes, asked for the first time."""

    def one(question: str) -> tuple[float, float]:
        wall, cpu = time.perf_counter(), time.thread_time()
        function(question)
        return (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000

    start = time.perf_counter()
    with ThreadPoolExecutor(n_threads) as pool:
        took = np.array(list(pool.map(one, asked)))
    took_s = time.perf_counter() - start
    (wall, cpu), (wall_95, cpu_95) = np.percentile(took, [50, 95], axis=0)
    print(
        f"  {name}: p50 / p95 {wall:.1f} / {wall_95:.1f} ms, of CPU {cpu:.1f} / {cpu_95:.1f} ms; {len(asked) / took_s:.0f} a second"
    )


def print_recall(index: Index, questions: Sequence[str]) -> None:
    """Print how many of the passages nearest by all vectors the dense index finds."""
    vectors = [index.embedder.embed_query(question) for question in questions]
    shares = []
    for k in (10, 50, 100):
        found = [index.dense.search(v, k).ids for v in vectors]
        exact = [index.dense.search_all(v, k).ids for v in vectors]
        shares.append(
            f"@{k} {np.mean([len(np.intersect1d(f, e)) / len(e) for f, e in zip(found, exact, strict=True)]):.4f}"
        )
    print(f"  recall against exact search: {', '.join(shares)}", flush=True)


def parts_of_indexing(data: Path) -> None:
    """Print how many passages a second are tokenised, embedded and written, each by itself in one process."""
    texts = list(islice((text for _, text in articles(data)), _SAMPLE))
    tokenizer, embedder = Tokenizer(), load_embedder()
    embedder.embed_query("法")
    tokens: list[str] = []

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            rows = (SparseRow(i, "", text, "") for i, text in enumerate(tokens))
            SparseIndex.write(Path(folder) / "part", rows)

    steps: dict[str, Callable[[], object]] = {
        "tokenise": lambda: tokens.extend(" ".join(tokenizer.tokens(text)) for text in texts),
        "embed": lambda: embedder.embed_passages(texts),
        "write": write,
    }
    told_ = []
    for name, step in steps.items():
        start = time.process_time()
        step()
        told_.append(f"{name} {len(texts) / (time.process_time() - start):,.0f}")
    length = sum(map(len, texts)) / len(texts)
    print(f"passages of {length:.0f} characters a second of CPU: {', '.join(told_)}", flush=True)


def articles(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each article."""
    with lzma.open(data / ARTICLES, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["name"], article["text"].strip()


def write_texts(data: Path, size: int, folder: Path) -> list[Path]:
    """Write the first `size` texts as files of JSON lines; of fewer than all articles, as many laws as hold them."""
    files, left, chosen = write_laws(data / ARTICLES, folder), size, list[Path]()
    for file in files:
        if left <= 0:
            break
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(rows[: left + 1]), encoding="utf-8")
        chosen.append(file)
        left -= len(rows) - 1
    if size <= N_ARTICLES:
        return chosen
    news = islice(news_sentences(data), left)
    while batch := list(islice(news, _NEWS_A_FILE)):
        chosen.append(folder / f"news-{len(chosen)}.jsonl")
        rows = [{"title": f"新闻第{len(chosen)}集"}, *({"label": str(n), "text": t} for n, t in enumerate(batch, 1))]
        chosen[-1].write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return chosen


def news_sentences(data: Path) -> Iterator[str]:
    """Yield the sentences of the news, each once."""
    seen: set[int] = set()
    with lzma.open(data / NEWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            for sentence in sentences(json.loads(line)["text"]):
                if len(sentence) > 5 and hash(sentence) not in seen:
                    seen.add(hash(sentence))
                    yield sentence


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES)
