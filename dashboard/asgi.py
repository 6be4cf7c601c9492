"""The application for any ASGI server: `uvicorn dashboard.asgi:application`.

Importing this module reads the configuration and opens the published release.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from dashboard.app import create_app
from dashboard.server.log import configure
from dashboard.server.run import LOG_FORM
from warehouse.config import read_config
from warehouse.declarations.loader import read_catalog
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from fastapi import FastAPI

    from dashboard.server.log import Form


def _create() -> FastAPI:
    configure(cast("Form", os.environ.get(LOG_FORM, "json")))
    config = read_config()
    releases = Releases(config)
    releases.open()  # without a published release, fail here and not at the first page
    server: FastAPI = create_app(config, read_catalog(config.catalog), releases).server
    return server


application = _create()
