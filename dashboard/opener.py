"""Data of a release for programs, which may open earlier ones to compare it with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dashboard.release_data import ReleaseData
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases
from warehouse.release.declarations import declarations_of
from warehouse.release.publish import list_releases

if TYPE_CHECKING:
    from warehouse.config import Config


def open_release_data(config: Config, release: str | None = None) -> ReleaseData:
    """Return the data of a release, by default of the published one.

    Raises `ReleaseError` where it is not there or not whole.
    """
    catalog, releases = read_catalog(config.catalog), Releases(config)

    def data_of(name: str | None) -> ReleaseData:
        names, store = partial(list_releases, config), releases.open(name)
        declared = declarations_of(store.folder, store.manifest, catalog)
        return ReleaseData(declared, store, names, open_release=data_of)

    return data_of(release)
