"""Age of the data on a page: its oldest and newest periods, and the day of its projects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.pages.common.headlines import (
    current_indicators,
    headline_indicators,
    lead_indicators,
)
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.context import Context
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator

WITH_PROJECTS = frozenset({"overview", "projects", "project", "risk", "actors", "actor"})


def sentence(context: Context) -> str:
    """Say between which periods the page's values are, and of which day its projects."""
    parts = []
    periods = sorted(_periods(context), key=formatting.start)
    if periods:
        oldest, newest = (context.format.period(p) for p in (periods[0], periods[-1]))
        key = "age.same" if oldest == newest else "age.between"
        parts.append(context.text(key, newest=newest, oldest=oldest))
    if context.route.view.name in WITH_PROJECTS:
        day = context.format.day(date.fromisoformat(context.today))
        parts.append(context.text("age.projects", day=day))
    return " · ".join(parts)


def _periods(context: Context) -> set[str]:
    """Return the periods of the values on the page: all of an indicator's, else the last ones."""
    view = context.route.view.name
    if view == "indicator":
        return {p for line in _lines(context, [context.indicator]) for p in line.periods()}
    if view == "works":
        return {row["paid_on"] for row in context.data.rows("funded_totals") if row["paid_on"]}
    if view == "territory":
        place = context.route.values["territory"]
        shown = (context.data.series(i.id, place) for i in context.data.indicators)
        return {line.last_period for line in shown if line}
    return {line.last_period for line in _lines(context, _indicators(context))}


def _indicators(context: Context) -> Iterable[Indicator]:
    view, areas = context.route.view.name, context.catalog.areas
    if view == "overview":
        headlines = [i for area in areas for i in headline_indicators(context, area)]
        return [*headlines, *lead_indicators(context)]
    if view == "area":
        return [i for i in context.data.indicators if i.area == context.area.id]
    if view == "territories":
        return [i for area in areas for i in current_indicators(context, area)]
    return ()


def _lines(context: Context, indicators: Iterable[Indicator]) -> Iterable[Series]:
    """Return the series of the metropolitan city and its zones, else of the municipalities."""
    places = (context.catalog.metro, *context.catalog.zones)
    for indicator in indicators:
        lines = [context.data.aggregate(indicator.id, place.territory) for place in places]
        loaded = [line for line in lines if line]
        yield from loaded or context.data.municipal_series(indicator.id).values()
