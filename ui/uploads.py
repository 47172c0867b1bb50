"""Where uploaded files wait to be added: a folder of each server's own, emptied once that server is gone.

Knows no page. What is uploaded is as confidential as the library; a server that was killed must leave none of it behind.
"""

import logging
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import HomeError
from corpus.library.library import Library
from ui.told import told

_IN_USE = ".lock"
_PATH = "/gradio_api/upload"
_LOG = logging.getLogger(__name__)


class Uploads:
    """The folder of one server; other servers on the same data folder have theirs.

    Attributes:
        folder: where its files wait. It is not there where the data folder cannot be written.

    Args:
        home: the data folder. What servers that are gone have left in it is deleted.
    """

    def __init__(self, home: Path) -> None:
        every = home / "uploads"
        self.folder = every / "none"
        self._lock: FileLock | None = None
        try:
            every.mkdir(exist_ok=True)
            with FileLock(every / _IN_USE):
                _sweep(every)
                folder = Path(tempfile.mkdtemp(dir=every))
                lock = FileLock(folder / _IN_USE, thread_local=False)
                lock.acquire(timeout=0)
        except OSError as error:
            _LOG.warning("no file can be uploaded: %s", error)
        else:
            self.folder, self._lock = folder, lock

    def close(self) -> None:
        """Delete what is in the folder, and the folder."""
        if self._lock is not None:
            self._lock.release()
            shutil.rmtree(self.folder, ignore_errors=True)


class RefuseUploads:
    """ASGI middleware that says why a file cannot be uploaded where the library cannot be written.

    Args:
        app: what it stands before.
        library: the library.
    """

    def __init__(self, app: ASGIApp, library: Library) -> None:
        self._app = app
        self._library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an upload that cannot be kept with the reason."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].endswith(_PATH):
            try:
                await run_in_threadpool(self._library.refuse_read_only)
            except HomeError as error:
                wanted = Headers(scope=scope).get("accept-language", "")  # a page's language is not known here
                said = told(error, "zh" if wanted.lower().startswith("zh") else "en")
                await PlainTextResponse(said, status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _sweep(every: Path) -> None:
    """Delete the folders of servers that are gone."""
    for entry in every.iterdir():
        if entry.is_dir() and not _is_in_use(entry):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.is_file() and entry.name != _IN_USE:
            entry.unlink()


def _is_in_use(folder: Path) -> bool:
    if not (folder / _IN_USE).exists():
        return False
    lock = FileLock(folder / _IN_USE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
