"""Frame → the one sentence that is title, alternative text and slide heading; never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from dashboard.series import Direction
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


def tally(context: Context, indicators: Iterable[Indicator]) -> dict[Direction, int]:
    """Count the last changes of zones and indicators by direction."""
    counts: dict[Direction, int] = {"better": 0, "same": 0, "worse": 0, "neutral": 0}
    for indicator in indicators:
        for zone in context.catalog.zones:
            found = context.data.aggregate(indicator.id, zone.territory)
            change = context.data.change(found) if found else None
            if change:
                counts[change.direction if change.direction in counts else "neutral"] += 1
    return counts


def overview(context: Context, leads: tuple[Indicator, ...]) -> str:
    """Name the lead indicator that got better in most zones, and the one that got worse."""
    counts = [(i, tally(context, [i])) for i in leads]
    said: list[str] = []
    directions: tuple[Direction, ...] = ("better", "worse")
    for direction in directions:
        most, count = max(counts, key=lambda c: c[1][direction])
        if count[direction]:
            words = context.text(
                f"heading.overview_{direction}",
                title=context.translate(most.short),
                n=count[direction],
                total=len(context.catalog.zones),
            )
            said.append(words if not said else words[0].lower() + words[1:])
    return "; ".join(said) or context.text("nav.overview")


def area(context: Context, indicators: tuple[Indicator, ...]) -> str:
    """Say how many of an area's metropolitan values went the right way."""
    found = [context.data.aggregate(i.id, context.catalog.metro.territory) for i in indicators]
    changes = [context.data.change(f) for f in found if f]
    better = sum(1 for c in changes if c and c.direction == "better")
    worse = sum(1 for c in changes if c and c.direction == "worse")
    if better + worse == 0:
        return context.text("narrative.area_neutral", count=len(indicators))
    compared = sum(1 for c in changes if c and c.direction in ("better", "same", "worse"))
    return context.text("narrative.area_counts", better=better, worse=worse, total=compared)


def indicator(context: Context, what: Indicator, period: str | None) -> str:
    """Say the highest and lowest zone, or how the first highlighted territory stands."""
    chosen = next((context.catalog.territories[t] for t in context.highlighted), None)
    if chosen is not None and (sentence := _standing(context, what, chosen, period)):
        return sentence
    found = extremes(context, what, period)
    if not zone_values(context, what, period):
        return found
    return context.text("narrative.title_range", title=context.translate(what.title), range=found)


def extremes(context: Context, what: Indicator, period: str | None) -> str:
    """Say from which to which zone the values of a period run."""
    values = zone_values(context, what, period)
    if not values:
        return context.text("narrative.no_values", title=context.translate(what.title))
    (low_zone, low), (high_zone, high) = values[0], values[-1]
    if context.format.value(low, what) == context.format.value(high, what):
        return context.text(
            "narrative.alike", value=context.format.value(low, what), unit=context.format.unit(what)
        )
    return context.text(
        "narrative.range",
        low=context.format.value(low, what),
        lowest=low_zone.name,
        high=context.format.value(high, what),
        highest=high_zone.name,
        unit=context.format.unit(what),
    )


def zone_values(
    context: Context, what: Indicator, period: str | None
) -> list[tuple[Territory, float]]:
    """Return the zones with a value in `period` (None = each one's last), lowest first."""
    found: list[tuple[Territory, float]] = []
    for zone in context.catalog.zones:
        line = context.data.aggregate(what.id, zone.territory)
        point = (line.point(period) if period else line.last) if line else None
        if point:
            found.append((zone, point.value))
    return sorted(found, key=lambda pair: pair[1])


def _standing(
    context: Context, what: Indicator, place: Territory, period: str | None
) -> str | None:
    line = context.data.series(what.id, place.territory)
    point = (line.point(period) if period else line.last) if line else None
    if point is None:
        return None
    metro = context.data.aggregate(what.id, context.catalog.metro.territory)
    mean = metro.point(point.period) if metro else None
    comparison = ""
    if mean and what.aggregate != "sum" and place.level != "metro":
        if context.catalog.units[what.unit].change == "percent" and mean.value:
            share = context.format.number(100 * point.value / mean.value, 1)
            comparison = context.text("narrative.comparison_ratio", share=share)
        else:
            gap = round(point.value, what.decimals) - round(mean.value, what.decimals)
            comparison = context.text(
                "narrative.comparison_gap",
                gap=context.format.number(gap, what.decimals, signed=True),
                unit=context.text("change.points")
                if what.unit == "percent"
                else context.format.unit(what),
            )
    return context.text(
        "narrative.chosen",
        zone=place.name,
        title=context.translate(what.short).lower()
        if context.translate(what.short)[1:2].islower()
        else context.translate(what.short),
        value=context.format.value(point.value, what),
        unit=context.format.unit(what),
        period=f" ({context.format.period(point.period)})",
        comparison=comparison,
    )
