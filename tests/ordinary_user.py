"""Work done as a user whom the modes of files stop, where the tests run as root."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_ordinary_user(work: Callable[[], None]) -> None:
    """Do `work` as a user whom the modes of files stop, in a fork where this one is root; fail with what it raises."""
    if os.geteuid():
        work()
        return
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            work()
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(process, 0)
    with os.fdopen(reading) as said:
        complaint = said.read()
    assert not complaint, complaint


def let_in(folder: Path) -> None:
    """Let everyone come to a folder of a test."""
    for above in folder.parents:
        if above.owner() != "root" or above.stat().st_mode & 0o5 != 0o5:
            above.chmod(above.stat().st_mode | 0o55)
        if above.name.startswith("pytest-of"):
            break
