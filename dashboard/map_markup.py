"""Markup of a map, as `assets/choropleth.js` and `choropleth_many.js` draw it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.outlines import Shapes

MARGIN = 6  # around a map, in its own units
BORDERS = "t-borders"


def map_markup(properties: Mapping[str, Any], outlines: Shapes) -> str:
    """Return a map and the place for what it says.

    Each place is a link whose outline is fetched by reference. Of very many places, outlines are
    joined to one path for each class; the scripts add the link of the place that is looked at.
    """
    highlighted = list(properties["highlighted"])
    if steps := properties.get("steps"):
        places = _classes(steps, outlines.at_level(properties["level"]).values())
        borders = f'<path id="borders" d="{outlines.borders}"/>', '<use href="#borders"/>'
        highlights = [
            _path(outlines.paths.get(k) or outlines.zones.get(k, "")) for k in highlighted
        ]
    else:
        cells: Mapping[str, tuple[int | None, str]] = properties["cells"]
        prefix = "t-zone-" if properties["level"] == "zone" else "t-"
        shapes, address = properties["shapes"], properties["address"]
        places = "".join(
            _place(_use(shapes, prefix + key), step, label, address.replace("TERRITORY", key))
            for key, (step, label) in cells.items()
        )
        borders = (_use(shapes, BORDERS),) * 2
        ids = (f"t-zone-{key}" if key in properties["zones"] else f"t-{key}" for key in highlighted)
        highlights = [_use(shapes, name) for name in ids]
    above = "".join(highlights)
    casing, lines = borders if properties["zones"] else ("", "")
    layers = {"casing": casing, "outlines": lines, "chosen-casing": above, "chosen": above}
    return _box(properties, places, layers)


def _box(properties: Mapping[str, Any], places: str, layers: Mapping[str, str]) -> str:
    width, height = properties["size"]
    box = f"-{MARGIN} -{MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"
    groups = "".join(f'<g class="{name}">{content}</g>' for name, content in layers.items())
    return (
        f'<div class="map-box"><svg class="map" role="group"'
        f' aria-label="{escape(str(properties["title"]))}" viewBox="{box}">'
        f'<g class="places">{places}</g>{groups}'
        f'<g class="names" aria-hidden="true">{properties["names"]}</g></svg>'
        f'<output class="map-readout"></output></div>'
    )


def _classes(steps: str, outlines: Iterable[str]) -> str:
    """Return the outlines of each class as one path; those without data come last."""
    by_class: dict[str, list[str]] = {}
    for step, outline in zip(steps, outlines, strict=True):
        by_class.setdefault(step, []).append(outline)
    return "".join(
        f'<path class="{name}" d="{"".join(paths)}"/>'
        for name, paths in sorted((_class(int(step)), paths) for step, paths in by_class.items())
    )


def _place(outline: str, step: int | None, label: str, address: str) -> str:
    return (
        f'<a class="{_class(step)}" href="{escape(address)}">'
        f"{outline}<title>{escape(label)}</title></a>"
    )


def _class(step: int | None) -> str:
    return f"c{step}" if step else "nodata"


def _use(shapes: str, name: str) -> str:
    return f'<use href="{escape(shapes)}#{escape(name)}"/>'


def _path(outline: str) -> str:
    return f'<path d="{outline}"/>'
