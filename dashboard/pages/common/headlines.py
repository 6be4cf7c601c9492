"""Headline and lead indicators of the policy areas, and the order of an area's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node

MIN_TREND = 3  # periods; two points are not a trend
HEADLINES_PER_AREA = 3


def headline_indicators(context: Context, node: Node) -> list[Indicator]:
    """Return an area's declared headlines; one whose series has stopped heads nothing."""
    indicators = context.catalog.indicators
    headlines = [indicators[name] for name in node.headlines if name in indicators]
    return [i for i in headlines if not has_stopped(context, i)][:HEADLINES_PER_AREA]


def has_stopped(context: Context, indicator: Indicator) -> bool:
    """Say whether the last reading of a loaded indicator is older than its source's cadence."""
    lines = [
        context.data.aggregate(indicator.id, territory.territory)
        for territory in (context.catalog.metro, *context.catalog.zones)
    ]
    loaded = [line for line in lines if line]
    loaded = loaded or list(context.data.municipal_series(indicator.id).values())
    return bool(loaded) and not any(context.data.is_current(line) for line in loaded)


def loaded_indicators(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return the loaded indicators of an area: headlines, then trends, the newest first."""
    loaded = {i.id: i for i in context.data.indicators if i.area == node.id}
    by_age = sorted(loaded, key=lambda name: _trend_and_year(context, name), reverse=True)
    headlines = [indicator.id for indicator in headline_indicators(context, node)]
    names = dict.fromkeys([*headlines, *by_age])
    return tuple(loaded[name] for name in names if name in loaded)


def current_indicators(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return the loaded indicators of an area whose series have not stopped, in the same order."""
    return tuple(i for i in loaded_indicators(context, node) if not has_stopped(context, i))


def _trend_and_year(context: Context, indicator: str) -> tuple[bool, str]:
    """Return whether an indicator has a trend, and the year of its last value."""
    line = context.data.aggregate(indicator, context.catalog.metro.territory)
    return (len(line.points) >= MIN_TREND, line.last.period[:4]) if line else (False, "")


def lead_indicators(context: Context) -> tuple[Indicator, ...]:
    """Return the first loaded indicator of each policy area that has a metropolitan value."""
    metro = context.catalog.metro.territory
    leads = (
        next(
            (
                indicator
                for indicator in current_indicators(context, node)
                if (indicator.id, metro) in context.data.aggregate_series
            ),
            None,
        )
        for node in context.catalog.areas
    )
    return tuple(indicator for indicator in leads if indicator)
