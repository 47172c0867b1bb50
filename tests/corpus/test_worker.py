"""Reading in a process of its own: the same report, and one sentence whatever happens over there."""

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import Cancelled, ParseError, PinciteError
from corpus.parsing import parse_report
from corpus.report import Report
from corpus.worker import worker as worker_module
from corpus.worker.limits import Limits
from corpus.worker.pool import ParsingPool
from corpus.worker.worker import Worker, parse_in_process
from tests.corpus.pdf_files import write_report

ROOT = Path(__file__).parents[2]
WAIT_S = 30
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit on memory")
READ_TWICE = """
import sys
from pathlib import Path
from corpus.worker.worker import parse_in_process
with open(sys.argv[2], "a") as log:
    log.write("ran\\n")
for _ in range(2):
    print(len(parse_in_process(Path(sys.argv[1])).paragraphs))
"""
READ_AND_TELL = """
import sys
from pathlib import Path
from corpus.worker.worker import Worker
worker = Worker()
print(worker._process.pid, flush=True)
worker.parse(Path(sys.argv[1]), progress=lambda done, total: print(done, flush=True))
"""


@pytest.fixture(scope="module")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF that takes some seconds to read."""
    return write_report(tmp_path_factory.mktemp("long") / "long.pdf", pages=400, paragraphs_a_page=30)


def is_gone(pid: int) -> bool:
    """Whether a process has ended, waiting for it a while."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_report_is_the_one_that_is_read_here(bundled_path: Path, bundled: Report) -> None:
    assert parse_in_process(bundled_path) == bundled
    assert parse_in_process(bundled_path, "another-id").id == "another-id"


