"""Comparison of a territory in an indicator with the metropolitan city and its peers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.figures.spine import spread
from dashboard.pages.common.headlines import (
    lead_indicators,
    loaded_indicators,
)
from dashboard.series import PROVISIONAL

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.spine import Spread
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from dashboard.series import Change, Series
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Level, Territory

Comparison = Literal["better", "worse", "same", "neutral"]  # with the mean

TABLE_INDICATORS = ("resident_population", "population_density")  # before the lead indicators


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator in one territory; `peers` are the values of its level, itself included.

    `spread` tells how far they reach.

    `direction` is the sign of its own status; `sign` compares it with the mean, and is None where
    there is nothing to compare: no value, or a sum, which a part of the territory cannot be better
    at than the whole. `rank` counts from the best. `municipal_rank`, with the number of its
    `municipalities`, is that of a zone of one municipality among them.
    """

    indicator: Indicator
    series: Series | None = None
    change: Change | None = None
    mean: Point | None = None
    peers: tuple[tuple[float, str], ...] = ()
    spread: Spread | None = None
    sign: Comparison | None = None
    direction: Sign = "none"
    rank: int | None = None
    municipal_rank: int | None = None
    municipalities: int = 0


def place_of(context: Context) -> Territory:
    """Return the territory that the address names."""
    return context.catalog.territories[context.route.values["territory"]]


def zone_of(context: Context, place: Territory) -> Territory | None:
    """Return the zone that `place` is or lies in; None for the metropolitan city."""
    if place.level == "municipality" and place.parent:
        return context.catalog.territories[place.parent]
    return place if place.level == "zone" else None


def outline_of(place: Territory) -> str:
    """Return the id of a place's outline in the document of outlines."""
    return f"zone-{place.territory}" if place.level == "zone" else place.territory


def _peers(data: ReleaseData, level: Level) -> tuple[Territory, ...]:
    """Return the territories that one of a level is ranked among; of the whole, the zones."""
    if level == "municipality":
        return tuple(p for places in data.municipalities.values() for p in places)
    return data.catalog.zones


def standings(context: Context, place: Territory) -> list[Standing]:
    """Return the standing of `place` in every loaded indicator, area by area."""
    indicators = (i for node in context.catalog.areas for i in loaded_indicators(context, node))
    return [standing(context, indicator, place) for indicator in indicators]


def standing(context: Context, indicator: Indicator, place: Territory) -> Standing:
    """Return the standing of `place` in `indicator`, all at the period of its last value.

    A zone without a value of its own has that of its only municipality, among municipalities.
    """
    only = context.catalog.only_municipalities.get(place.territory)
    codes = (place.territory, *([only] if only else ()))
    line = next(filter(None, (context.data.series(indicator.id, code) for code in codes)), None)
    if line is None:
        return Standing(indicator)
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = metro.point(line.last.period) if metro else None
    level = context.catalog.territories[line.territory].level
    of_peers = indicator.id, line.last.period, level
    # an incomplete or provisional value has a place on the scale, but neither sign nor rank
    is_final = line.last.coverage >= context.config.thresholds.complete_coverage
    is_judged = place.level != "metro" and is_final and line.last.status != PROVISIONAL
    municipality = context.catalog.only_municipalities.get(line.territory)
    of_municipalities = indicator.id, line.last.period, "municipality"
    return Standing(
        indicator=indicator,
        series=line,
        change=context.data.change(line),
        mean=mean,
        peers=context.data.once(_values_of_peers, *of_peers),
        spread=context.data.once(_spread_of_peers, *of_peers),
        sign=_sign(line.last.value, mean, indicator) if is_judged else None,
        direction=context.data.sign(indicator.id, line.territory),
        rank=_rank(context, indicator, line.last, level) if is_judged else None,
        municipal_rank=_rank(context, indicator, line.last, "municipality")
        if is_judged and municipality
        else None,
        municipalities=len(context.data.once(_values_of_peers, *of_municipalities))
        if municipality
        else 0,
    )


def _spread_of_peers(data: ReleaseData, indicator: str, period: str, level: Level) -> Spread | None:
    return spread(value for value, _ in data.once(_values_of_peers, indicator, period, level))


def _values_of_peers(
    data: ReleaseData, indicator: str, period: str, level: Level
) -> tuple[tuple[float, str], ...]:
    is_municipal = level == "municipality"
    lines = data.municipal_series(indicator) if is_municipal else data.aggregate_series
    pairs = ((peer, lines.get((indicator, peer.territory))) for peer in _peers(data, level))
    points = ((peer, line.point(period) if line else None) for peer, line in pairs)
    return tuple((point.value, peer.short) for peer, point in points if point)


def _printed_of_peers(
    data: ReleaseData, indicator: str, period: str, level: Level, decimals: int
) -> list[float]:
    """Return the values of the peers as they are printed, in ascending order."""
    values = data.once(_values_of_peers, indicator, period, level)
    return sorted(round(value, decimals) for value, _ in values)


def _sign(value: float, mean: Point | None, indicator: Indicator) -> Comparison | None:
    """Compare the printed values, since a reader does."""
    if mean is None or indicator.aggregate == "sum":
        return None
    if indicator.better == "neither":
        return "neutral"
    gap = round(value, indicator.decimals) - round(mean.value, indicator.decimals)
    if gap == 0:
        return "same"
    return "better" if (gap > 0) == (indicator.better == "higher") else "worse"


def _rank(context: Context, indicator: Indicator, last: Point, level: Level) -> int | None:
    """Rank the printed values; equal ones share their rank."""
    if indicator.better == "neither":
        return None
    decimals = indicator.decimals
    peers = context.data.once(_printed_of_peers, indicator.id, last.period, level, decimals)
    printed = round(last.value, decimals)
    if indicator.better == "higher":
        return 1 + len(peers) - bisect_right(peers, printed)
    return 1 + bisect_left(peers, printed)


def table_indicators(context: Context) -> list[Indicator]:
    """Return the indicators of the tables of territories."""
    first = [context.catalog.indicators.get(name) for name in TABLE_INDICATORS]
    indicators = [*(i for i in first if i), *lead_indicators(context)]
    return list({indicator.id: indicator for indicator in indicators}.values())
