"""Wiring only: the Dash application, its shell, its one drawing callback and what surrounds it."""

from __future__ import annotations

import json
import re
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dash import Dash, Input, Output, State, ctx, no_update, set_props
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from dashboard import bundle, compression, documents, site_files
from dashboard.api import reference, routes
from dashboard.api.problems import problem
from dashboard.context import FOLDER
from dashboard.export.news import feed_links
from dashboard.frame import frame
from dashboard.i18n import translations
from dashboard.page_cache import Pages
from dashboard.selection import Selection
from dashboard.server import health
from dashboard.server.backend import CruscottoBackend
from dashboard.server.edition import digest_of
from dashboard.server.metrics import Metrics
from dashboard.server.stack import surround
from dashboard.views import MOVED
from warehouse.errors import CruscottoError
from warehouse.release.serving import mark_of_pointer

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from fastapi import FastAPI

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.releases import Releases

# Properties that few changes of the page affect; one is sent only where it differs.
SHELL_STATE = (("main", "data-outline"), ("main", "className"), ("searchbox", "html"))
# The script of Dash's tables, which no page has. Its polyfill stays: dcc.Graph needs it.
UNUSED = re.compile(r'<script src="[^"]*/dash_table/[^"]*"></script>\s*')
# What the browser need not know of the server, and what only other ways of serving need.
UNSAID = ("dash_version", "python_version", "dash_version_url", "ddk_version", "end_id")
NO_PAGE = ("_dash-", "_reload", "_favicon", "api/", "assets/", "bundle/", "shapes/", "health/")


class Application(Dash):
    """Dash with the project's own document, which names none of the server's versions."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # all by name
        """Return the document around every page, without what the browser need not know."""
        begin, settings, end = re.split(r"(?<=>)(\{.*\})(?=<)", parts["config"], flags=re.DOTALL)
        known = {k: v for k, v in json.loads(settings).items() if k not in UNSAID}
        config = begin + json.dumps(known) + end
        prefix = self.config.requests_pathname_prefix.rstrip("/")
        scripts = UNUSED.sub("", parts["scripts"])
        return documents.shell(parts | {"config": config, "scripts": scripts}, prefix)


def create_app(config: Config, catalog: Catalog, releases: Releases) -> Dash:
    """Return the application on its FastAPI server (`app.server`), ready to be served."""
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
    pages = Pages(config, catalog, releases)
    _add_drawing(app, pages, prefix)
    _add_routes(app, config, catalog, pages, releases)
    _surround(app, config, releases)
    return app


def _add_drawing(app: Dash, pages: Pages, prefix: str) -> None:
    """Add the layout, which is the shell with a page in it, and the callback that draws others."""

    @app.callback(
        Output("main", "children"),
        Output("chrome", "html"),
        *(Output(*state) for state in SHELL_STATE),
        Output("address", "shown"),
        Input("address", "wanted"),
        *(State(*state) for state in SHELL_STATE),
        prevent_initial_call=True,
    )
    def draw(wanted: str | None, *before: str) -> list[Any]:
        ctx.response.set_header("Content-Type", "application/json")  # else it is not compressed
        path, _, query = (wanted or "").partition("#")[0].partition("?")
        page = pages.page(_without(prefix, path), query)
        in_place = bool(page.signature) and page.signature == before[0]
        for name, properties in page.patches.items() if in_place else ():
            set_props(name, dict(properties))
        after = (page.signature, page.view, page.search)
        changes = [no_update if a == b else a for a, b in zip(after, before, strict=True)]
        return [no_update if in_place else page.panels, page.chrome, *changes, wanted]

    def layout() -> Component:
        address = _address_of_page(app)
        if not address:
            return frame(pages.empty)
        page = pages.page(_without(prefix, address[0]), address[1])
        return frame(page, "".join(address))

    app.layout = layout


def _add_routes(
    app: Dash, config: Config, catalog: Catalog, pages: Pages, releases: Releases
) -> None:
    """Add every other address, the pages last: they take what nothing else does."""
    server: FastAPI = app.server
    metrics, prefix = Metrics(), config.server.prefix
    server.state.metrics = metrics
    bundle.add_routes(server)
    routes.add_routes(server, config, pages)
    reference.add_routes(server, config, catalog)
    health.add_routes(server, config, metrics, releases.state)

    site_files.add_routes(server, config, pages)

    @cache
    def shell() -> str:  # the same around every page
        document: str = app.index()
        return document

    @server.get("/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        if f"{path}/".startswith(NO_PAGE):
            raise problem(HTTPStatus.NOT_FOUND, "no_address", path=f"/{path}")
        query = request.url.query
        if moved := MOVED.get(f"/{path}".rstrip("/")):
            return RedirectResponse(prefix + moved + (f"?{query}" if query else ""), 308)
        drawn = pages.page(f"/{path}", query)

        def content() -> str:
            selection = Selection.read(f"/{path}", query, config.language)
            text = documents.document(shell(), drawn, selection)
            return text.replace("</head>", f"{feed_links(config, selection.path)}</head>", 1)

        if compression.takes_brotli(request.headers):
            body = compression.compressed(content, drawn.copies)
            return Response(body, drawn.status, compression.BROTLI, media_type="text/html")
        return Response(content(), drawn.status, media_type="text/html")

    @server.exception_handler(CruscottoError)
    def unserved(_request: object, error: CruscottoError) -> Response:
        return Response("\n".join(error.in_(config.language)) + "\n", 503, media_type="text/plain")


def _surround(app: Dash, config: Config, releases: Releases) -> None:
    compression.add_compression(app.server, config)
    code = digest_of((FOLDER, config.catalog))

    def version() -> str:
        mark = mark_of_pointer(config)
        return f"{releases.open().release} {mark} {code}" if mark else ""

    surround(
        app.server,
        config.server,
        app.server.state.metrics,
        version=version,
    )


def _without(prefix: str, path: str | None) -> str:
    """Return an address of the browser without the prefix."""
    path = path or "/"
    return path.removeprefix(prefix) if (path + "/").startswith(prefix + "/") else path


def _address_of_page(app: Dash) -> tuple[str, str] | None:
    """Return path and query of the page that requests the layout, if the browser names it."""
    if not app.backend.has_request_context():
        return None
    try:
        page = urlsplit(app.backend.request_adapter().headers.get("referer", ""))
    except ValueError:  # http://[
        return None
    return (page.path, f"?{page.query}" if page.query else "") if page.path else None
