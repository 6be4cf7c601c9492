"""Dash component: a choropleth map whose outlines the browser keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.page_component import PageComponent

if TYPE_CHECKING:
    from dashboard.outlines import Shapes


class Choropleth(PageComponent):
    """A map of filled places, hatched where there is no data, with zone outlines and names.

    `shapes`: address of the outlines' document; `size`: its width and height; `level`: which
    places are filled; `cells`: {territory: [class from 1 or None, label]}; `zones`, `highlighted`:
    territories whose outline is drawn; `focus`: the zone that a click selects places of;
    `address`: where a click goes, with TERRITORY in it; `names`: SVG of the names. Of very many
    places `cells` has the first alone, and `steps` the class of each in the order of the outlines,
    0 without data; the scripts fetch the other cells by the address of the `page`. `outlines` stay
    on the server, for the document.
    """

    _type = "Choropleth"
    properties = (
        "id", "address", "cells", "focus", "highlighted", "level", "names", "page", "shapes",
        "size", "steps", "title", "zones",
    )  # fmt: skip

    def __init__(self, outlines: Shapes, **values: object) -> None:
        super().__init__(**values)
        self.outlines = outlines
