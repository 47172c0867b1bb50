"""The web page: its components, which event reads and writes which of them, and the server that serves it.

The page is one Gradio Blocks app on the loopback interface. It asks nothing of any other machine.
"""

import os
import socket
import threading
import weakref
import webbrowser
from collections.abc import Callable
from importlib import resources
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from assistant import Assistant
from corpus.errors import PortInUse
from ui.events import Events
from ui.guard import Guard
from ui.kept_panel import kept_head_html
from ui.session import Session
from ui.shell import header_html, library_head_html
from ui.strings import DEFAULT_LANGUAGE, language_of, texts
from ui.uploads import RefuseUploads, Uploads

HOST = "127.0.0.1"
FIRST_PORT = 7860
PORTS_TRIED = 100
MAX_UPLOAD = "200mb"
_ASSETS = resources.files("ui") / "assets"
_UPLOADS_KEPT_S = (3_600, 86_400)
_PARALLEL_QUESTIONS = 8
_PANE = '<div class="pane" aria-live="off"></div>'


def build_app(assistant: Assistant) -> gr.Blocks:
    """Return the page's app, answering with `assistant`."""
    events = Events(assistant)
    t = texts(DEFAULT_LANGUAGE)

    def report_view(wanted: dict[str, str]) -> dict[str, str]:
        return events.report_view(wanted)

    with gr.Blocks(title="Pincite", fill_width=True, analytics_enabled=False, delete_cache=_UPLOADS_KEPT_S) as app:
        session = gr.State(Session())
        header = _html("header", header_html(DEFAULT_LANGUAGE), script="shell.js")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                log = _html("conversation", events.conversation(Session()), script="chat.js")
                note = _html("note", "")
                scope = _html("scope", events.scope(Session()), script="scope.js")
                chosen = gr.JSON(visible=False)
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        elem_id="question", placeholder=t.placeholder, label=t.you_asked, show_label=False, container=False,
                        lines=1, max_lines=6, submit_btn=True, autofocus=True, scale=1,
                    )  # fmt: skip
                    clear = gr.Button(t.clear, elem_id="clear", size="sm", scale=0, min_width=0)
                saved = gr.HTML(
                    {}, html_template="", js_on_load=_asset("download.js"), apply_default_css=False, elem_id="saved"
                )
            pane = gr.HTML(
                events.pane(DEFAULT_LANGUAGE), html_template=_PANE, js_on_load=_asset("pane.js"), apply_default_css=False,
                elem_id="report", server_functions=[report_view],
            )  # fmt: skip
        with gr.Column(elem_id="library"):
            library_head = _html("library-head", library_head_html(DEFAULT_LANGUAGE))
            with gr.Row(elem_id="library-tools"):
                upload = gr.UploadButton(
                    t.upload, elem_id="upload", file_count="multiple", variant="primary", size="sm", scale=0
                )
                cancel = gr.Button(t.cancel, elem_id="cancel", size="sm", scale=0, min_width=0, visible=False)
                rebuild = gr.Button(t.rebuild, elem_id="rebuild", size="sm", scale=0, min_width=0)
            status = _html("library-status", "")
            reports = _html("library-list", events.library_list(Session()), script="library.js")
        with gr.Column(elem_id="kept"):
            kept_head = _html("kept-head", kept_head_html(DEFAULT_LANGUAGE))
            kept = _html("kept-list", events.kept.list_html(Session()), script="kept.js")

        silent: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        gr.on(
            [question.submit, log.select], events.ask, [question, session, chosen], [question, log, note],
            js="(typed, session) => [typed, session, window.pinciteChosen()]",
            trigger_mode="multiple", concurrency_limit=_PARALLEL_QUESTIONS, **silent,
        )  # fmt: skip
        question.stop(events.stop, [session], None, **silent)
        clear.click(events.clear, [session], [question, log, note], **silent)
        log.export(events.download, [session], [saved, note], **silent)
        scope.keep(events.keep_to, [session], None, **silent)
        kept.act(events.act_on_kept, [session], [kept, question, log, note], trigger_mode="multiple", **silent)

        def opened(visitor: Session, request: gr.Request) -> list[Any]:
            visitor.language = language_of(request.query_params.get("lang"))
            return relabelled(visitor)

        def switched(visitor: Session) -> list[Any]:
            visitor.language = "zh" if visitor.language == "en" else "en"
            return [*relabelled(visitor), events.pane(visitor.language)]

        def relabelled(visitor: Session) -> list[Any]:
            now = texts(visitor.language)
            return [
                header_html(visitor.language),
                events.conversation(visitor),
                gr.update(placeholder=now.placeholder, label=now.you_asked),
                gr.update(value=now.clear),
                library_head_html(visitor.language),
                gr.update(label=now.upload),
                gr.update(value=now.cancel),
                gr.update(value=now.rebuild),
                events.library_list(visitor),
                "",
                events.scope(visitor),
                kept_head_html(visitor.language),
                events.kept.list_html(visitor),
            ]

        labelled = [
            header,
            log,
            question,
            clear,
            library_head,
            upload,
            cancel,
            rebuild,
            reports,
            status,
            scope,
            kept_head,
            kept,
        ]
        app.load(opened, [session], labelled, **silent)
        header.language(switched, [session], [*labelled, pane], **silent)

        alone: dict[str, Any] = {"concurrency_id": "library", "concurrency_limit": 1, **silent}
        added = upload.upload(events.add, [upload, session], [status, reports, pane, upload, log, cancel], **alone)
        added.then(events.scope, [session], [scope], **silent)
        cancel.click(events.cancel, [session], None, **silent)
        removed = reports.discard(events.remove, [session], [status, reports, pane, log], **alone)
        removed.then(events.scope, [session], [scope], **silent)
        rebuild.click(events.rebuild, [session], [status, reports, pane], **alone)
    return app  # type: ignore[no-any-return]


