"""Map of filled places with its classes beside it, as SVG for a file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAP_WIDTH, LEGEND_LEFT, LEGEND_TOP, STEP = 780, 850, 20, 44
HATCH = (
    '<defs><pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="hatch-ground" width="10" height="10"/>'
    '<path class="hatch-line" d="M0 0V10"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class of the map: its limits, and how many places are in it."""

    label: str
    count: int


def choropleth(
    places: Sequence[tuple[str, int | float | None, str]],
    zones: Sequence[str],
    chosen: Sequence[str],
    names: str,
    size: tuple[int, int],
    classes: Sequence[MapClass],
    without_data: tuple[str, int],
) -> tuple[str, float]:
    """Return SVG of `places` (outline, class from 1 or None, text) and its height.

    `zones` and `chosen` are outlines, `names` is SVG, `size` is of the outlines' grid,
    `without_data` the name and number of places without a value.
    """
    fills = "".join(
        f'<a class="{f"c{step}" if step else "nodata"}"><path d="{outline}"/>'
        f"<title>{escape(text)}</title></a>"
        for outline, step, text in places
    )
    layers = "".join(
        f'<g class="{name}">{"".join(f"""<path d="{d}"/>""" for d in outlines)}</g>'
        for name, outlines in (
            ("casing", zones),
            ("outlines", zones),
            ("chosen-casing", chosen),
            ("chosen", chosen),
        )
    )
    height = MAP_WIDTH * size[1] / size[0]
    drawing = (
        f'<svg class="map" width="{MAP_WIDTH}" height="{height:.0f}"'
        f' viewBox="-6 -6 {size[0] + 12} {size[1] + 12}">'
        f'{HATCH}<g class="places">{fills}</g>{layers}<g class="names">{names}</g></svg>'
    )
    return drawing + _legend(classes, without_data), height


def _legend(classes: Sequence[MapClass], without_data: tuple[str, int]) -> str:
    entries = [(f"c{step}", entry.label, entry.count) for step, entry in enumerate(classes, 1)]
    if without_data[1]:
        entries.append(("nodata", *without_data))
    return "".join(
        f'<g class="map" font-size="17"><g class="places"><a class="{kind}">'
        f'<rect x="{LEGEND_LEFT}" y="{LEGEND_TOP + STEP * i}" width="34" height="24"/></a></g>'
        f'<text x="{LEGEND_LEFT + 46}" y="{LEGEND_TOP + STEP * i + 12}" dy=".35em">'
        f'{escape(label)} <tspan class="quiet-text">({count})</tspan></text></g>'
        for i, (kind, label, count) in enumerate(entries)
    )
