"""The wheel, installed where there is no checkout: all data are in it, every command works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.support.deployment import PROJECT, environment_elsewhere, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("warehouse", "etl", "dashboard")
PAGES = {  # page → words of its English text
    "/?lang=en": "Metropolitan",
    "/metodo?lang=en": "mean income = Σ euro",
}
LARGEST = 4.0  # MiB
NOT_SHIPPED = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, source / package, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source))
    (path,) = folder.glob("cruscotto_metropolitano-*.whl")
    return path


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the installed commands, in an environment that borrows the libraries."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    _pip("--python", str(python), "install", "--no-deps", "--no-compile", str(wheel))
    (site,) = folder.glob("lib/python*/site-packages")
    # Only the folder: the .pth files inside it, such as an editable install's, are not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.parent


def _pip(*words: str) -> None:
    """Run pip without a network."""
    environment = os.environ | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pip", "-q", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; the caller reads its exit code."""
    return subprocess.run(
        words, cwd=folder, env=environment_elsewhere(), capture_output=True, text=True, check=False
    )


def _files(*packages: str) -> Iterator[str]:
    for package in packages:
        for path in (PROJECT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(PROJECT).as_posix()


def test_every_file_of_the_packages_is_in_the_wheel_and_no_other(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}
    assert names == set(_files(*PACKAGES))
    assert {"etl/shipped/irpef.csv", "warehouse/sql/marts/observation.sql"} & names
    assert wheel.stat().st_size < LARGEST * 2**20


def test_nothing_is_written_into_the_installed_package(programs: Path, tmp_path: Path) -> None:
    etl = str(programs / "etl")
    nowhere = _run(tmp_path, etl, "status")
    assert "`dashboard init`" in nowhere.stderr + nowhere.stdout
    _run(tmp_path, str(programs / "dashboard"), "init")
    words = ("add", "indicator", "loans", "--area", "economy", "--dataset", "irpef")
    refused = _run(tmp_path, etl, *words)
    assert refused.returncode == 1
    assert "`dashboard init --catalog`" in refused.stderr + refused.stdout
    assert not list(programs.parent.rglob("loans.yaml"))
    _run(tmp_path, str(programs / "dashboard"), "init", "own", "--catalog")
    done = _run(tmp_path / "own", etl, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "own" / "catalog").rglob("loans.yaml"))


def test_from_the_wheel_to_an_answer(programs: Path, tmp_path: Path) -> None:
    home = tmp_path / "city"
    started = _run(tmp_path, str(programs / "dashboard"), "init", "city", "--lang", "en")
    assert started.returncode == 0, started.stderr
    assert f"cd {home}" in started.stdout
    done = _run(home, str(programs / "etl"), "refresh", "--publish")
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in home.iterdir()) == ["config.yaml", "data"]
    with serving(home / "config.yaml", programs / "dashboard") as (address, _):
        for page, words in PAGES.items():
            with urlopen(address + page, timeout=60) as answer:
                assert words in answer.read().decode(), page
