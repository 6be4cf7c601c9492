"""Wiring only: the Dash application, its shell and its one drawing callback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update, set_props

from dashboard import api, bundle, compression
from dashboard.components.html import Html
from dashboard.context import TEMPLATES
from dashboard.i18n import translations
from dashboard.page_cache import Pages

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.page_cache import RenderedPage
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.releases import Releases

# Properties that few changes of the page affect; one is sent only where it differs.
SHELL_STATE = (("main", "data-outline"), ("main", "className"), ("searchbox", "html"))


def create_app(config: Config, catalog: Catalog, releases: Releases) -> Dash:
    """Return the application on its FastAPI server (`app.server`), ready to be served."""
    app = Dash(
        "dashboard",
        backend="fastapi",
        title=translations(config.language)("app.title"),
        update_title=None,  # type: ignore[arg-type]  # documented: None keeps the title
        suppress_callback_exceptions=True,
        include_assets_files=False,  # dashboard.bundle serves them
        index_string=TEMPLATES.get_template("shell/index.html").render(
            style=bundle.style().address, script=bundle.script().address, lang=config.language
        ),
    )

    pages = Pages(config, catalog, releases)

    @app.callback(
        Output("main", "children"),
        Output("chrome", "html"),
        *(Output(*state) for state in SHELL_STATE),
        Input("address", "pathname"),
        Input("address", "search"),
        *(State(*state) for state in SHELL_STATE),
        prevent_initial_call=True,
    )
    def draw(path: str, query: str, *before: str) -> list[Any]:
        ctx.response.set_header("Content-Type", "application/json")  # else it is not compressed
        page = pages.page(path, query)
        in_place = bool(page.signature) and page.signature == before[0]
        for name, properties in page.patches.items() if in_place else ():
            set_props(name, dict(properties))
        after = (page.signature, page.view, page.search)
        changes = [no_update if a == b else a for a, b in zip(after, before, strict=True)]
        return [no_update if in_place else page.panels, page.chrome, *changes]

    def layout() -> Component:
        address = _address_of_page(app)
        return _shell(address, pages.page(*address) if address else pages.empty)

    app.layout = layout
    bundle.add_routes(app.server)
    api.add_routes(app.server, config, pages)
    compression.add_compression(app.server, config)
    return app


def _address_of_page(app: Dash) -> tuple[str, str] | None:
    """Return path and query of the page that requests the layout, if the browser names it."""
    if not app.backend.has_request_context():
        return None
    page = urlsplit(app.backend.request_adapter().headers.get("referer", ""))
    return (page.path, f"?{page.query}" if page.query else "") if page.path else None


def _shell(address: tuple[str, str] | None, page: RenderedPage) -> Component:
    """Return the shell with a page in it.

    Without an address the page is empty, and the browser's own address calls the callback.
    """
    location = {"pathname": address[0], "search": address[1]} if address else {}
    outline: dict[str, Any] = {"data-outline": page.signature}
    return html.Div(
        [
            dcc.Location(id="address", refresh=False, **location),
            Html(page.chrome, id="chrome", className="chrome"),
            Html(page.search, id="searchbox", className="searchbox"),
            html.Main(page.panels, id="main", className=page.view, tabIndex=-1, **outline),
        ],
        className="shell",
    )
