"""Starts a Python process that runs a module of this project, wherever that is installed. Knows nothing of what it does."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from corpus.errors import PinciteError

_RUN = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(*sys.argv[3:])"
)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process that `start` began, with those that it began itself."""
    if process.poll() is None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def start(module: str, *arguments: str, errors: int | None) -> "subprocess.Popen[bytes]":
    """Start `main` of a module with the modules of this process: never the current folder's, never `__main__`.

    Ctrl+C in a terminal is for the process that waits, which ends this one.

    Args:
        module: its name.
        arguments: what `main` takes.
        errors: where its standard error goes, as `subprocess.Popen` takes it. Standard input and output are pipes.

    Raises:
        PinciteError: no process can be started.
    """
    if getattr(sys, "frozen", False) or not sys.executable:
        raise PinciteError("expected a Python interpreter to read files with, found a program that has none of its own")
    root = str(Path(__file__).parents[2])
    paths = [root, *(p for p in sys.path if p and p != root)]
    flags = ["-I", "-B"] if sys.dont_write_bytecode else ["-I"]
    try:
        return subprocess.Popen(
            [sys.executable, *flags, "-c", _RUN, json.dumps(paths), module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PinciteError(f"expected to start a process of its own, found: {reason}; close other programs") from error
