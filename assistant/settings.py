"""Settings: from the data folder's `pincite.toml`, then the environment, then what the caller gives. Read once, here."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from corpus.errors import SettingsError
from index.embedder import BUILT_IN

FILE_NAME = "pincite.toml"
ENVIRONMENT_PREFIX = "PINCITE_"
_NOT_SETTINGS = ("HOME", "DEBUG", "TEST_DOCUMENTS")


@dataclass(frozen=True)
class Settings:
    """What can be set.

    Attributes:
        home: the data folder. `PINCITE_HOME`; not in the file, which lies in it.
        embedder: `built-in`, a folder with a sentence-transformers model, or a name on the model hub, the one setting
            that can cause a download. `embedder` in the file, `PINCITE_EMBEDDER`.
    """

    home: Path
    embedder: str = BUILT_IN


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
    values: dict[str, str] = {}
    known = {f.name for f in fields(Settings)} - {"home"}
    for key, value in {**_from_file(folder / FILE_NAME), **_from_environment(environment)}.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(sorted(known))}"
            where = f"{folder / FILE_NAME} or {ENVIRONMENT_PREFIX}{key.upper()}"
            raise SettingsError(f"{where}: expected a known setting, found {key!r}; {hint}")
        if not isinstance(value, str) or not value:
            raise SettingsError(f"setting {key!r}: expected a text that is not empty, found {value!r}")
        values[key] = value
    return Settings(folder, **values)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
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
