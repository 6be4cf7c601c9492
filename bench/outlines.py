"""Invented outlines: a grid of municipalities whose borders are crooked and meet everywhere."""

from __future__ import annotations

import json
import math
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WEST, SOUTH, WIDTH, HEIGHT = 6.6, 36.6, 11.9, 10.5  # degrees
STEPS = 8  # of a border between two municipalities: an outline has 32 points
CROOKED = 0.25  # of a step

Point = tuple[float, float]


def outlines(count: int) -> Iterator[str]:
    """Yield the outline of each municipality as GeoJSON, row by row from the south-west."""
    columns = math.ceil(math.sqrt(count))
    size = (WIDTH / columns / STEPS, HEIGHT / columns / STEPS)
    for n in range(count):
        row, column = divmod(n, columns)
        ring = [_point(*at, size) for at in _border(column * STEPS, row * STEPS)]
        yield json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


def _border(x: int, y: int) -> Iterator[tuple[int, int]]:
    """Walk around a square of `STEPS` steps, counter-clockwise."""
    for step in range(STEPS):
        yield x + step, y
    for step in range(STEPS):
        yield x + STEPS, y + step
    for step in range(STEPS):
        yield x + STEPS - step, y + STEPS
    for step in range(STEPS):
        yield x, y + STEPS - step


def _point(x: int, y: int, size: tuple[float, float]) -> Point:
    """Return a point of the grid, displaced in the same way for all who share it."""
    chance = Random(x * 1_000_003 + y)  # noqa: S311  # nothing secret
    east, north = (at + chance.uniform(-CROOKED, CROOKED) for at in (x, y))
    return round(WEST + east * size[0], 6), round(SOUTH + north * size[1], 6)
