"""The frame around the panels of a page: address, header, search box, main part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.address import Address
from dashboard.components.html import Html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.rendered_page import RenderedPage


def frame(page: RenderedPage) -> Component:
    """Return a page with its frame; the browser compares `shown` with the page that came drawn."""
    marks: dict[str, Any] = {
        "data-outline": page.signature,
        "data-page": page.address,
        "data-version": page.version,
    }
    return html.Div(
        [
            Address(id="address", shown=page.address),
            Html(page.chrome, id="chrome", className="chrome"),
            Html(page.search, id="searchbox", className="searchbox"),
            html.Main(page.panels, id="main", className=page.view, tabIndex=-1, **marks),
        ],
        className="shell",
    )
