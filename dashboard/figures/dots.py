"""Dots of places: named rings, very many as a few SVG paths, or marks on a track."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMED = 1_000  # places of a drawing that are elements of their own
LAYERS = 4  # paths: where dots of several lie on each other they are darker
RADIUS = 3.6

Dot = tuple[float, float, str]  # across, down, name


def dots(places: Sequence[Dot]) -> str:
    """Return rings; places without a name are small dots below them."""
    return together([(x, y) for x, y, name in places if not name]) + "".join(
        f'<circle class="place" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}">'
        f"<title>{escape(name)}</title></circle>"
        for x, y, name in places
        if name
    )


def together(points: Sequence[tuple[float, float]]) -> str:
    """Return points as round ends of lines without length, which the style makes dots."""
    layers = (points[first::LAYERS] for first in range(LAYERS))
    return "".join(
        f'<path class="places" d="{"".join(f"M{x:.1f} {y:.1f}h0" for x, y in layer)}"/>'
        for layer in layers
        if layer
    )


def track_dot(left: float, label: str, mark: str, *, is_highlighted: bool) -> str:
    """Return a place on a track, `left` in percent: a dot, or its own mark, which is SVG."""
    attributes = f'style="left:{left:.1f}%" title="{escape(label)}"'
    if mark:
        return f'<span class="dot-mark" {attributes}>{mark}</span>'
    return f'<i class="{"on" if is_highlighted else ""}" {attributes}></i>'
