"""The catalogue that a server leaves for the next: the same as its files, or not used."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dashboard.server.edition import code_digest
from dashboard.stored_catalog import open_catalog
from dashboard.stored_pages import MOST_EDITIONS
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.declarations.loader import Catalog


@pytest.fixture
def city(published_city: Path, tmp_path: Path) -> Config:
    """A deployment of its own of the second city, with nothing stored."""
    shutil.copytree(published_city, tmp_path / "city")
    shutil.rmtree(tmp_path / "city" / "data" / "cache", ignore_errors=True)
    return read_config(tmp_path / "city" / "config.yaml")


def read(config: Config) -> Catalog:
    """Return what a server that starts reads."""
    return open_catalog(config, code_digest(config))


def files(config: Config) -> list[Path]:
    return list(config.catalog_copies.rglob("*.gz"))


def test_what_is_stored_is_the_catalogue_of_the_files(city: Config, deployed: Config) -> None:
    assert read(city) == read(city) == read_catalog(city.catalog)
    shipped = deployed.model_copy(update={"data": city.data})
    assert read(shipped) == read(shipped) == read_catalog(deployed.catalog)
    assert len(files(city)) == 2  # the settings differ


def test_the_next_server_reads_no_file_of_the_catalogue(city: Config) -> None:
    code, catalog = code_digest(city), read(city)
    shutil.rmtree(city.catalog)
    assert open_catalog(city, code) == catalog


def test_after_a_change_the_files_are_read_and_the_oldest_copy_goes(city: Config) -> None:
    before, path = read(city), city.catalog / "names.yaml"
    path.write_text("names: [Riva]\n", encoding="utf-8")
    assert before.names != read(city).names == read(city).names == ("Riva",)
    for name in "abc":
        path.write_text(f"names: [{name}]\n", encoding="utf-8")
        assert read(city).names == (name,)
    assert len(files(city)) == MOST_EDITIONS == 3
    path.write_text("names: {", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"names\.yaml"):
        read(city)


def test_one_that_is_damaged_or_cannot_be_written_is_made_of_the_files(city: Config) -> None:
    catalog = read(city)
    (path,) = files(city)
    content = path.read_bytes()
    for bit in range(0, 8 * len(content), len(content)):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        assert read(city) == catalog
    for end in (0, 5, len(content) // 2):
        path.write_bytes(content[:end])
        assert read(city) == catalog
    shutil.rmtree(city.catalog_copies)
    city.catalog_copies.write_text("no folder", encoding="utf-8")
    assert read(city) == catalog


def test_a_catalogue_that_changes_while_it_is_read_is_not_stored(city: Config) -> None:
    before = code_digest(city)
    (city.catalog / "names.yaml").write_text("names: [Riva]\n", encoding="utf-8")
    assert open_catalog(city, before).names == ("Riva",)
    assert files(city) == []
