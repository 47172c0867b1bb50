"""What the server adds to Gradio's own protections: it answers to its own name only, and its pages load nothing from outside.

A page of another site can make a browser ask the loopback interface under that site's name (DNS rebinding); the host check
refuses that. The content security policy makes the browser refuse any address but this server's.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Gradio's templates and js_on_load are compiled in the browser, hence 'unsafe-eval'; its page has inline scripts.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)


class Guard:
    """ASGI middleware.

    Args:
        app: what it protects.
        host: the interface the server listens on; only on the loopback interface is the name it is asked by known.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = LOOPBACK if host in ("127.0.0.1", "localhost", "::1") else ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request under a foreign name; add the policy to every answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = Headers(scope=scope).get("host", "").rsplit(":", 1)
        if self._names and name[0] not in self._names:
            refusal = PlainTextResponse("This server answers to 127.0.0.1 and localhost only.", status_code=421)
            await refusal(scope, receive, send)
            return

        origin = urlsplit(Headers(scope=scope).get("origin", ""))
        if self._names and origin.hostname and origin.hostname not in self._names:
            await PlainTextResponse("Another site's page may not ask this server.", status_code=403)(
                scope, receive, send
            )
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_with_policy)
