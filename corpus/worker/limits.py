"""What reading one file may cost, and the clock that holds it to its time. Knows nothing of how it is read."""

import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        timeout_s: wall time for any file, to which come `timeout_s_per_mb` and `timeout_s_per_page`, each ten times what
            the slowest reader needs on one core: 2 s a megabyte of text, 0.1 s a page of PDF.
        memory_mb: memory in megabytes; held to on Linux only.
        ocr: whether images of text may be read by OCR; each page then may take `timeout_s_per_image` more, twice what
            the slowest page took.
    """

    timeout_s: float = 120.0
    memory_mb: int = 2048
    timeout_s_per_mb: float = 20.0
    timeout_s_per_page: float = 1.0
    ocr: bool = False
    timeout_s_per_image: float = 240.0

    def allowed_s(self, size_bytes: int, pages: int = 0) -> float:
        """Return the wall time for a file of this size, once it is known to have so many pages."""
        return self.timeout_s + self.timeout_s_per_mb * size_bytes / 1e6 + self._per_page_s * pages

    @property
    def _per_page_s(self) -> float:
        return self.timeout_s_per_page + self.timeout_s_per_image * self.ocr


DEFAULT_LIMITS = Limits()


class Clock:
    """The time that reading the file at `path` takes, from now on, and may take."""

    def __init__(self, limits: Limits, path: Path) -> None:
        self._limits = limits
        self._start_s = time.monotonic()
        try:
            self._size = path.stat().st_size
        except (OSError, ValueError):  # the reader will say why
            self._size = 0
        self._done = self._total = 0

    def read(self, done: int, total: int) -> None:
        """Take in how many pages have been read."""
        self._done, self._total = done, total

    @property
    def allowed_s(self) -> float:
        """The time it may take, as far as is known by now."""
        return self._limits.allowed_s(self._size, self._total)

    @property
    def is_over(self) -> bool:
        """Whether it has taken longer."""
        return time.monotonic() - self._start_s > self.allowed_s

    @property
    def complaint(self) -> str:
        """What the user is told once time is over."""
        far = f" at page {self._done:,} of {self._total:,}" if self._total > 1 else ""
        return (
            f"expected to read it within {self.allowed_s:,.4g} s, found it not done{far}; split it, or raise "
            "timeout_s under [parsing] in pincite.toml"
        )
