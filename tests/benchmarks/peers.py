"""Pincite and other systems on the same passages with the same embedding, in one run, one after another.

    python -m tests.benchmarks.peers ../shared/data build/peers/bin/python           # all 138,856 articles
    python -m tests.benchmarks.peers ../shared/data build/peers/bin/python 20000     # so many, the answers among them
    python -m tests.benchmarks.peers ../shared/data build/peers/bin/python 20000 build/folds

The second argument is the Python of an environment that has the packages of `peers.txt`. The embedding that ships was tuned on
the questions that are asked; with the folder of `make folds` it is the model of the first fold, asked what it was not tuned on.
What is measured of each system is in `peer_systems`; the memory is the most that its processes hold at once.
"""

import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.text import normalise
from index.training.data import LegalQuestion, legal_fold
from tests.benchmarks.peer_systems import MODEL, SYSTEMS
from tests.benchmarks.statutes import ARTICLES, NAME, QUESTIONS, resident

N_MORE, N_QUESTIONS = 100, 200
FOLD = 0
_MB = 1_000_000


def main(data: Path, python: str, size: int | None, folds: Path | None) -> None:
    """Print the table."""
    if folds:
        os.environ[MODEL] = str((folds / str(FOLD)).absolute())
    print("| | build, s | add 100, s | peak MB | p50 / p95 ms | of CPU | hit@1 | recall@5 | questions |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in SYSTEMS:
        with tempfile.TemporaryDirectory(prefix="pincite-peers-") as work:
            write_passages(data, Path(work), size, held_out=bool(folds))
            print(row(name, sys.executable if name == "Pincite" else python, Path(work)), flush=True)


def write_passages(data: Path, folder: Path, size: int | None, held_out: bool) -> None:
    """Write the articles, a hundred more, and the questions, those of a fold if held out, whose answers are among the former."""
    with lzma.open(data / QUESTIONS, "rt", encoding="utf-8") as lines:
        questions = [q for q in map(json.loads, lines) if not held_out or _fold(q["question"]) == FOLD][:N_QUESTIONS]
    questions = [{"question": q["question"], "gold": [str(i) for i in q["gold"]]} for q in questions]
    gold = {i for question in questions for i in question["gold"]}
    with lzma.open(data / ARTICLES, "rt", encoding="utf-8") as lines:
        known: dict[tuple[str, str], dict[str, str]] = {}
        for article in map(json.loads, lines):
            match = NAME.fullmatch(article["name"])
            if match:
                passage = {"id": str(article["id"]), "law": match[1], "label": match[2], "text": article["text"]}
                if passage["id"] in gold or (match[1], match[2]) not in known:
                    known[match[1], match[2]] = passage
    passages = sorted(known.values(), key=lambda p: p["id"] not in gold)
    more = passages[-N_MORE:]
    chosen = passages[: size or len(passages)][: len(passages) - N_MORE]
    for name, rows in (("passages", chosen), ("more", more), ("questions", questions)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def row(name: str, python: str, folder: Path) -> str:
    """Return the row of a system, which is measured in a process of its own."""
    command = [python, "-m", "tests.benchmarks.peer_systems", name, str(folder)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "TOKENIZERS_PARALLELISM": "true"}
    errors = folder / "errors.txt"
    with errors.open("w") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment) as run:
        peak = 0
        while run.poll() is None:
            peak = max(peak, resident(run.pid))
            time.sleep(0.1)
        assert run.stdout is not None
        told = run.stdout.read().decode()
    if run.returncode:
        reason = errors.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
        return f"| {name} | not measured: {reason[:200]} |"
    m = json.loads(told.strip().rpartition("\n")[2])
    wall, cpu = (" / ".join(f"{ms:.0f}" for ms in m[key]) for key in ("wall_ms", "cpu_ms"))
    quality = f"{m['hit@1']:.3f} | {m['recall@5']:.3f} | {m['questions']}"
    return f"| {name} | {m['build_s']:.0f} | {m['add_s']:.1f} | {peak / _MB:,.0f} | {wall} | {cpu} | {quality} |"


def _fold(question: str) -> int:
    return legal_fold(LegalQuestion(normalise(question), ()))


if __name__ == "__main__":
    more = sys.argv[3:]
    main(Path(sys.argv[1]), sys.argv[2], int(more[0]) if more else None, Path(more[1]) if len(more) > 1 else None)
