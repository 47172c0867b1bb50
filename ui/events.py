"""What each event of the page does: values of components in, values out. Knows no layout.

Whatever goes wrong here becomes a sentence on the page; a traceback goes to the log.
"""

import itertools
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import Assistant
from assistant.reply import MAX_QUESTION_CHARS
from corpus.errors import Cancelled, PinciteError, UnknownReport
from corpus.library.address import split_version, versioned
from corpus.library.change import Progress
from corpus.report import Report
from ui import conversation, downloads, export_panel, library_panel, page, scope_panel
from ui.background import in_background
from ui.conversation import Turn, View
from ui.kept_events import KeptEvents
from ui.scope_panel import Choices
from ui.session import Session
from ui.strings import Language, Texts, language_of, texts
from ui.told import told

_POLL_S = 0.25
_LOG = logging.getLogger(__name__)

Update = Any
"""A component's new value or properties, as Gradio takes them."""


class Events:
    """The page's events on one assistant, which all visitors share; what is a visitor's own comes in as a session."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.kept = KeptEvents(assistant, _sentence)
        self._revisions = itertools.count(1)

    def ask(
        self, typed: str, session: Session, chosen: dict[str, Any], event: gr.EventData
    ) -> Iterator[tuple[Update, Update, Update]]:
        """Answer what is typed, or the example of the event, from what is chosen: yield (question box, conversation, note)."""
        data = getattr(event, "_data", None)
        question = str(data["question"] if isinstance(data, dict) and "question" in data else typed or "").strip()
        if not question or session.answering:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        if len(question) > MAX_QUESTION_CHARS:
            note = texts(session.language).too_long.format(count=len(question), limit=MAX_QUESTION_CHARS)
            yield gr.skip(), gr.skip(), library_panel.message_html(note, "failed")
            return
        yield gr.update(value="", submit_btn=False, stop_btn=True), gr.skip(), ""
        view, settled = self._view(session.language), dict[int, str]()
        choices = self._choices()
        session.within = choices.still_there(scope_panel.filter_of(chosen))
        scope = scope_panel.scope_line(choices, session.within, session.language)
        notes: list[str] = []

        def keep(turn: Turn) -> None:
            notes.append(self.kept.keep(turn, session))

        sentence = partial(_sentence, language=session.language)
        for _ in session.answer(question, self._assistant, sentence, scope, keep):
            yield gr.skip(), _log_html(session, view, settled), gr.skip()
        yield gr.update(submit_btn=True, stop_btn=False), self.conversation(session), "".join(notes)

    def stop(self, session: Session) -> None:
        """End the answer that is under way; `ask` then shows it as it stands."""
        session.stop()

    def clear(self, session: Session) -> tuple[Update, str, str]:
        """Begin a new conversation: return (question box, conversation, note)."""
        session.clear()
        return gr.update(submit_btn=True, stop_btn=False), self.conversation(session), ""

    def act_on_kept(self, session: Session, event: gr.EventData) -> tuple[Update, ...]:
        """Do what the drawer of kept conversations asks for: return (list, question box, conversation, note)."""
        listed, other = self.kept.act(event._data, session)
        if not other:
            return listed, gr.skip(), gr.skip(), gr.skip()
        return listed, gr.update(submit_btn=True, stop_btn=False), self.conversation(session), ""

    def download(self, session: Session, event: gr.EventData) -> tuple[Update, Update]:
        """Return (file for the browser, note): the answer or the conversation that the event names, in its format."""
        try:
            return downloads.download_of(session, self._assistant, event._data), ""
        except Exception as error:
            return gr.skip(), library_panel.message_html(_sentence(error, session.language), "failed")

    def keep_to(self, session: Session, event: gr.EventData) -> None:
        """Keep the questions that follow to what the event names."""
        session.within = scope_panel.filter_of(event._data)

    def scope(self, session: Session) -> str:
        """Return the choices of what questions are kept to."""
        choices = self._choices()
        session.within = choices.still_there(session.within)
        return scope_panel.scope_html(choices, session.within, session.language)

    def conversation(self, session: Session) -> str:
        """Return the conversation's HTML."""
        return _log_html(session, self._view(session.language), {})

    def pane(self, language: Language, open_report: str = "") -> dict[str, str | int]:
        """Return the report pane's value: a new one makes it load its report again, or `open_report` where one is named."""
        return {"language": language, "revision": next(self._revisions), "open": open_report}

    def report_view(self, wanted: dict[str, str]) -> dict[str, str]:
        """Return a report for the pane: its id and version, its HTML and a message, empty where the wanted one is there.

        Args:
            wanted: `report`, as links name a report and its version, or empty for the newest version of the first
                report, and `language`.
        """
        language, link = language_of(wanted.get("language")), wanted.get("report", "")
        library, message = self._assistant.library, ""
        choices = {versioned(entry.id, entry.version): entry.title for entry in library.entries()}
        report = None
        if link:
            try:
                report = library.get("{}@{}".format(*split_version(link)))
            except UnknownReport:
                message = texts(language).no_report.format(report=link)
        if report is None and choices:
            report = library.get(next(iter(choices)))
        if report is None:
            return {"id": "", "html": page.notice_html(texts(language).welcome_empty), "message": message}
        links = self._assistant.report_links(report.id) if report.version == report.versions else None
        html = page.pane_html(report, choices, language, links)
        return {"id": versioned(report.id, report.version), "html": html, "message": message}

    def library_list(self, session: Session) -> str:
        """Return the list of reports."""
        library = self._assistant.library
        return library_panel.list_html(library.entries(), session.language, library.collections.every())

    def add(self, paths: list[str] | None, session: Session) -> Iterator[tuple[Update, ...]]:
        """Add uploaded files: yield (status, list, pane, upload button, conversation, cancel button) as it goes on."""
        t, said, added = texts(session.language), "", ""
        waiting, cancelled = (gr.skip(),) * 5, session.begin_adding()
        yield library_panel.progress_html("read", 0.0, session.language), *waiting[1:], gr.update(visible=True)
        for path in paths or []:
            if cancelled():
                _forget(Path(path))
                continue
            shown = ""
            for shown, report in self._work(partial(self._assistant.library.add, path, cancelled=cancelled), session):
                if report:
                    added, count = versioned(report.id, report.version), f"{len(report.paragraphs):,}"
                    done = self._added(report, count, t)
                    shown = library_panel.message_html(done, "done")
                yield (said + shown, *waiting)
            said += shown
            _forget(Path(path))
        pane = self.pane(session.language, added) if added else gr.skip()
        upload, cancel = gr.update(value=None), gr.update(visible=False)
        yield said, self.library_list(session), pane, upload, self._welcome(session), cancel

    def _added(self, report: Report, count: str, t: Texts) -> str:
        """Return what is said of a report that was added, or is the next version of one."""
        if report.version == 1:
            return t.added.format(title=report.title, count=count)
        before = self._assistant.library.size_of(report.id, report.version - 1)
        return t.replaced.format(title=report.title, count=count, version=report.version, before=f"{before:,}")

    def cancel(self, session: Session) -> None:
        """Give up adding files; `add` then says so."""
        session.cancel_adding()

    def remove(self, session: Session, event: gr.EventData) -> tuple[Update, ...]:
        """Remove the report that the event names: return (status, list, pane, conversation)."""
        try:
            report = self._assistant.library.get(event._data["report"])
            self._assistant.library.remove(report.id)
        except Exception as error:
            failure = library_panel.message_html(_sentence(error, session.language), "failed")
            return failure, self.library_list(session), gr.skip(), gr.skip()
        done = library_panel.message_html(texts(session.language).removed.format(title=report.title), "done")
        return done, self.library_list(session), self.pane(session.language), self._welcome(session)

    def rebuild(self, session: Session) -> Iterator[tuple[Update, ...]]:
        """Rebuild the index: yield (status, list, pane) as it goes on."""
        shown = ""
        for shown, _ in self._work(self._assistant.library.rebuild, session):
            yield shown, gr.skip(), gr.skip()
        if not shown:
            done = library_panel.message_html(texts(session.language).rebuilt, "done")
            yield done, self.library_list(session), self.pane(session.language)

    def _work(self, work: Callable[[Progress], Any], session: Session) -> Iterator[tuple[str, Any]]:
        """Run `work`; yield the HTML of its progress and, last, that of its failure or none and what it returns."""

        def telling(hand_over: Callable[[tuple[str, float]], None]) -> Any:
            return work(lambda stage, fraction: hand_over((stage, fraction)))

        stages = in_background(telling, _POLL_S)
        try:
            while True:
                for stage, fraction in next(stages)[-1:]:
                    yield library_panel.progress_html(stage, fraction, session.language), None
        except StopIteration as end:
            yield "", end.value
        except Cancelled:
            yield library_panel.message_html(texts(session.language).cancelled, "done"), None
        except Exception as error:
            yield library_panel.message_html(_sentence(error, session.language), "failed"), None

    def _choices(self) -> Choices:
        return Choices(self._assistant.library.entries(), self._assistant.library.collections.every())

    def _view(self, language: Language) -> View:
        entries = self._assistant.library.entries()
        return View(language, {e.id: e.title for e in entries}, {e.id: e.symbol for e in entries})

    def _welcome(self, session: Session) -> Update:
        """Return the conversation where it is empty: what it says depends on the library."""
        return gr.skip() if session.turns else self.conversation(session)


def _log_html(session: Session, view: View, settled: dict[int, str]) -> str:
    """Return the conversation's HTML; that of turns which change no more is kept in `settled`."""
    parts = []
    for turn in session.turns:
        html = settled.get(id(turn)) or conversation.turn_html(turn, view)
        if turn.state != "streaming":
            settled[id(turn)] = html
        parts.append(html)
    parts.append("" if session.answering else export_panel.whole_html(view.language, len(session.history)))
    return conversation.log_html("".join(parts) or conversation.welcome_html(view), view)


def _forget(upload: Path) -> None:
    """Delete an uploaded file and the folder that Gradio made for it; the library has its copy."""
    upload.unlink(missing_ok=True)
    with suppress(OSError):
        upload.parent.rmdir()


def _sentence(error: Exception, language: Language) -> str:
    """Return what the user is told of an error; one that is not ours goes to the log."""
    if isinstance(error, PinciteError):
        return told(error, language)
    _LOG.error("an event of the page failed", exc_info=error)
    return texts(language).internal_error
