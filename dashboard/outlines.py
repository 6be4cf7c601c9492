"""Outlines of the territories as SVG paths on one grid of small integers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

WIDTH = 1000
MOST_IN_DETAIL, FINEST = 1_000, 2.0  # outlines; what more of them show, of the width
LATITUDE = math.radians(45.45)  # the cosine that keeps the plain's proportions


@dataclass(frozen=True, slots=True)
class Shapes:
    """`paths`: SVG path data by territory; `centres`: a point inside each, for its name.

    `borders` are the outlines of all zones as one path.
    """

    paths: Mapping[str, str]
    zones: Mapping[str, str]
    borders: str
    centres: Mapping[str, tuple[int, int]]
    parents: Mapping[str, str]
    width: int
    height: int

    def at_level(self, level: str) -> Mapping[str, str]:
        """Return the outlines of the zones or of the municipalities."""
        return self.zones if level == "zone" else self.paths

    def document(self) -> str:
        """Return an SVG document with each outline under an id, `t-…` or `t-zone-…`, for `<use>`.

        A municipality's outline names its zone; those of all zones together are `t-borders`.
        """
        places = "".join(
            f'<path id="t-{name}" data-zone="{self.parents.get(name, "")}" d="{d}"/>'
            for name, d in self.paths.items()
        )
        zones = "".join(f'<path id="t-zone-{name}" d="{d}"/>' for name, d in self.zones.items())
        borders = f'<path id="t-borders" d="{self.borders}"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg">{places}{zones}{borders}</svg>'


def read_shapes(columns: Mapping[str, Sequence[str]], parents: Mapping[str, str]) -> Shapes:
    """Project outlines (territory, geometry as GeoJSON, WGS84) and unite them by `parents`."""
    geometries = shapely.from_geojson(columns["geometry"])
    places = dict(zip(columns["territory"], geometries, strict=True))
    if not places:
        return Shapes({}, {}, "", {}, {}, WIDTH, WIDTH)
    west, south, east, north = shapely.total_bounds(list(places.values()))
    scale = WIDTH / ((east - west) * math.cos(LATITUDE))

    def project(shape: BaseGeometry) -> BaseGeometry:
        stretch = [scale * math.cos(LATITUDE), -scale]
        return shapely.transform(shape, lambda xy: (xy - [west, north]) * stretch)

    projected = dict(zip(places, _drawn([*map(project, places.values())]), strict=True))
    united = {
        zone: shapely.union_all([s for name, s in projected.items() if parents.get(name) == zone])
        for zone in dict.fromkeys(parents.values())
    }
    centres = {name: _centre(shape) for name, shape in {**projected, **united}.items()}
    zones = {name: _path(shape) for name, shape in united.items()}
    is_detailed = len(places) <= MOST_IN_DETAIL
    return Shapes(
        paths={name: _path(shape) for name, shape in projected.items()},
        zones=zones,
        borders="".join(zones.values()) if is_detailed else _borders([*united.values()]),
        centres=centres,
        parents=parents,
        width=WIDTH,
        height=math.ceil((north - south) * scale),
    )


def _drawn(shapes: list[BaseGeometry]) -> Sequence[BaseGeometry]:
    """Return outlines with the points that can be seen: of very many, fewer, still meeting."""
    if len(shapes) <= MOST_IN_DETAIL:
        return shapes
    return list(shapely.coverage_simplify(shapes, FINEST))


def _borders(shapes: Sequence[BaseGeometry]) -> str:
    """Return the outlines of shapes as lines: what two of them share is drawn once."""
    lines = shapely.line_merge(shapely.union_all([shape.boundary for shape in shapes]))
    return "".join(_line(_rounded(line)) for line in getattr(lines, "geoms", [lines]))


def _centre(shape: BaseGeometry) -> tuple[int, int]:
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    inside = largest.centroid if largest.contains(largest.centroid) else None
    point = inside or largest.representative_point()
    return round(point.x), round(point.y)


def _path(shape: BaseGeometry) -> str:
    polygons = getattr(shape, "geoms", [shape])
    rings = (ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors))
    return "".join(_line(_rounded(ring)[:-1]) + "z" for ring in rings)


def _rounded(line: BaseGeometry) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in line.coords]


def _line(points: list[tuple[int, int]]) -> str:
    (x, y), *following = points
    steps = [f"M{x} {y}l"]
    for to_x, to_y in following:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x} {to_y - y} ".replace(" -", "-"))
            x, y = to_x, to_y
    return "".join(steps).rstrip()
