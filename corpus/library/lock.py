"""One process at a time in a data folder: who comes second waits, and is told so."""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import HomeError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

WAIT_S = 600
_LOCK = ".lock"
_LOG = logging.getLogger(__name__)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold a data folder for one change; where another process holds it, wait for that with a message.

    Raises:
        HomeError: the other process has held it for too long.
    """
    lock = FileLock(home / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _LOG.warning("another process is changing the library at %s; waiting for it", home)
        try:
            lock.acquire(timeout=WAIT_S)
        except Timeout as error:
            message = f"another process has held the library at {home} for {WAIT_S} s; try again later"
            raise HomeError(message) from error
    try:
        yield
    finally:
        lock.release()


def still(home: Path) -> ExitStack | None:
    """Keep changes out of a data folder that this process can only read, until what is returned is closed.

    Returns:
        None where another process is changing it. A folder that nobody ever changed, or that cannot be locked, is taken
        for one that does not change.
    """
    held = ExitStack()
    try:
        descriptor = os.open(home / _LOCK, os.O_RDONLY)
    except OSError:
        return held
    held.callback(os.close, descriptor)
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        except OSError:  # a file system without locks
            return held
    return held