def test_progress_comes_page_by_page(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    parse_in_process(write_report(tmp_path / "r.pdf", pages=40), progress=lambda *pages: told.append(pages))
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert {total for _, total in told} == {40}


@pytest.mark.parametrize("content", [b"", b"1. a\n\nb\x00", b"1. a\n\xff", b"no number"])
def test_errors_of_a_reader_arrive_as_they_were_raised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(content)
    with pytest.raises(ParseError) as here:
        parse_report(path)
    with pytest.raises(ParseError) as there:
        parse_in_process(path)
    assert str(there.value) == str(here.value)
    assert (there.value.path, there.value.line) == (here.value.path, here.value.line)


def every_error(kind: type[PinciteError]) -> list[type[PinciteError]]:
    return [kind, *(k for child in kind.__subclasses__() for k in every_error(child))]


@pytest.mark.parametrize("kind", every_error(PinciteError))
def test_every_error_survives_the_way_to_another_process(kind: type[PinciteError]) -> None:
    error = ParseError(Path("a.txt"), "why", 3) if issubclass(kind, ParseError) else kind("why")
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


@on_linux
def test_a_file_that_needs_too_much_memory_is_refused_with_the_setting_that_allows_more(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("".join(f"{n}. Paragraph number {n} of a long report.\n\n" for n in range(1, 60_000)))
    with pytest.raises(ParseError, match=r"large\.txt: expected to read it within 64 MB.*memory_mb"):
        parse_in_process(path, limits=Limits(memory_mb=64))


def test_a_file_that_takes_too_long_is_refused_with_the_page_it_came_to(long_report: Path) -> None:
    limits = Limits(timeout_s=0.7, timeout_s_per_mb=0, timeout_s_per_page=0)
    with pytest.raises(ParseError, match=r"within 0\.7 s, found it not done.*timeout_s"):
        parse_in_process(long_report, limits=limits)


def test_time_grows_with_the_file_and_its_pages() -> None:
    limits = Limits(timeout_s=10, timeout_s_per_mb=2, timeout_s_per_page=0.5)
    assert limits.allowed_s(3_000_000) == 16
    assert limits.allowed_s(3_000_000, pages=200) == 116


@pytest.mark.parametrize(
    ("number", "says"),
    [(signal.SIGKILL, "lack of memory"), (signal.SIGSEGV, "SIGSEGV"), (signal.SIGXCPU, "not done")],
)
def test_a_worker_that_is_killed_or_crashes_costs_its_file_a_sentence(
    long_report: Path, number: signal.Signals, says: str
) -> None:
    with Worker() as worker:

        def kill(done: int, _total: int) -> None:
            os.kill(worker._process.pid, number)

        with pytest.raises(ParseError, match=says):
            worker.parse(long_report, progress=kill)
        assert not worker.ready


def test_cancelling_ends_the_process_at_once(long_report: Path) -> None:
    pages: list[int] = []
    with Worker() as worker:
        with pytest.raises(Cancelled, match=r"long\.pdf"):
            worker.parse(long_report, progress=lambda done, _: pages.append(done), cancelled=lambda: bool(pages))
        assert not worker.ready
        pid = worker._process.pid
    assert is_gone(pid)
    assert pages[-1] < 400


def test_an_error_of_the_caller_while_it_is_told_of_progress_leaves_no_process(long_report: Path) -> None:
    worker = Worker()

    def fail(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), worker:
        worker.parse(long_report, progress=fail)
    assert is_gone(worker._process.pid)


def test_a_worker_reads_one_file_after_another_also_after_a_bad_one(
    tmp_path: Path, bundled_path: Path, bundled: Report
) -> None:
    with Worker() as worker:
        assert worker.parse(bundled_path) == bundled
        with pytest.raises(ParseError, match="found nothing"):
            worker.parse(tmp_path / "none.txt")
        assert worker.ready
        assert worker.parse(bundled_path) == bundled


def test_a_worker_ends_when_the_process_that_started_it_is_killed(long_report: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READ_AND_TELL, str(long_report)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        assert parent.stdout is not None
        pid, page = int(parent.stdout.readline()), int(parent.stdout.readline())
        parent.kill()
    assert page < 400
    assert is_gone(pid)


@pytest.mark.parametrize("way", ["script", "console"])
def test_a_script_without_a_guard_and_a_console_can_read(
    tmp_path: Path, bundled_path: Path, bundled: Report, way: str
) -> None:
    """And what lies in the current folder under a module's name is not run."""
    log = tmp_path / "log"
    for name in ("re.py", "pathlib.py", "corpus.py"):
        (tmp_path / name).write_text(f"open({str(log)!r}, 'a').write('hijacked')\n")
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "script.py").write_text(READ_TWICE)
    command = [sys.executable, str(scripts / "script.py") if way == "script" else "-", str(bundled_path), str(log)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    run = subprocess.run(
        command,
        input=READ_TWICE if way == "console" else None,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )
    assert run.stdout.split() == [str(len(bundled.paragraphs))] * 2, run.stderr
    assert log.read_text() == "ran\n"


def test_threads_can_read_side_by_side(bundled_path: Path, bundled: Report) -> None:
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda: reports.append(parse_in_process(bundled_path))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert reports == [bundled] * 3


@on_linux
def test_a_worker_inherits_no_open_file(tmp_path: Path, bundled_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    with secret.open() as file:
        os.set_inheritable(file.fileno(), True)
        with Worker() as worker:
            worker.parse(bundled_path)
            opened = {str(fd.readlink()) for fd in Path(f"/proc/{worker._process.pid}/fd").iterdir()}
    assert opened
    assert str(secret) not in opened


def test_a_worker_loads_nothing_that_reading_does_not_need() -> None:
    code = "import sys; import corpus.worker.child; print(*{n.partition('.')[0] for n in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(run.stdout.split())
    assert "corpus" in loaded
    heavy = {
        "pypdfium2",
        "docx",
        "lxml",
        "markdown_it",
        "numpy",
        "sqlalchemy",
        "torch",
        "gradio",
        "tantivy",
        "faiss",
        "jieba",
    }
    assert not loaded & {*heavy, "assistant", "index", "ui"}


@pytest.mark.parametrize(
    "code", ["import socket; socket.create_connection(('127.0.0.1', 9))", "import subprocess; subprocess.run(['true'])"]
)
def test_a_worker_uses_no_network_and_starts_no_program(code: str) -> None:
    code = f"import sys; from corpus.worker.child import refuse_network; sys.addaudithook(refuse_network); {code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "PermissionError: a file is read without network" in run.stderr


class _Hostile:
    def __init__(self, call: Callable[..., object], *arguments: object) -> None:
        self._call = call, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


@pytest.mark.parametrize("call", [os.system, eval, worker_module.parse_in_process, subprocess.Popen])
def test_what_a_worker_sends_is_taken_for_data_only(call: Callable[..., object]) -> None:
    message = pickle.dumps(("report", _Hostile(call, "1")))
    with pytest.raises(pickle.UnpicklingError, match="expected a class of a report"):
        worker_module._OurClasses(io.BytesIO(message)).load()


def test_a_pool_reads_files_in_their_order_and_one_bad_file_stops_none(tmp_path: Path) -> None:
    paths = [write_report(tmp_path / f"{n}.pdf", pages=n) for n in (3, 1, 2)]
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00")
    with ParsingPool(2) as pool:
        outcomes = list(pool.parse_all([paths[0], bad, *paths[1:]]))
    assert [path for path, _ in outcomes] == [paths[0], bad, *paths[1:]]
    assert isinstance(outcomes[1][1], ParseError)
    assert [len(r.paragraphs) for _, r in outcomes if isinstance(r, Report)] == [60, 20, 40]


def test_a_pool_keeps_its_workers_and_replaces_one_that_died(bundled_path: Path, bundled: Report) -> None:
    with ParsingPool(1) as pool:
        pool.parse(bundled_path)
        (first, _), *_ = pool._idle
        pool.parse(bundled_path)
        assert [worker for worker, _ in pool._idle] == [first]
        first._process.kill()
        first._process.wait()
        assert pool.parse(bundled_path) == bundled
        pids = [worker._process.pid for worker, _ in pool._idle]
    assert all(map(is_gone, pids))


def test_a_pool_is_cancelled_as_a_whole(long_report: Path) -> None:
    begun = time.monotonic()
    with ParsingPool(2) as pool, pytest.raises(Cancelled):
        list(pool.parse_all([long_report] * 8, cancelled=lambda: time.monotonic() > begun + 1))
    assert pool._idle == []
