"""Wiring only: the Dash application, its shell and its one drawing callback."""

from __future__ import annotations

from functools import lru_cache
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import api, delivery, theme
from dashboard.components.html import Html
from dashboard.facts import Facts
from dashboard.page import TEMPLATES
from dashboard.render import render
from dashboard.selection import Selection
from dashboard.words import words
from warehouse.errors import ReleaseError
from warehouse.release import list_releases

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from warehouse.catalog import Catalog
    from warehouse.config import Config
    from warehouse.store import Releases

Drawn = tuple["list[Component]", str, str, str, str]


def create_app(config: Config, catalog: Catalog, releases: Releases) -> Dash:
    """Return the application on its FastAPI server (`app.server`), ready to be served."""
    app = Dash(
        "dashboard",
        backend="fastapi",
        title=words(config.language)("app.title"),
        update_title=None,  # type: ignore[arg-type]  # documented: None keeps the title
        suppress_callback_exceptions=True,
        assets_ignore=r".*\.(svg|json)$",
        index_string=TEMPLATES.get_template("index.html").render(
            css=theme.css(), lang=config.language
        ),
    )

    @lru_cache(maxsize=8)
    def facts_of(release: str) -> Facts:
        opened = Facts(catalog, releases.open(release), lambda: list_releases(config))
        Thread(target=opened.warm, name=f"warm {release}", daemon=True).start()
        return opened

    def facts(release: str | None) -> Facts:
        try:
            return facts_of(releases.open(release).release)
        except ReleaseError:
            return facts_of(releases.open().release)

    @lru_cache(maxsize=1024)
    def drawn(release: str, selection: Selection) -> Drawn:
        panels, view, chrome = render(config, facts(release), selection)
        scheme = "light" if selection.theme == "light" else "dark"
        return panels, view, chrome, scheme, words(selection.lang)("search.placeholder")

    def shown(path: str, query: str) -> Drawn:
        selection = Selection.read(path, query, config.language)
        return drawn(facts(selection.release).store.release, selection)

    @app.callback(
        Output("main", "children"),
        Output("chrome", "html"),
        Output("main", "className"),
        Output("provider", "forceColorScheme"),
        Output("search", "placeholder"),
        Input("address", "pathname"),
        Input("address", "search"),
        State("main", "className"),
        State("provider", "forceColorScheme"),
        State("search", "placeholder"),
        prevent_initial_call=True,
    )
    def draw(path: str, query: str, *standing: str) -> list[Any]:
        ctx.response.set_header("Content-Type", "application/json")  # else it is not compressed
        panels, view, chrome, scheme, placeholder = shown(path, query)
        quiet = zip((view, scheme, placeholder), standing, strict=True)
        changed = [no_update if new == old else new for new, old in quiet]
        return [panels, chrome, *changed]

    def layout() -> Component:
        asked = _asked(app)
        return _shell(config, *(asked, shown(*asked)) if asked else ())

    app.layout = layout
    app.clientside_callback(
        ClientsideFunction("cruscotto", "open"),
        Output("search", "value"),
        Input("search", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    app._setup_server()  # noqa: SLF001  # Dash's FastAPI backend does it for `/` alone, too late for a deep link
    api.add_routes(app.server, config, facts)
    delivery.deliver(app, config)
    return app


def _asked(app: Dash) -> tuple[str, str] | None:
    """Return path and query of the page that asks for the layout, where the browser tells it."""
    if not app.backend.has_request_context():
        return None
    asker = urlsplit(app.backend.request_adapter().headers.get("referer", ""))
    return (asker.path, f"?{asker.query}" if asker.query else "") if asker.path else None


def _shell(
    config: Config,
    address: tuple[str, str] | None = None,
    drawn: Drawn = ([], "view", "", "light", ""),
) -> Component:
    """Return the shell, with the page already drawn in it where its address is known.

    Without an address the browser's own one calls the drawing callback.
    """
    panels, view, chrome, scheme, placeholder = drawn
    text = words(config.language)
    known = {"pathname": address[0], "search": address[1]} if address else {}
    shell: Component = dmc.MantineProvider(
        id="provider",
        theme=theme.mantine(),
        forceColorScheme=scheme,
        children=html.Div(
            [
                dcc.Location(id="address", refresh=False, **known),
                html.A(text("app.skip"), href="#main", className="skip"),
                Html(chrome, id="chrome", className="chrome"),
                html.Div(_search(config, placeholder), className="searchbox", role="search"),
                html.Main(panels, id="main", className=view, tabIndex=-1),
            ],
            className="shell",
        ),
    )
    return shell


def _search(config: Config, placeholder: str) -> Component:
    text = words(config.language)
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
