"""Lines of the chosen territory's verdict on the trend: the pace it needs, its normal range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.trend import Line
from dashboard.pages.indicator.strip import subject
from dashboard.pages.indicator.target_lines import MOST_YEARS
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context

BOUNDS = ("limit_low", "centre", "limit_high")


def pace_lines(context: Context) -> list[Line]:
    """Return a dotted line from the last value to each target that is not reached yet."""
    place = subject(context).territory
    line = context.data.series(context.indicator.id, place)
    if line is None:
        return []
    last = line.last
    start = (formatting.start(last.period), last.value, context.format.period(last.period))
    lines = []
    for standing in context.data.standings(context.indicator.id, place):
        goal = context.indicator.targets[int(standing.target) - 1]
        due = formatting.start(goal.period)
        if standing.needed is None or due.year - start[0].year > MOST_YEARS:
            continue
        aim = last.value - standing.distance  # of a band, its nearer end
        end = (due, aim, context.format.period(goal.period))
        name = context.text("trend.pace")
        lines.append(Line(f"pace-{standing.target}", name, "pace", [start, end], ["solid"],
                          context.href()))  # fmt: skip
    return lines


def limit_lines(context: Context) -> list[Line]:
    """Return centre and limits of the chosen territory's control chart, where it has one."""
    place = subject(context).territory
    line = context.data.series(context.indicator.id, place)
    status = context.data.status(context.indicator.id, place)
    if line is None or status is None or status.rule != "xmr":
        return []
    ends = [(formatting.start(p), context.format.period(p))
            for p in (status.first_period, status.last_period)]  # fmt: skip
    return [
        Line(
            key=f"limit-{bound}",
            name=context.text(f"trend.{bound}"),
            role="limit",
            points=[(day, value, label) for day, label in ends],
            segments=["dashed"],
            href=context.href(),
        )
        for bound in BOUNDS
        if (value := getattr(status, bound)) is not None
    ]


def legend(context: Context, lines: Sequence[Line]) -> str:
    """Say what the dotted and the dashed lines of a trend are, if it has any."""
    place = subject(context).short
    roles = {line.role for line in lines}
    said = [context.text(f"trend.legend_{role}", place=place)
            for role in ("pace", "limit", "outlook") if role in roles]  # fmt: skip
    return " · ".join(said)
