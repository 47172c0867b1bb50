"""Killed at any moment of a change, the library is as before it or as after it, and the next change leaves no trace of it.

`make kill-test` kills two hundred times, the default run less often: KILLS.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from assistant import Assistant
from tests.safety.conftest import WriteReport, everything, leftovers, state

N_KILLS = int(os.environ.get("KILLS", "20"))
BEFORE = {"alpha": 0, "beta": 0}
CHANGES = {
    "add": {**BEFORE, "gamma": 0},
    "replace": {"alpha": 0, "beta": 1},
    "remove": {"beta": 0},
    "rebuild": BEFORE,
    "add several": {**BEFORE, "gamma": 0, "delta": 1},
    "add in parallel": {**BEFORE, "gamma": 0, "delta": 1},
}
"""What the library holds after each change."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks processes")


class Victim:
    """The process that makes the changes."""

    def __init__(self) -> None:
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.victim"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root,
        )  # fmt: skip

    def change(self, home: Path, change: str, file: Path, kill_after_s: float | None) -> tuple[float, bool]:
        """Make a change, killed so long after it began; return how long it took and whether it was killed."""
        to, said = self._pipes()
        to.write(json.dumps({"home": str(home), "change": change, "file": str(file)}) + "\n")
        to.flush()
        process = int(said.readline())
        assert said.readline() == "begin\n"
        start = time.perf_counter()
        timer = threading.Timer(kill_after_s or 60, _kill, (process,))
        timer.start()
        line = said.readline()
        took_s = time.perf_counter() - start
        if line == "end\n":
            line = said.readline()
        timer.cancel()
        return took_s, line == f"exit {signal.SIGKILL.value}\n"

    def stop(self) -> None:
        for pipe in self._pipes():
            pipe.close()
        self._process.wait()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


@pytest.fixture
def victim() -> Iterator[Victim]:
    victim = Victim()
    yield victim
    victim.stop()


@pytest.fixture
def base(tmp_path: Path, write_report: WriteReport) -> Path:
    """A data folder with two reports of two versions each, cross-references and a collection, to be copied."""
    assistant = Assistant.open(tmp_path / "base")
    library = assistant.library
    library.add_all([write_report("alpha", 1), write_report("beta", 2)])
    library.remove("un-space-meeting-38.zh")
    for old, name in (("alpha-1", "alpha"), ("beta-2", "beta")):
        library.replace(old, write_report(name, 0))
        library.edit(old, id=f"{name}-0")
    library.collections.add("港口", ["beta-0", "alpha-0"])
    assert state(assistant) == BEFORE
    assert [e.versions for e in library.entries()] == [2, 2]
    return tmp_path / "base"


@pytest.mark.timeout(3600)
def test_a_library_killed_at_any_moment_is_as_before_or_as_after(
    base: Path, tmp_path: Path, write_report: WriteReport, victim: Victim, capsys: pytest.CaptureFixture[str]
) -> None:
    several = tmp_path / "several"
    several.mkdir()
    for file in (write_report("gamma", 0), write_report("delta", 1)):
        shutil.copy(file, several)
    files = {"add": write_report("gamma", 0), "replace": write_report("beta", 1)}
    files |= dict.fromkeys(("add several", "add in parallel"), several)
    whole_s, after, before = {}, {}, everything(Assistant.open(base))
    for change in CHANGES:
        took_s = [victim.change(_copy(base, tmp_path), change, files.get(change, base), None)[0] for _ in range(2)]
        whole_s[change], after[change] = min(took_s), everything(Assistant.open(tmp_path / "home"))
        assert after[change]["reports"] == CHANGES[change]
    assert after["rebuild"] == before
    last, draw, outcomes, kills = write_report("delta", 2), random.Random(38), Counter[str](), 0
    while kills < N_KILLS:
        change = list(CHANGES)[kills % len(CHANGES)]
        moment = draw.random() if draw.random() < 0.5 else 1.1 - 0.4 * draw.random()  # every other near the commit
        home = _copy(base, tmp_path)
        _, killed = victim.change(home, change, files.get(change, base), moment * whole_s[change])
        kills += killed

        assistant = Assistant.open(home)
        whole = everything(assistant)
        assert whole in (before, after[change]), change
        found = whole["reports"]
        if killed:
            how = "the same" if change == "rebuild" else "as before" if found == BEFORE else "as after"
            outcomes[f"{change} {how}"] += 1
        else:
            assert whole == after[change]

        if "delta" in found:
            assistant.library.remove("delta-1")
        assistant.library.add(last)
        assert state(assistant) == {**found, "delta": 2}
        assert leftovers(home, len(assistant.library.entries())) == []
    with capsys.disabled():
        print(f"\n{kills} kills: " + ", ".join(f"{what} {n}" for what, n in sorted(outcomes.items())))


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(process, signal.SIGKILL)


def _copy(base: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(base, home)
    return home
