"""Frame → the one sentence that is title, alternative text and slide heading; never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Page
    from dashboard.series import Direction
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


def tally(page: Page, indicators: Iterable[Indicator]) -> dict[Direction, int]:
    """Count the last changes of zones and indicators by direction."""
    counts: dict[Direction, int] = {"better": 0, "same": 0, "worse": 0, "neutral": 0}
    for indicator in indicators:
        for zone in page.catalog.zones:
            found = page.facts.upper.get((indicator.id, zone.territory))
            change = page.facts.change(found) if found else None
            if change:
                counts[change.direction if change.direction in counts else "neutral"] += 1
    return counts


def overview(page: Page, leads: tuple[Indicator, ...]) -> str:
    """Name the lead indicator that got better in most zones, and the one that got worse."""
    counts = [(i, tally(page, [i])) for i in leads]
    said: list[str] = []
    directions: tuple[Direction, ...] = ("better", "worse")
    for direction in directions:
        most, count = max(counts, key=lambda c: c[1][direction])
        if count[direction]:
            words = page.words(
                f"heading.overview_{direction}",
                title=page.say(most.short),
                n=count[direction],
                total=len(page.catalog.zones),
            )
            said.append(words if not said else words[0].lower() + words[1:])
    return "; ".join(said) or page.words("nav.overview")


def area(page: Page, indicators: tuple[Indicator, ...]) -> str:
    """Say how many of an area's metropolitan values went the right way."""
    found = [page.facts.upper.get((i.id, page.catalog.metro.territory)) for i in indicators]
    changes = [page.facts.change(f) for f in found if f]
    better = sum(1 for c in changes if c and c.direction == "better")
    worse = sum(1 for c in changes if c and c.direction == "worse")
    if better + worse == 0:
        return page.words("narrative.area_neutral", count=len(indicators))
    compared = sum(1 for c in changes if c and c.direction in ("better", "same", "worse"))
    return page.words("narrative.area_counts", better=better, worse=worse, total=compared)


def indicator(page: Page, what: Indicator, period: str | None) -> str:
    """Say the highest and lowest zone, or how the first highlighted territory stands."""
    chosen = next((page.catalog.territories[t] for t in page.highlighted), None)
    if chosen is not None and (sentence := _standing(page, what, chosen, period)):
        return sentence
    found = extremes(page, what, period)
    if not zone_values(page, what, period):
        return found
    return page.words("narrative.title_range", title=page.say(what.title), range=found)


def extremes(page: Page, what: Indicator, period: str | None) -> str:
    """Say from which to which zone the values of a period run."""
    values = zone_values(page, what, period)
    if not values:
        return page.words("narrative.no_values", title=page.say(what.title))
    (low_zone, low), (high_zone, high) = values[0], values[-1]
    if page.value(low, what) == page.value(high, what):
        return page.words("narrative.alike", value=page.value(low, what), unit=page.unit(what))
    return page.words(
        "narrative.range",
        low=page.value(low, what),
        lowest=low_zone.name,
        high=page.value(high, what),
        highest=high_zone.name,
        unit=page.unit(what),
    )


def zone_values(page: Page, what: Indicator, period: str | None) -> list[tuple[Territory, float]]:
    """Return the zones with a value in `period` (None = each one's last), lowest first."""
    found: list[tuple[Territory, float]] = []
    for zone in page.catalog.zones:
        line = page.facts.upper.get((what.id, zone.territory))
        point = (line.at(period) if period else line.last) if line else None
        if point:
            found.append((zone, point.value))
    return sorted(found, key=lambda pair: pair[1])


def _standing(page: Page, what: Indicator, place: Territory, period: str | None) -> str | None:
    line = page.facts.series(what.id, place.territory)
    point = (line.at(period) if period else line.last) if line else None
    if point is None:
        return None
    metro = page.facts.upper.get((what.id, page.catalog.metro.territory))
    mean = metro.at(point.period) if metro else None
    comparison = ""
    if mean and what.aggregate != "sum" and place.level != "metro":
        if page.catalog.units[what.unit].change == "percent" and mean.value:
            share = formatting.number(100 * point.value / mean.value, 1, page.lang)
            comparison = page.words("narrative.comparison_ratio", share=share)
        else:
            gap = round(point.value, what.decimals) - round(mean.value, what.decimals)
            comparison = page.words(
                "narrative.comparison_gap",
                gap=formatting.number(gap, what.decimals, page.lang, signed=True),
                unit=page.words("change.points") if what.unit == "percent" else page.unit(what),
            )
    return page.words(
        "narrative.chosen",
        zone=place.name,
        title=page.say(what.short).lower()
        if page.say(what.short)[1:2].islower()
        else page.say(what.short),
        value=page.value(point.value, what),
        unit=page.unit(what),
        period=f" ({formatting.period(point.period, page.lang)})",
        comparison=comparison,
    )
