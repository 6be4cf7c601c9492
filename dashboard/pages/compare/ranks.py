"""Ranks of the zones over time, on the values as printed, with ties."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.figures.ranks import Runner, ranks
from dashboard.pages.common import sources
from dashboard.pages.compare.choice import choice, lower_is_better, municipalities, subject
from dashboard.pages.compare.subject_menu import subject_menu
from dashboard.registry import panel
from dashboard.series import consecutive, crosses_break
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.figures.trend import Segment
    from dashboard.pages.compare.choice import Place
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

MOST_PERIODS = 7


@panel("compare_ranks")
def compare_ranks(context: Context) -> Html:
    """Draw how the zones change places, and say the ranks of compared municipalities."""
    compared = choice(context)
    indicator = subject(context, compared)
    tables = rank_tables(context, indicator)
    return context.panel(
        "compare/ranks.html",
        "compare-ranks card",
        has_picture=bool(tables),
        title=context.translate(indicator.short),
        menu=subject_menu(context, compared, indicator),
        plot=ranks_plot(context, indicator, tables),
        others=[
            _municipal(context, indicator, place)
            for place in compared.places
            if place.territory.level == "municipality"
        ],
        order=context.text(f"compare.order_{indicator.better}"),
        sources=sources.short(context, indicator),
    )


def rank_tables(context: Context, indicator: Indicator) -> dict[str, dict[str, tuple[int, int]]]:
    """Return by period the slot and the rank of each zone."""
    return {
        period: ranking(context, indicator, context.catalog.zones, period)
        for period in _periods(context, indicator)
    }


def ranking(
    context: Context, indicator: Indicator, places: Sequence[Territory], period: str
) -> dict[str, tuple[int, int]]:
    """Return slot (from 0) and rank (from 1) of the places with a value; ties share a rank."""
    values: dict[str, float] = {}
    for place in places:
        line = context.data.series(indicator.id, place.territory)
        point = line.point(period) if line else None
        if point:
            values[place.territory] = round(point.value, indicator.decimals)
    sign = 1 if lower_is_better(indicator) else -1
    order = sorted(values, key=lambda code: sign * values[code])
    return {
        code: (slot, 1 + sum(sign * other < sign * values[code] for other in values.values()))
        for slot, code in enumerate(order)
    }


def _periods(context: Context, indicator: Indicator) -> list[str]:
    """Return the first period of the zones and the newest ones, as many as can be read."""
    lines = (context.data.aggregate(indicator.id, z.territory) for z in context.catalog.zones)
    periods = {point.period for line in lines if line for point in line.points}
    ordered = sorted(periods, key=formatting.start)
    if len(ordered) <= MOST_PERIODS:
        return ordered
    return [ordered[0], *ordered[1 - MOST_PERIODS :]]


def ranks_plot(
    context: Context,
    indicator: Indicator,
    tables: Mapping[str, Mapping[str, tuple[int, int]]],
) -> str:
    """Draw the ranks of the zones; nothing without values."""
    positions = {place.code: place.position for place in choice(context).places}
    periods, runners = list(tables), []
    for zone in context.catalog.zones:
        cells = [tables[period].get(zone.territory) for period in periods]
        if any(cells):
            runners.append(
                Runner(
                    zone.short,
                    [cell[0] if cell else None for cell in cells],
                    [cell[1] if cell else None for cell in cells],
                    positions.get(zone.territory),
                )
            )
    labels = [context.format.period(period) for period in periods]
    ordinal = "º" if context.language == "it" else "."
    return ranks(runners, labels, _joints(indicator, periods), ordinal) if runners else ""


def _joints(indicator: Indicator, periods: Sequence[str]) -> list[Segment]:
    return [
        "solid" if consecutive(*pair) and not crosses_break(indicator, *pair) else "dashed"
        for pair in pairwise(periods)
    ]


def _municipal(context: Context, indicator: Indicator, place: Place) -> str:
    """Say the rank of a municipality among all, in its first and its last period."""
    line = context.data.series(indicator.id, place.code)
    if line is None:
        return f"{place.territory.short}: {context.text('matrix.no_data')}"
    periods = dict.fromkeys((line.points[0].period, line.last_period))
    parts = []
    for period in periods:
        order = ranking(context, indicator, municipalities(context), period)
        parts.append(
            context.text(
                "compare.rank_of",
                rank=order[place.code][1],
                total=len(order),
                period=context.format.period(period),
            )
        )
    return f"{place.territory.short}: {', '.join(parts)}"
