"""A refresh rebuilds a release that was damaged on the disk."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.exit_codes import Exit
from warehouse.config import CONFIG_FILE, read_config
from warehouse.query.releases import Releases
from warehouse.release.publish import published

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def city(published_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the published release of a deployment of its own."""
    shutil.copytree(published_city, tmp_path / "city")
    monkeypatch.setenv(CONFIG_FILE, str(tmp_path / "city" / "config.yaml"))
    config = read_config()
    return config.releases / f"{published(config)}"


def etl(*words: str) -> int:
    return CliRunner().invoke(app, words, catch_exceptions=False).exit_code


@pytest.mark.parametrize(
    "damage",
    [
        lambda release: (release / "observation.parquet").write_bytes(b"PAR1"),
        lambda release: (release / "component.parquet").write_bytes(b""),
        lambda release: (release / "territory.parquet").unlink(),
        lambda release: (release / "manifest.json").write_text('{"release":'),
        shutil.rmtree,
    ],
    ids=["figures cut", "sources cut", "table gone", "manifest cut", "all gone"],
)
@pytest.mark.parametrize("single", [False, True], ids=["all", "one dataset"])
def test_a_damaged_release_is_built_again(
    city: Path, damage: Callable[[Path], object], *, single: bool
) -> None:
    before = Releases(read_config()).open()
    datasets = before.frame("datasets")["dataset"]
    damage(city)
    files = ["--from", str(read_config().data.parent / "files")]
    words = ["--dataset", str(datasets[0])] if single else []
    assert etl("refresh", *files, *words) == Exit.DONE
    assert etl("publish") == Exit.DONE
    after = Releases(read_config()).open()
    assert after.manifest.release == before.manifest.release
    assert after.manifest.tables == before.manifest.tables
    assert etl("refresh", *files) == Exit.DONE
    assert not list(city.parent.glob("*.draft"))  # it is whole again, and nothing changed


def test_pins_that_are_not_text_stop_nothing(city: Path) -> None:
    read_config().pins.write_bytes(b"\xff\xfe reason\n")
    assert etl("releases") == Exit.DONE
    assert etl("gc") == Exit.DONE
    assert city.is_dir()
