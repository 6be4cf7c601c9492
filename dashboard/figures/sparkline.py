"""Sparkline: the small line beside a headline, as SVG."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH, HEIGHT, EDGE = 84, 30, 4


def sparkline(points: Sequence[tuple[date, float]], segments: Sequence[str]) -> str:
    """Return SVG of the points; `segments` are solid, dashed or broken. One draws nothing."""
    if len(points) < 2:  # noqa: PLR2004  # a line needs two
        return ""
    dots = _dots(points)
    steps = {"solid": "", "dashed": "", "broken": ""}
    for (before, after), segment in zip(pairwise(dots), segments, strict=True):
        steps[segment] += f"M{before[0]:.1f} {before[1]:.1f}L{after[0]:.1f} {after[1]:.1f}"
    is_pair = len(points) == 2  # noqa: PLR2004  # two points are not a trend: both are marked
    first = f'<circle cx="{dots[0][0]:.1f}" cy="{dots[0][1]:.1f}" r="2.2"/>' if is_pair else ""
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<path class="dash" d="{steps["dashed"]}"/><path d="{steps["solid"]}"/>{first}'
        f'<circle cx="{dots[-1][0]:.1f}" cy="{dots[-1][1]:.1f}" r="3"/></svg>'
    )


def _dots(points: Sequence[tuple[date, float]]) -> list[tuple[float, float]]:
    """Return the points in the drawing's own units."""
    days = [day.toordinal() for day, _ in points]
    values = [value for _, value in points]
    day_width = (WIDTH - 2 * EDGE) / (days[-1] - days[0])
    low, span = min(values), max(values) - min(values) or 1
    return [
        (
            EDGE + (day - days[0]) * day_width,
            HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE),
        )
        for day, value in zip(days, values, strict=True)
    ]
