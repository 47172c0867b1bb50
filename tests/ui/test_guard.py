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


@pytest.mark.parametrize("name", ["127.0.0.1:7860", "localhost", "LOCALHOST:7860", "[::1]:7860"])
def test_own_names_are_answered_with_the_policy(name: str) -> None:
    reply = client("127.0.0.1").get("/", headers={"Host": name})
    assert reply.text == "here"
    assert "default-src 'self'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example:80", "", "user@evil.example", "localhost:x", "[evil"]
)
def test_foreign_names_are_refused_on_loopback(name: str) -> None:
    assert client("127.0.0.1").get("/", headers={"Host": name}).status_code == 421


def test_any_name_is_answered_where_the_server_is_opened_to_the_network() -> None:
    assert client("0.0.0.0").get("/", headers={"Host": "pincite.intra"}).text == "here"


@pytest.mark.parametrize("origin", ["http://localhost:7860", "http://LOCALHOST:7860"])
def test_its_own_page_may_ask(origin: str) -> None:
    assert client("127.0.0.1").get("/", headers={"Host": "localhost:7860", "Origin": origin}).status_code == 200
    assert client("0.0.0.0").get("/", headers={"Host": "localhost:7860", "Origin": origin}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://localhost:9999",
        "http://localhost",
        "http://127.0.0.1:7860",
        "https://evil.example",
        "localhost:7860",
    ],
)
def test_another_page_may_not(origin: str) -> None:
    for host in ("127.0.0.1", "0.0.0.0"):
        reply = client(host).post("/", headers={"Host": "localhost:7860", "Origin": origin})
        assert reply.status_code == 403
        assert reply.text == "Another site's page may not ask this server."


def test_a_page_of_another_scheme_may_not_ask_on_loopback() -> None:
    asked = {"Host": "localhost:7860", "Origin": "https://localhost:7860"}
    assert client("127.0.0.1").get("/", headers=asked).status_code == 403
    assert client("0.0.0.0").get("/", headers=asked).status_code == 200  # behind a server that speaks TLS
