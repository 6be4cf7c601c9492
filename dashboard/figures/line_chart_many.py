"""Very many segments and points of a line chart: one path each, and texts that a script reads.

A path cannot have places in shares of the width: it is drawn 100 wide and stretched, its pen not.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Place = tuple[str, float]  # share of the width such as `12.50%`, pixels from the top
    Point = tuple[Place, str]  # with its text

MANY = 1_000  # points, or segments


def segments_path(segments: Iterable[tuple[Place, Place]], pen: str, height: float) -> str:
    """Return all segments as one path, drawn with the attributes of `pen`."""
    steps: list[str] = []
    end: Place | None = None
    for start, stop in segments:
        steps += [*([] if start == end else [f"M{_at(start)}"]), f"L{_at(stop)}"]
        end = stop
    return _path("".join(steps), pen, height)


def points_path(places: Iterable[Place], colour: str, size: float, height: float) -> str:
    """Return all points as one path of dots."""
    pen = f'stroke="{colour}" stroke-width="{size:g}" stroke-linecap="round"'
    return _path("".join(f"M{_at(place)}h0" for place in places), pen, height)


def points_as_texts(points: Sequence[Point], address: str, attributes: str) -> str:
    """Return the points of one line as a group that `assets/chart.js` fills when it is read."""
    texts = escape("|".join(f"{_at(place)} {text}" for place, text in points))
    href = escape(address)
    return f'<g class="points" {attributes} data-href="{href}" data-points="{texts}"></g>'


def _at(place: Place) -> str:
    return f"{place[0].removesuffix('%')} {place[1]:g}"


def _path(steps: str, pen: str, height: float) -> str:
    box = f'width="100%" height="{height:g}" viewBox="0 0 100 {height:g}" overflow="visible"'
    path = f'<path d="{steps}" fill="none" vector-effect="non-scaling-stroke" {pen}/>'
    return f'<svg {box} preserveAspectRatio="none">{path}</svg>'
