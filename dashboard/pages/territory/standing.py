"""Comparison of a territory in an indicator with the metropolitan city and its peers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.figures.spine import ground, mean_scale, spread
from dashboard.pages.common.headlines import (
    lead_indicators,
    loaded_indicators,
)
from dashboard.series import PROVISIONAL

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.spine import Scale, Spread
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from dashboard.series import Change, Series
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Level, Territory

Comparison = Literal["better", "worse", "same", "neutral"]  # with the mean

TABLE_INDICATORS = ("resident_population", "population_density")  # before the lead indicators


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The territories of a level in one indicator and period, and the metropolitan value then.

    `values` have the names of the territories, `printed` are rounded and in ascending order;
    `spread` tells how far they reach, `ground` draws it on the `scale` around the mean.
    """

    values: tuple[tuple[float, str], ...] = ()
    printed: tuple[float, ...] = ()
    spread: Spread | None = None
    mean: Point | None = None
    scale: Scale | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator in one territory; its `group` are those of its level, itself included.

    `direction` is the sign of its own status; `sign` compares it with the mean, and is None where
    there is nothing to compare: no value, or a sum, which a part of the territory cannot be better
    at than the whole. `rank` counts from the best. `municipal_rank`, with the number of its
    `municipalities`, is that of a zone of one municipality among them.
    """

    indicator: Indicator
    series: Series | None = None
    change: Change | None = None
    group: PeerGroup = PeerGroup()
    sign: Comparison | None = None
    direction: Sign = "none"
    rank: int | None = None
    municipal_rank: int | None = None
    municipalities: int = 0

    @property
    def peers(self) -> tuple[tuple[float, str], ...]:
        """The values of the group with the names of its territories."""
        return self.group.values

    @property
    def mean(self) -> Point | None:
        """The metropolitan value of the same period."""
        return self.group.mean


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
    last = line.last
    level = context.catalog.territories[line.territory].level
    group = context.data.once(_group, indicator.id, last.period, level)
    # an incomplete or provisional value has a place on the scale, but neither sign nor rank
    is_final = last.coverage >= context.config.thresholds.complete_coverage
    is_judged = place.level != "metro" and is_final and last.status != PROVISIONAL
    municipal = None
    if line.territory in context.catalog.only_municipalities:
        municipal = context.data.once(_group, indicator.id, last.period, "municipality")
    return Standing(
        indicator=indicator,
        series=line,
        change=context.data.change(line),
        group=group,
        sign=_sign(last.value, group.mean, indicator) if is_judged else None,
        direction=context.data.sign(indicator.id, line.territory),
        rank=_rank(indicator, last, group) if is_judged else None,
        municipal_rank=_rank(indicator, last, municipal) if is_judged and municipal else None,
        municipalities=len(municipal.values) if municipal else 0,
    )


def _group(data: ReleaseData, name: str, period: str, level: Level) -> PeerGroup:
    """Return the territories that one of a level is ranked among; of the whole, the zones."""
    indicator, places = data.catalog.indicators[name], data.catalog.zones
    lines = data.aggregate_series
    if level == "municipality":
        places = tuple(p for places in data.municipalities.values() for p in places)
        lines = data.municipal_series(name)
    pairs = ((place, lines.get((name, place.territory))) for place in places)
    points = ((place, line.point(period) if line else None) for place, line in pairs)
    values = tuple((point.value, place.short) for place, point in points if point)
    metro = data.aggregate(name, data.catalog.metro.territory)
    reach, mean = spread(value for value, _ in values), metro.point(period) if metro else None
    printed = tuple(sorted(round(value, indicator.decimals) for value, _ in values))
    if reach is None or mean is None:
        return PeerGroup(values, printed, reach, mean)
    scale = scale_of(indicator, mean, reach.lowest, reach.highest)
    return PeerGroup(values, printed, reach, mean, scale, ground(reach, scale))


def scale_of(indicator: Indicator, mean: Point, *values: float) -> Scale:
    """Return the line around the metropolitan value that holds `values`; right is better."""
    return mean_scale(values, mean.value, lower_is_better=indicator.better == "lower")


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


def _rank(indicator: Indicator, last: Point, group: PeerGroup) -> int | None:
    """Rank the printed values; equal ones share their rank."""
    if indicator.better == "neither":
        return None
    printed = round(last.value, indicator.decimals)
    if indicator.better == "higher":
        return 1 + len(group.printed) - bisect_right(group.printed, printed)
    return 1 + bisect_left(group.printed, printed)


def table_indicators(context: Context) -> list[Indicator]:
    """Return the indicators of the tables of territories."""
    first = [context.catalog.indicators.get(name) for name in TABLE_INDICATORS]
    indicators = [*(i for i in first if i), *lead_indicators(context)]
    return list({indicator.id: indicator for indicator in indicators}.values())
