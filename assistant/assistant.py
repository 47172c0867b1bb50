"""The assistant: opens a data folder, searches it, and answers questions with citations that hold."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import resources
from pathlib import Path
from typing import Self

from assistant.answer import Answer, Hit
from assistant.answering import searched
from assistant.conversation import Turn
from assistant.cross_references import CrossReferences, ReportLinks, cross_references, report_links
from assistant.exhaustive import phrase_wanted, wanted_in
from assistant.filter import Filter
from assistant.lookup import look_up
from assistant.mentions import Mentions, mentions_of
from assistant.model.checker import Checker
from assistant.model.client import Endpoint, key_from
from assistant.model.prompt import MAX_PASSAGES
from assistant.model.writing import worded
from assistant.references import references_in
from assistant.reply import MAX_QUESTION_CHARS, is_to_be_worded, language_of, reply
from assistant.scoping import kept_to
from assistant.settings import Settings, load_settings
from assistant.view import View
from assistant.views import Views
from corpus.errors import DuplicateReport, UnknownParagraph
from corpus.label import Label
from corpus.library import records
from corpus.library.address import SCHEME, Address
from corpus.library.change import Progress
from corpus.library.library import Library
from index.embedder import load_embedder
from index.reranker import load_reranker
from index.writing import write_index

BUNDLED_REPORT = "samples/un-space-meeting-38.zh.txt"
SHOWN_RANGES = 5
"""Of how many reports a message about an unknown label shows the span of numbers."""
_PIECE = re.compile(r"[^，。；：、\s]*[，。；：、\s]*", re.DOTALL)


@dataclass
class Assistant:
    """Answers questions about the reports of a data folder. Make one with `Assistant.open`.

    Attributes:
        library: the reports: `add`, `remove`, `reports`, `rebuild`.
        settings: what it was opened with.
    """

    library: Library
    settings: Settings
    _views: Views

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
        assistant = cls(library, settings, Views(library, embedder, load_reranker(settings.reranker)))
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
        with self._view(reports, within) as view:
            answer = reply(question, history, view, is_narrowed=bool(within))
            is_for_model = bool(self.settings.model_url) and is_to_be_worded(answer, view)
            near = searched(answer.question, view, MAX_PASSAGES) if is_for_model else []
            index, titles = view.index, view.titles()
        if not is_for_model:
            yield answer.text
            return answer
        model, language = (self._endpoint, self.settings.model_unsupported), language_of(answer.question)
        return (yield from worded(answer, near, titles, *model, Checker.of(index), language))

    @cached_property
    def _endpoint(self) -> Endpoint:
        s = self.settings
        return Endpoint(s.model_url, s.model_name, s.model_timeout_s, key_from(s.model_key_file, s.home))

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
        with self._views.records(reports) as view:
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
        with self._views.records(None) as view:
            return cross_references(view, report_id, label)

    def report_links(self, report_id: str) -> ReportLinks:
        """Return all links of the newest version of a report and those that lead to it.

        Raises:
            UnknownReport: the library has no report of this id.
        """
        with self._views.records(None) as view:
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
        with self._views.of(reports, within) as view:
            yield view
