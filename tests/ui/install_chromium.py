"""Sees to it that the browser tests have a Chromium: the machine's, else Debian's, else Playwright's. Never fails.

Run by `make test` before the tests. Where nothing can be installed the tests skip with a reason or, with CI=true, fail.
"""

import os
import shutil
import subprocess
import sys

from browser import NAMES, find_chromium
from playwright.sync_api import sync_playwright

APT = ("apt-get", "-o", "Dpkg::Use-Pty=0", "-qq")
STEP_LIMIT_S = 600


def main() -> None:
    """Install a Chromium unless there is one."""
    with sync_playwright() as playwright:
        if find_chromium(playwright):
            return
    print("installing a Chromium for the browser tests …", flush=True)
    as_root: tuple[str, ...] = ()
    if os.geteuid() != 0:
        as_root = ("sudo", "-n")
    if shutil.which("apt-get") and _ran(*as_root, *APT, "update"):
        _ran(*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *APT, "install", "-y", "chromium", "fonts-noto-cjk")
    if not any(shutil.which(name) for name in NAMES):
        _ran(sys.executable, "-m", "playwright", "install", "chromium")


def _ran(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, timeout=STEP_LIMIT_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", flush=True)
        return False


if __name__ == "__main__":
    main()
