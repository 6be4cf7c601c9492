"""The outlook of a territory's trend: its lines on the chart, its sentence on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from dashboard import status_words
from dashboard.figures.trend import Line
from dashboard.pages.indicator.strip import subject
from warehouse import formatting
from warehouse.status.outlook import continuation

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.series import Series
    from dashboard.status import Status
    from warehouse.declarations.targets import Target
    from warehouse.declarations.territories import Territory
    from warehouse.status.outlook import Outlook

SHOWN = "on"  # in the address
ALLOWED = ("slope", "theil_sen")  # the rungs of the ladder with a slope of five points or more
UNJUDGED = (None, "neither")  # reasons without which, or despite which, a trend has a movement
YEARS_AHEAD = 3  # where no target is due later
DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Prospect:
    """The outlook of a territory for the period `due`, and the fitted value that it starts from."""

    place: Territory
    first: str
    last: str
    start: Outlook
    end: Outlook
    due: str
    target: Target | None


def prospect(context: Context) -> Prospect | None:
    """Return the outlook of the page's territory; None where the ladder does not allow one.

    A series that has stopped leads nowhere. It reaches the next target's date, or three years
    ahead, and never further ahead than the points go back.
    """
    place = subject(context)
    line = context.data.series(context.indicator.id, place.territory)
    status = context.data.status(context.indicator.id, place.territory)
    if line is None or status is None or status.slope is None or not _has_trend(status):
        return None
    if not context.data.is_current(line):
        return None
    points = _points(context, line, status)
    years = [_year(point.period) for point in points]
    values = [point.value for point in points]
    is_robust = status.rule == "theil_sen"
    fitted = continuation(years, values, status.slope, "theil_sen" if is_robust else "slope")
    if fitted is None or len(points) != status.points:
        return None
    target = _next_target(context, place, status.last_period)
    due = target.period if target else str(int(status.last_period[:4]) + YEARS_AHEAD)
    if _year(due) - years[-1] > years[-1] - years[0]:
        return None
    bounds = context.indicator.range or (-inf, inf)
    start, end = (fitted.in_year(year, bounds) for year in (years[-1], _year(due)))
    return Prospect(place, status.first_period, status.last_period, start, end, due, target)


def _has_trend(status: Status) -> bool:
    has_movement = status.movement in {"rising", "falling"}
    return status.rule in ALLOWED and status.reason in UNJUDGED and has_movement


def _points(context: Context, line: Series, status: Status) -> list[Point]:
    """Return the points that the slope rests on: final, complete, of the last method."""
    first, last = (formatting.start(p) for p in (status.first_period, status.last_period))
    least = context.config.thresholds.complete_coverage
    return [
        point
        for point in line.points
        if first <= formatting.start(point.period) <= last
        and len(point.period) == len(status.last_period)
        and point.status != "P"
        and point.coverage >= least
    ]


def _next_target(context: Context, place: Territory, last: str) -> Target | None:
    """Return the first target of the territory that is due after its last value."""
    later = [
        goal
        for goal in context.indicator.targets
        if goal.concerns(place.territory) and formatting.start(goal.period) > formatting.start(last)
    ]
    return min(later, key=lambda goal: formatting.start(goal.period), default=None)


def outlook_lines(context: Context) -> list[Line]:
    """Return the continued trend and both ends of its interval, where the reader asks for them."""
    outlook = prospect(context) if context.selection.outlook == SHOWN else None
    if outlook is None:
        return []
    days = formatting.start(outlook.last), formatting.start(outlook.due)
    labels = [context.format.period(period) for period in (outlook.last, outlook.due)]
    ends = {
        "value": (outlook.start.value, outlook.end.value),
        "low": (outlook.start.low, outlook.end.low),
        "high": (outlook.start.high, outlook.end.high),
    }
    return [
        Line(
            key=f"outlook-{name}",
            name=context.text(f"outlook.{name}"),
            role="outlook" if name == "value" else "range",
            points=list(zip(days, values, labels, strict=True)),
            segments=["solid"],
            href=context.href(),
        )
        for name, values in ends.items()
    ]


def outlook_sentence(context: Context) -> str:
    """Say where the trend leads and how surely; empty where there is no outlook."""
    outlook = prospect(context)
    if outlook is None:
        return ""
    indicator, number = context.indicator, context.format.number
    decimals = indicator.decimals
    end = outlook.end
    value, low, high = (number(v, decimals) for v in (end.value, end.low, end.high))
    sentence = context.text(
        "outlook.sentence",
        place=outlook.place.name,
        first=context.format.period(outlook.first),
        last=context.format.period(outlook.last),
        due=context.format.period(outlook.due),
        value=value,
        low=low,
        high=high,
        unit=context.format.unit(indicator),
    )
    if outlook.target and outlook.target.kind != "between":
        goal = outlook.target.value
        key = (
            "above" if goal > outlook.end.high else "below" if goal < outlook.end.low else "inside"
        )
        scope = status_words.scope(context, indicator, outlook.target)
        sentence += " " + context.text(f"outlook.target_{key}", scope=scope)
    return sentence


def _year(period: str) -> float:
    return formatting.start(period).toordinal() / DAYS
