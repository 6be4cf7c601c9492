"""How a territory stands in an indicator against the metropolitan city and its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.headlines import lead_indicators, loaded_indicators

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.spine import Sign
    from dashboard.series import Change, Point, Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True)
class Standing:
    """One indicator in one territory; `others` are the values of its level, itself included.

    `sign` is None where there is nothing to compare: no value, or a sum, which a part of the
    territory cannot be better at than the whole. `rank` counts from the best.
    """

    indicator: Indicator
    series: Series | None
    change: Change | None
    mean: Point | None
    others: tuple[tuple[float, str], ...]
    sign: Sign | None
    rank: int | None


def place_of(context: Context) -> Territory:
    """Return the territory that the address names."""
    return context.catalog.territories[context.route.values["territory"]]


def zone_of(context: Context, place: Territory) -> Territory | None:
    """Return the zone that `place` is or lies in; None for the metropolitan city."""
    if place.level == "municipality" and place.parent:
        return context.catalog.territories[place.parent]
    return place if place.level == "zone" else None


def key_of(place: Territory) -> str:
    """Return the id of a place's outline in the document of shapes."""
    return f"zone-{place.territory}" if place.level == "zone" else place.territory


def peers(context: Context, place: Territory) -> tuple[Territory, ...]:
    """Return the territories that `place` is ranked among; of the metropolitan city, its zones."""
    if place.level == "municipality":
        return tuple(p for places in context.data.municipalities.values() for p in places)
    return context.catalog.zones


def standings(context: Context, place: Territory) -> list[Standing]:
    """Return how `place` stands in every loaded indicator, area by area."""
    ordered = (i for node in context.catalog.areas for i in loaded_indicators(context, node))
    return [standing(context, i, place) for i in ordered]


def standing(context: Context, indicator: Indicator, place: Territory) -> Standing:
    """Return how `place` stands in `indicator`, all at the period of its last value."""
    found = context.data.series(indicator.id, place.territory)
    if found is None:
        return Standing(indicator, None, None, None, (), None, None)
    period = found.last.period
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = metro.point(period) if metro else None
    others = []
    for peer in peers(context, place):
        line = context.data.series(indicator.id, peer.territory)
        point = line.point(period) if line else None
        if point:
            others.append((point.value, peer.short))
    return Standing(
        indicator=indicator,
        series=found,
        change=context.data.change(found),
        mean=mean,
        others=tuple(others),
        sign=_sign(found.last.value, mean, indicator) if place.level != "metro" else None,
        rank=_rank(found.last.value, [v for v, _ in others], indicator)
        if place.level != "metro"
        else None,
    )


def _sign(value: float, mean: Point | None, indicator: Indicator) -> Sign | None:
    """Compare the printed values, since a reader does."""
    if mean is None or indicator.aggregate == "sum":
        return None
    if indicator.better == "neither":
        return "neutral"
    gap = round(value, indicator.decimals) - round(mean.value, indicator.decimals)
    if gap == 0:
        return "same"
    return "better" if (gap > 0) == (indicator.better == "higher") else "worse"


def _rank(value: float, others: list[float], indicator: Indicator) -> int | None:
    if indicator.better == "neither":
        return None
    own = round(value, indicator.decimals)
    printed = (round(other, indicator.decimals) for other in others)
    if indicator.better == "higher":
        return 1 + sum(other > own for other in printed)
    return 1 + sum(other < own for other in printed)


def counts(found: list[Standing]) -> tuple[int, int, int]:
    """Return how many indicators are better than the mean, worse, and compared at all."""
    signs = [s.sign for s in found]
    better, worse = signs.count("better"), signs.count("worse")
    return better, worse, better + worse + signs.count("same")


def columns(context: Context) -> list[Indicator]:
    """Return the indicators that stand in every table of territories."""
    base = [
        context.catalog.indicators.get(n) for n in ("resident_population", "population_density")
    ]
    chosen = [*(i for i in base if i), *lead_indicators(context)]
    return list({i.id: i for i in chosen}.values())
