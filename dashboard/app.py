"""Wiring only: the Dash application, its shell and its one drawing callback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import dash_mantine_components as dmc
from dash import (
    ClientsideFunction,
    Dash,
    Input,
    Output,
    State,
    ctx,
    dcc,
    html,
    no_update,
    set_props,
)

from dashboard import api, bundle, compression, theme
from dashboard.components.html import Html
from dashboard.context import TEMPLATES
from dashboard.i18n import translations
from dashboard.page_cache import EMPTY_PAGE, Pages, RenderedPage

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.query.store import Releases

# What stays as it is on most changes, and is then not sent.
SHELL_STATE = (
    ("main", "data-outline"),
    ("main", "className"),
    ("provider", "forceColorScheme"),
    ("search", "placeholder"),
)


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
            bundle=bundle.addresses(), lang=config.language
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
    def draw(path: str, query: str, outline: str | None, *state: str) -> list[Any]:
        ctx.response.set_header("Content-Type", "application/json")  # else it is not compressed
        new = pages.page(path, query)
        in_place = bool(new.signature) and new.signature == outline
        for name, changed in new.patches.items() if in_place else ():
            set_props(name, dict(changed))
        pairs = zip(_shell_state(new), (outline, *state), strict=True)
        said = [no_update if now == before else now for now, before in pairs]
        return [no_update if in_place else new.panels, new.chrome, *said]

    def layout() -> Component:
        asked = _asked(app)
        return _shell(config, *(asked, pages.page(*asked)) if asked else ())

    app.layout = layout
    app.clientside_callback(
        ClientsideFunction("cruscotto", "open"),
        Output("search", "value"),
        Input("search", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    bundle.add_routes(app.server)
    api.add_routes(app.server, config, pages.release_data)
    compression.deliver(app, config)
    return app


def _shell_state(drawn: RenderedPage) -> tuple[str, ...]:
    """Return what `SHELL_STATE` names of a page, in that order."""
    return drawn.signature, drawn.view, drawn.scheme, drawn.placeholder


def _asked(app: Dash) -> tuple[str, str] | None:
    """Return path and query of the page that asks for the layout, where the browser tells it."""
    if not app.backend.has_request_context():
        return None
    asker = urlsplit(app.backend.request_adapter().headers.get("referer", ""))
    return (asker.path, f"?{asker.query}" if asker.query else "") if asker.path else None


def _shell(
    config: Config,
    address: tuple[str, str] | None = None,
    drawn: RenderedPage = EMPTY_PAGE,
) -> Component:
    """Return the shell, with the page already drawn in it where its address is known.

    Without an address the browser's own one calls the drawing callback.
    """
    known = {"pathname": address[0], "search": address[1]} if address else {}
    outline: dict[str, Any] = {"data-outline": drawn.signature}
    shell: Component = dmc.MantineProvider(
        id="provider",
        theme=theme.mantine(),
        forceColorScheme=drawn.scheme,
        children=html.Div(
            [
                dcc.Location(id="address", refresh=False, **known),
                Html(drawn.chrome, id="chrome", className="chrome"),
                html.Div(_search(config, drawn.placeholder), className="searchbox", role="search"),
                html.Main(
                    drawn.panels,
                    id="main",
                    className=drawn.view,
                    tabIndex=-1,
                    **outline,
                ),
            ],
            className="shell",
        ),
    )
    return shell


def _search(config: Config, placeholder: str) -> Component:
    text = translations(config.language)
    search: Component = dmc.Select(
        id="search",
        placeholder=placeholder or text("search.placeholder"),
        searchable=True,
        limit=40,
        nothingFoundMessage=text("search.nothing"),
        rightSection=html.Kbd("/"),
        comboboxProps={"shadow": "md"},
        **{"aria-label": text("search.label")},
    )
    return search
