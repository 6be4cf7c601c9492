"""Markup of a page's components, as the browser's scripts will draw them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from dashboard.components.address import Address
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.components.plotly_chart import PlotlyChart
from dashboard.map_markup import map_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = {"className": "class", "tabIndex": "tabindex"}  # of attributes, where HTML has others


def markup(component: Any) -> str:  # noqa: ANN401  # what Dash takes for children
    """Return the markup of components and texts; a chart of Plotly is the place that it fills."""
    if isinstance(component, (list, tuple)):
        return "".join(map(markup, component))
    if isinstance(component, Component):
        return _component(component, dict(component.to_plotly_json()["props"]))
    return "" if component is None else escape(str(component))


def _component(component: Component, properties: dict[str, Any]) -> str:
    match component:
        case Html():
            return _element(properties.pop("tag", "div"), properties.pop("html"), properties)
        case Choropleth():
            return map_markup(properties, component.outlines)
        case PlotlyChart():
            height = {"height": f"{properties['height']}px"}
            return _element("div", "", {"id": properties["id"], "style": height})
        case Address():
            return ""
    name = component.to_plotly_json()["type"].lower()
    return _element(name, markup(properties.pop("children", None)), properties)


def _element(name: str, content: str, attributes: Mapping[str, Any]) -> str:
    return f"<{name}{''.join(_attributes(attributes))}>{content}</{name}>"


def _attributes(properties: Mapping[str, Any]) -> Iterator[str]:
    for name, value in properties.items():
        if value is not None:
            text = ";".join(map(":".join, value.items())) if name == "style" else str(value)
            yield f' {NAMES.get(name, name)}="{escape(text)}"'
