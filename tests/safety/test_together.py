"""Several at once: readers while a writer is at work, and two writers."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant import Assistant
from tests.safety.conftest import WriteReport, state

READERS = 8
_ADD = """
import logging, sys, time
logging.basicConfig(level=logging.WARNING, format="%(message)s")
from pathlib import Path
from assistant import Assistant
assistant = Assistant.open(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
assistant.library.add(Path(sys.argv[2]))
"""


@pytest.fixture
def home(tmp_path: Path, write_report: WriteReport) -> Path:
    assistant = Assistant.open(tmp_path / "home")
    assistant.library.add(write_report("alpha", 0))
    assistant.library.remove("un-space-meeting-38.zh")
    return tmp_path / "home"


@pytest.mark.parametrize("shared", [True, False], ids=["one assistant", "an assistant each"])
def test_readers_get_answers_of_one_state_while_a_writer_changes_it(
    home: Path, write_report: WriteReport, shared: bool
) -> None:
    writer = Assistant.open(home)
    over = threading.Event()
    errors: list[BaseException] = []
    seen: set[str] = set()
    answered = [0] * READERS

    def read(number: int, assistant: Assistant) -> None:
        try:
            while not over.is_set() or not answered[number]:
                answer = assistant.ask("照明改造方案的预算是多少？")
                budgets = {w for w in ("alphax", "betax", "betay") if w in "".join(c.quote for c in answer.citations)}
                assert answer.citations, answer.text
                seen.update(budgets)
                with assistant._view(None) as view:
                    hits = view.paragraphs([int(i) for i in view.index.contents.ids])
                    assert {h.report for h in hits} == set(view.titles())
                    places = [(r.id, at) for r in view.index.contents.reports for at in range(r.n_passages)]
                    keys = [view.catalogue.keys[h.report] for h in hits]
                    assert keys == [key for key, _ in places]
                answered[number] += 1
        except BaseException as error:
            errors.append(error)

    assistants = [writer if shared else Assistant.open(home) for _ in range(READERS)]
    threads = [threading.Thread(target=read, args=pair) for pair in enumerate(assistants)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            writer.library.add(write_report("beta", 0))
            writer.library.replace("beta-0", write_report("beta", 1))
            writer.library.rebuild()
            writer.library.remove("beta-0")
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert errors == []
    assert min(answered) > 0
    assert "alphax" in seen
    assert state(writer) == {"alpha": 0}


def test_of_two_processes_that_add_one_waits_and_says_so(home: Path, write_report: WriteReport) -> None:
    command = [sys.executable, "-c", _ADD, str(home)]
    root = Path(__file__).parents[2]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [
        subprocess.Popen([*command, str(write_report(name, 0))], text=True, cwd=root, **pipes)
        for name in ("beta", "gamma")
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    said = []
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        said.append(process.communicate(timeout=60)[1])
        assert process.returncode == 0
    assert sum("another process is changing the library" in text for text in said) == 1, said
    assert state(Assistant.open(home)) == {"alpha": 0, "beta": 0, "gamma": 0}
