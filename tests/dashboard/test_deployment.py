"""`dashboard init`: the files of a new deployment, in both languages, and nothing overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dashboard.__main__ import cli
from dashboard.deployment import create
from warehouse.config import CATALOG, CONFIG_FILE, Server, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CatalogError, CruscottoError
from warehouse.messages import texts

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.config import Language


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_new_deployment_reads_the_catalogue_of_the_package(
    tmp_path: Path, language: Language
) -> None:
    paths = create(tmp_path / "new", language, with_catalog=False)
    assert paths == [tmp_path / "new" / "config.yaml"]
    config = read_config(paths[0])
    assert (config.catalog, config.data) == (CATALOG, tmp_path / "new" / "data")
    assert (config.language, config.server) == (language, Server())


def test_a_catalogue_of_its_own_is_the_same(tmp_path: Path) -> None:
    create(tmp_path, "en", with_catalog=True)
    config = read_config(tmp_path / "config.yaml")
    assert config.catalog == tmp_path / "catalog"
    assert read_catalog(config.catalog) == read_catalog(CATALOG)


@pytest.mark.parametrize("name", ["config.yaml", "catalog"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(CatalogError, match=f"{name}: already exists"):
        create(tmp_path, "en", with_catalog=True)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(CruscottoError):
        create(tmp_path / "file", "en", with_catalog=True)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_command_says_what_comes_next(tmp_path: Path, language: str) -> None:
    words = ["init", str(tmp_path / "city"), "--lang", language]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    for line in (f"cd {tmp_path / 'city'}", "etl refresh --publish", "dashboard serve"):
        assert line in done.output
    again = CliRunner().invoke(cli, words)
    assert again.exit_code == 1
    assert {"it": "esiste già", "en": "already exists"}[language] in again.output


def test_the_texts_of_init_are_in_both_languages() -> None:
    assert all(entry.keys() == {"it", "en"} for entry in texts("init").values())


def test_a_configuration_in_the_current_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path, "en", with_catalog=False)
    monkeypatch.delenv(CONFIG_FILE, raising=False)
    monkeypatch.chdir(tmp_path)
    assert read_config().data == tmp_path / "data"
