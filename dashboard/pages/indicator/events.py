"""Events and breaks on the trend of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.indicator.index import drawn_periods
from warehouse import formatting

if TYPE_CHECKING:
    from datetime import date

    from dashboard.context import Context

HIDDEN = "off"  # in the address


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event on the chart: its day, and what is named under it."""

    day: date
    when: str
    title: str
    source: str
    address: str
    is_official: bool


def all_events(context: Context) -> list[MarkedEvent]:
    """Return the declared events of the indicator within the periods drawn, oldest first."""
    available = drawn_periods(context)
    if not available:
        return []
    first, last = formatting.start(available[0]), formatting.start(available[-1])
    events = (
        MarkedEvent(
            day,
            context.format.period(event.date),
            context.translate(event.title),
            context.translate(event.source),
            event.address,
            event.confidence == "A",
        )
        for event in context.catalog.events
        if context.indicator.id in event.indicators
        and first <= (day := formatting.start(event.date)) <= last
    )
    return sorted(events, key=lambda event: event.day)


def marked_events(context: Context) -> list[MarkedEvent]:
    """Return the events to draw: none where the reader has switched them off."""
    return [] if context.selection.events == HIDDEN else all_events(context)


def break_lines(context: Context) -> list[tuple[date, str]]:
    """Return the days of the declared breaks within the periods, and their short names."""
    available = drawn_periods(context)
    if not available:
        return []
    first, last = formatting.start(available[0]), formatting.start(available[-1])
    return [
        (day, context.text("compare.break_at", period=context.format.period(period)))
        for period in context.indicator.breaks
        if first < (day := formatting.start(period)) <= last
    ]
