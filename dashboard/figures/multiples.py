"""Small multiples: one little chart for each territory, all on the same scale, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from dashboard.figures.ticks import round_step

WIDTH, HEIGHT = 118, 84
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 4, 8, 6, 18
MOST_QUIET_LINES = 24  # more would be one grey area, in each of as many charts

Points = Sequence[tuple[int, float, str]]  # day as ordinal, value, segment to the next point
Paths = tuple[str, str]  # of the solid and of the dashed segments of a line


@dataclass(frozen=True, slots=True)
class Scale:
    """The shared scale: days as ordinals, values, and the values of the gridlines."""

    first: int
    last: int
    low: float
    high: float
    ticks: tuple[float, ...]

    def x(self, day: float) -> float:
        """Return the horizontal place of a day."""
        share = (day - self.first) / ((self.last - self.first) or 1)
        return MARGIN_LEFT + share * (WIDTH - MARGIN_LEFT - MARGIN_RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return HEIGHT - MARGIN_BOTTOM - share * (HEIGHT - MARGIN_TOP - MARGIN_BOTTOM)


def shared_scale(lines: Sequence[Points], ticks: int = 4) -> Scale:
    """Return the scale that holds all lines, with about `ticks` round gridlines."""
    days = [day for line in lines for day, _, _ in line]
    values = [value for line in lines for _, value, _ in line]
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1) * 0.06
    step = round_step((high - low or abs(high) or 1) / ticks)
    first = -(-(low - margin) // step)
    gridlines = []
    while first * step <= high + margin:
        gridlines.append(round(first * step, 6))
        first += 1
    return Scale(min(days), max(days), low - margin, high + margin, tuple(gridlines))


def background(lines: Iterable[Paths], scale: Scale) -> str:
    """Return the SVG that every multiple shares: gridlines and, if not too many, all lines."""
    paths = tuple(lines)
    grid = "".join(f'<path class="grid" d="M0 {scale.y(t):.1f}H{WIDTH}"/>' for t in scale.ticks)
    quiet = "".join(
        f'<path class="{kind}" d="{d}"/>'
        for line in (paths if len(paths) <= MOST_QUIET_LINES else ())
        for kind, d in zip(("quiet", "quiet dash"), line, strict=True)
        if d
    )
    return grid + quiet


def axis(scale: Scale, write: Callable[[float], str]) -> str:
    """Return the numbers of the gridlines, left of the first multiple."""
    return "".join(
        f'<text x="-10" y="{scale.y(tick) + 4:.1f}" text-anchor="end">{escape(write(tick))}</text>'
        for tick in scale.ticks
    )


def foreground(
    line: Points, path: Paths, mean: Paths | None, scale: Scale, ends: tuple[str, str]
) -> str:
    """Return the SVG of one territory: the mean, its own line and dots, first and last period."""
    lines = ""
    for kind, paths in (("mean", mean), ("own", path)):
        if paths:
            solid, dashed = paths
            lines += f'<path class="{kind}" d="{solid}"/><path class="{kind} dash" d="{dashed}"/>'
    radii = [1.8] * (len(line) - 1) + [3.4]
    dots = "".join(
        f'<circle cx="{scale.x(day):.1f}" cy="{scale.y(value):.1f}" r="{radius}"/>'
        for (day, value, _), radius in zip(line, radii, strict=True)
    )
    base = HEIGHT - 4
    periods = f'<text x="{MARGIN_LEFT}" y="{base}">{ends[0]}</text>'
    periods += f'<text x="{WIDTH - MARGIN_RIGHT}" y="{base}" text-anchor="end">{ends[1]}</text>'
    return lines + dots + periods


def paths(points: Points, scale: Scale) -> Paths:
    """Return the paths of the solid and of the dashed segments."""
    solid, dashed = "", ""
    places = [f"{scale.x(day):.1f} {scale.y(value):.1f}" for day, value, _ in points]
    for (place, next_place), (_, _, segment) in zip(pairwise(places), points, strict=False):
        step = f"M{place}L{next_place}"
        if segment == "solid":
            solid += step
        elif segment != "broken":
            dashed += step
    return solid, dashed
