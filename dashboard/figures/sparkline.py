"""The small line beside a headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH, HEIGHT, EDGE = 84, 30, 4
LONGEST_STEP = 400  # days that a solid line may bridge: a year and some


def sparkline(points: Sequence[tuple[date, float]]) -> str:
    """Return SVG of the points, dashed where periods are missing; one point draws nothing."""
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
    for i in range(len(dots) - 1):
        step = f"M{dots[i][0]:.1f} {dots[i][1]:.1f}L{dots[i + 1][0]:.1f} {dots[i + 1][1]:.1f}"
        (dashed if lone or days[i + 1] - days[i] > LONGEST_STEP else solid).append(step)
    first = f'<circle cx="{dots[0][0]:.1f}" cy="{dots[0][1]:.1f}" r="2.2"/>' if lone else ""
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<path class="dash" d="{"".join(dashed)}"/><path d="{"".join(solid)}"/>{first}'
        f'<circle cx="{dots[-1][0]:.1f}" cy="{dots[-1][1]:.1f}" r="3"/></svg>'
    )
