"""Timeline of a project or a step as SVG: first plan, work done, forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

END_MARGIN = 0.15  # of the span, after the last day, for the notes at the ends
HEAD, NAMES_WIDTH, RIGHT_SPACE = 26, 400, 20  # px of the timeline of a file
NEAR = 9  # percent between today and the name of a year
RIGHTMOST = 91  # percent of the width after which a note is left of its mark


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last` across the width."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return the place of a day in percent of the width, inside it."""
        share = 100 * (day - self.first).days / ((self.last - self.first).days or 1)
        return min(100.0, max(0.0, share))

    @property
    def years(self) -> list[tuple[int, float]]:
        """The first of January of each year on the axis, with its place."""
        years = range(
            self.first.year + (self.first > date(self.first.year, 1, 1)), self.last.year + 1
        )
        return [(year, self.x(date(year, 1, 1))) for year in years]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: the first plan; done from `start` to `done`; expected to end on `forecast`.

    `range` is between which days the end is likely.
    `done` is the last day of work so far, `reached` says that it is also the end.
    """

    planned: tuple[date, date] | None
    start: date | None
    done: date | None
    forecast: date | None = None
    range: tuple[date, date] | None = None
    reached: bool = False
    late: bool = False
    note: str = ""

    @property
    def days(self) -> list[date]:
        """The days that the axis must reach."""
        days = (*(self.planned or ()), self.start, self.done, self.forecast, *(self.range or ()))
        return [day for day in days if day]


def time_axis(days: Sequence[date]) -> Axis:
    """Return the axis of the years of `days`, with a margin after the last day."""
    first, last = date(min(days).year, 1, 1), max(days)
    return Axis(first, date.fromordinal(last.toordinal() + round((last - first).days * END_MARGIN)))


def row(bar: Bar, axis: Axis, today: date, *, height: int = 42, marks: bool = True) -> str:
    """Return SVG of one row; `marks` adds the diamond at its end and its note."""
    top, below = height // 2 - 9, height // 2 - 1
    svg = "".join(
        f'<line class="year" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>' for _, x in axis.years
    )
    if bar.planned:
        svg += _bar("first", axis, bar.planned, top, 5)
    state = "late" if bar.late else "on-time"
    if bar.start and bar.done:
        svg += _bar(f"done {state}", axis, (bar.start, bar.done), below, 11)
    if bar.forecast and (bar.done or today) < bar.forecast:
        svg += _bar(f"forecast {state}", axis, (bar.done or today, bar.forecast), below, 11)
    if bar.range:
        svg += _whisker(axis, bar.range, below + 15)
    x = f"{axis.x(today):.2f}%"
    svg += f'<line class="today" x1="{x}" x2="{x}" y1="0" y2="100%"/>'
    end = bar.done if bar.reached else bar.forecast
    if marks and end:
        svg += _end(axis.x(end), below + 5.5, reached=bar.reached, note=bar.note)
    return f'<svg class="gantt" height="{height}" aria-hidden="true">{svg}</svg>'


def timeline(
    rows: Sequence[tuple[str, str, str]],
    axis: Axis,
    today: tuple[date, str],
    height: int,
    width: int,
) -> tuple[str, int]:
    """Return SVG of `rows` (name, share, drawing by `row`) under their years, and its height."""
    left, day = NAMES_WIDTH, axis.x(today[0])
    span = width - left - RIGHT_SPACE
    years = [(str(year), x, "quiet-text") for year, x in axis.years if abs(x - day) > NEAR]
    svg = "".join(
        f'<text class="{kind}" x="{left + x * span / 100:.1f}" y="14" text-anchor="middle"'
        f' font-size="13">{escape(text)}</text>'
        for text, x, kind in [*years, (today[1], day, "")]
        if x < RIGHTMOST or kind == ""
    )
    for position, (name, share, drawing) in enumerate(rows):
        top = HEAD + height * position
        middle = top + height / 2
        svg += f'<path class="rule" d="M0 {top}H{width}"/>'
        svg += f'<text y="{middle}" dy=".35em" font-size="15">{escape(name)}</text>'
        svg += f'<text x="{left - 16}" y="{middle}" dy=".35em" text-anchor="end" font-size="15"'
        svg += f' font-weight="600">{escape(share)}</text>'
        svg += drawing.replace("<svg ", f'<svg x="{left}" y="{top}" width="{span}" ', 1)
    return svg, HEAD + height * len(rows)


def _bar(kind: str, axis: Axis, span: tuple[date, date], y: float, height: int) -> str:
    start, end = axis.x(span[0]), axis.x(span[1])
    return (
        f'<rect class="{kind}" x="{start:.2f}%" y="{y}" width="{max(end - start, 0.3):.2f}%" '
        f'height="{height}"/>'
    )


def _whisker(axis: Axis, span: tuple[date, date], y: float) -> str:
    start, end = (f"{axis.x(day):.2f}%" for day in span)
    ends = "".join(
        f'<line class="range" x1="{x}" x2="{x}" y1="{y - 3}" y2="{y + 3}"/>' for x in (start, end)
    )
    return f'<line class="range" x1="{start}" x2="{end}" y1="{y}" y2="{y}"/>{ends}'


def _end(x: float, y: float, *, reached: bool, note: str) -> str:
    mark = "reached" if reached else "expected"
    anchor, dx = ("end", -12) if x > RIGHTMOST else ("start", 12)
    text = f'<text x="{dx}" y="4.5" text-anchor="{anchor}">{escape(note)}</text>' if note else ""
    return (
        f'<svg x="{x:.2f}%" y="{y}" overflow="visible">'
        f'<path class="{mark}" d="M0-7.5L7.5 0 0 7.5-7.5 0z"/>{text}</svg>'
    )
