"""Settings: from the data folder's `pincite.toml`, then the environment, then what the caller gives. Read once, here."""

import difflib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from corpus.errors import SettingsError
from corpus.worker.limits import DEFAULT_LIMITS, Limits
from index.embedder import BUILT_IN

FILE_NAME = "pincite.toml"
ENVIRONMENT_PREFIX = "PINCITE_"
_NOT_SETTINGS = ("HOME", "MODEL_KEY", "DEBUG", "TEST_DOCUMENTS", "CHROMIUM")
UNSUPPORTED = ("mark", "drop")
_TABLES = ("parsing", "model")
_EXPECTED: Mapping[type, str] = {
    str: "a text that is not empty",
    float: "a number above 0",
    int: "a whole number above 0",
    bool: "true or false",
}


@dataclass(frozen=True)
class Settings:
    """What can be set.

    Attributes:
        home: the data folder. `PINCITE_HOME`; not in the file, which lies in it.
        embedder: `built-in`, a folder with a sentence-transformers model, or a name on the model hub, the one setting
            that can cause a download with `reranker`. `embedder` in the file, `PINCITE_EMBEDDER`.
        reranker: a folder with a sentence-transformers cross-encoder, or a name on the model hub, which reads the best
            candidates once more; none where empty. `reranker` in the file, `PINCITE_RERANKER`.
        watch: a folder that `pincite serve` keeps in step with the library; none where empty. `watch` in the file,
            `PINCITE_WATCH`.
        keep_conversations: whether the page keeps conversations. `keep_conversations` in the file,
            `PINCITE_KEEP_CONVERSATIONS`.
        parsing_timeout_s: wall time that reading a file may take, to which comes some for its size and its pages.
            `timeout_s` under `[parsing]` in the file, `PINCITE_PARSING_TIMEOUT_S`.
        parsing_memory_mb: memory that reading a file may take, in megabytes; held to on Linux only. `memory_mb` under
            `[parsing]` in the file, `PINCITE_PARSING_MEMORY_MB`.
        ocr: whether PDF files without a text layer are read by OCR, which needs the extra `ocr` and Tesseract. `ocr` in the
            file, `PINCITE_OCR`.
        model_url: the base URL of an OpenAI-compatible endpoint whose language model words answers; none where empty. `url`
            under `[model]` in the file, `PINCITE_MODEL_URL`; the following likewise.
        model_name: the model's name there.
        model_key_file: a file of mode 600 with the endpoint's key, from the data folder on; `PINCITE_MODEL_KEY` comes first.
        model_timeout_s: how long to wait for the model's next words.
        model_unsupported: `mark` sentences that what they cite does not support, or `drop` them.
    """

    home: Path
    embedder: str = BUILT_IN
    reranker: str = ""
    watch: str = ""
    keep_conversations: bool = True
    parsing_timeout_s: float = DEFAULT_LIMITS.timeout_s
    parsing_memory_mb: int = DEFAULT_LIMITS.memory_mb
    ocr: bool = False

    model_url: str = ""
    model_name: str = ""
    model_key_file: str = ""
    model_timeout_s: float = 30.0
    model_unsupported: str = "mark"

    @property
    def limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(timeout_s=self.parsing_timeout_s, memory_mb=self.parsing_memory_mb, ocr=self.ocr)


def load_settings(home: Path | str | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force.

    Args:
        home: the data folder, before `PINCITE_HOME` and the platform's own place for data.
        environment: the environment; by default the process's.

    Raises:
        SettingsError: the file is not TOML, or has a key or a value that cannot be used; the nearest known key is named.
    """
    environment = os.environ if environment is None else environment
    folder = Path(home or environment.get(ENVIRONMENT_PREFIX + "HOME") or user_data_path("pincite", False)).expanduser()
    values: dict[str, Any] = {}
    known = {f.name: type(f.default) for f in fields(Settings) if f.name != "home"}
    for key, value in {**_from_file(folder / FILE_NAME), **_from_environment(environment)}.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(sorted(known))}"
            where = f"{folder / FILE_NAME} or {ENVIRONMENT_PREFIX}{key.upper()}"
            raise SettingsError(f"{where}: expected a known setting, found {key!r}; {hint}")
        values[key] = _as(known[key], key, value)
    settings = Settings(folder, **values)
    if settings.model_unsupported not in UNSUPPORTED:
        raise SettingsError(f"setting 'model_unsupported': expected mark or drop, found {settings.model_unsupported!r}")
    if bool(settings.model_url) != bool(settings.model_name):
        raise SettingsError("expected 'model_url' and 'model_name' both or neither; found one of them")
    return settings


def _as(kind: type, key: str, value: object) -> object:
    """Return a value as a setting of this kind takes it. The environment gives texts for every kind."""
    usable: object = None
    if kind is bool:
        usable = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
    elif kind is str:
        usable = value if isinstance(value, str) and value else None
    elif not isinstance(value, bool):
        number = _number(value)
        usable = kind(number) if 0 < number < math.inf and (kind is float or number == int(number)) else None
    if usable is None:
        raise SettingsError(f"setting {key!r}: expected {_EXPECTED[kind]}, found {value!r}")
    return usable


def _number(value: object) -> float:
    """Return the number that `value` is or says; 0 where it is none."""
    try:
        return float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _from_file(path: Path) -> dict[str, Any]:
    """Return the settings of the file by key; those of a table `[parsing]` as `parsing_…`."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        tables = {name: values.pop(name) for name in _TABLES if isinstance(values.get(name), dict)}
        return values | {f"{name}_{key}": value for name, table in tables.items() for key, value in table.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: expected a readable TOML file, found: {error}") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings in the environment, by key; `PINCITE_HOME`, and what is no setting, left out."""
    found = {
        n.removeprefix(ENVIRONMENT_PREFIX): v for n, v in environment.items() if v and n.startswith(ENVIRONMENT_PREFIX)
    }
    return {name.lower(): value for name, value in found.items() if name not in _NOT_SETTINGS}
