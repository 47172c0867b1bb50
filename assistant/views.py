"""What the questions of all threads look at: one state of the library, opened once, and again once that has changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Connection

from assistant.answer import Hit
from assistant.catalogue import Catalogue
from assistant.filter import Filter, scope_of
from assistant.view import View
from corpus.errors import IndexDamaged
from corpus.library import records
from corpus.library.library import Library
from index.embedder import Embedder
from index.folder import Index
from index.reranker import Reranker


@dataclass(frozen=True)
class State:
    """One state of the library as it is held in memory.

    Attributes:
        index: the index that is in force.
        cache: the paragraphs that have been looked up while it has been, by id.
        revision: the number of the records' state.
        catalogue: what is known of the reports in that state.
    """

    index: Index
    cache: dict[int, Hit]
    revision: int
    catalogue: Catalogue


@dataclass
class Views:
    """The views of a library.

    Attributes:
        library: the reports.
        embedder: the embedding model of their index.
        reranker: the cross-encoder that looks once more; None for none.
    """

    library: Library
    embedder: Embedder
    reranker: Reranker | None = None
    _state: State | None = None
    _opening: Lock = field(default_factory=Lock)

    @contextmanager
    def of(self, reports: Sequence[str] | None, within: Filter | None = None) -> Iterator[View]:
        """Yield a view of the library as it is now; what another process changes meanwhile is not in it."""
        while True:
            with self.library.reading() as connection:
                try:
                    state = self._state_of(connection)
                except IndexDamaged:
                    if self._is_superseded(connection):
                        continue
                    raise
                scope = scope_of(within, reports, state.catalogue, connection)
                yield View(
                    connection, state.index, state.catalogue, scope.reports, state.cache, scope.passages, self.reranker
                )
                return

    @contextmanager
    def records(self, reports: Sequence[str] | None) -> Iterator[View]:
        """Yield a view of the records alone, for what asks no index; none is opened."""
        with self.library.reading() as connection:
            yield View(
                connection, None, Catalogue.load(connection), tuple(reports) if reports is not None else None, {}
            )

    def _state_of(self, connection: Connection) -> State:
        """Return what belongs to the records as `connection` sees them, opened once for all threads."""
        folder = self.library.index_folder(connection)
        if folder is None:
            raise IndexDamaged(f"expected an index in {self.library.home}, found none; run `pincite rebuild`")
        with self._opening:
            state, revision = self._state, records.revision(connection)
            if state is None or state.index.folder != folder:
                index = Index(folder, self.embedder)
                state = self._state = State(index, {}, revision, Catalogue.load(connection))
            elif state.revision != revision:
                state = self._state = State(state.index, state.cache, revision, Catalogue.load(connection))
            return state

    def _is_superseded(self, connection: Connection) -> bool:
        """Whether another index has taken the place of the one that `connection` sees, so that its folder may be gone."""
        with self.library.reading() as now:
            return self.library.index_folder(now) != self.library.index_folder(connection)
