"""The catalogue as JSON for servers that start later: its YAML files take six times as long."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from warehouse.declarations.loader import read_catalog
from warehouse.release.declarations import read_declarations, write_declarations

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog


def stored_catalog(config: Config, code: str) -> Catalog:
    """Return the catalogue of a deployment; `code` is a digest of its files and what reads them.

    What cannot be read, or is not what was written, is made of the files; where nothing can be
    written, nothing is stored. Raises `CatalogError` as `read_catalog` does.
    """
    folder = config.stored_catalog / code
    if catalog := read_declarations(folder):
        return catalog
    catalog = read_catalog(config.catalog)
    shutil.rmtree(config.stored_catalog, ignore_errors=True)  # of other code or other files
    with suppress(OSError):
        write_declarations(folder, catalog.model_dump_json())
    return catalog
