"""What the page of an indicator shows: its period, its zone, its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.series import Series
    from warehouse.declarations.territories import Territory


def periods(context: Context) -> list[str]:
    """Return every period in which a municipality or zone has a value, oldest first."""
    found = {p.period for s in zone_series(context).values() for p in s.points}
    found |= {
        p.period
        for s in context.data.municipal_series(context.indicator.id).values()
        for p in s.points
    }
    return sorted(found, key=formatting.start)


def shown_period(context: Context) -> str | None:
    """Return the selected period if there is one with values, else the newest."""
    known = periods(context)
    return (
        context.selection.period
        if context.selection.period in known
        else (known[-1] if known else None)
    )


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
    upper = [*context.catalog.zones, context.catalog.metro]
    found = (
        (t.territory, context.data.aggregate(context.indicator.id, t.territory)) for t in upper
    )
    return {key: series for key, series in found if series}


def reference_series(context: Context) -> dict[str, Series]:
    """Return the series of region and country; none of a sum, which dwarfs its parts."""
    if context.indicator.aggregate == "sum":
        return {}
    places = (t.territory for t in context.catalog.references)
    found = ((code, context.data.aggregate(context.indicator.id, code)) for code in places)
    return {code: series for code, series in found if series}


def municipalities(context: Context) -> tuple[Territory, ...]:
    """Return the municipalities of today, zone by zone."""
    return tuple(p for places in context.data.municipalities.values() for p in places)


def values_at(
    context: Context, level: tuple[Territory, ...], period: str | None
) -> dict[str, float]:
    """Return the values of `level` in `period`, by territory."""
    found = {}
    for place in level:
        line = context.data.series(context.indicator.id, place.territory)
        point = line.point(period) if line and period else None
        if point:
            found[place.territory] = point.value
    return found
