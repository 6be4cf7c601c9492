"""The frame around the panels of a page: address, header, search box, main part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.address import Address
from dashboard.components.html import Html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.page_cache import RenderedPage


def frame(page: RenderedPage, address: str = "") -> Component:
    """Return a page with its frame; without an address the browser asks for the page of its own."""
    outline: dict[str, Any] = {"data-outline": page.signature}
    return html.Div(
        [
            Address(id="address", shown=address),
            Html(page.chrome, id="chrome", className="chrome"),
            Html(page.search, id="searchbox", className="searchbox"),
            html.Main(page.panels, id="main", className=page.view, tabIndex=-1, **outline),
        ],
        className="shell",
    )
