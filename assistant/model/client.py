"""Words of a language model, from any endpoint that speaks OpenAI's chat completions. Knows messages, no passages.

The only place that imports the client. Nothing is sent anywhere but to the URL that a setting names.
"""

import ipaddress
import json
import os
import re
import stat
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from corpus.errors import GenerationError, SettingsError

if TYPE_CHECKING:
    import httpx2
    import openai
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

KEY_VARIABLE = "PINCITE_MODEL_KEY"
_HEADERS = frozenset(
    ("host", "authorization", "content-type", "content-length", "accept", "accept-encoding", "connection", "user-agent")
)
CONNECT_TIMEOUT_S = 5.0
RETRIES = 1
"""How often a request is sent again, with back-off, before its first word: the endpoint is down, slow, busy or fails."""
MAX_WORDS = 1500
Message = dict[str, str]
Optional = dict[str, int]
"""Parameters that not every endpoint takes."""
Hooks = dict[str, list[Callable[..., None]]]


@dataclass(frozen=True)
class Endpoint:
    """Where the model is.

    Attributes:
        url: the base URL, as `http://127.0.0.1:8080/v1`.
        name: the model's name there.
        timeout_s: how long to wait for the next words, and ten times as long for all.
        key: what lets in; never shown.
    """

    url: str
    name: str
    timeout_s: float
    key: str = field(default="", repr=False)


def key_from(file: str, home: Path) -> str:
    """Return the key: from the environment, else from a file that only its owner can read; empty where there is none.

    Args:
        file: the file's path, from the data folder on; empty for none.
        home: the data folder.

    Raises:
        SettingsError: the file cannot be read, or others can read it too.
    """
    if os.environ.get(KEY_VARIABLE) or not file:
        return _usable(os.environ.get(KEY_VARIABLE, ""), KEY_VARIABLE)
    path = home / Path(file).expanduser()
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            message = f"{path}: expected a key that its owner alone can read, found mode {mode:o}"
            raise SettingsError(f"{message}; chmod 600 it")
        return _usable(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"setting 'model_key_file': expected a readable file, found: {error}") from error


def _usable(key: str, where: str) -> str:
    key = key.strip()
    if not all("!" <= character <= "~" for character in key):
        raise SettingsError(f"{where}: expected a key of one line in ASCII without spaces, found other characters")
    return key


def words(endpoint: Endpoint, messages: Sequence[Message]) -> Generator[str, None, None]:
    """Yield what the model says, as it comes. Closing the generator ends the request.

    Raises:
        GenerationError: nothing comes, or it does not come to an end; `reason` says why.
    """
    import httpx2
    import openai

    hooks: Hooks = {"request": [_without_platform], "response": [_without_long_wait]}
    http = openai.DefaultHttpxClient(
        trust_env=not _is_loopback(endpoint.url), event_hooks=hooks, follow_redirects=False
    )
    timeout = httpx2.Timeout(endpoint.timeout_s, connect=min(CONNECT_TIMEOUT_S, endpoint.timeout_s))
    client = openai.OpenAI(
        base_url=endpoint.url, api_key=endpoint.key or "none", timeout=timeout, max_retries=RETRIES, http_client=http
    )
    last = time.monotonic() + 10 * endpoint.timeout_s - 0.01
    optional: Optional = {"temperature": 0, "max_tokens": MAX_WORDS}
    with client:
        try:
            with _begun(client, endpoint, messages, optional) as answer:
                ended = False
                at_last = threading.Timer(10 * endpoint.timeout_s, answer.close)
                at_last.daemon = True
                at_last.start()
                try:
                    for chunk in answer:
                        for choice in chunk.choices:
                            if choice.delta and choice.delta.content:
                                yield choice.delta.content
                            ended |= choice.finish_reason == "stop"
                        if time.monotonic() > last:
                            raise GenerationError("slow")
                finally:
                    at_last.cancel()
            if not ended:
                raise GenerationError("slow" if time.monotonic() > last else "cut_off")
        except openai.APITimeoutError as error:
            raise GenerationError("slow") from error
        except openai.APIConnectionError as error:
            raise GenerationError("down") from error
        except openai.APIStatusError as error:
            raise GenerationError(_reason(error.status_code, str(error.code or ""), error.message)) from error
        except httpx2.TimeoutException as error:
            raise GenerationError("slow") from error
        except httpx2.HTTPError as error:
            raise GenerationError("slow" if time.monotonic() > last else "cut_off") from error
        except (openai.OpenAIError, json.JSONDecodeError, ValueError, TypeError, AttributeError) as error:
            raise GenerationError("nonsense") from error


def _begun(
    client: "openai.OpenAI", endpoint: Endpoint, messages: Sequence[Message], optional: Optional
) -> "openai.Stream[ChatCompletionChunk]":
    """Return the answer as it begins; a parameter that the endpoint refuses by its name is not sent again."""
    import openai

    sent = cast("list[ChatCompletionMessageParam]", list(messages))
    while True:
        try:
            return client.chat.completions.create(model=endpoint.name, messages=sent, stream=True, extra_body=optional)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            refused = _refused(error.param or "", error.message, optional)
            if not refused:
                raise
            optional = {name: value for name, value in optional.items() if name != refused}
            if refused == "max_tokens":
                optional["max_completion_tokens"] = MAX_WORDS


def _refused(param: str, message: str, optional: Optional) -> str:
    """Return the parameter that a refusal names; empty where it names none that was sent."""
    if param in optional:
        return param
    named = [name for name in optional if re.search(rf"(?<![a-z_]){name}(?![a-z_])", message)]
    return min(named, key=message.index) if named else ""


def _without_platform(request: "httpx2.Request") -> None:
    """Take out of a request all that tells of this machine or comes from its environment."""
    for name in [name for name in request.headers if name.lower() not in _HEADERS]:
        del request.headers[name]


def _without_long_wait(response: "httpx2.Response") -> None:
    """Take out of a response the wish to be asked again later: nobody waits minutes for an answer."""
    for name in ("retry-after", "retry-after-ms"):
        response.headers.pop(name, None)


def _reason(status: int, code: str, message: str) -> str:
    if code == "context_length_exceeded" or (status in (400, 413) and "context" in message.lower()):
        return "too_long"
    return {401: "not_let_in", 403: "not_let_in", 404: "not_there", 429: "busy"}.get(status, "failed")


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
