"""What the server answers to, and the policy on its answers."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.guard import Guard


def client(host: str) -> TestClient:
    routes = [Route("/", lambda _: PlainTextResponse("here"))]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Guard, host=host)]))


@pytest.mark.parametrize("name", ["127.0.0.1:7860", "localhost", "[::1]:7860"])
def test_own_names_are_answered_with_the_policy(name: str) -> None:
    reply = client("127.0.0.1").get("/", headers={"Host": name})
    assert reply.text == "here"
    assert "default-src 'self'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example:80", ""])
def test_foreign_names_are_refused_on_loopback(name: str) -> None:
    assert client("127.0.0.1").get("/", headers={"Host": name}).status_code == 421


def test_any_name_is_answered_where_the_server_is_opened_to_the_network() -> None:
    assert client("0.0.0.0").get("/", headers={"Host": "pincite.intra"}).text == "here"
