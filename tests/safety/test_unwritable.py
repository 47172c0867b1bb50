"""A disk that is full and a data folder that cannot be written: the old state serves on, and the message says what is wrong."""

import fcntl
import gc
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant
from corpus.errors import HomeError
from corpus.library import records
from corpus.library.database import open_to_read
from corpus.library.opening import DATABASE
from tests.ordinary_user import as_ordinary_user, let_in
from tests.safety.conftest import WriteReport, leftovers, state

BUNDLED = "un-space-meeting-38.zh"


@pytest.fixture
def home(tmp_path: Path, write_report: WriteReport) -> Path:
    assistant = Assistant.open(tmp_path / "home")
    assistant.library.add(write_report("alpha", 0))
    assistant.library.remove(BUNDLED)
    return tmp_path / "home"


@contextmanager
def no_file_larger_than(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size_bytes", [0, 200, 3_000, 10_000, 20_000])
def test_where_no_file_can_grow_nothing_changes_and_the_library_serves_on(
    home: Path, write_report: WriteReport, size_bytes: int
) -> None:
    assistant = Assistant.open(home)
    file = write_report("beta", 0)
    with no_file_larger_than(size_bytes):
        for change in (lambda: assistant.library.add(file), lambda: assistant.library.rebuild()):
            with pytest.raises(HomeError, match="nothing was changed"):
                change()
        assert state(assistant) == {"alpha": 0}
    assert state(Assistant.open(home)) == {"alpha": 0}
    assistant.library.add(file)
    assert state(assistant) == {"alpha": 0, "beta": 0}
    assert leftovers(home, 2) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True)
    if not made or made.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # the database is still open


def test_a_full_disk_changes_nothing_and_the_next_change_works_once_there_is_room(
    small_disk: Path, home: Path, write_report: WriteReport
) -> None:
    shutil.copytree(home, small_disk / "home")
    assistant = Assistant.open(small_disk / "home")
    assert state(assistant) == {"alpha": 0}
    filling, file = small_disk / "filling", write_report("beta", 0)
    free = shutil.disk_usage(small_disk).free
    for left in (0, 20_000, 60_000):
        filling.write_bytes(b"x" * (free - left))
        with pytest.raises(HomeError, match=r"No space left on device|disk is full"):
            assistant.library.add(file)
        assert state(assistant) == {"alpha": 0}
        assert state(Assistant.open(small_disk / "home")) == {"alpha": 0}
        filling.unlink()
    assistant.library.add(file)
    assert state(assistant) == {"alpha": 0, "beta": 0}
    assert leftovers(small_disk / "home", 2) == []


@contextmanager
def read_only(home: Path) -> Iterator[None]:
    """Take the right to write away, and let everyone come to `home`."""
    let_in(home)
    files = [home, *home.rglob("*")]
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        yield
    finally:
        for file in files:
            file.chmod(0o755 if file.is_dir() else 0o644)


def test_a_library_that_cannot_be_written_answers_and_says_that_it_cannot(
    home: Path, write_report: WriteReport
) -> None:
    file = write_report("beta", 0)
    file.chmod(0o644)

    def work() -> None:
        assistant = Assistant.open(home)
        assert state(assistant) == {"alpha": 0}
        for change in (
            lambda: assistant.library.add(file),
            lambda: assistant.library.remove("alpha-0"),
            lambda: assistant.library.rebuild(),
        ):
            with pytest.raises(HomeError, match=r"expected to write the data folder .* nothing was changed"):
                change()
        assert state(assistant) == {"alpha": 0}

    Assistant.open(home).ask("照明改造方案的预算是多少？")  # what is imported late is imported
    with read_only(home):
        as_ordinary_user(work)
    writable = Assistant.open(home)
    writable.library.add(file)
    assert state(writable) == {"alpha": 0, "beta": 0}


def test_a_reader_that_cannot_write_sees_whole_states_while_the_owner_writes(
    home: Path, write_report: WriteReport
) -> None:
    owner = Assistant.open(home)
    file = write_report("beta", 0)
    engine = open_to_read(home / DATABASE)
    seen: set[tuple[int, int]] = set()
    over = threading.Event()
    faults: list[BaseException] = []

    def read() -> None:
        try:
            while not over.is_set():
                with engine.connect() as connection, connection.begin():
                    before = records.generation(connection)
                    reports = [records.load_report(connection, row) for row in records.report_rows(connection)]
                    assert all(report.paragraphs for report in reports)
                    assert records.generation(connection) == before
                    seen.add((before, len(reports)))
        except BaseException as error:
            faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(6):
            owner.library.add(file)
            owner.library.remove("beta-0")
    finally:
        over.set()
        reader.join()
    assert faults == []
    assert len({number for number, _ in seen}) == len(seen) > 1


def test_whoever_changes_a_library_waits_for_a_reader_that_cannot_write(home: Path) -> None:
    def is_held() -> bool:
        with (home / ".lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def work() -> None:
        engine = open_to_read(home / DATABASE)
        with engine.connect() as connection, connection.begin():
            assert [row.name for row in records.report_rows(connection)] == ["alpha-0"]
            assert is_held()
        assert not is_held()

    gc.collect()  # the last connection of the fixture's library, and with it the files beside the database
    assert not list(home.glob(f"{DATABASE}-*"))
    with read_only(home):
        as_ordinary_user(work)
