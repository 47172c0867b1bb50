"""Names of the headings below which numbers begin again, by their lines, and which of them are taken."""

from collections import Counter
from collections.abc import Callable, Mapping


class RunNames(dict[int, str]):
    """Names by lines; two lines may have one name, where a run goes on.

    Args:
        names: those there are, by lines.
    """

    def __init__(self, names: Mapping[int, str] | None = None) -> None:
        super().__init__()
        self._used: Counter[str] = Counter()
        self._counts: dict[str, int] = {}
        for line, name in (names or {}).items():
            self[line] = name

    def __setitem__(self, line: int, name: str) -> None:
        """Name a line, or name it anew."""
        if line in self:
            self._used[self[line]] -= 1
        self._used[name] += 1
        super().__setitem__(line, name)

    def is_used(self, name: str, besides: int | None = None) -> bool:
        """Whether a line has this name, other than the line `besides`."""
        return self._used[name] > (besides is not None and self.get(besides) == name)

    def free(self, name_of: Callable[[int], str], besides: int | None = None) -> str:
        """Return the first name that no line has, other than the line `besides`.

        Args:
            name_of: the name for each number from 2; equal for equal numbers.
            besides: a line that may have it.
        """
        series = name_of(2)
        count = self._counts.get(series, 2)
        while self.is_used(name_of(count), besides):
            count += 1
        self._counts[series] = count
        return name_of(count)
