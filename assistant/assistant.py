"""The assistant: opens a data folder, searches it, and answers questions with citations that hold."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection

from assistant import compose
from assistant.answer import Answer, Hit
from assistant.answering import answered, is_looked_up, searched
from assistant.conversation import Turn, exchanges, made_whole
from assistant.cross_references import CrossReferences, ReportLinks, cross_references, report_links
from assistant.exhaustive import phrase_wanted, stands_alone, wanted_in
from assistant.filter import Filter, scope_of
from assistant.lookup import look_up
from assistant.mentions import Mentions, mentions_of
from assistant.model.checker import Checker
from assistant.model.client import Endpoint, key_from
from assistant.model.prompt import MAX_PASSAGES
from assistant.model.writing import worded
from assistant.references import references_in
from assistant.scoping import kept_to
from assistant.settings import Settings, load_settings
from assistant.small_talk import reply_to_small_talk
from assistant.view import Catalogue, View
from assistant.wording import say
from corpus.errors import DuplicateReport, IndexDamaged, UnknownParagraph
from corpus.label import Label, Language
from corpus.library import records
from corpus.library.address import SCHEME, Address
from corpus.library.change import Progress
from corpus.library.library import Library
from index.embedder import Embedder, load_embedder
from index.folder import Index
from index.reranker import Reranker, load_reranker
from index.text import HAN
from index.writing import write_index

BUNDLED_REPORT = "samples/un-space-meeting-38.zh.txt"
MAX_QUESTION_CHARS = 2000
SHOWN_RANGES = 5
"""Of how many reports a message about an unknown label shows the span of numbers."""
_PIECE = re.compile(r"[^，。；：、\s]*[，。；：、\s]*", re.DOTALL)


@dataclass(frozen=True)
class _State:
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
class Assistant:
    """Answers questions about the reports of a data folder. Make one with `Assistant.open`.

    Attributes:
        library: the reports: `add`, `remove`, `reports`, `rebuild`.
        settings: what it was opened with.
    """

    library: Library
    settings: Settings
    _embedder: Embedder
    _reranker: Reranker | None = None
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
            RerankerError: the cross-encoder cannot be loaded.
        """
        settings = load_settings(home)
        embedder = load_embedder(settings.embedder)
        library = Library(settings.home, partial(write_index, embedder=embedder), settings.limits)
        assistant = cls(library, settings, embedder, load_reranker(settings.reranker))
        with library.reading() as connection:
            never_used = records.generation(connection) == 0
        if never_used and not library.recover(progress):
            bundled = resources.files("corpus").joinpath(BUNDLED_REPORT)
            with resources.as_file(bundled) as path, suppress(DuplicateReport):  # another first start was quicker
                library.add(path, progress)
        return assistant

    def search(
        self,
        question: str,
        top_k: int = 10,
        reports: Sequence[str] | None = None,
        *,
        within: Filter | None = None,
    ) -> list[Hit]:
        """Return the paragraphs that answer `question`, best first.

        Paragraphs that the question names (第30段, 附件三) come first, with score 1; the others by words and by meaning.

        Args:
            question: in any language; at most 2,000 characters count.
            top_k: how many at most.
            reports: ids of the reports to look in; None for all.
            within: what else to keep to; what the question itself keeps to (在第三章里) narrows it further.

        Raises:
            IndexMismatch: another embedder or version wrote the index.
            IndexDamaged: a file of the index cannot be read.
            UnknownReport: one of the reports is not in the library.
            UnknownCollection: one of the collections is not in the library.
        """
        with self._view(reports, within) as view:
            return searched(question[:MAX_QUESTION_CHARS], view, top_k)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        reports: Sequence[str] | None = None,
        *,
        within: Filter | None = None,
    ) -> Answer:
        """Answer `question` in the reports' own words, each with its citation, or say what they do not hold.

        Where a language model is set up it words the answer, each sentence of it checked against what it cites.

        Args:
            question: in any language; at most 2,000 characters count.
            history: the turns before it, oldest first.
            reports: ids of the reports to answer from; None for all.
            within: what else to keep to, as for `search`.

        Raises:
            IndexMismatch: another embedder or version wrote the index.
            IndexDamaged: a file of the index cannot be read.
            UnknownReport: one of the reports is not in the library.
            UnknownCollection: one of the collections is not in the library.
        """
        pieces = self._pieces(question, history, reports, within)
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def _pieces(
        self, question: str, history: Sequence[Turn], reports: Sequence[str] | None, within: Filter | None
    ) -> Generator[str, None, Answer]:
        """Yield the answer as a language model words it, where one is set up and the question is for one; return it."""
        answer = self._extractive(question, history, reports, within)
        if not self.settings.model_url or answer.abstained or not answer.citations or is_looked_up(answer.question):
            yield answer.text
            return answer
        with self._view(reports, within) as view:
            near, index = searched(answer.question, view, MAX_PASSAGES), view.index
        language = _language_of(answer.question)
        return (
            yield from worded(
                answer, near, self._endpoint, self.settings.model_unsupported, Checker.of(index), language
            )
        )

    @cached_property
    def _endpoint(self) -> Endpoint:
        s = self.settings
        return Endpoint(s.model_url, s.model_name, s.model_timeout_s, key_from(s.model_key_file, s.home))

    def _extractive(
        self, question: str, history: Sequence[Turn], reports: Sequence[str] | None, within: Filter | None
    ) -> Answer:
        """Return the answer in the reports' own words."""
        question = question.encode("utf-8", "replace").decode("utf-8").strip()[:MAX_QUESTION_CHARS]
        language = _language_of(question)
        if not question:
            return compose.abstention(question, say("empty_question", language), (), language)
        with self._view(reports, within) as view:
            if not view.index.n_passages or (view.reports == () and not within):
                return compose.abstention(question, say("no_reports", language), (), language)
            if view.looks_at_nothing:
                return compose.abstention(question, say("nothing_within", language), (), language)
            small_talk = reply_to_small_talk(question, language)
            if small_talk:
                return Answer(question, small_talk, (), False, ())
            if not stands_alone(question):
                question = made_whole(question, exchanges(history, view), view)
            return answered(question, view, language)

    def mentions(self, phrase: str, reports: Sequence[str] | None = None, *, within: Filter | None = None) -> Mentions:
        """Return every paragraph that mentions `phrase`, in document order: all of them, not the best.

        Letter for letter, in any width, script and case; other names of what it names count (训研所, 联合国训练研究所,
        UNITAR), those that a report introduces in that report.

        Args:
            phrase: a phrase, or a question for its mentions (所有提到训研所的段落).
            reports: ids of the reports to look in; None for all.
            within: what else to keep to, as for `search`.

        Raises:
            IndexMismatch: another embedder or version wrote the index.
            IndexDamaged: a file of the index cannot be read.
            UnknownReport: one of the reports is not in the library.
            UnknownCollection: one of the collections is not in the library.
        """
        phrase = phrase.strip()[:MAX_QUESTION_CHARS]
        with self._view(reports, within) as view:
            wanted = wanted_in(phrase)
            if wanted:
                kept = kept_to(phrase, view)
                wanted, view = wanted_in(kept.question) or wanted, kept.view
            return mentions_of(wanted or phrase_wanted(phrase), view)

    def show(self, label: str, reports: Sequence[str] | None = None) -> list[Hit]:
        """Return the paragraph at `label` and all below it, in document order, from each report that has it.

        Args:
            label: canonical (`12(c)`, `附件三#4`), as a text cites it (第12(c)段, para. 12 (c)), or a link
                (`pincite://un-38/12%28c%29`), which opens the version of its report that it cites.
            reports: ids of the reports to look in; None for all.

        Raises:
            UnknownParagraph: no report has it, or `label` is no label.
            UnknownReport: one of `reports`, or the report or version of a link, is not in the library.
        """
        with self._records(reports) as view:
            try:
                label = label.strip()
                hits = view.cited(Address.parse(label)) if label.startswith(SCHEME) else view.at(Label.parse(label))
            except ValueError:
                hits = []
            hits = hits or [hit for group in look_up(references_in(label), view).hits for hit in group]
            if not hits:
                some = list(view.reports or view.titles())
                ranges = "; ".join(f"{i}: {view.range_of(i)}" for i in some[:SHOWN_RANGES])
                ranges += f" and {len(some) - SHOWN_RANGES} more reports" if len(some) > SHOWN_RANGES else ""
                raise UnknownParagraph(f"expected a label such as 12(c) or 附件三#4 of {ranges}; found {label!r}")
            return hits

    def links(self, report_id: str, label: Label) -> CrossReferences:
        """Return what the paragraph at `label` of a report refers to, and what refers to it in any report.

        Raises:
            UnknownReport: the library has no report of this id.
        """
        with self._records(None) as view:
            return cross_references(view, report_id, label)

    def report_links(self, report_id: str) -> ReportLinks:
        """Return all links of the newest version of a report and those that lead to it.

        Raises:
            UnknownReport: the library has no report of this id.
        """
        with self._records(None) as view:
            return report_links(view, report_id)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        reports: Sequence[str] | None = None,
        *,
        within: Filter | None = None,
    ) -> Generator[str, None, Answer]:
        """Answer `question` as `ask` does, in pieces whose concatenation is the answer's text; returns the answer."""
        pieces = self._pieces(question, history, reports, within)
        while True:
            try:
                piece = next(pieces)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            yield from filter(None, _PIECE.findall(piece))

    @contextmanager
    def _view(self, reports: Sequence[str] | None, within: Filter | None = None) -> Iterator[View]:
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
                    connection, state.index, state.catalogue, scope.reports, state.cache, scope.passages, self._reranker
                )
                return

    @contextmanager
    def _records(self, reports: Sequence[str] | None) -> Iterator[View]:
        """Yield a view of the records alone, for what asks no index; none is opened."""
        with self.library.reading() as connection:
            yield View(
                connection, None, Catalogue.load(connection), tuple(reports) if reports is not None else None, {}
            )

    def _state_of(self, connection: Connection) -> _State:
        """Return what belongs to the records as `connection` sees them, opened once for all threads."""
        folder = self.library.index_folder(connection)
        if folder is None:
            raise IndexDamaged(f"expected an index in {self.settings.home}, found none; run `pincite rebuild`")
        with self._opening:
            state, revision = self._state, records.revision(connection)
            if state is None or state.index.folder != folder:
                index = Index(folder, self._embedder)
                state = self._state = _State(index, {}, revision, Catalogue.load(connection))
            elif state.revision != revision:
                state = self._state = _State(state.index, state.cache, revision, Catalogue.load(connection))
            return state

    def _is_superseded(self, connection: Connection) -> bool:
        """Whether another index has taken the place of the one that `connection` sees, so that its folder may be gone."""
        with self.library.reading() as now:
            return self.library.index_folder(now) != self.library.index_folder(connection)


def _language_of(question: str) -> Language:
    return "en" if re.search(r"[a-zA-Z]{2}", question) and not re.search(rf"[{HAN}]", question) else "zh"
