"""An indicator as a slide: the value of the place that the page is about, and the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import narrative, status_words
from dashboard.pages.common import changes, sources
from dashboard.pages.common.slides import indicator_signs, target_marks
from dashboard.pages.indicator.query import focus, point_of, selected_period
from dashboard.pages.indicator.title import page_title
from dashboard.registry import slide
from dashboard.slides import Bar, BigNumber, Mark, Slide

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.points import Point
    from warehouse.declarations.territories import Territory


@slide("indicator")
def indicator_slide(context: Context) -> Slide:
    """Show the first highlighted territory, or the metropolitan city, among the zones."""
    indicator, period = context.indicator, selected_period(context)
    place = _place(context)
    places = _ranked_places(context)
    points = [(p, point) for p in places if (point := point_of(context, p, period))]
    mean = point_of(context, context.catalog.metro, period)
    return Slide(
        title=page_title(context, period),
        tab=context.translate(indicator.short),
        address=context.href(),
        number=_number(context, place, period),
        bars=tuple(
            Bar(
                label=p.short,
                value=context.format.value(point.value, indicator),
                amount=point.value,
                is_highlighted=p.territory in context.highlighted,
            )
            for p, point in sorted(points, key=lambda pair: -pair[1].value)
        ),
        marks=(*_mean(context, mean), *target_marks(context, indicator, place.territory)),
        decimals=indicator.decimals,
        source=sources.short(context, indicator),
        notes=_notes(context),
    )


def _place(context: Context) -> Territory:
    codes = [*context.highlighted, context.catalog.metro.territory]
    return context.catalog.territories[codes[0]]


def _ranked_places(context: Context) -> tuple[Territory, ...]:
    """Return the zones, or the municipalities of one where a municipality is highlighted."""
    zone = focus(context)
    if zone and _place(context).level == "municipality":
        return context.data.municipalities[zone.territory]
    return context.catalog.zones


def _number(context: Context, place: Territory, period: str | None) -> BigNumber | None:
    line = context.data.series(context.indicator.id, place.territory)
    point = line.point(period) if line and period else None
    if line is None or point is None:
        return None
    name = context.text("metro") if place.level == "metro" else place.name
    is_last = point == line.last
    return BigNumber(
        value=context.format.value(point.value, context.indicator),
        unit=context.format.unit(context.indicator),
        place=f"{name}, {context.format.period(point.period)}",
        movement=changes.movement(context, line, context.data.change(line)) if is_last else "",
        signs=indicator_signs(context, context.indicator, place.territory) if is_last else (),
    )


def _mean(context: Context, mean: Point | None) -> tuple[Mark, ...]:
    """Return the metropolitan value as a line; a sum cannot be compared with its parts."""
    if mean is None or context.indicator.aggregate == "sum":
        return ()
    value = context.format.value(mean.value, context.indicator)
    return (Mark(f"{context.text('metro')} {value}", mean.value),)


def _notes(context: Context) -> tuple[str, ...]:
    """Say what is measured, within which limits, where the territories stand, and why so."""
    indicator, place = context.indicator, _place(context).territory
    status = context.data.status(indicator.id, place)
    standings = {s.target: s for s in context.data.standings(indicator.id, place)}
    because = (
        (status_words.direction(context, status), status_words.reliability(context, status))
        if status
        else ()
    )
    texts = (indicator.description, indicator.limits)
    return (
        narrative.extremes(context, indicator, selected_period(context)),
        *because,
        *(
            status_words.target(context, indicator, goal, standings.get(str(number)))
            for number, goal in enumerate(indicator.targets, start=1)
        ),
        *(context.translate(text) for text in texts if text),
    )
