"""Dash component: a chart of Plotly, whose script the browser fetches with the first of them."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

_js_dist: list[dict[str, Any]] = []  # its script is assets/plotly_chart.js, loaded with the page


class PlotlyChart(Component):
    """A chart to zoom into.

    `figure`: data and layout as Plotly takes them; `config`: what a reader may do with it;
    `height`: in pixels; `library`: the address of Plotly's script.
    """

    _children_props: list[str] = []  # noqa: RUF012  # as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012  # the same
    _namespace = "dashboard"  # a package that can be imported: Dash does, for every property
    _type = "PlotlyChart"

    def __init__(self, **props: Any) -> None:  # noqa: ANN401  # any Dash property
        self._prop_names = ["id", "figure", "config", "height", "library"]  # as in Html
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**props)  # type: ignore[no-untyped-call]  # Dash is untyped here
