"""A slip in config.yaml is told with file, field and reason, in the language that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.deployment import PROJECT
from warehouse.config import CONFIG_FILE, configured_language, read_config
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = "catalog: catalog\ndata: data\nlanguage: it\n"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The deployment's config.yaml, to be written."""
    monkeypatch.setenv(CONFIG_FILE, str(tmp_path / "config.yaml"))
    return tmp_path / "config.yaml"


@pytest.mark.parametrize(
    ("content", "italian", "english"),
    [
        (f"{WHOLE}nope: 1", "nope: un campo di questo nome", "nope: Extra inputs"),
        (f"{WHOLE}language: en", "riga 4: language è già scritto", "line 4: language stands"),
        (f"{WHOLE}thresholds: {{", "non è YAML leggibile", "not readable as YAML"),
        (f"{WHOLE}# citt\xe0", "byte 48 non è testo UTF-8", "byte 48 is no UTF-8 text"),
        (
            f"{WHOLE}thresholds: {{minimum_coverage: 0.9, complete_coverage: 0.2}}",
            "minimum_coverage: non può superare",
            "minimum_coverage: cannot be more",
        ),
    ],
)
def test_a_slip_in_the_configuration_is_told_in_its_own_language(
    written: Path, content: str, italian: str, english: str
) -> None:
    written.write_bytes(content.encode("latin-1"))
    with pytest.raises(CatalogError) as error:
        read_config()
    for language, words in (("it", italian), ("en", english)):
        (said,) = error.value.in_(language)
        assert str(written) in said
        assert words in said
    assert configured_language() == "it"
    written.write_bytes(content.replace("language: it", "language: en").encode("latin-1"))
    assert configured_language() == "en"


@pytest.mark.parametrize("data", [PROJECT / "warehouse" / "data", PROJECT / "etl", PROJECT])
def test_data_never_stand_among_the_code(written: Path, data: Path) -> None:
    written.write_text(WHOLE.replace("data: data", f"data: {data}"), "utf-8")
    with pytest.raises(CatalogError, match="is within the code"):
        read_config()


def test_a_folder_in_the_place_of_the_configuration_is_named(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONFIG_FILE, str(written.parent))
    with pytest.raises(CatalogError, match="not a file that can be read"):
        read_config()
    assert configured_language() == "it"
