"""The spine of compared territories: each indicator around its metropolitan value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures import marks
from dashboard.figures.lanes import Lane, lanes
from dashboard.figures.spine import mean_scale
from dashboard.intervals import counts, interval
from dashboard.pages.common import sources
from dashboard.pages.compare.choice import (
    choice,
    common_period,
    lower_is_better,
    mean_in,
    point_in,
    written,
)
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from dashboard.points import Point
    from warehouse.declarations.models import Indicator


@dataclass(frozen=True, slots=True)
class SpineRow:
    """An indicator: its values as written, each with its mark, and its lanes as SVG."""

    title: str
    address: str
    unit: str
    period: str
    values: tuple[tuple[str, str, str], ...]  # mark, name, value
    mean: str
    lanes: str
    is_undirected: bool


@panel("compare_spine")
def spine(context: Context) -> Html:
    """Draw every indicator around its metropolitan value, a lane for each territory."""
    compared = choice(context)
    without = [
        context.inside(context.translate(indicator.short))
        for indicator in compared.indicators
        if not counts(context.catalog, indicator)
    ]
    return context.panel(
        "compare/spine.html",
        "compare-spine card",
        rows=spine_rows(context),
        zones=len(context.catalog.zones),
        without=", ".join(without),
        sources=sources.short(context, *compared.indicators),
    )


def spine_rows(context: Context) -> list[SpineRow]:
    """Return the compared indicators with their lanes."""
    compared = choice(context)
    return [_row(context, compared, indicator) for indicator in compared.indicators]


def _row(context: Context, compared: Choice, indicator: Indicator) -> SpineRow:
    places = [place.territory for place in compared.places]
    period = common_period(context, indicator, places)
    points = [point_in(context, indicator, place, period) for place in places]
    mean = mean_in(context, indicator, period)
    return SpineRow(
        title=context.translate(indicator.short),
        address=context.href(f"/indicatori/{indicator.id}", territory=compared.codes),
        unit=context.format.unit(indicator),
        period=context.format.period(period),
        values=tuple(
            (marks.key(place.position), place.territory.short, written(context, indicator, point))
            for place, point in zip(compared.places, points, strict=True)
        ),
        mean=written(context, indicator, mean),
        lanes=_lanes(context, compared, indicator, points, mean, period) if mean else "",
        is_undirected=indicator.better == "neither",
    )


def _lanes(
    context: Context,
    compared: Choice,
    indicator: Indicator,
    points: Sequence[Point | None],
    mean: Point,
    period: str | None,
) -> str:
    zones = (point_in(context, indicator, zone, period) for zone in context.catalog.zones)
    peers = [point.value for point in zones if point]
    rows = [
        Lane(
            place.position,
            place.territory.short,
            point.value if point else None,
            interval(context.catalog, indicator, point) if point else None,
        )
        for place, point in zip(compared.places, points, strict=True)
    ]
    values = [end for row in rows for end in (row.value, *(row.interval or ())) if end is not None]
    scale = mean_scale([*peers, *values], mean.value, lower_is_better=lower_is_better(indicator))
    return lanes(rows, peers, scale, context.text("matrix.no_data"))
