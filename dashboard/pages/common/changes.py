"""The last value of a series in words: its change, its coverage, its sparkline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures import sparkline as figure
from dashboard.series import first_break, segments
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.series import Change, Series
    from warehouse.declarations.models import Indicator


def amount(context: Context, change: Change, indicator: Indicator) -> str:
    """Write a change with its sign and unit: `+0,3 p.p.`, `−1,2 %`, `+3,9`."""
    decimals = 1 if change.kind == "percent" else indicator.decimals
    text = context.format.number(change.amount, decimals, signed=True)
    if change.kind == "absolute":
        return text
    return text + formatting.NBSP + context.text(f"change.{change.kind}")


def span(context: Context, before: str, after: str) -> str:
    """Write the time between two periods: `in un anno`, `in 108 giorni`, `dal 2013`."""
    days = (formatting.start(after) - formatting.start(before)).days
    if "S" not in after and len(after) == len("2023-06-30"):
        return context.text("span.days", n=days)
    if len(after) == len("2023-06") and days in (365, 366):
        return context.text("span.months", n=12)
    if len(after) == len("2023") and int(after) - int(before) == 1:
        return context.text("span.year")
    return context.text("span.since", period=context.format.period(before))


def movement(context: Context, series: Series, change: Change | None) -> str:
    """Write how the last value changed and over which time, or why there is no change."""
    if change is None:
        return absence(context, series)
    indicator = context.catalog.indicators[series.indicator]
    return f"{amount(context, change, indicator)} {span(context, change.since, series.last_period)}"


def absence(context: Context, series: Series) -> str:
    """Say why a series has no change: a single reading, or another method since a period."""
    if len(series.points) == 1:
        return context.text("headline.single")
    indicator = context.catalog.indicators[series.indicator]
    before = series.reference or series.points[0]
    period = first_break(indicator, before.period, series.last_period)
    return context.text("change.broken", period=context.format.period(period))


def stopped(context: Context, series: Series) -> str:
    """Say since when a series has stopped; empty where its last reading is current."""
    if context.data.is_current(series):
        return ""
    return context.text("change.stopped", period=context.format.period(series.last_period))


def sparkline(context: Context, series: Series) -> str:
    """Draw the sparkline of a series."""
    indicator = context.catalog.indicators[series.indicator]
    points = [(formatting.start(p.period), p.value) for p in series.points]
    return figure.sparkline(points, segments(series, indicator))


def partial_note(context: Context, line: Series) -> str:
    """Say which share of residents the last value covers; empty for a complete one."""
    return coverage_note(context, line.last)


def coverage_note(context: Context, point: Point) -> str:
    """Say which share of residents a partial value covers; empty for a complete one."""
    if point.coverage >= context.config.thresholds.complete_coverage:
        return ""
    return context.text("partial", share=context.format.number(100 * point.coverage, 0))
