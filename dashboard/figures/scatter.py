"""Two indicators against each other: all places as rings, some with their past, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

from dashboard.figures.axis import Axis, axis
from dashboard.figures.dots import Dot, dots
from dashboard.figures.marks import mark
from dashboard.figures.trend import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.figures.trend import Segment

WIDTH, HEIGHT = 620, 400
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 26, 44
STEP = 17  # px between two names
NAME_WIDTH = 7.2  # px of a letter, to keep a name inside
FAR = 36  # px from the last point, under which the first has no space for its period
DOT = 0.45  # size of a past point against the last


@dataclass(frozen=True, slots=True)
class Trail:
    """A chosen place: its points (x, y, label of the period), oldest first, and their joints."""

    position: int
    name: str
    points: Sequence[tuple[float, float, str]]
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Goal:
    """A line at a value that is to be reached, across or up, with its text."""

    value: float
    text: str
    is_across: bool


def scatter(
    places: Sequence[Dot],
    trails: Sequence[Trail],
    titles: tuple[str, str],
    write: tuple[Callable[[float], str], Callable[[float], str]],
    goals: Sequence[Goal] = (),
) -> str:
    """Return SVG of `places` (x, y, name), trails and goals; `titles`, `write` are of x and y."""
    xs = [x for x, _, _ in places] + [p[0] for trail in trails for p in trail.points]
    ys = [y for _, y, _ in places] + [p[1] for trail in trails for p in trail.points]
    xs += [goal.value for goal in goals if goal.is_across]
    ys += [goal.value for goal in goals if not goal.is_across]
    across, up = axis(xs, LEFT, WIDTH - RIGHT), axis(ys, HEIGHT - BOTTOM, TOP)
    svg = _grid(across, up, titles, write)
    svg += dots([(across.place(x), up.place(y), name) for x, y, name in places])
    svg += "".join(_goal(goal, across if goal.is_across else up) for goal in goals)
    svg += "".join(_trail(trail, across, up) for trail in trails)
    svg += _names(trails, across, up)
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{svg}</svg>'


def _grid(
    across: Axis,
    up: Axis,
    titles: tuple[str, str],
    write: tuple[Callable[[float], str], Callable[[float], str]],
) -> str:
    svg = ""
    for tick in up.ticks():
        y = up.place(tick)
        svg += f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        svg += f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
        svg += f"{escape(write[1](tick))}</text>"
    for tick in across.ticks(6):
        svg += f'<text class="tick" x="{across.place(tick):.1f}" y="{HEIGHT - BOTTOM + 18}" '
        svg += f'text-anchor="middle">{escape(write[0](tick))}</text>'
    svg += f'<text class="tick" x="0" y="13">↑ {escape(titles[1])}</text>'
    end = f'x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end"'
    return svg + f'<text class="tick" {end}>{escape(titles[0])} →</text>'


def _goal(goal: Goal, scale: Axis) -> str:
    place = scale.place(goal.value)
    if goal.is_across:
        ends = f'x1="{place:.1f}" x2="{place:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"'
        text = f'x="{place + 6:.1f}" y="{TOP + 6}"'
    else:
        ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"'
        text = f'x="{WIDTH - RIGHT}" y="{place - 6:.1f}" text-anchor="end"'
    return f'<line class="goal" {ends}/><text class="name" {text}>{escape(goal.text)}</text>'


def _trail(trail: Trail, across: Axis, up: Axis) -> str:
    places = [(across.place(x), up.place(y)) for x, y, _ in trail.points]
    svg = ""
    for (before, after), segment in zip(pairwise(places), trail.segments, strict=True):
        dashed = "" if segment == "solid" else " dashed"
        svg += (
            f'<line class="trail t{trail.position}{dashed}" x1="{before[0]:.1f}" '
            f'y1="{before[1]:.1f}" x2="{after[0]:.1f}" y2="{after[1]:.1f}"/>'
        )
    svg += "".join(mark(trail.position, x, y, DOT) for x, y in places[:-1])
    if len(places) > 1 and dist(places[0], places[-1]) >= FAR:
        x, y = places[0]
        svg += f'<text class="tick" x="{x:.1f}" y="{y + 17:.1f}" text-anchor="middle">'
        svg += f"{escape(trail.points[0][2])}</text>"
    return svg + mark(trail.position, *places[-1], 1.15)


def _names(trails: Sequence[Trail], across: Axis, up: Axis) -> str:
    """Return the names beside the last points, on the side with space, pushed apart."""
    svg = ""
    ends = [(t, across.place(t.points[-1][0]), up.place(t.points[-1][1])) for t in trails]
    for is_right in (True, False):
        side = sorted(
            (e for e in ends if _fits(e[0].name, e[1]) == is_right), key=lambda end: end[2]
        )
        heights = spread([y for _, _, y in side], STEP, TOP, HEIGHT - BOTTOM)
        for (trail, x, _), y in zip(side, heights, strict=True):
            left, anchor = (x + 11, "start") if is_right else (x - 11, "end")
            svg += f'<text class="name" x="{left:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">'
            svg += f"{escape(trail.name)}</text>"
    return svg


def _fits(name: str, x: float) -> bool:
    return x + 11 + NAME_WIDTH * len(name) < WIDTH - RIGHT
