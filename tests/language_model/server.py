"""A server that speaks the chat completions protocol over HTTP on loopback, with the faults that real ones have."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[list[dict[str, str]]], str]
PIECE = 7
"""Characters in one event: few enough to cut marks in two."""


@dataclass
class Model:
    """What the server does.

    Attributes:
        reply: what it says, by the messages it was sent.
        fault: what goes wrong; empty for nothing.
        requests: the requests it got, with their headers under `headers`.
        hung_up: set once a client closes the connection while it still speaks.
    """

    reply: Reply
    fault: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def served(model: Model) -> Iterator[Model]:
    """Serve a model for as long as the context lasts; `model.url` is its base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.requests.append(body | {"headers": dict(self.headers), "path": self.path})
            try:
                self._answer(body)
            except (BrokenPipeError, ConnectionResetError):
                model.hung_up.set()
            self.close_connection = True

        def _answer(self, body: dict[str, Any]) -> None:
            too_long = model.fault == "too_long" and body["messages"][-1]["content"].count("</passage>") > 3
            status = {"401": 401, "404": 404, "429": 429, "500": 500}.get(model.fault, 400 if too_long else 200)
            if model.fault == "500 once" and len(model.requests) == 1:
                status = 500
            refused = [name for name in model.fault.removeprefix("refuses ").split(", ") if name in body]
            if refused and model.fault.startswith("refuses "):
                said = f"Unsupported parameter: '{refused[0]}' is not supported with this model."
                error = {"message": said, "type": "invalid_request_error", "param": refused[0]}
                self._whole(400, json.dumps({"error": error | {"code": "unsupported_parameter"}}))
            elif status != 200:
                code = "context_length_exceeded" if too_long else "error"
                self._whole(status, json.dumps({"error": {"message": "no", "code": code, "type": "error"}}))
            elif model.fault == "nonsense":
                self._whole(200, "<html>not this</html>")
            elif model.fault == "slow":
                time.sleep(3)
            else:
                self._stream(model.reply(body["messages"]))

        def _whole(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(text.encode())

        def _stream(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            pieces = [text[i : i + PIECE] for i in range(0, len(text), PIECE)]
            if model.fault == "cut off":
                pieces = pieces[: len(pieces) // 2]
            for piece in pieces:
                self._event({"delta": {"content": piece}, "finish_reason": None, "index": 0})
                if model.fault == "endless":
                    time.sleep(0.02)
            if model.fault == "garbled":
                self.wfile.write(b"data: {not json\n\n")
            if model.fault == "cut off":
                return
            self._event({"delta": {}, "finish_reason": "stop", "index": 0})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, choice: dict[str, Any]) -> None:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
