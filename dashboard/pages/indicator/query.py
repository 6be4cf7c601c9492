"""Contents of the page of an indicator: its period, its zone, its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series
    from warehouse.declarations.territories import Territory


def periods(context: Context) -> tuple[str, ...]:
    """Return every period in which a municipality or zone has a value, oldest first."""
    return context.data.once(_periods, context.indicator.id)


def series_breaks(context: Context) -> list[tuple[str, str]]:
    """Return the declared breaks within the loaded periods: the period, and what changed."""
    available = periods(context)
    if not available:
        return []
    first, last = formatting.start(available[0]), formatting.start(available[-1])
    return [
        (context.format.period(period), context.translate(text))
        for period, text in context.indicator.breaks.items()
        if first < formatting.start(period) <= last
    ]


def selected_period(context: Context) -> str | None:
    """Return the selected period if there is one with values, else the newest."""
    available = periods(context)
    if context.selection.period in available:
        return context.selection.period
    return available[-1] if available else None


def focus(context: Context) -> Territory | None:
    """Return the zone that the page is drilled into: the highlighted one, or its parent."""
    for code in context.highlighted:
        place = context.catalog.territories[code]
        if place.level == "zone":
            return place
        if place.level == "municipality" and place.parent:
            return context.catalog.territories[place.parent]
    return None


def zone_series(context: Context) -> dict[str, Series]:
    """Return the series of the zones and the metropolitan city that have values."""
    return _aggregates(context, (*context.catalog.zones, context.catalog.metro))


def reference_series(context: Context) -> dict[str, Series]:
    """Return the series of region and country; none of a sum, which dwarfs its parts."""
    if context.indicator.aggregate == "sum":
        return {}
    return _aggregates(context, context.catalog.references)


def _periods(data: ReleaseData, indicator: str) -> tuple[str, ...]:
    places = (*data.catalog.zones, data.catalog.metro)
    zones = (data.aggregate(indicator, place.territory) for place in places)
    lines = [*filter(None, zones), *data.municipal_series(indicator).values()]
    return tuple(sorted({p for line in lines for p in line.periods()}, key=formatting.start))


def _aggregates(context: Context, territories: tuple[Territory, ...]) -> dict[str, Series]:
    codes = (t.territory for t in territories)
    lines = ((code, context.data.aggregate(context.indicator.id, code)) for code in codes)
    return {code: line for code, line in lines if line}


def municipalities(context: Context) -> tuple[Territory, ...]:
    """Return the present municipalities, zone by zone."""
    return tuple(p for places in context.data.municipalities.values() for p in places)


def point_of(context: Context, place: Territory, period: str | None) -> Point | None:
    """Return the observation of the indicator in a territory and period."""
    line = context.data.series(context.indicator.id, place.territory)
    return line.point(period) if line and period else None


def values_in(
    context: Context, places: tuple[Territory, ...], period: str | None
) -> dict[str, float]:
    """Return the values of `places` in `period`, by territory."""
    return context.data.values(context.indicator.id, places, period)
