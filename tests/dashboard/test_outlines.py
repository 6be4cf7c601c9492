"""The outlines of very many places are drawn with less than those of small."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard import outlines

if TYPE_CHECKING:
    import pytest

PARENTS = {"west": "w", "east": "e"}


def test_a_border_that_two_zones_of_very_many_places_share_is_drawn_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = outlines.read_shapes(_two_squares(), PARENTS)
    assert small.borders == "".join(small.zones.values())
    assert len(_steps(small.borders)) == 8
    monkeypatch.setattr(outlines, "MOST_IN_DETAIL", 1)
    large = outlines.read_shapes(_two_squares(), PARENTS)
    assert large.zones.keys() == small.zones.keys()
    assert len(_steps(large.borders)) == len(set(_steps(large.borders))) == 7
    assert set(_steps(large.borders)) == set(_steps(small.borders))


def _two_squares() -> dict[str, list[str]]:
    """Return two municipalities beside each other, each a zone of its own."""
    rings = [[[x, 45], [x + 1, 45], [x + 1, 46], [x, 46], [x, 45]] for x in (9, 10)]
    shapes = [json.dumps({"type": "Polygon", "coordinates": [ring]}) for ring in rings]
    return {"territory": ["west", "east"], "geometry": shapes}


def _steps(path: str) -> list[frozenset[tuple[int, int]]]:
    """Return the two ends of every step of a path."""
    ends = []
    for line in filter(None, path.split("M")):
        numbers = [int(n) for n in re.findall(r"-?\d+", line)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        points += points[:1] if line.endswith("z") else []
        ends += [frozenset(pair) for pair in pairwise(points)]
    return ends
