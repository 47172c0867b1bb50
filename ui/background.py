"""Work in a thread that tells how far it is while it goes on. Knows nothing of what the work is."""

import queue
import threading
from collections.abc import Callable, Generator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_background(
    work: Callable[[Callable[[Item], None]], Result], poll_s: float
) -> Generator[list[Item], None, Result]:
    """Run `work` in a thread of its own and return what it returns.

    Args:
        work: called with a function that takes an item to hand over.
        poll_s: how often to yield, in seconds.

    Yields:
        What the work has handed over since the time before; often nothing.

    Raises:
        Exception: whatever `work` raises, once its items have been yielded.
    """
    handed: queue.SimpleQueue[Item] = queue.SimpleQueue()
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work(handed.put))
        except BaseException as error:  # raised again below, in the thread that waits
            errors.append(error)

    thread = threading.Thread(target=run, name="pincite-work", daemon=True)
    thread.start()
    while True:
        thread.join(poll_s)
        over = not thread.is_alive()
        items = []
        while not handed.empty():
            items.append(handed.get())
        yield items
        if over:
            break
    if errors:
        raise errors[0]
    return results[0]
