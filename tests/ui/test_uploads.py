"""Uploaded files: none outlasts its server, and none is lost while that runs."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant import Assistant
from tests.ordinary_user import as_ordinary_user, let_in
from tests.ui.conftest import free_port
from ui.uploads import RefuseUploads, Uploads

ROOT = Path(__file__).parents[2]
_SERVE = """
import sys, threading
from assistant import Assistant
from ui.web import launch
print(launch(Assistant.open(sys.argv[1]), int(sys.argv[2]))[1], flush=True)
threading.Event().wait()
"""


def files_in(home: Path) -> list[str]:
    return [path.name for path in (home / "uploads").rglob("*.txt")]


def uploaded(address: str) -> Path:
    with httpx.Client(trust_env=False) as client:
        reply = client.post(f"{address}gradio_api/upload", files={"files": ("a.txt", "1. 机密。".encode())})
    return Path(json.loads(reply.text)[0])


def test_what_a_killed_server_left_is_gone_with_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Assistant.open(home)
    command = [sys.executable, "-c", _SERVE, str(home), str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        waiting = uploaded(address)
        Uploads(home).close()
        assert waiting.exists()  # that server still runs
        os.kill(server.pid, signal.SIGKILL)
    assert waiting.exists()
    (home / "uploads" / "b.txt").write_text("1. 旧的。", encoding="utf-8")  # as an older release left them
    uploads = Uploads(home)
    assert files_in(home) == []
    assert uploads.folder.is_dir()
    uploads.close()
    assert [path.name for path in (home / "uploads").iterdir()] == [".lock"]


def test_where_the_library_cannot_be_written_an_upload_is_told_why(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Assistant.open(home)

    async def kept(_: Request) -> PlainTextResponse:
        return PlainTextResponse("kept")

    def upload(language: str = "en") -> str:
        library = Assistant.open(home).library
        routes = [Route("/gradio_api/upload", kept, methods=["POST"])]
        app = Starlette(routes=routes, middleware=[Middleware(RefuseUploads, library=library)])
        reply = TestClient(app).post(
            "/gradio_api/upload", files={"files": ("a.txt", b"1. secret")}, headers={"accept-language": language}
        )
        return f"{reply.status_code} {reply.text}"

    def work() -> None:
        refusal = f"expected to write the data folder {home}, found: Permission denied; nothing was changed"
        assert upload() == f"403 {refusal}"
        assert upload("zh-CN") == f"403 数据文件夹 {home} 无法写入：没有权限；没有作任何改动。请检查磁盘空间和权限"
        uploads = Uploads(home)  # the page is served all the same
        assert not uploads.folder.exists()
        uploads.close()

    assert upload() == "200 kept"
    let_in(home)
    files = [home, *home.rglob("*")]
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        as_ordinary_user(work)
    finally:
        for file in files:
            file.chmod(0o755 if file.is_dir() else 0o644)
