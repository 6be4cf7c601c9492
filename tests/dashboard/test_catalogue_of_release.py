"""A past release is shown with the catalogue that it was made with, not with today's."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from dashboard.app import create_app
from tests.support.in_process import call
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.errors import ReleaseError
from warehouse.files import sha256_of
from warehouse.query.releases import Releases
from warehouse.release.declarations import FILE, declarations_of
from warehouse.release.manifest import read_manifest, verify, write_manifest
from warehouse.release.publish import folder_of, published

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = ("/indicatori/paved_roads", "/ambiti/roads", "/territori/riva", "/dati")
ANSWERS = (
    "/api/indicators/paved_roads",
    "/api/indicators/paved_roads.csv?style=it",
    "/api/indicators",
)
DECLARATION = "indicators/roads/paved_roads.yaml"


def client(config: Config) -> TestClient:
    return TestClient(create_app(config, read_catalog(config.catalog), Releases(config)).server)


def pinned(address: str, release: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}release={release}"


@pytest.fixture(scope="module")
def history(
    published_city: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Config, str, dict[str, bytes]]:
    """Two releases between which a title and its decimals change; the first one's answers."""
    folder = shutil.copytree(published_city, tmp_path_factory.mktemp("history") / "city")
    config = read_config(folder / "config.yaml")
    first = published(config)
    assert first
    with client(config) as open_client:
        answers = {
            address: open_client.get(pinned(address, first)).content
            for address in (*ADDRESSES, *ANSWERS)
        }
    path = config.catalog / DECLARATION
    text = path.read_text("utf-8").replace("Strade asfaltate", "Strade lisce")
    path.write_text(text.replace("decimals: 1", "decimals: 3"), "utf-8")
    words = ("etl", "refresh", "--publish", "--from", str(folder / "files"))
    assert call(folder / "config.yaml", *words).returncode == 0
    return config, first, answers


def test_the_old_permalink_has_the_old_title_and_decimals(
    history: tuple[Config, str, dict[str, bytes]],
) -> None:
    config, first, answers = history
    with client(config) as today:
        for address in ANSWERS:
            assert today.get(pinned(address, first)).content == answers[address], address
        for address in ADDRESSES:
            before, after = answers[address].decode(), today.get(pinned(address, first)).text
            assert "Strade asfaltate" in before, address
            assert "Strade asfaltate" in after, address
            assert "Strade lisce" not in after, address
            assert "Strade lisce" in today.get(address).text, address
        store = Releases(config).open(first)
        line = store.rows("indicator_levels", indicators=["paved_roads"], levels=["metro"])
        value = max(line, key=lambda row: row["period"])["value"]
        old, new = (today.get(a).text for a in (pinned(ADDRESSES[0], first), ADDRESSES[0]))
        assert f"{value:.3f}".replace(".", ",") in new
        assert f"{value:.3f}".replace(".", ",") not in old


def test_the_file_is_part_of_what_the_manifest_proves(
    history: tuple[Config, str, dict[str, bytes]],
) -> None:
    config, first, _ = history
    folder = folder_of(config, first)
    content = (folder / FILE).read_bytes()
    assert sha256_of(folder / FILE) == read_manifest(folder).files[FILE]
    try:
        (folder / FILE).write_bytes(content[:-1])
        with pytest.raises(ReleaseError, match=FILE):
            verify(folder)
        (folder / FILE).unlink()
        with pytest.raises(ReleaseError, match=FILE):
            verify(folder)
    finally:
        (folder / FILE).write_bytes(content)


def test_a_release_without_the_file_or_of_another_form_has_the_current_catalogue(
    history: tuple[Config, str, dict[str, bytes]],
) -> None:
    config, first, _ = history
    folder, today = folder_of(config, first), read_catalog(config.catalog)
    manifest = read_manifest(folder)
    assert declarations_of(folder, manifest, today).indicators != today.indicators
    older = manifest.model_copy(update={"files": {}})
    assert declarations_of(folder, older, today) is today
    content = (folder / FILE).read_bytes()
    declared = json.loads(gzip.decompress(content)) | {"a_key_of_tomorrow": 1}
    try:
        (folder / FILE).write_bytes(gzip.compress(json.dumps(declared).encode()))
        assert declarations_of(folder, manifest, today) is today
    finally:
        (folder / FILE).write_bytes(content)
    write_manifest(folder, manifest)
    assert verify(folder) == manifest
