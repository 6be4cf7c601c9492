"""The table that compares the parts of a territory, or a municipality with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common import changes, sources
from dashboard.pages.territory.standing import place_of, table_indicators, zone_of
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class PlaceColumn:
    """An indicator with its unit and the newest period of the column."""

    address: str
    title: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class PlaceCell:
    """A value; `period` only where it is older than the column's."""

    value: str
    partial: str
    period: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A territory with a cell for each column."""

    address: str
    territory: str  # empty for the whole, which is in every list
    name: str
    is_current: bool
    is_whole: bool
    cells: tuple[PlaceCell | None, ...]


@panel("places")
def places(context: Context) -> Html:
    """Compare the parts of a zone or of the whole; for a municipality those of its zone.

    A zone of one municipality is compared with the other zones.
    """
    place = place_of(context)
    zone = zone_of(context, place)
    parts = parts_of(context)
    indicators = table_indicators(context)
    newest = [newest_period(context, indicator, parts) for indicator in indicators]
    return context.panel(
        "territory/places.html",
        "places card",
        title=title_of(context),
        columns=[
            PlaceColumn(
                address=context.href(
                    f"/indicatori/{indicator.id}", territory=(zone.territory,) if zone else ()
                ),
                title=context.translate(indicator.short),
                unit=context.format.unit(indicator),
                period=period,
            )
            for indicator, period in zip(indicators, newest, strict=True)
        ],
        rows=[_row(context, part, indicators, newest) for part in compared(context)],
        sources=sources.short(context, *indicators),
    )


def parts_of(context: Context) -> tuple[Territory, ...]:
    """Return the municipalities of the zone; of the metropolitan city, the zones.

    A zone of one municipality has no parts: it is compared with the other zones.
    """
    zone = zone_of(context, place_of(context))
    if zone is None or is_single(context, zone):
        return context.catalog.zones
    return context.data.municipalities[zone.territory]


def compared(context: Context) -> tuple[Territory, ...]:
    """Return the parts of the territory and the whole."""
    zone = zone_of(context, place_of(context))
    total = zone if zone and not is_single(context, zone) else context.catalog.metro
    return (*parts_of(context), total)


def is_single(context: Context, zone: Territory) -> bool:
    """Say whether the zone has exactly one municipality."""
    return zone.territory in context.catalog.only_municipalities


def title_of(context: Context) -> str:
    """Name the territories that are compared."""
    place = place_of(context)
    if place.level == "metro":
        return context.text("territory.zones")
    if is_single(context, place):
        return context.text("territory.beside_zones", name=place.name)
    if place.level == "zone":
        parts = context.data.municipalities[place.territory]
        return context.text("territory.inside", name=place.name, n=len(parts))
    zone = zone_of(context, place)
    return context.text("territory.beside", name=(zone or context.catalog.metro).name)


def newest_period(context: Context, indicator: Indicator, parts: Sequence[Territory]) -> str:
    """Return the newest period in which one of the places has a value."""
    lines = (context.data.series(indicator.id, part.territory) for part in parts)
    periods = [line.last_period for line in lines if line]
    return context.format.period(max(periods, key=formatting.start)) if periods else ""


def _row(
    context: Context, part: Territory, indicators: Sequence[Indicator], newest: Sequence[str]
) -> PlaceRow:
    pairs = zip(indicators, newest, strict=True)
    zone = zone_of(context, place_of(context))
    is_whole = part.level == "metro" or (part == zone and not is_single(context, part))
    return PlaceRow(
        address=context.href(f"/territori/{part.territory}"),
        territory="" if part.level == "metro" else part.territory,
        name=part.name,
        is_current=part == place_of(context) and not is_whole,
        is_whole=is_whole,
        cells=tuple(_cell(context, indicator, part, period) for indicator, period in pairs),
    )


def _cell(context: Context, indicator: Indicator, part: Territory, newest: str) -> PlaceCell | None:
    line = context.data.series(indicator.id, part.territory)
    if line is None:
        return None
    period = context.format.period(line.last_period)
    return PlaceCell(
        value=context.format.value(line.last_value, indicator),
        partial=changes.partial_note(context, line),
        period=period if period != newest else "",
    )
