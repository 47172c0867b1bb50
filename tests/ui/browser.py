"""The Chromium that the tests drive: where it is, and how it is started."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "no Chromium on this machine: tests/ui/install_chromium.py installs one, PINCITE_CHROMIUM names one"


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of a Chromium: the one named by PINCITE_CHROMIUM, the machine's, or Playwright's own."""
    named = os.environ.get("PINCITE_CHROMIUM")
    own = playwright.chromium.executable_path
    for path in (named, *(shutil.which(name) for name in NAMES), own):
        if path and Path(path).exists():
            return path
    return None


def start_chromium(playwright: Playwright, path: str) -> Browser:
    """Start a headless Chromium that asks nothing of the network by itself."""
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
