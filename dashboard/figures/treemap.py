"""Amounts as rectangles whose areas are in proportion, as near to squares as they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tile(NamedTuple):
    """A rectangle; all four in the units of the whole."""

    x: float
    y: float
    width: float
    height: float


def treemap(amounts: Sequence[float], width: float, height: float) -> list[Tile]:
    """Return a tile for each of `amounts`, which come in falling order and are above zero.

    Squarified layout (Bruls, Huizing, van Wijk, 2000): rows are filled along the shorter side
    as long as that makes their tiles more square.
    """
    total = sum(amounts)
    if not total:
        return []
    areas = [a * width * height / total for a in amounts]
    tiles: list[Tile] = []
    room = Tile(0, 0, width, height)
    while len(tiles) < len(areas):
        side = min(room.width, room.height)
        row = areas[len(tiles) : len(tiles) + 1]
        for area in areas[len(tiles) + 1 :]:
            if _worst([*row, area], side) > _worst(row, side):
                break
            row.append(area)
        placed, room = _place(row, room)
        tiles += placed
    return tiles


def _worst(row: Sequence[float], side: float) -> float:
    """Return the longest side of a row's tiles over the shortest, at its worst."""
    depth = sum(row) / side
    return max(max(depth * depth / a, a / (depth * depth)) for a in row)


def _place(row: Sequence[float], room: Tile) -> tuple[list[Tile], Tile]:
    """Return the tiles of a row along the shorter side of `room`, and the room that is left."""
    tiles, along = [], 0.0
    if room.width >= room.height:
        depth = sum(row) / room.height
        for area in row:
            tiles.append(Tile(room.x, room.y + along, depth, area / depth))
            along += area / depth
        return tiles, Tile(room.x + depth, room.y, room.width - depth, room.height)
    depth = sum(row) / room.width
    for area in row:
        tiles.append(Tile(room.x + along, room.y, area / depth, depth))
        along += area / depth
    return tiles, Tile(room.x, room.y + depth, room.width, room.height - depth)
