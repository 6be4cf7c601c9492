"""A value before and after, as SVG: a hollow dot and a full one at the end of their series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH, HEIGHT, EDGE = 148, 30, 6

Point = tuple["date", float]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What is drawn: the series until then, and the two values; either may be unknown.

    Two values that cannot be compared are joined by dots, which nobody reads as a trend.
    """

    earlier: Sequence[Point]
    before: Point | None
    after: Point | None
    can_be_compared: bool = True


def before_after(chart: BeforeAfter) -> str:
    """Return the drawing; empty where there is nothing to draw."""
    ends = [point for point in (chart.before, chart.after) if point]
    if not ends:
        return ""
    place = _Scale([*chart.earlier, *ends])
    line = _path([place(point) for point in chart.earlier], "old")
    if chart.before and chart.after:
        kind = "step" if chart.can_be_compared else "apart"
        line += _path([place(chart.before), place(chart.after)], kind)
    before = _dot(place(chart.before), "hollow", 3.6) if chart.before else ""
    after = _dot(place(chart.after), "full", 4) if chart.after else ""
    return _svg(line + before + after)


def progress(done: float | None, before: float | None, planned: float | None, sign: str) -> str:
    """Draw the progress of a project in percent: now, before (dashed), and planned by now."""
    parts = [f'<rect class="rest" x="0" y="9" width="{WIDTH}" height="10"/>']
    if done is not None:
        parts.append(f'<rect class="done {sign}" x="0" y="9" width="{_x(done)}" height="10"/>')
    if before is not None:
        parts.append(f'<path class="was" d="M{_x(before)} 6v16"/>')
    if planned is not None:
        parts.append(f'<path class="due" d="M{_x(planned)} 5v18"/>')
    return _svg("".join(parts))


def _svg(content: str) -> str:
    return (
        f'<svg class="before-after" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{content}</svg>'
    )


def _x(percent: float) -> str:
    return f"{WIDTH * min(max(percent, 0), 100) / 100:.1f}"


def _path(dots: Sequence[tuple[float, float]], kind: str) -> str:
    if len(dots) < 2:  # noqa: PLR2004  # a line needs two
        return ""
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in dots)
    return f'<path class="{kind}" d="M{steps}"/>'


def _dot(dot: tuple[float, float], kind: str, radius: float) -> str:
    return f'<circle class="{kind}" cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="{radius}"/>'


class _Scale:
    """Places of points in the drawing."""

    def __init__(self, points: Sequence[Point]) -> None:
        days = [day.toordinal() for day, _ in points]
        values = [value for _, value in points]
        self._first, self._days = min(days), max(days) - min(days)
        self._low, self._span = min(values), max(values) - min(values) or 1

    def __call__(self, point: Point) -> tuple[float, float]:
        day, value = point
        share = (day.toordinal() - self._first) / self._days if self._days else 1
        x = EDGE + share * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (value - self._low) / self._span * (HEIGHT - 2 * EDGE)
        return x, y
