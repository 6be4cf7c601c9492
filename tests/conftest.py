"""Fixtures of all tests: the real files, a configuration, a release, a server."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

from etl.__main__ import GC_THRESHOLDS
from etl.pipeline.arrow_memory import use_system_memory
from tests.support.chromium import launch
from tests.support.deployment import PROJECT, deploy, publish, second_city, serving
from tests.support.two_releases import publish_two
from warehouse.config import Config, read_config
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from warehouse.query.store import Store

MARKS = {"shared_data": pytest.mark.shared, "browser": pytest.mark.browser}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make pictures` and `make assessment` store what they find, instead of comparing."""
    parser.addoption("--renew-pictures", action="store_true", default=False)
    parser.addoption("--renew-assessment", action="store_true", default=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by what it asks for, so that `-m 'not browser'` needs no bookkeeping."""
    for item in items:
        for fixture, mark in MARKS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def pytest_configure() -> None:
    """Look for cycles as seldom as the command line does, and take memory from where it does."""
    gc.set_threshold(*GC_THRESHOLDS)
    use_system_memory()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the providers' real files; tests that need it are skipped where it is not."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the providers' files in {folder}")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Config]:
    """Make configurations: an empty data folder of their own, any setting as a keyword."""
    return lambda **settings: read_config(deploy(tmp_path, **settings))


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The config.yaml of a deployment whose published release is made of the shipped figures."""
    with _once(tmp_path_factory, "deployment") as folder:
        config = folder / "config.yaml"
        if not config.exists():
            publish(deploy(folder))
    return config


@pytest.fixture(scope="session")
def published_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the second city, published from its files; who changes it takes a copy."""
    with _once(tmp_path_factory, "published_city") as folder:
        if not (folder / "config.yaml").exists():
            publish(second_city(folder), "--from", str(folder / "files"))
    return folder


@pytest.fixture(scope="session")
def two_releases(deployment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The config.yaml of a deployment that published an earlier state and the shipped figures."""
    with _once(tmp_path_factory, "two_releases") as folder:
        config = folder / "config.yaml"
        if not config.exists():
            deploy(folder / "new")
            publish_two(read_config(deployment), folder / "new" / "config.yaml")
            (folder / "new" / "config.yaml").rename(config)
            (folder / "new" / "data").rename(folder / "data")
    return config


@contextmanager
def _once(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """Give the folder `name` of all workers to one of them at a time."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = (factory.getbasetemp() if alone else factory.getbasetemp().parent) / name
    with FileLock(folder.with_suffix(".lock")):
        yield folder


@pytest.fixture(scope="session")
def release(deployment: Path) -> Store:
    """The published release of the shipped figures, open for queries."""
    return Releases(read_config(deployment)).open()


@pytest.fixture(scope="session")
def server(deployment: Path) -> Iterator[str]:
    """The address of the real dashboard, a process of its own, on the published release."""
    with serving(deployment) as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()