def launch(assistant: Assistant, port: int | None = None, *, host: str = HOST) -> tuple[gr.Blocks, str]:
    """Start the server in a thread of its own; return the app, whose `close` ends it, and its address.

    Args:
        assistant: what answers.
        port: the port to listen on; None for 7860 or the next one that is free.
        host: the interface to listen on; anything but the loopback interface lets other machines in.

    Raises:
        PortInUse: `port` is taken by another program.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    uploads = Uploads(assistant.library.home)
    # Else Gradio keeps what is uploaded in a folder under /tmp that all users of the machine share.
    os.environ["GRADIO_TEMP_DIR"] = str(uploads.folder)
    _without_proxy(host)
    app = build_app(assistant)
    weakref.finalize(app, uploads.close)
    middleware = [Middleware(Guard, host=host), Middleware(RefuseUploads, library=assistant.library)]
    fonts = [
        "system-ui",
        "-apple-system",
        "Segoe UI",
        "PingFang SC",
        "Microsoft YaHei",
        "Noto Sans CJK SC",
        "sans-serif",
    ]
    theme = gr.themes.Base(font=fonts, font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"], primary_hue="blue")
    _, address, _ = app.launch(
        server_name=host, server_port=_free_port(host, port), share=False, inbrowser=False, prevent_thread_lock=True,
        quiet=True, show_error=False, footer_links=[], run_history=False, ssr_mode=False, pwa=False, mcp_server=False,
        enable_monitoring=False, strict_cors=True, max_file_size=MAX_UPLOAD, allowed_paths=[], theme=theme,
        head=f"<style>{_asset('style.css')}</style>", favicon_path=str(_ASSETS / "favicon.svg"),
        app_kwargs={"middleware": middleware, "docs_url": None, "redoc_url": None, "openapi_url": None},
    )  # fmt: skip
    return app, address


def serve(
    assistant: Assistant,
    port: int | None = None,
    *,
    open_browser: bool = True,
    host: str = HOST,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the page until interrupted.

    Args:
        assistant: what answers.
        port: the port to listen on; None for 7860 or the next one that is free.
        open_browser: whether to open the page in the user's browser.
        host: the interface to listen on; anything but the loopback interface lets other machines in.
        announce: called with the page's address once it is served.

    Raises:
        PortInUse: `port` is taken by another program.
    """
    app, address = launch(assistant, port, host=host)
    announce(address)
    if open_browser:
        webbrowser.open(address)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        app.close(verbose=False)


def _html(elem_id: str, value: str, script: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=_asset(script) if script else None)


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _free_port(host: str, wanted: int | None) -> int:
    """Return `wanted` or, where nothing is wanted, the first free port from 7860.

    Raises:
        PortInUse: the wanted port, or each of those tried, is taken.
    """
    for port in [wanted] if wanted is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    taken = str(wanted) if wanted is not None else f"{FIRST_PORT}–{FIRST_PORT + PORTS_TRIED - 1}"
    raise PortInUse(f"expected a free port on {host}, found {taken} taken by another program; name another with --port")


def _without_proxy(host: str) -> None:
    """Keep Gradio's check of its own address from going through the machine's proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [entry for entry in os.environ.get(name, "").split(",") if entry]
        os.environ[name] = ",".join(dict.fromkeys([*known, host, "127.0.0.1", "localhost"]))
