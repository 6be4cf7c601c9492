"""Lines of an indicator's targets on its trend: the value from its date, the path to it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dashboard.figures.trend import Line
from dashboard.pages.indicator.strip import subject
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.context import Context
    from warehouse.declarations.targets import Target

MOST_YEARS = 10  # after the last value; a later target would press the trend together


def target_lines(context: Context, lines: Sequence[Line]) -> list[Line]:
    """Return what is drawn of the targets of the territories, or of none, beside their lines."""
    days = [day for line in lines for day, _, _ in line.points]
    if not days:
        return []
    places = subject(context).territory, *context.highlighted
    drawn = (
        _target(context, goal, number, (min(days).isoformat(), max(days).isoformat()))
        for number, goal in enumerate(context.indicator.targets, start=1)
        if formatting.start(goal.period).year - max(days).year <= MOST_YEARS
        and goal.concerns(*places)
    )
    return list(chain.from_iterable(drawn))


def _target(context: Context, goal: Target, number: int, span: tuple[str, str]) -> Iterator[Line]:
    """Yield a solid line from the target's date, and a dashed path from its baseline."""
    first, last = (formatting.start(day) for day in span)
    due = formatting.start(goal.period)
    label = context.format.period(goal.period)
    name = context.text(f"target.line_{goal.flag}")
    if goal.territory:
        name = f"{name}, {context.catalog.territories[goal.territory].short}"
    if due < last:
        end = context.format.period(span[1])
        ends = [(max(first, due), goal.value, label), (last, goal.value, end)]
        yield Line(f"target-{number}", name, "target", ends, ["solid"], context.href())
    elif goal.baseline and goal.baseline_value is not None:
        start = formatting.start(goal.baseline)
        begin = (start, goal.baseline_value, context.format.period(goal.baseline))
        path = [begin, (due, goal.value, label)]
        yield Line(f"target-{number}", f"{name} {label}", "target", path, ["dashed"],
                   context.href())  # fmt: skip
    elif goal.in_force and formatting.start(goal.in_force) < due:
        since = formatting.start(goal.in_force)
        begin = (since, goal.value, context.format.period(goal.in_force))
        ends = [begin, (due, goal.value, label)]
        yield Line(f"target-{number}", f"{name} {label}", "target", ends, ["solid"],
                   context.href())  # fmt: skip
    else:
        point = [(due, goal.value, label)]
        yield Line(f"target-{number}", f"{name} {label}", "target", point, [], context.href())
