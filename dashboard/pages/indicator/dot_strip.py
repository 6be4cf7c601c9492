"""The municipalities of each zone as dots on one axis, below the map of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import narrative
from dashboard.figures.dots import MOST_NAMED, together, track_dot
from dashboard.figures.marks import highlight_key
from dashboard.figures.ticks import decimals, round_ticks
from dashboard.pages.indicator.query import selected_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.context import Context
    from warehouse.declarations.territories import Territory

MOST_TICKS = 4  # on the axis of the dots


@dataclass(frozen=True, slots=True)
class DotRow:
    """A zone with its municipalities as dots, which are markup, and its own value as a mark.

    Of very many municipalities only the highlighted are `dots`; `together` is SVG of the others.
    """

    zone: Territory
    is_highlighted: bool
    key: str  # the mark of the zone where several territories are highlighted
    mark: float | None
    dots: str
    together: str


@dataclass(frozen=True, slots=True)
class DotStrip:
    """The rows of dots and the ticks (place in percent, text) of their axis."""

    rows: tuple[DotRow, ...]
    ticks: tuple[tuple[float, str], ...]


def dot_strip(context: Context, values: Mapping[str, float]) -> DotStrip | None:
    """Return the municipalities as dots by zone, the zones from the highest value down.

    `values` are those of the municipalities in the selected period.
    """
    indicator, period = context.indicator, selected_period(context)
    if indicator.aggregate == "sum" or not values:
        return None
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1
    positions = {code: 100 * (value - low) / span for code, value in values.items()}
    zones = {z.territory: v for z, v in narrative.zone_values(context, indicator, period)}
    rows = tuple(
        DotRow(
            zone=zone,
            is_highlighted=zone.territory in context.highlighted,
            key=highlight_key(context.highlighted, zone.territory),
            mark=100 * (zones[zone.territory] - low) / span if zone.territory in zones else None,
            dots=_dots(context, zone, values, positions),
            together=_together(context, zone, positions),
        )
        for zone in sorted(context.catalog.zones, key=lambda z: -zones.get(z.territory, low))
    )
    ticks = round_ticks(low, high, MOST_TICKS)
    places = decimals(ticks)
    return DotStrip(
        rows,
        tuple((100 * (t - low) / span, context.format.number(t, places)) for t in ticks),
    )


def _dots(
    context: Context, zone: Territory, values: Mapping[str, float], positions: Mapping[str, float]
) -> str:
    def dot(place: Territory) -> str:
        value = context.format.value(values[place.territory], context.indicator)
        return track_dot(
            positions[place.territory],
            f"{place.name} {value}",
            highlight_key(context.highlighted, place.territory),
            is_highlighted=place.territory in context.highlighted,
        )

    return "".join(
        dot(place)
        for place in context.data.municipalities[zone.territory]
        if place.territory in values
        and (len(values) <= MOST_NAMED or place.territory in context.highlighted)
    )


def _together(context: Context, zone: Territory, positions: Mapping[str, float]) -> str:
    if len(positions) <= MOST_NAMED:
        return ""
    codes = (place.territory for place in context.data.municipalities[zone.territory])
    return together([(positions[code], 0) for code in codes if code in positions])
