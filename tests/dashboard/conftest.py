"""The pages of a real release, drawn without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.app import create_app
from warehouse.config import Config, read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.app import Application
    from dashboard.release_data import ReleaseData


@pytest.fixture(scope="session")
def deployed(deployment: Path) -> Config:
    """The configuration of the deployment with the shipped figures."""
    return read_config(deployment)


@pytest.fixture(scope="session")
def app(deployed: Config) -> Application:
    """The whole application on that deployment."""
    return create_app(deployed, read_catalog(deployed.catalog), Releases(deployed))


@pytest.fixture(scope="session")
def data(app: Application) -> ReleaseData:
    """What its pages read of the published release."""
    return app.pages.release_data(None)


@pytest.fixture(scope="session")
def app_of_two(two_releases: Path) -> Application:
    """The whole application on the deployment of two releases."""
    config = read_config(two_releases)
    return create_app(config, read_catalog(config.catalog), Releases(config))
