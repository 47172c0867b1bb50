from pathlib import Path

import pytest

from assistant.settings import load_settings
from corpus.errors import SettingsError
from corpus.worker.limits import DEFAULT_LIMITS


def test_flags_come_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text('embedder = "from-file"\n', encoding="utf-8")
    assert load_settings(tmp_path, {}).embedder == "from-file"
    assert load_settings(tmp_path, {"PINCITE_EMBEDDER": "from-env"}).embedder == "from-env"
    assert load_settings(None, {"PINCITE_HOME": str(tmp_path)}).home == tmp_path
    assert load_settings(tmp_path / "flag", {"PINCITE_HOME": str(tmp_path)}).home == tmp_path / "flag"


def test_an_unknown_setting_names_the_nearest_known_one(tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text('embeder = "x"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="did you mean 'embedder'"):
        load_settings(tmp_path, {})


def test_an_unknown_setting_in_the_environment_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"PINCITE_EMBEDER.*did you mean 'embedder'"):
        load_settings(tmp_path, {"PINCITE_EMBEDER": "x", "PINCITE_DEBUG": "1", "OTHER": "y"})


@pytest.mark.parametrize("content", ["embedder = ", "embedder = 3\n", 'embedder = ""\n', "\x00"])
def test_a_setting_that_cannot_be_used_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "pincite.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="expected"):
        load_settings(tmp_path, {})


def test_limits_of_reading_come_from_their_table_and_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text("[parsing]\ntimeout_s = 30\nmemory_mb = 512\n", encoding="utf-8")
    limits = load_settings(tmp_path, {"PINCITE_PARSING_MEMORY_MB": "1024"}).limits
    assert (limits.timeout_s, limits.memory_mb) == (30.0, 1024)
    assert load_settings(tmp_path / "none", {}).limits == DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[parsing]\ntimeout = 3\n", "did you mean 'parsing_timeout_s'"),
        ("parsing = 3\n", "found 'parsing'"),
        ('[parsing]\ntimeout_s = "soon"\n', "a number above 0, found 'soon'"),
        ("[parsing]\ntimeout_s = -1\n", "a number above 0, found -1"),
        ("[parsing]\ntimeout_s = inf\n", "a number above 0, found inf"),
        ("[parsing]\ntimeout_s = true\n", "a number above 0, found True"),
        ("[parsing]\nmemory_mb = 1.5\n", "a whole number above 0, found 1.5"),
        ("[other]\nkey = 1\n", "found 'other'"),
    ],
)
def test_a_limit_that_cannot_be_used_is_a_sentence(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "pincite.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_settings(tmp_path, {})
