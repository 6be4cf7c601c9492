"""The application for any ASGI server: `uvicorn dashboard.asgi:application`.

Importing this module reads the configuration and opens the published release.
"""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, cast

from dashboard.server.allocation import keep_few_arenas
from dashboard.server.edition import code_digest
from dashboard.server.log import configure
from dashboard.server.run import LOG_FORM
from dashboard.stored_catalog import open_catalog
from warehouse.config import read_config
from warehouse.query.releases import Releases

if TYPE_CHECKING:
    from fastapi import FastAPI

    from dashboard.server.log import Form


def _create() -> FastAPI:
    """Return the application; the release is opened in a thread beside the imports."""
    keep_few_arenas()
    gc.disable()  # what is made here lasts: searches for garbage take an eighth of the start
    configure(cast("Form", os.environ.get(LOG_FORM, "json")))
    config = read_config()
    releases = Releases(config)
    with ThreadPoolExecutor(1) as opener:
        opening = opener.submit(releases.open)
        from dashboard.app import create_app  # noqa: PLC0415  # imports all that draws

        code = code_digest(config)
        app = create_app(config, open_catalog(config, code), releases, code)
        app.read_ahead()
        opening.result()  # without a published release, fail here and not at the first page
    gc.freeze()
    gc.enable()
    server: FastAPI = app.server
    return server


application = _create()
