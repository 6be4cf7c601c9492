"""Frame → the one sentence that is title, alternative text and slide heading; never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.page import Page
    from dashboard.series import Direction, Series
    from warehouse.declarations import Indicator, Territory


def tally(page: Page, indicators: Iterable[Indicator]) -> dict[Direction, int]:
    """Count the last changes of zones and indicators by direction."""
    counts: dict[Direction, int] = {"better": 0, "same": 0, "worse": 0, "neutral": 0}
    for indicator in indicators:
        for zone in page.catalog.zones:
            found = page.facts.upper.get((indicator.id, zone.territory))
            change = page.facts.change(found) if found else None
            if change:
                counts[change.direction] += 1
    return counts


def overview(page: Page, leads: tuple[Indicator, ...]) -> str:
    """Say how many zone changes go the right way, and the first two lead values."""
    counts = tally(page, leads)
    total = counts["better"] + counts["worse"] + counts["same"]
    said = []
    for indicator in leads:
        found = page.facts.upper.get((indicator.id, page.catalog.metro.territory))
        if found and indicator.better != "neither":
            said.append(_value(page, indicator, found))
    lead = "".join(said[:1])
    return page.words(
        "heading.overview", better=counts["better"], worse=counts["worse"], total=total, lead=lead
    )


def area(page: Page, indicators: tuple[Indicator, ...]) -> str:
    """Say how many of an area's metropolitan values went the right way."""
    found = [page.facts.upper.get((i.id, page.catalog.metro.territory)) for i in indicators]
    changes = [page.facts.change(f) for f in found if f]
    better = sum(1 for c in changes if c and c.direction == "better")
    worse = sum(1 for c in changes if c and c.direction == "worse")
    if better + worse == 0:
        return page.words("narrative.area_neutral", count=len(indicators))
    return page.words("narrative.area_counts", better=better, worse=worse)


def indicator(page: Page, what: Indicator, period: str | None) -> str:
    """Say the highest and lowest zone, or how the first highlighted territory stands."""
    chosen = next((page.catalog.territories[t] for t in page.highlighted), None)
    if chosen is not None and (sentence := _standing(page, what, chosen, period)):
        return sentence
    return page.words(
        "narrative.title_range", title=page.say(what.title), range=extremes(page, what, period)
    )


def extremes(page: Page, what: Indicator, period: str | None) -> str:
    """Say from which to which zone the values of a period run."""
    values = zone_values(page, what, period)
    if not values:
        return page.words("narrative.no_values", title=page.say(what.title))
    (low_zone, low), (high_zone, high) = values[0], values[-1]
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
            share = numbers.number(100 * point.value / mean.value, 1, page.lang)
            comparison = page.words("narrative.comparison_ratio", share=share)
        else:
            gap = round(point.value, what.decimals) - round(mean.value, what.decimals)
            comparison = page.words(
                "narrative.comparison_gap",
                gap=numbers.number(gap, what.decimals, page.lang, signed=True),
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
        period=f" ({numbers.period(point.period, page.lang)})",
        comparison=comparison,
    )


def _value(page: Page, what: Indicator, found: Series) -> str:
    return page.words(
        "heading.overview_lead",
        title=page.say(what.short).lower(),
        value=page.value(found.last.value, what),
        unit=page.unit(what),
    )
