"""The catalogue as JSON for servers that start later: its YAML files take six times as long."""

from __future__ import annotations

import logging
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dashboard.server.edition import code_digest
from dashboard.stored_pages import remove_older_editions
from warehouse.declarations.loader import read_catalog
from warehouse.release.declarations import read_declarations, write_declarations

if TYPE_CHECKING:
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog

LOG = logging.getLogger(__name__)


def open_catalog(config: Config, code: str) -> Catalog:
    """Return the catalogue of a deployment; `code` is its `code_digest`.

    What cannot be read, or is not what was written, is made of the files; where nothing can be
    written, or the files changed meanwhile, nothing is stored. Raises `CatalogError` as
    `read_catalog` does.
    """
    folder = config.catalog_copies / code
    try:
        return read_declarations(folder)
    except FileNotFoundError:
        pass
    except (OSError, EOFError, zlib.error, ValidationError) as error:
        LOG.warning("%s: %s; the files are read instead", folder, error)
    catalog = read_catalog(config.catalog)
    if code_digest(config) == code:
        with suppress(OSError):
            write_declarations(folder, catalog.model_dump_json())
            remove_older_editions(config.catalog_copies)
    return catalog
