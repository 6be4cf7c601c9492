"""What the page of an indicator shows: its period, its zone, its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import formatting

if TYPE_CHECKING:
    from dashboard.context import Page
    from dashboard.series import Series
    from warehouse.declarations.territories import Territory


def periods(page: Page) -> list[str]:
    """Return every period in which a municipality or zone has a value, oldest first."""
    found = {p.period for s in zone_series(page).values() for p in s.points}
    found |= {p.period for s in page.facts.municipal(page.indicator.id).values() for p in s.points}
    return sorted(found, key=formatting.start)


def shown_period(page: Page) -> str | None:
    """Return the selected period if there is one with values, else the newest."""
    known = periods(page)
    return (
        page.selection.period if page.selection.period in known else (known[-1] if known else None)
    )


def focus(page: Page) -> Territory | None:
    """Return the zone that the page is drilled into: the highlighted one, or its parent."""
    for code in page.highlighted:
        place = page.catalog.territories[code]
        if place.level == "zone":
            return place
        if place.level == "municipality" and place.parent:
            return page.catalog.territories[place.parent]
    return None


def zone_series(page: Page) -> dict[str, Series]:
    """Return the series of the zones and the metropolitan city that have values."""
    upper = [*page.catalog.zones, page.catalog.metro]
    found = ((t.territory, page.facts.upper.get((page.indicator.id, t.territory))) for t in upper)
    return {key: series for key, series in found if series}


def reference_series(page: Page) -> dict[str, Series]:
    """Return the series of region and country; none of a sum, which dwarfs its parts."""
    if page.indicator.aggregate == "sum":
        return {}
    places = (t.territory for t in page.catalog.references)
    found = ((code, page.facts.upper.get((page.indicator.id, code))) for code in places)
    return {code: series for code, series in found if series}


def municipalities(page: Page) -> tuple[Territory, ...]:
    """Return the municipalities of today, zone by zone."""
    return tuple(p for places in page.facts.municipalities.values() for p in places)


def values_at(page: Page, level: tuple[Territory, ...], period: str | None) -> dict[str, float]:
    """Return the values of `level` in `period`, by territory."""
    found = {}
    for place in level:
        line = page.facts.series(page.indicator.id, place.territory)
        point = line.at(period) if line and period else None
        if point:
            found[place.territory] = point.value
    return found
