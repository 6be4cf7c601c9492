"""Headline and lead indicators of the policy areas, and the order of an area's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node

MIN_TREND = 3  # periods; two points are not a trend
HEADLINES_PER_AREA = 3
VERDICTS = frozenset({"better", "stable", "worse"})


def headline_indicators(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return an area's declared headlines; one whose series has stopped heads nothing."""
    return context.data.once(_headlines, tuple(node.headlines))


def has_stopped(context: Context, indicator: Indicator) -> bool:
    """Say whether the last reading of a loaded indicator is older than its source's cadence."""
    return context.data.once(_has_stopped, indicator.id)


def loaded_indicators(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return the loaded indicators of an area: headlines, then trends, the newest first."""
    return context.data.once(_loaded, node.id, tuple(node.headlines))


def current_indicators(context: Context, node: Node) -> tuple[Indicator, ...]:
    """Return the loaded indicators of an area that count, in the same order.

    They are those whose series have not stopped, one per family.
    """
    return context.data.once(_current, node.id, tuple(node.headlines))


def one_per_family(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Leave out near-duplicates: of a family keep the lead, without it the first."""
    names = {indicator.id for indicator in indicators}
    kept: dict[str, Indicator] = {}
    for indicator in indicators:
        lead = indicator.family or indicator.id
        if indicator.id == lead or lead not in names:
            kept.setdefault(lead, indicator)
    return tuple(kept.values())


def _headlines(data: ReleaseData, names: tuple[str, ...]) -> tuple[Indicator, ...]:
    indicators = data.catalog.indicators
    headlines = [indicators[name] for name in names if name in indicators]
    current = [i for i in headlines if not data.once(_has_stopped, i.id)]
    return one_per_family(current)[:HEADLINES_PER_AREA]


def _has_stopped(data: ReleaseData, indicator: str) -> bool:
    lines = [
        data.aggregate(indicator, territory.territory)
        for territory in (data.catalog.metro, *data.catalog.zones)
    ]
    loaded = [line for line in lines if line]
    loaded = loaded or list(data.municipal_series(indicator).values())
    return bool(loaded) and not any(data.is_current(line) for line in loaded)


def _loaded(data: ReleaseData, area: str, headlines: tuple[str, ...]) -> tuple[Indicator, ...]:
    loaded = {i.id: i for i in data.indicators if i.area == area}
    by_age = sorted(loaded, key=lambda name: _trend_and_year(data, name), reverse=True)
    first = [indicator.id for indicator in data.once(_headlines, headlines)]
    names = dict.fromkeys([*first, *by_age])
    return tuple(loaded[name] for name in names if name in loaded)


def _current(data: ReleaseData, area: str, headlines: tuple[str, ...]) -> tuple[Indicator, ...]:
    indicators = data.once(_loaded, area, headlines)
    return one_per_family([i for i in indicators if not data.once(_has_stopped, i.id)])


def _trend_and_year(data: ReleaseData, indicator: str) -> tuple[bool, str]:
    """Return whether an indicator has a trend, and the year of its last value."""
    line = data.aggregate(indicator, data.catalog.metro.territory)
    return (len(line.points) >= MIN_TREND, line.last_period[:4]) if line else (False, "")


def widest_headline(context: Context) -> Indicator | None:
    """Return the headline that tells the zones apart most, relative to the metropolitan value.

    Its direction is judged: it has a good side, and a verdict on the metropolitan city. Without
    such a headline, the first lead indicator.
    """
    metro = context.catalog.metro.territory
    judged = {
        indicator.id: indicator
        for node in context.catalog.areas
        for indicator in headline_indicators(context, node)
        if indicator.better != "neither" and context.data.sign(indicator.id, metro) in VERDICTS
    }
    if not judged:
        return next(iter(lead_indicators(context)), None)
    return judged[max(judged, key=lambda name: _relative_spread(context, name))]


def _relative_spread(context: Context, indicator: str) -> float:
    """Return the distance between extreme zones over the metropolitan value; 0 where unknown."""
    data = context.data
    lines = [data.aggregate(indicator, zone.territory) for zone in context.catalog.zones]
    values = [line.last_value for line in lines if line]
    whole = data.aggregate(indicator, context.catalog.metro.territory)
    if not values or not whole or not whole.last_value:
        return 0
    return (max(values) - min(values)) / abs(whole.last_value)


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
