"""The assistant: opens a data folder, searches it, and answers questions with citations that hold."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection

from assistant import compose
from assistant.answer import Answer, Hit
from assistant.answering import answered, found_for, look_up, merged
from assistant.conversation import Turn, exchanges, made_whole
from assistant.references import references_in
from assistant.settings import Settings, load_settings
from assistant.view import View
from assistant.wording import reply_to_small_talk, say
from corpus import records
from corpus.errors import DuplicateReport, IndexDamaged, UnknownParagraph
from corpus.label import Label, Language
from corpus.library import Library, Progress
from index.embedder import Embedder, load_embedder
from index.folder import Index, write_index
from index.text import HAN

BUNDLED_REPORT = "samples/un-space-meeting-38.zh.txt"
MAX_QUESTION_CHARS = 2000
_PIECE = re.compile(r"[^，。；：、\s]*[，。；：、\s]*", re.DOTALL)


@dataclass(frozen=True)
class _State:
    """An index opened, and the paragraphs looked up while it has been in force, by id."""

    index: Index
    cache: dict[int, Hit]


@dataclass
class Assistant:
    """Answers questions about the reports of a data folder. Make one with `Assistant.open`.

    Attributes:
        library: the reports: `add`, `remove`, `reports`, `rebuild`.
        settings: what it was opened with.
    """

    library: Library
    settings: Settings
    _embedder: Embedder
    _state: _State | None = None
    _opening: Lock = field(default_factory=Lock)

    @classmethod
    def open(cls, home: Path | str | None = None, progress: Progress | None = None) -> Self:
        """Open a data folder; on an empty one, the bundled report is added.

        Args:
            home: the data folder; None for `PINCITE_HOME` or the platform's place for a user's data.
            progress: called while the bundled report is added.

        Raises:
            SettingsError: a setting is unknown or cannot be used.
            HomeError: the folder cannot be used.
            EmbedderError: the embedding model cannot be loaded.
        """
        settings = load_settings(home)
        embedder = load_embedder(settings.embedder)
        library = Library(settings.home, partial(write_index, embedder=embedder))
        assistant = cls(library, settings, embedder)
        with library.reading() as connection:
            never_used = records.generation(connection) == 0
        if never_used:
            bundled = resources.files("corpus").joinpath(BUNDLED_REPORT)
            with resources.as_file(bundled) as path, suppress(DuplicateReport):  # another first start was quicker
                library.add(path, progress)
        return assistant

    def search(self, question: str, top_k: int = 10, reports: Sequence[str] | None = None) -> list[Hit]:
        """Return the paragraphs that answer `question`, best first.

        Paragraphs that the question names (第30段, 附件三) come first, with score 1; the others by words and by meaning.

        Args:
            question: in any language; at most 2,000 characters count.
            top_k: how many at most.
            reports: ids of the reports to look in; None for all.

        Raises:
            IndexMismatch: another embedder or version wrote the index.
            IndexDamaged: a file of the index cannot be read.
            UnknownReport: one of `reports` is not in the library.
        """
        with self._view(reports) as view:
            found = look_up(references_in(question[:MAX_QUESTION_CHARS]), view)
            hits = [hit for group in found.hits for hit in group]
            if not found.missing and len(hits) < top_k:
                seen = {(h.report, h.paragraph.label) for h in hits}
                scored = merged(found_for(question[:MAX_QUESTION_CHARS], view, top_k))
                hits += [s.hit for s in scored if (s.hit.report, s.hit.paragraph.label) not in seen]
            return hits[:top_k]

    def ask(self, question: str, history: Sequence[Turn] = (), reports: Sequence[str] | None = None) -> Answer:
        """Answer `question` in the reports' own words, each with its citation, or say what they do not hold.

        Args:
            question: in any language; at most 2,000 characters count.
            history: the turns before it, oldest first.
            reports: ids of the reports to answer from; None for all.

        Raises:
            IndexMismatch: another embedder or version wrote the index.
            IndexDamaged: a file of the index cannot be read.
        """
        question = question.encode("utf-8", "replace").decode("utf-8").strip()[:MAX_QUESTION_CHARS]
        language = _language_of(question)
        if not question:
            return compose.abstention(question, say("empty_question", language), (), language)
        with self._view(reports) as view:
            if not view.index.n_passages or view.reports == ():
                return compose.abstention(question, say("no_reports", language), (), language)
            small_talk = reply_to_small_talk(question, language)
            if small_talk:
                return Answer(question, small_talk, (), False, ())
            return answered(made_whole(question, exchanges(history, view), view), view, language)

    def show(self, label: str, reports: Sequence[str] | None = None) -> list[Hit]:
        """Return the paragraph at `label` and all below it, in document order, from each report that has it.

        Args:
            label: canonical (`12(c)`, `附件三#4`) or as a text cites it (第12(c)段, para. 12 (c)).
            reports: ids of the reports to look in; None for all.

        Raises:
            UnknownParagraph: no report has it, or `label` is no label.
        """
        with self._view(reports) as view:
            try:
                hits = view.at(Label.parse(label.strip()))
            except ValueError:
                hits = []
            hits = hits or [hit for group in look_up(references_in(label), view).hits for hit in group]
            if not hits:
                ranges = "; ".join(f"{i}: {view.range_of(i)}" for i in view.reports or view.titles())
                raise UnknownParagraph(f"expected a label such as 12(c) or 附件三#4 of {ranges}; found {label!r}")
            return hits

    def stream(
        self, question: str, history: Sequence[Turn] = (), reports: Sequence[str] | None = None
    ) -> Generator[str, None, Answer]:
        """Answer `question` as `ask` does, in pieces whose concatenation is the answer's text; returns the answer."""
        answer = self.ask(question, history, reports)
        yield from filter(None, _PIECE.findall(answer.text))
        return answer

    @contextmanager
    def _view(self, reports: Sequence[str] | None) -> Iterator[View]:
        """Yield a view of the library as it is now; what another process changes meanwhile is not in it."""
        while True:
            with self.library.reading() as connection:
                try:
                    state = self._state_of(connection)
                except IndexDamaged:
                    if self._is_superseded(connection):
                        continue
                    raise
                yield View(connection, state.index, tuple(reports) if reports is not None else None, state.cache)
                return

    def _state_of(self, connection: Connection) -> _State:
        """Return the index that belongs to the records as `connection` sees them, opened once for all threads."""
        folder = self.library.index_folder(connection)
        if folder is None:
            raise IndexDamaged(f"expected an index in {self.settings.home}, found none; run `pincite rebuild`")
        with self._opening:
            state = self._state
            if state is None or state.index.folder != folder:
                state = self._state = _State(Index(folder, self._embedder), {})
            return state

    def _is_superseded(self, connection: Connection) -> bool:
        """Whether another index has taken the place of the one that `connection` sees, so that its folder may be gone."""
        with self.library.reading() as now:
            return self.library.index_folder(now) != self.library.index_folder(connection)


def _language_of(question: str) -> Language:
    return "en" if re.search(r"[a-zA-Z]{2}", question) and not re.search(rf"[{HAN}]", question) else "zh"
