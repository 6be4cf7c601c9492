"""Markup of a page's components, as the browser's scripts will draw them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from dash import dcc
from dash.development.base_component import Component

from dashboard.components.address import Address
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = {"className": "class", "tabIndex": "tabindex"}  # of attributes, where HTML has others
MARGIN = 6  # around a map, in its own units


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
            return _map(properties)
        case dcc.Graph():
            return _element("div", "", {"id": properties.get("id"), "style": properties["style"]})
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


def _map(properties: Mapping[str, Any]) -> str:
    """Return the map that `assets/choropleth.js` draws; outlines are fetched by reference."""
    shapes = properties["shapes"]
    prefix = "t-zone-" if properties["level"] == "zone" else "t-"
    zones = [f"t-zone-{zone}" for zone in properties["zones"]]
    highlighted = [
        f"t-zone-{key}" if key in properties["zones"] else f"t-{key}"
        for key in properties["highlighted"]
    ]
    groups = {"casing": zones, "outlines": zones}
    groups |= {"chosen-casing": highlighted, "chosen": highlighted}
    places = "".join(
        _place(shapes, prefix + key, step, label, properties["address"].replace("TERRITORY", key))
        for key, (step, label) in properties["cells"].items()
    )
    width, height = properties["size"]
    attributes = {
        "class": "map",
        "role": "group",
        "aria-label": properties["title"],
        "viewBox": f"-{MARGIN} -{MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}",
    }
    outlines = "".join(
        _element("g", "".join(_use(shapes, name) for name in names), {"class": group})
        for group, names in groups.items()
    )
    names = _element("g", properties["names"], {"class": "names", "aria-hidden": "true"})
    drawing = _element("svg", f'<g class="places">{places}</g>{outlines}{names}', attributes)
    readout = _element("output", "", {"class": "map-readout"})
    return _element("div", drawing + readout, {"class": "map-box"})


def _place(shapes: str, name: str, step: int | None, label: str, address: str) -> str:
    attributes = {"class": f"c{step}" if step else "nodata", "href": address}
    return _element("a", f"{_use(shapes, name)}<title>{escape(label)}</title>", attributes)


def _use(shapes: str, name: str) -> str:
    return f'<use href="{escape(shapes)}#{escape(name)}"/>'
