"""Wiring only: the Dash application, its shell, the pages in each form and what surrounds them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dash import Dash
from fastapi import Response

from dashboard import bundle, compression, documents, page_routes, site_files
from dashboard.api import reference, routes
from dashboard.frame import frame
from dashboard.i18n import translations
from dashboard.page_cache import Pages
from dashboard.sent_pages import SentPages
from dashboard.server import health
from dashboard.server.backend import CruscottoBackend, some_request
from dashboard.server.edition import code_digest
from dashboard.server.metrics import Metrics
from dashboard.server.stack import surround
from dashboard.stored_pages import StoredPages
from warehouse.errors import CruscottoError
from warehouse.release.serving import mark_of_pointer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.releases import Releases

# The scripts of Dash's own controls and tables, which no page has, and of older browsers.
UNUSED = re.compile(r'<script src="[^"]*/(?:dcc/|dash_table/|deps/polyfill@)[^"]*"></script>\s*')
# What the browser need not know of the server, and what only other ways of serving need.
UNSAID = ("dash_version", "python_version", "dash_version_url", "ddk_version", "end_id")


class Application(Dash):
    """Dash with the project's own document and pages, and without callbacks."""

    pages: Pages
    sent: SentPages

    def read_ahead(self) -> None:
        """Draw the first pages of a release that answers, and read what others need, once open."""
        self.pages.drawn_ahead = self.sent.headlines

    @property
    def prefix(self) -> str:
        """The path under which the proxy shows the dashboard."""
        prefix: str = self.config.requests_pathname_prefix.rstrip("/")
        return prefix

    def serve_layout(self) -> Response:
        """Return the page of the document that asks, as its scripts draw it."""
        headers = self.backend.request_adapter().headers
        return page_routes.layout(self.pages, self.sent, headers, self.prefix)

    def document(self) -> str:
        """Return the document around every page."""
        with some_request():
            document: str = self.index()  # type: ignore[no-untyped-call]  # Dash is untyped here
        return document

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # all by name
        """Return the document around every page, without what the browser need not know."""
        begin, settings, end = re.split(r"(?<=>)(\{.*\})(?=<)", parts["config"], flags=re.DOTALL)
        known = {k: v for k, v in json.loads(settings).items() if k not in UNSAID}
        config = begin + json.dumps(known) + end
        scripts = UNUSED.sub("", parts["scripts"])
        return documents.shell(parts | {"config": config, "scripts": scripts}, self.prefix)


def create_app(config: Config, catalog: Catalog, releases: Releases, code: str = "") -> Application:
    """Return the application on its FastAPI server (`app.server`), ready to be served.

    `code` is the `code_digest`, which is computed where it is not given.
    """
    prefix = config.server.prefix
    app = Application(
        "dashboard",
        backend=CruscottoBackend,
        title=translations(config.language)("app.title"),
        update_title=None,  # type: ignore[arg-type]  # documented: None keeps the title
        suppress_callback_exceptions=True,
        include_assets_files=False,  # dashboard.bundle serves them
        routes_pathname_prefix="/",
        requests_pathname_prefix=f"{prefix}/",
    )
    code = code or code_digest(config)
    app.pages = pages = Pages(config, catalog, releases, code)
    stored = StoredPages(config, code)
    app.sent = SentPages(
        pages, page_routes.forms(app.document, config), stored, config.limits.pages
    )
    app.layout = frame(pages.empty)  # Dash asks that there is one; `serve_layout` has the pages
    _add_routes(app, config, catalog, releases)
    _surround(app, config, releases, code)
    return app


def _add_routes(app: Application, config: Config, catalog: Catalog, releases: Releases) -> None:
    """Add every other address, the pages last: they take what nothing else does."""
    server: FastAPI = app.server
    metrics, prefix = Metrics(), config.server.prefix
    pages = app.pages
    server.state.metrics = metrics
    bundle.add_routes(server)
    routes.add_routes(server, config, pages)
    reference.add_routes(server, config, catalog)
    health.add_routes(server, config, metrics, releases.state)

    site_files.add_routes(server, config, pages)

    page_routes.add_routes(server, pages, app.sent, prefix)

    @server.exception_handler(CruscottoError)
    def unserved(_request: object, error: CruscottoError) -> Response:
        return Response("\n".join(error.in_(config.language)) + "\n", 503, media_type="text/plain")


def _surround(app: Dash, config: Config, releases: Releases, code: str) -> None:
    compression.add_compression(app.server, config)

    def answering() -> str:
        mark = mark_of_pointer(config)
        return f"{releases.open().release} {mark} {code}" if mark else ""

    surround(
        app.server,
        config.server,
        app.server.state.metrics,
        version=answering,
    )
