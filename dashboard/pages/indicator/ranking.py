"""The ranking of zones, or of the municipalities of one zone, as bars with the mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures.marks import highlight_key
from dashboard.pages.indicator.query import focus, point_of, reference_series, selected_period
from dashboard.place_notes import moved_values, place_notes
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.points import Point
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class Scale:
    """The line from the lowest value, or zero, to the highest."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Return the place of a value in percent."""
        return 100 * (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """A territory with its value as a bar from zero; `left` and `width` in percent."""

    territory: str
    name: str
    address: str
    key: str
    value: str
    left: float
    width: float
    is_negative: bool
    is_highlighted: bool
    is_partial: bool
    is_annotated: bool
    mark: str = ""  # of one of several highlighted territories


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked places, the zone that they are in, and the mean in percent of the line."""

    zone: Territory | None
    rows: tuple[RankedPlace, ...]
    without_data: str
    mean: float | None
    mean_text: str


@panel("ranking")
def ranking(context: Context) -> Html:
    """Rank the zones, or the municipalities of the zone that the page is drilled into."""
    indicator, period = context.indicator, selected_period(context)
    ranked = ranking_of(context)
    return context.panel(
        "indicator/ranking.html",
        "ranking card",
        has_picture=bool(ranked.rows),
        zone=ranked.zone,
        rows=ranked.rows,
        without_data=ranked.without_data,
        mean=ranked.mean,
        mean_text=ranked.mean_text,
        references=_references(context, period),
        unit=context.format.unit(indicator),
        period=context.format.period(period),
        notes=place_notes(context, [period] if period else []),
    )


def ranking_of(context: Context) -> Ranking:
    """Return the places in order, with their bars."""
    indicator, period, zone = context.indicator, selected_period(context), focus(context)
    places = context.data.municipalities[zone.territory] if zone else context.catalog.zones
    if zone and len(places) < 2:  # noqa: PLR2004  # nothing to rank inside a single place
        zone, places = None, context.catalog.zones
    points = {place: point_of(context, place, period) for place in places}
    ranked = _ranked(points)
    mean = _mean(context, period)
    scale = _scale([point for _, point in ranked], mean)
    return Ranking(
        zone=zone,
        rows=tuple(_row(context, place, point, scale, zone) for place, point in ranked),
        without_data=", ".join(place.short for place, point in points.items() if point is None),
        mean=scale.x(mean.value) if mean else None,
        mean_text=context.format.value(mean.value, indicator) if mean else "",
    )


def _ranked(points: dict[Territory, Point | None]) -> list[tuple[Territory, Point]]:
    """Return the places with a value, the highest first."""
    pairs = [(place, point) for place, point in points.items() if point]
    return sorted(pairs, key=lambda pair: -pair[1].value)


def _mean(context: Context, period: str | None) -> Point | None:
    """Return the metropolitan value; None of a sum, which is not a mean of its parts."""
    if context.indicator.aggregate == "sum":
        return None
    return point_of(context, context.catalog.metro, period)


def _scale(points: Sequence[Point], mean: Point | None) -> Scale:
    values = [point.value for point in points]
    high = max([*values, *([mean.value] if mean else [])], default=1) or 1
    return Scale(min([*values, 0]), high)


def _row(
    context: Context, place: Territory, point: Point, scale: Scale, zone: Territory | None
) -> RankedPlace:
    ends = sorted((scale.x(0), scale.x(point.value)))
    selected = (zone.territory, place.territory) if zone else (place.territory,)
    return RankedPlace(
        territory=place.territory,
        name=place.short,
        address=context.href(territory=selected),
        key=f"rank-{place.territory}",
        value=context.format.value(point.value, context.indicator),
        left=ends[0],
        width=ends[1] - ends[0],
        is_negative=point.value < 0,
        is_highlighted=place.territory in context.highlighted,
        mark=highlight_key(context.highlighted, place.territory),
        is_partial=point.coverage < context.config.thresholds.complete_coverage,
        is_annotated=(place.territory, point.period)
        in moved_values(context.data, context.indicator),
    )


def _references(context: Context, period: str | None) -> str:
    """Name region and country with their values."""
    points = (
        (context.catalog.territories[code].name, line.point(period) if period else None)
        for code, line in reference_series(context).items()
    )
    return " · ".join(
        f"{name} {context.format.value(point.value, context.indicator)}"
        for name, point in points
        if point
    )
