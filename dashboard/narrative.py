"""Sentences about an indicator: titles of its pages, alternative texts, headings of slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.status import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


def tally(context: Context, indicators: Iterable[Indicator]) -> dict[Sign, int]:
    """Count zones and indicators by sign, without the series that have stopped."""
    counts: dict[Sign, int] = dict.fromkeys(SIGNS, 0)
    for indicator in indicators:
        for zone in context.catalog.zones:
            line = context.data.aggregate(indicator.id, zone.territory)
            if line and context.data.is_current(line):
                counts[context.data.sign(indicator.id, zone.territory)] += 1
    return counts


def indicator_title(context: Context, indicator: Indicator, period: str | None) -> str:
    """Say the highest and lowest zone, or how the first highlighted territory compares."""
    place = next((context.catalog.territories[code] for code in context.highlighted), None)
    if place is not None and (sentence := _comparison(context, indicator, place, period)):
        return sentence
    sentence = extremes(context, indicator, period)
    if not _values_by_place(context, indicator, period):
        return sentence
    title = context.translate(indicator.title)
    return context.text("narrative.title_range", title=title, range=sentence)


def extremes(context: Context, indicator: Indicator, period: str | None) -> str:
    """Say from which to which zone, or else municipality, the values of a period run."""
    values = _values_by_place(context, indicator, period)
    unit = context.format.unit(indicator)
    if not values:
        return context.text("narrative.no_values", title=context.translate(indicator.title))
    (low_zone, low), (high_zone, high) = values[0], values[-1]
    lowest = context.format.value(low, indicator)
    highest = context.format.value(high, indicator)
    if len(values) == 1:
        return context.text("narrative.only", value=lowest, unit=unit, place=low_zone.name)
    if lowest == highest:
        return context.text("narrative.alike", value=lowest, unit=unit)
    return context.text(
        "narrative.range",
        low=lowest,
        lowest=low_zone.name,
        high=highest,
        highest=high_zone.name,
        unit=unit,
    )


def zone_values(
    context: Context, indicator: Indicator, period: str | None
) -> list[tuple[Territory, float]]:
    """Return the zones with a value in `period` (None = each one's last), lowest first."""
    return _values_of(context, indicator, context.catalog.zones, period)


def _values_by_place(
    context: Context, indicator: Indicator, period: str | None
) -> list[tuple[Territory, float]]:
    """Return those of the zones, else of the municipalities, else that of all together."""
    municipalities = [p for places in context.data.municipalities.values() for p in places]
    for places in (context.catalog.zones, municipalities, (context.catalog.metro,)):
        if values := _values_of(context, indicator, places, period):
            return values
    return []


def _values_of(
    context: Context, indicator: Indicator, places: Iterable[Territory], period: str | None
) -> list[tuple[Territory, float]]:
    values: list[tuple[Territory, float]] = []
    for place in places:
        line = context.data.series(indicator.id, place.territory)
        point = (line.point(period) if period else line.last) if line else None
        if point:
            values.append((place, point.value))
    return sorted(values, key=lambda pair: pair[1])


def _comparison(
    context: Context, indicator: Indicator, place: Territory, period: str | None
) -> str | None:
    """Say the value of a place, compared with the metropolitan city; None without a value."""
    line = context.data.series(indicator.id, place.territory)
    point = (line.point(period) if period else line.last) if line else None
    if point is None:
        return None
    return context.text(
        "narrative.chosen",
        zone=place.name,
        title=context.inside(context.translate(indicator.short)),
        value=context.format.value(point.value, indicator),
        unit=context.format.unit(indicator),
        period=f" ({context.format.period(point.period)})",
        comparison=gap_to_mean(context, indicator, place, point),
    )


def gap_to_mean(context: Context, indicator: Indicator, place: Territory, point: Point) -> str:
    """Say how far a value is from the metropolitan one; empty of a sum."""
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = metro.point(point.period) if metro else None
    if not mean or indicator.aggregate == "sum" or place.level == "metro":
        return ""
    if context.catalog.units[indicator.unit].change == "percent" and mean.value:
        share = context.format.number(100 * point.value / mean.value, 1)
        return context.text("narrative.comparison_ratio", share=share)
    gap = round(point.value, indicator.decimals) - round(mean.value, indicator.decimals)
    unit = context.format.unit(indicator)
    if indicator.unit == "percent":
        unit = context.text("change.points")
    return context.text(
        "narrative.comparison_gap",
        gap=context.format.number(gap, indicator.decimals, signed=True),
        unit=unit,
    )
