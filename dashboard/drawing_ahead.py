"""Drawing every page of the published release ahead, for the command line."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from dashboard.app import create_app
from dashboard.site_map import all_paths
from warehouse.declarations.loader import read_catalog
from warehouse.messages import LANGUAGES
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.config import Config


def draw_pages(config: Config) -> tuple[int, Iterator[None]]:
    """Return the number of pages and what draws and stores one after the other."""
    app = create_app(config, read_catalog(config.catalog), Releases(config))
    data = app.pages.release_data(None)
    addresses = list(product(all_paths(data), (f"lang={language}" for language in LANGUAGES)))

    def draw() -> Iterator[None]:
        for path, query in addresses:
            app.sent.store(data, path, query)
            yield

    return len(addresses), draw()
