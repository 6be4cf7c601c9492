"""The small line beside a headline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH, HEIGHT, EDGE = 84, 30, 4


def sparkline(points: Sequence[tuple[date, float]], joined: Sequence[str]) -> str:
    """Return SVG of the points, `joined` solid, dashed or broken; one point draws nothing."""
    if len(points) < 2:  # noqa: PLR2004  # a line needs two
        return ""
    days = [day.toordinal() for day, _ in points]
    values = [value for _, value in points]
    across = (WIDTH - 2 * EDGE) / (days[-1] - days[0])
    span = max(values) - min(values) or 1
    dots = [
        (
            EDGE + (d - days[0]) * across,
            HEIGHT - EDGE - (v - min(values)) / span * (HEIGHT - 2 * EDGE),
        )
        for d, v in zip(days, values, strict=True)
    ]
    lone = len(points) == 2  # noqa: PLR2004  # two points are not a trend
    solid: list[str] = []
    dashed: list[str] = []
    for (before, after), segment in zip(pairwise(dots), joined, strict=True):
        step = f"M{before[0]:.1f} {before[1]:.1f}L{after[0]:.1f} {after[1]:.1f}"
        if segment != "broken":
            (solid if segment == "solid" else dashed).append(step)
    first = f'<circle cx="{dots[0][0]:.1f}" cy="{dots[0][1]:.1f}" r="2.2"/>' if lone else ""
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<path class="dash" d="{"".join(dashed)}"/><path d="{"".join(solid)}"/>{first}'
        f'<circle cx="{dots[-1][0]:.1f}" cy="{dots[-1][1]:.1f}" r="3"/></svg>'
    )
