"""A slip in config.yaml is reported with file, field and reason, in the language that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import PROJECT
from warehouse.config import CONFIG_FILE, configured_language, read_config
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "catalog: catalog\ndata: data\nlanguage: it\n"


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The deployment's config.yaml, to be written."""
    monkeypatch.setenv(CONFIG_FILE, str(tmp_path / "config.yaml"))
    return tmp_path / "config.yaml"


@pytest.mark.parametrize(
    ("content", "italian", "english"),
    [
        (f"{CONFIG}nope: 1", "nope: un campo di questo nome", "nope: Extra inputs"),
        (f"{CONFIG}language: en", "riga 4: language è già scritto", "line 4: language is repeated"),
        (f"{CONFIG}thresholds: {{", "non è YAML leggibile", "not readable as YAML"),
        (f"{CONFIG}# citt\xe0", "byte 48 non è testo UTF-8", "byte 48 is not UTF-8 text"),
        (
            f"{CONFIG}thresholds: {{minimum_coverage: 0.9, complete_coverage: 0.2}}",
            "minimum_coverage: non può superare",
            "minimum_coverage: cannot be more",
        ),
    ],
)
def test_a_slip_in_the_configuration_is_reported_in_its_own_language(
    config_file: Path, content: str, italian: str, english: str
) -> None:
    config_file.write_bytes(content.encode("latin-1"))
    with pytest.raises(CatalogError) as error:
        read_config()
    for language, words in (("it", italian), ("en", english)):
        (fault,) = error.value.in_(language)
        assert str(config_file) in fault
        assert words in fault
    assert configured_language() == "it"
    config_file.write_bytes(content.replace("language: it", "language: en").encode("latin-1"))
    assert configured_language() == "en"


@pytest.mark.parametrize("data", [PROJECT / "warehouse" / "data", PROJECT / "etl", PROJECT])
def test_data_never_stand_among_the_code(config_file: Path, data: Path) -> None:
    config_file.write_text(CONFIG.replace("data: data", f"data: {data}"), "utf-8")
    with pytest.raises(CatalogError, match="is inside the code"):
        read_config()


def test_a_folder_in_place_of_the_configuration_is_named(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONFIG_FILE, str(config_file.parent))
    with pytest.raises(CatalogError, match="not a readable file"):
        read_config()
    assert configured_language() == "it"
