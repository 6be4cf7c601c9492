"""Values of many places in rows, one row for each group, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dashboard.figures.axis import axis
from dashboard.figures.dots import dots
from dashboard.figures.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH = 620
NAMES, RIGHT, TOP, ROW = 150, 20, 8, 30


@dataclass(frozen=True, slots=True)
class Strip:
    """A group: its dots (value, name), its own value, its middle half, and the marked places."""

    name: str
    dots: Sequence[tuple[float, str]]
    value: float | None
    half: tuple[float, float] | None
    marked: Sequence[tuple[float, int]] = ()
    position: int | None = None  # of the group itself, where it is chosen


def strips(
    rows: Sequence[Strip], mean: float | None, write: Callable[[float], str], mean_name: str
) -> str:
    """Return SVG of the rows on one scale, with a line at `mean`."""
    values = [v for row in rows for v, _ in (*row.dots, *row.marked)]
    values += [row.value for row in rows if row.value is not None]
    scale = axis(values, NAMES, WIDTH - RIGHT)
    height = TOP + ROW * len(rows) + 40
    foot = TOP + ROW * len(rows)
    svg = ""
    for tick in scale.ticks(6):
        x = scale.place(tick)
        svg += f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{foot}"/>'
        svg += f'<text class="tick" x="{x:.1f}" y="{foot + 16}" text-anchor="middle">'
        svg += f"{escape(write(tick))}</text>"
    if mean is not None:
        x = scale.place(mean)
        svg += f'<line class="mean" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{foot + 22}"/>'
        svg += f'<text class="name" x="{x:.1f}" y="{foot + 35}" text-anchor="middle">'
        svg += f"{escape(mean_name)}</text>"
    for number, row in enumerate(rows):
        svg += _row(row, TOP + ROW * (number + 0.5), scale.place)
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{svg}</svg>'


def _row(row: Strip, y: float, place: Callable[[float], float]) -> str:
    kind = "tick" if row.position is None and not row.marked else "name"
    svg = f'<text class="{kind}" x="{NAMES - 12}" y="{y + 4}" text-anchor="end">'
    svg += f"{escape(row.name)}</text>"
    if row.half:
        low, high = map(place, row.half)
        width = max(high - low, 1)
        svg += f'<rect class="half" x="{low:.1f}" y="{y - 8}" width="{width:.1f}" height="16"/>'
    svg += dots([(place(value), y, name) for value, name in row.dots])
    if row.value is not None:
        x = place(row.value)
        if row.position is None:
            svg += (
                f'<line class="tick-mark" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 10}" y2="{y + 10}"/>'
            )
        else:
            svg += mark(row.position, x, y, 1.15)
    return svg + "".join(mark(position, place(value), y, 1.15) for value, position in row.marked)
