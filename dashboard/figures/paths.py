"""Lines of compared territories over time, with a band around them and breaks, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.figures.axis import Axis, axis
from dashboard.figures.marks import mark
from dashboard.figures.trend import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dashboard.figures.trend import Segment

WIDTH, HEIGHT = 620, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 170, 16, 28
STEP = 17
LABEL = 8  # px of a letter of a period's name


@dataclass(frozen=True, slots=True)
class Path:
    """A line: points (day, value, label of the period), joints; no position is the mean's."""

    name: str
    points: Sequence[tuple[date, float, str]]
    segments: Sequence[Segment]
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """An area between two values at each day, of one kind (`range` or `half`)."""

    kind: str
    points: Sequence[tuple[date, float, float]]


def paths(
    lines: Sequence[Path],
    write: Callable[[float], str],
    *,
    bands: Sequence[Band] = (),
    breaks: Sequence[tuple[date, str]] = (),
) -> str:
    """Return SVG of the lines; a break is a vertical line with its name, which no line crosses."""
    days = [day.toordinal() for line in lines for day, _, _ in line.points]
    values = [value for line in lines for _, value, _ in line.points]
    values += [v for band in bands for _, low, high in band.points for v in (low, high)]
    across = Axis(min(days), max(days), LEFT, WIDTH - RIGHT)
    up = axis(values, HEIGHT - BOTTOM, TOP)
    svg = _grid(lines, across, up, write)
    svg += "".join(_band(band, across, up) for band in bands)
    for day, text in breaks:
        x = across.place(day.toordinal())
        ends = f'y1="{TOP}" y2="{HEIGHT - BOTTOM}"'
        svg += f'<line class="break-line" x1="{x:.1f}" x2="{x:.1f}" {ends}/>'
        svg += f'<text class="tick" x="{x - 4:.1f}" y="{TOP + 10}" text-anchor="end">'
        svg += f"{escape(text)}</text>"
    svg += "".join(_line(line, across, up) for line in lines)
    svg += _names(lines, up, write)
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{svg}</svg>'


def _grid(lines: Sequence[Path], across: Axis, up: Axis, write: Callable[[float], str]) -> str:
    svg = ""
    for tick in up.ticks():
        y = up.place(tick)
        svg += f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        svg += f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
        svg += f"{escape(write(tick))}</text>"
    labels = sorted({(day.toordinal(), text) for line in lines for day, _, text in line.points})
    right = float("inf")
    for day, text in reversed(labels):
        x = across.place(day)
        if x + LABEL * len(text) > right:
            continue
        right = x
        svg += f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="middle">'
        svg += f"{escape(text)}</text>"
    return svg


def _band(band: Band, across: Axis, up: Axis) -> str:
    if len(band.points) == 1:  # a single period is as wide as a dot
        ((day, low, high),) = band.points
        x, top, bottom = across.place(day.toordinal()), up.place(high), up.place(low)
        size = f'width="8" height="{bottom - top:.1f}"'
        return f'<rect class="{band.kind}" x="{x - 4:.1f}" y="{top:.1f}" {size}/>'
    edges = [
        (across.place(day.toordinal()), up.place(low), up.place(high))
        for day, low, high in band.points
    ]
    outline = [f"{x:.1f},{high:.1f}" for x, _, high in edges]
    outline += [f"{x:.1f},{low:.1f}" for x, low, _ in reversed(edges)]
    return f'<polygon class="{band.kind}" points="{" ".join(outline)}"/>'


def _line(line: Path, across: Axis, up: Axis) -> str:
    places = [(across.place(day.toordinal()), up.place(value)) for day, value, _ in line.points]
    kind = "mean" if line.position is None else f"trail t{line.position}"
    svg = ""
    for (before, after), segment in zip(pairwise(places), line.segments, strict=True):
        if segment != "broken":
            dashed = "" if segment == "solid" else " dashed"
            svg += (
                f'<line class="{kind}{dashed}" x1="{before[0]:.1f}" y1="{before[1]:.1f}" '
                f'x2="{after[0]:.1f}" y2="{after[1]:.1f}"/>'
            )
    if line.position is None:
        return svg + "".join(
            f'<circle class="mean-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places
        )
    return svg + "".join(
        mark(line.position, x, y, 1 if i == len(places) - 1 else 0.6)
        for i, (x, y) in enumerate(places)
    )


def _names(lines: Sequence[Path], up: Axis, write: Callable[[float], str]) -> str:
    ends = sorted(lines, key=lambda line: -line.points[-1][1])
    heights = spread([up.place(line.points[-1][1]) for line in ends], STEP, TOP, HEIGHT - BOTTOM)
    svg = ""
    for line, y in zip(ends, heights, strict=True):
        text = f"{line.name} {write(line.points[-1][1])}"
        svg += f'<text class="name" x="{WIDTH - RIGHT + 14}" y="{y + 4:.1f}">{escape(text)}</text>'
    return svg
