"""CPU of `search` over 200 lay questions, and of adding a folder, for comparing two states of the code on a busy machine.

    python -m tests.benchmarks.latency ../shared/data HOME OUT.npy     # one run more, and the least of all runs so far
    python -m tests.benchmarks.latency --add FOLDER                    # every seventh file of a folder of laws

HOME is a library of the statutes (`tests.benchmarks.statutes`). Each run is a new process, which is asked each question once,
after 72 others.
"""

import json
import lzma
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from assistant import Assistant
from tests.benchmarks.statutes import QUESTIONS, resident, sizes, told

_WARM_UP, _ASKED = 72, 200
_ARTICLES, _EVERY = 20_000, 7
_MB = 1_000_000


def one_more_run(data: Path, home: Path, out: Path) -> None:
    """Ask the questions, add what they took to `out`, and print that and the least of all its runs."""
    with lzma.open(data / QUESTIONS, "rt", encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in lines]
    assistant = Assistant.open(home)
    for question in questions[:_WARM_UP]:
        assistant.ask(question)
    took = []
    for question in questions[_WARM_UP : _WARM_UP + _ASKED]:
        before = (time.perf_counter(), time.thread_time(), time.process_time())
        assistant.search(question)
        after = (time.perf_counter(), time.thread_time(), time.process_time())
        took.append([(b - a) * 1000 for a, b in zip(before, after, strict=True)])
    runs = np.array([*(np.load(out) if out.exists() else ()), took])  # (n_runs, n_questions, 3)
    np.save(out, runs)
    for name, times in (("this run", runs[-1]), (f"the least of {len(runs)} runs", runs.min(axis=0))):
        p50, p95 = np.percentile(times, [50, 95], axis=0)
        shown = (
            f"{kind} {a:.1f} / {b:.1f}" for kind, a, b in zip(("wall", "thread", "process"), p50, p95, strict=True)
        )
        print(f"{name}, p50 / p95 in ms: {', '.join(shown)}; mean of the process {times[:, 2].mean():.1f}")
    print(f"memory {resident(os.getpid()) / _MB:,.0f} MB, mapped files included")


def add(laws: Path) -> None:
    """Add every seventh file until there are enough articles, and print the CPU of all processes."""
    files, left = list[Path](), _ARTICLES
    for file in sorted(laws.glob("*.jsonl"))[::_EVERY]:
        files.append(file)
        left -= len(file.read_text(encoding="utf-8").splitlines()) - 1
        if left <= 0:
            break
    with tempfile.TemporaryDirectory(prefix="pincite-latency-") as home:
        assistant = Assistant.open(home)
        assistant.library.remove(assistant.library.entries()[0].id)
        before = os.times()
        with told(f"{len(files)} files added") as progress:
            assistant.library.add_all(files, progress)
        cpu_s = sum(os.times()[:4]) - sum(before[:4])
        n = sum(entry.n_paragraphs for entry in assistant.library.entries())
        print(
            f"{n:,} passages: CPU of all processes {cpu_s:.1f} s, {cpu_s / n * 1000:.2f} ms each; {sizes(Path(home))}"
        )


if __name__ == "__main__":
    if sys.argv[1] == "--add":
        add(Path(sys.argv[2]))
    else:
        one_more_run(*map(Path, sys.argv[1:4]))
