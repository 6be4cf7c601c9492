"""The map of municipalities or zones, as SVG whose outlines stand in one cached file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Area:
    """A place on the map; `step` is its class from 1, None for no data."""

    key: str
    label: str  # name and value, as hover and accessible name
    step: int | None
    href: str


@dataclass(frozen=True)
class Mark:
    """A name on the map at a point; a leader runs to `at` where the point is elsewhere."""

    x: int
    y: int
    lines: Sequence[str]
    at: tuple[int, int] | None = None


def choropleth(
    areas: Sequence[Area],
    marks: Sequence[Mark],
    *,
    shapes: str,
    size: tuple[int, int],
    zones: Sequence[str],
    chosen: Sequence[str],
    title: str,
) -> str:
    """Return SVG: filled places (hatched without data), zone outlines with casing, names.

    `shapes` is the address of the document that holds the outlines (`t-<key>`); `zones` and
    `chosen` are keys of outlines to draw over the places.
    """
    width, height = size
    fills = "".join(
        f'<a href="{escape(a.href)}" class="{_step(a.step)}" data-key="map-{a.key}">'
        f'<use href="{shapes}#t-{a.key}"/><title>{escape(a.label)}</title></a>'
        for a in areas
    )
    casing = "".join(f'<use href="{shapes}#t-zone-{z}"/>' for z in zones)
    over = "".join(f'<use href="{shapes}#t-{c}"/>' for c in chosen)
    names = "".join(_name(mark) for mark in marks)
    return (
        f'<svg class="map" viewBox="-6 -6 {width + 12} {height + 12}" role="group" '
        f'aria-label="{escape(title)}"><defs><pattern id="hatch" width="10" height="10" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="10" height="10" '
        'class="hatch-ground"/><path d="M0 0V10" class="hatch-line"/></pattern></defs>'
        f'<g class="places">{fills}</g><g class="casing">{casing}</g>'
        f'<g class="outlines">{casing}</g>'
        f'<g class="chosen-casing">{over}</g><g class="chosen">{over}</g>'
        f'<g class="names" aria-hidden="true">{names}</g></svg>'
    )


def _step(step: int | None) -> str:
    return f"c{step}" if step else "nodata"


def _name(mark: Mark) -> str:
    first = mark.y - (len(mark.lines) - 1) * 13
    lines = "".join(
        f'<tspan x="{mark.x}" y="{first + 26 * i}">{escape(line)}</tspan>'
        for i, line in enumerate(mark.lines)
    )
    leader = ""
    if mark.at:
        x, y = mark.at
        near = mark.y + (8 if y > mark.y else -24)
        leader = f'<path class="leader" d="M{mark.x} {near}L{x} {y}"/>'
        leader += f'<circle class="leader-dot" cx="{x}" cy="{y}" r="5"/>'
    return f"{leader}<text>{lines}</text>"


def wrap(name: str, longest: int = 10) -> list[str]:
    """Break a place's name into lines of about `longest` letters at its spaces."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
