"""The real app on a free loopback port with a real assistant, and pages of a real browser that may ask nothing else."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import Assistant
from tests.ui.browser import MISSING, find_chromium, start_chromium
from ui.web import launch

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PATIENCE_MS = 30_000
"""How long a test waits for what it expects of a page, on a machine that has other work."""


GRADIO_WARNINGS = ("ignore::pandas.errors.Pandas4Warning",)
"""What Gradio 6.31 itself does that its own dependencies warn of; every other warning is an error."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Gradio's own warnings pass in the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for warning in GRADIO_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(warning))


@dataclass(frozen=True)
class App:
    """A running app: its address and the assistant behind it."""

    address: str
    assistant: Assistant


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session", autouse=True)
def loops() -> Iterator[None]:
    """Close the event loops that Gradio makes while it builds an app outside of one, and leaves open."""
    made: list[asyncio.AbstractEventLoop] = []
    new_event_loop = asyncio.new_event_loop

    def kept() -> asyncio.AbstractEventLoop:
        made.append(new_event_loop())
        return made[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asyncio, "new_event_loop", kept)
        yield
    asyncio.set_event_loop(None)
    for loop in made:
        loop.close()


@contextmanager
def running_app(home: Path) -> Iterator[App]:
    """Run an app on a data folder; an empty one comes to hold the bundled report."""
    assistant = Assistant.open(home)
    blocks, address = launch(assistant, free_port())
    yield App(address, assistant)
    blocks.close(verbose=False)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app that tests share; they leave its library as it is."""
    with running_app(tmp_path_factory.mktemp("shared") / "home") as running:
        yield running


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[App]:
    """An app of the test's own. Name it before `page`: when it ends, it waits for the streams that pages hold open."""
    with running_app(tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium. Without one the tests skip; with CI=true they fail."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            if os.environ.get("CI") == "true":
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        browser = start_chromium(playwright, path)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 1280×800. When the test is done: it asked nothing but loopback, and no script of it failed."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts <= {"127.0.0.1"}, f"the page asked {hosts - {'127.0.0.1'}}"
    assert not failed


def keep(page: Page, name: str) -> None:
    """Keep a screenshot of the page under `build/screenshots/`."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
