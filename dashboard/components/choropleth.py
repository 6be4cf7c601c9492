"""Dash component: a choropleth map whose outlines the browser keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

if TYPE_CHECKING:
    from dashboard.outlines import Shapes

_js_dist: list[dict[str, Any]] = []  # its script is assets/choropleth.js, loaded with the page


class Choropleth(Component):
    """A map of filled places, hatched where there is no data, with zone outlines and names.

    `shapes`: address of the outlines' document; `size`: its width and height; `level`: which
    places are filled; `cells`: {territory: [class from 1 or None, label]}; `zones`, `highlighted`:
    territories whose outline is drawn; `focus`: the zone that a click selects places of;
    `address`: where a click goes, with TERRITORY in it; `names`: SVG of the names. Of very many
    places `cells` has the first alone, and `steps` the class of each in the order of the outlines,
    0 without data; the scripts fetch the other cells by the address of the `page`. `outlines` stay
    on the server, for the document.
    """

    _children_props: list[str] = []  # noqa: RUF012  # as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012  # the same
    _namespace = "dashboard"  # a package that can be imported: Dash does, for every property
    _type = "Choropleth"

    def __init__(self, outlines: Shapes, **props: Any) -> None:  # noqa: ANN401  # any Dash property
        self.outlines = outlines
        self._prop_names = [  # read by Dash's base class, as are the four lines below
            "id", "address", "cells", "focus", "highlighted", "level", "names", "page", "shapes",
            "size", "steps", "title", "zones",
        ]  # fmt: skip
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**props)  # type: ignore[no-untyped-call]  # Dash is untyped here
