"""The frame around the panels of a page: address, header, search box, main part."""

from __future__ import annotations

import json
from operator import methodcaller
from typing import TYPE_CHECKING

from dash import html

from dashboard.components.address import Address
from dashboard.components.html import Html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.rendered_page import RenderedPage


# Plotly's own encoder looks for numpy, dates and NaN in every value: three times the work.
ENCODER = json.JSONEncoder(
    default=methodcaller("to_plotly_json"), allow_nan=False, separators=(",", ":")
)


def tree(page: RenderedPage) -> str:
    """Return a page with its frame as the scripts draw it: JSON."""
    return ENCODER.encode(frame(page))


def frame(page: RenderedPage) -> Component:
    """Return a page with its frame; the browser compares `shown` with the page that came drawn."""
    main = html.Main(page.panels, id="main", className=page.view, tabIndex=-1)
    # One by one: what Dash is given at once is in another order in every process.
    setattr(main, "data-outline", page.signature)
    setattr(main, "data-page", page.address)
    setattr(main, "data-version", page.version)
    return html.Div(
        [
            Address(id="address", shown=page.address),
            Html(page.chrome, id="chrome", className="chrome"),
            Html(page.search, id="searchbox", className="searchbox"),
            main,
        ],
        className="shell",
    )
