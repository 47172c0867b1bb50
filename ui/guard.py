"""What the server adds to Gradio's own protections: it answers to its own name only, and its pages load nothing from outside.

A page of another site can make a browser ask the loopback interface under that site's name (DNS rebinding); the host check
refuses that. The content security policy makes the browser refuse any address but this server's.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PORTS = {"http": 80, "https": 443}
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
        """Refuse a request under a foreign name or of another site's page; add the policy to every answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if self._names and _name_and_port(f"{scope['scheme']}://{host}")[0] not in self._names:
            refusal = PlainTextResponse("This server answers to 127.0.0.1 and localhost only.", status_code=421)
        elif origin is not None and not _is_same(origin, scope["scheme"], host, self._names):
            refusal = PlainTextResponse("Another site's page may not ask this server.", status_code=403)
        else:
            await self._app(scope, receive, _with_policy(send))
            return
        await refusal(scope, receive, send)


def _is_same(origin: str, scheme: str, host: str, names: Sequence[str]) -> bool:
    """Whether a page's origin is this server, as it was asked: the same scheme, host and port.

    Opened to the network, the server may stand behind another one that speaks TLS: only host and port are compared there.
    """
    own = scheme if names else origin.partition("://")[0].lower()
    return origin.lower().startswith(f"{own}://") and _name_and_port(origin) == _name_and_port(f"{own}://{host}")


def _name_and_port(address: str) -> tuple[str, int | None]:
    """Return the host, in small letters, and the port of an address; an empty host for what is no address."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", None
    name = parts.hostname or ""
    return f"[{name}]" if ":" in name else name, port


def _with_policy(send: Send) -> Send:
    async def send_with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY
            headers["Referrer-Policy"] = "no-referrer"
            headers["X-Content-Type-Options"] = "nosniff"
        await send(message)

    return send_with_policy
