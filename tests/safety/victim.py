"""A process that changes libraries and is killed at it, over and over: `python -m tests.safety.victim`.

It imports everything once. Each line that it reads is a job, which it does in a fork of itself; what it prints of one is
the fork's number, `begin` when the library is open, `end` when the change is made, and the fork's exit status.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from assistant import Assistant
from corpus.library.library import Library
from index import parts

CHANGES: dict[str, Callable[[Library, str], object]] = {
    "add": lambda library, file: library.add(Path(file)),
    "replace": lambda library, file: library.replace("beta-0", Path(file)),
    "remove": lambda library, _: library.remove("alpha-0"),
    "rebuild": lambda library, _: library.rebuild(),
    "add several": lambda library, folder: library.add_all(sorted(Path(folder).iterdir()), new=True),
    "add in parallel": lambda library, folder: library.add_all(sorted(Path(folder).iterdir()), new=True),
}
ALONE_PASSAGES = {"add in parallel": 1}
"""Up to how many passages are cut in the process itself where a change is to be made with several."""


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        process = os.fork()
        if not process:
            parts.ALONE_PASSAGES = ALONE_PASSAGES.get(job["change"], parts.ALONE_PASSAGES)
            assistant = Assistant.open(job["home"])
            print("begin", flush=True)
            CHANGES[job["change"]](assistant.library, job["file"])
            print("end", flush=True)
            os._exit(0)
        print(process, flush=True)
        print("exit", os.waitpid(process, 0)[1], flush=True)


if __name__ == "__main__":
    main()
