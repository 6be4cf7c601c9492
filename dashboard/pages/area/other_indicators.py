"""The indicators of an area without small multiples: current, near-duplicate, then dated ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common import changes
from dashboard.pages.common.headlines import (
    current_indicators,
    has_stopped,
    loaded_indicators,
)
from dashboard.registry import panel
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.release_data import ReleaseData
    from dashboard.series import Change, Series
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

MULTIPLES = 6  # rows of small multiples, unless the address asks for all


@dataclass(frozen=True, slots=True)
class ZoneValue:
    """The value of the zone at one end of the range."""

    zone: str
    value: str


@dataclass(frozen=True, slots=True)
class OtherIndicator:
    """An indicator: its metropolitan value and change, and the lowest and highest zone."""

    address: str
    title: str
    unit: str
    period: str
    value: str
    sign: Sign
    change: Change | None
    amount: str
    span: str
    absence: str
    sparkline: str
    ends: tuple[ZoneValue, ...]


def shown_indicators(context: Context) -> tuple[Indicator, ...]:
    """Return the indicators that the page draws and reads by zone: headlines, then others."""
    is_all = context.selection.show == "all"
    indicators = (loaded_indicators if is_all else current_indicators)(context, context.area)
    with_zones = tuple(
        indicator for indicator in indicators if context.data.once(_zones, indicator.id)
    )
    return with_zones if is_all else with_zones[:MULTIPLES]


@panel("others")
def other_indicators(context: Context) -> Html:
    """List the indicators without small multiples: current, near-duplicate, then dated ones."""
    indicators = loaded_indicators(context, context.area)
    current = {i.id for i in current_indicators(context, context.area)}
    shown = {i.id for i in shown_indicators(context)}
    remaining = [i for i in indicators if i.id not in shown]
    outside = [i for i in remaining if i.id not in current]
    dated = [i for i in outside if has_stopped(context, i)]
    alike = [i for i in outside if not has_stopped(context, i)]
    return context.panel(
        "area/others.html",
        "others" + (" card" if remaining else ""),
        has_picture=bool(remaining),
        rows=[other_indicator(context, i) for i in remaining if i.id in current],
        alike=[other_indicator(context, i) for i in alike],
        dated=[other_indicator(context, i) for i in dated],
        total=len(indicators),
        can_shorten=len(indicators) > MULTIPLES,
    )


def other_indicator(context: Context, indicator: Indicator) -> OtherIndicator:
    """Return an indicator with its change, its line, and the zones at the ends."""
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    change = context.data.change(metro) if metro else None
    zones = context.data.once(_zones, indicator.id)
    last = metro or (zones[-1][1] if zones else None)
    return OtherIndicator(
        address=context.href(f"/indicatori/{indicator.id}"),
        title=context.translate(indicator.short),
        unit=context.format.unit(indicator),
        period=context.format.short_period(last.last_period if last else None),
        value=context.format.value(metro.last_value, indicator) if metro else formatting.MISSING,
        sign=context.data.sign(indicator.id, context.catalog.metro.territory),
        change=change,
        amount=changes.amount(context, change, indicator) if change else "",
        span=changes.span(context, change.since, metro.last_period) if change and metro else "",
        absence=changes.absence(context, last) if last and not change else "",
        sparkline=changes.sparkline(context, metro) if metro else "",
        ends=tuple(
            ZoneValue(zone.short, context.format.value(line.last_value, indicator))
            for zone, line in zones[:1] + zones[-1:]
        ),
    )


def _zones(data: ReleaseData, indicator: str) -> tuple[tuple[Territory, Series], ...]:
    """Return the zones with a value, the lowest first."""
    lines = ((zone, data.aggregate(indicator, zone.territory)) for zone in data.catalog.zones)
    pairs = [(zone, line) for zone, line in lines if line]
    return tuple(sorted(pairs, key=lambda pair: pair[1].last_value))
