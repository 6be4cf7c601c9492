"""Small multiples: one little chart a territory, all on the same scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 118, 84
LEFT, RIGHT, TOP, BOTTOM = 4, 8, 6, 18

Points = Sequence[tuple[int, float, str]]  # day as ordinal, value, how joined to the next


@dataclass(frozen=True)
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
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def scale(lines: Sequence[Points], ticks: int = 4) -> Scale:
    """Return the scale that holds all lines, with about `ticks` round gridlines."""
    days = [d for line in lines for d, _, _ in line]
    values = [v for line in lines for _, v, _ in line]
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1) * 0.06
    step = _round((high - low or abs(high) or 1) / ticks)
    first = -(-(low - room) // step)
    marks = []
    while first * step <= high + room:
        marks.append(round(first * step, 6))
        first += 1
    return Scale(min(days), max(days), low - room, high + room, tuple(marks))


def _round(step: float) -> float:
    size = 1.0
    while size > step:
        size /= 10
    while size * 10 <= step:
        size *= 10
    return next(m * size for m in (1, 2, 5, 10) if m * size >= step)


def background(lines: Mapping[str, Points], on: Scale) -> str:
    """Return the SVG that every multiple shares: gridlines and all lines, quiet."""
    grid = "".join(f'<path class="grid" d="M0 {on.y(t):.1f}H{WIDTH}"/>' for t in on.ticks)
    quiet = "".join(
        f'<path class="{kind}" d="{d}"/>'
        for line in lines.values()
        for kind, d in zip(("quiet", "quiet dash"), _paths(line, on), strict=True)
        if d
    )
    return grid + quiet


def axis(on: Scale, write: Callable[[float], str]) -> str:
    """Return the numbers of the gridlines, left of the first multiple."""
    return "".join(
        f'<text x="-10" y="{on.y(t) + 4:.1f}" text-anchor="end">{escape(write(t))}</text>'
        for t in on.ticks
    )


def foreground(line: Points, mean: Points | None, on: Scale, ends: tuple[str, str]) -> str:
    """Return the SVG of one territory: the mean, its own line and dots, first and last period."""
    drawn = ""
    for kind, points in (("mean", mean), ("own", line)):
        if points:
            solid, dashed = _paths(points, on)
            drawn += f'<path class="{kind}" d="{solid}"/><path class="{kind} dash" d="{dashed}"/>'
    dots = "".join(
        f'<circle cx="{on.x(d):.1f}" cy="{on.y(v):.1f}" r="{3.4 if i == len(line) - 1 else 1.8}"/>'
        for i, (d, v, _) in enumerate(line)
    )
    base = HEIGHT - 4
    words = f'<text x="{LEFT}" y="{base}">{ends[0]}</text>'
    words += f'<text x="{WIDTH - RIGHT}" y="{base}" text-anchor="end">{ends[1]}</text>'
    return drawn + dots + words


def _paths(points: Points, on: Scale) -> tuple[str, str]:
    parts: tuple[list[str], list[str]] = ([], [])
    for (day, value, segment), (to_day, to_value, _) in pairwise(points):
        if segment == "broken":
            continue
        step = f"M{on.x(day):.1f} {on.y(value):.1f}L{on.x(to_day):.1f} {on.y(to_value):.1f}"
        parts[0 if segment == "solid" else 1].append(step)
    return "".join(parts[0]), "".join(parts[1])
