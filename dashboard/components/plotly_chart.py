"""Dash component: a chart of Plotly, whose script the browser fetches with the first of them."""

from __future__ import annotations

from dashboard.components.page_component import PageComponent


class PlotlyChart(PageComponent):
    """A chart to zoom into.

    `figure`: data and layout as Plotly takes them; `config`: what a reader may do with it;
    `height`: in pixels; `library`: the address of Plotly's script; `failure`: what to do where it
    does not arrive.
    """

    _type = "PlotlyChart"
    properties = ("id", "figure", "config", "height", "library", "failure")
