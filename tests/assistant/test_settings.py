from pathlib import Path

import pytest

from assistant.settings import load_settings
from corpus.errors import SettingsError


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
