"""The library at the size of a country's statutes: 3,434 laws of 138,856 articles, added as a folder of JSON lines.

    python -m tests.benchmarks.statutes ../shared/data

Prints the time of each step and the memory it took, that of all processes together. Takes minutes.
"""

import json
import lzma
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant import Assistant

ARTICLES = "laws-articles.jsonl.xz"
QUESTIONS = "stard-even.jsonl.xz"
N_QUESTIONS = 200
ONE_MORE = 1000
"""Place of the law that is left out at first, among all by name."""
NAME = re.compile(r"(.*)(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)")
_MB = 1_000_000


def main(data: Path) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="pincite-statutes-") as work:
        folder = Path(work) / "laws"
        files = write_laws(data / ARTICLES, folder)
        one_more = files.pop(ONE_MORE)
        home = Path(work) / "home"
        assistant = Assistant.open(home)
        assistant.library.remove(assistant.library.entries()[0].id)
        print(f"{os.cpu_count()} cores; {len(files)} files, {sum(f.stat().st_size for f in files) / _MB:.0f} MB")
        with told("add the folder") as progress:
            outcomes = assistant.library.add_all(files, progress)
        entries = assistant.library.entries()
        others = [o for o in outcomes if o.kind != "added"]
        print(f"  {len(entries)} reports, {sum(e.n_paragraphs for e in entries):,} paragraphs")
        for other in others:
            print(f"  {other.kind}: {other.path.name}: {other.error}")
        print(f"  on disk: {sizes(home)}")
        ask(assistant, data / QUESTIONS)
        with told("add one more") as progress:
            added = assistant.library.add(one_more, progress)
        print(f"  {added.title}, {len(added.paragraphs)} paragraphs")
        with told("remove it") as progress:
            assistant.library.remove(added.id, progress)
        with told("remove one from amid the oldest") as progress:
            assistant.library.remove(entries[ONE_MORE].id, progress)
        with told("rebuild") as progress:
            assistant.library.rebuild(progress)
        print(f"  on disk: {sizes(home)}")


def write_laws(articles: Path, folder: Path) -> list[Path]:
    """Write one file of JSON lines for each law; of an article that is printed twice, the later text."""
    laws: dict[str, dict[str, str]] = {}
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            match = NAME.fullmatch(article["name"])
            if match:
                laws.setdefault(match[1], {})[match[2]] = article["text"].strip()
    folder.mkdir(exist_ok=True)
    files = []
    for name, texts in sorted(laws.items()):
        files.append(folder / f"{name[:80]}.jsonl")
        rows = [{"title": name}, *({"label": label, "text": text} for label, text in texts.items())]
        files[-1].write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return files


def ask(assistant: Assistant, questions: Path) -> None:
    """Print how long an answer takes."""
    with lzma.open(questions, "rt", encoding="utf-8") as lines:
        asked = [json.loads(line)["question"] for line, _ in zip(lines, range(N_QUESTIONS), strict=False)]
    start = time.perf_counter()
    assistant.ask(asked[0])
    first_s = time.perf_counter() - start
    took = []
    for question in asked:
        start = time.perf_counter()
        assistant.ask(question)
        took.append((time.perf_counter() - start) * 1000)
    p50, p95 = np.percentile(took, [50, 95])
    print(f"ask: p50 {p50:.0f} ms, p95 {p95:.0f} ms over {len(took)} questions; the first {first_s:.2f} s")


@contextmanager
def told(what: str) -> Iterator[Callable[[str, float], None]]:
    """Print how long a step took, what of it each stage, and the most memory meanwhile; yields the progress to pass on."""
    stages: dict[str, float] = {}
    last = [("begin", time.perf_counter())]

    def progress(stage: str, _fraction: float) -> None:
        now = time.perf_counter()
        stages[last[0][0]] = stages.get(last[0][0], 0.0) + now - last[0][1]
        last[0] = (stage, now)

    start = time.perf_counter()
    with peak_memory() as peak:
        yield progress
    progress("end", 1.0)
    parts = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items() if seconds >= 0.05)
    print(f"{what}: {time.perf_counter() - start:.1f} s ({parts}); peak memory {peak[0] / _MB:,.0f} MB", flush=True)


@contextmanager
def peak_memory() -> Iterator[list[int]]:
    """Yield a list whose one number becomes the most bytes that this process and those it started held at once."""
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], resident(os.getpid()))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield peak
    done.set()
    thread.join()


def resident(pid: int) -> int:
    """Return the bytes that a process and those below it hold, pages of files included; Linux only."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(resident(child) for child in children)


def sizes(home: Path) -> str:
    """Return the size of the database, of the copies and of the index."""
    parts = {"database": home.glob("library*"), "copies": home.glob("sources/**/*"), "index": home.glob("index/**/*")}
    found = {n: sum(f.stat().st_size for f in files if f.is_file()) for n, files in parts.items()}
    return ", ".join(f"{name} {size / _MB:.0f} MB" for name, size in found.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
