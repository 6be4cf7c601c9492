"""The page of a policy area: its indicators as small multiples, its reading, its projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import narrative
from dashboard.figures import multiples as small
from dashboard.pages.area.other_indicators import drawn
from dashboard.pages.common import breadcrumbs, changes, not_loaded, sources
from dashboard.pages.common.progress import progress
from dashboard.registry import Crumb, Heading, heading, panel
from dashboard.series import segments
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator


def points(series: Series, indicator: Indicator) -> small.Points:
    """Return a series for a small chart: day, value, how it is joined to the next."""
    joined = [*segments(series, indicator), "solid"]
    return [
        (formatting.start(point.period).toordinal(), point.value, segment)
        for point, segment in zip(series.points, joined, strict=True)
    ]


@panel("multiples")
def multiples(context: Context) -> Html:
    """Draw the area's first indicators by zone, or all of them, each row on one scale."""
    rows = [row for i in drawn(context) if (row := _row(context, i))]
    return context.panel(
        "area/multiples.html",
        "multiples card",
        rows=rows,
        zones=context.catalog.zones,
        size=f"{small.WIDTH} {small.HEIGHT}",
    )


def _row(context: Context, indicator: Indicator) -> dict[str, Any] | None:
    zones = [(z, context.data.aggregate(indicator.id, z.territory)) for z in context.catalog.zones]
    lines = {z.territory: points(s, indicator) for z, s in zones if s}
    if not lines:
        return None
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    mean = points(metro, indicator) if metro and indicator.aggregate != "sum" else None
    on = small.scale([*lines.values(), *([mean] if mean else [])])
    metro_change = context.data.change(metro) if metro else None
    longest = max((s for _, s in zones if s), key=lambda s: len(s.points))
    single = on.first == on.last
    values = [s.last.value for _, s in zones if s]
    return {
        "indicator": indicator,
        "metro": metro,
        "change": metro_change,
        "amount": changes.amount(context, metro_change, indicator) if metro_change else "",
        "scale": on,
        "single": single,
        "axis": "" if single else small.axis(on, lambda v: _tick(context, v)),
        "background": "" if single else small.background(lines, on),
        "cells": [
            {
                "zone": zone,
                "series": found,
                **_change(context, found),
                "partial": changes.partial_note(context, found) if found else "",
                "drawing": small.foreground(
                    lines[zone.territory],
                    mean,
                    on,
                    (
                        context.format.period(longest.points[0].period)[-4:],
                        context.format.period(longest.last.period)[-4:],
                    ),
                )
                if found and not single
                else "",
                "bar": bar_from_zero(found.last.value, values) if found else (0, 0),
            }
            for zone, found in zones
        ],
        "period": context.format.period(longest.last.period),
        "source": context.text("source.line", sources=sources.short(context, indicator)),
    }


def _change(context: Context, series: Series | None) -> dict[str, Any]:
    change = context.data.change(series) if series else None
    if series is None or change is None:
        return {"change": None, "amount": ""}
    indicator = context.catalog.indicators[series.indicator]
    return {"change": change, "amount": changes.amount(context, change, indicator)}


def bar_from_zero(value: float, values: list[float]) -> tuple[float, float]:
    """Return left end and length of a bar from zero, in percent of what all bars span."""
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    return 100 * (min(value, 0) - low) / span, 100 * abs(value) / span


def _tick(context: Context, value: float) -> str:
    return context.format.number(value, 0 if value == round(value) else 1)


@panel("reading")
def reading(context: Context) -> Html:
    """Say in sentences what the charts show, and name what is not loaded."""
    known = {i.id for i in context.data.indicators}
    said = [
        {
            "indicator": i,
            "text": narrative.extremes(context, i, None),
            "move": _move(context, i),
            "limits": context.translate(i.limits) if i.limits else "",
        }
        for i in drawn(context)
    ]
    lacking = [
        (
            i,
            ", ".join(c.provider(context.language) for c in context.catalog.citations(i)),
            not_loaded.indicator_command(context, i),
        )
        for i in context.catalog.in_area(context.area.id)
        if i.id not in known
    ]
    return context.panel("area/reading.html", "reading card", said=said, waiting=lacking)


def _move(context: Context, indicator: Indicator) -> str:
    moves = []
    for zone in context.catalog.zones:
        found = context.data.aggregate(indicator.id, zone.territory)
        change = context.data.change(found) if found else None
        if found and change:
            moves.append((change.amount, zone, change, found))
    if not moves:
        return ""
    amount, zone, change, found = max(moves, key=lambda m: abs(m[0]))
    if amount == 0:
        return context.text("area.still")
    return context.text(
        "area.move",
        zone=zone.name,
        amount=changes.amount(context, change, indicator),
        span=changes.span(context, change.since, found.last.period),
    )


@panel("area_projects")
def area_projects(context: Context) -> Html:
    """List the strategic projects of the area with their progress."""
    frame = _of_area(context, "strategic")
    return context.panel("area/projects.html", "area-projects card", projects=frame)


@panel("area_operational")
def area_operational(context: Context) -> Html:
    """List the operational projects of the area."""
    frame = _of_area(context, "operational")
    return context.panel("area/operational.html", "area-operational card", projects=frame)


def _of_area(context: Context, level: str) -> list[ProjectProgress]:
    """Return the projects of the area, those that have it as their primary area first."""
    area = context.area.id
    projects = [project for project in progress(context, level) if area in project.areas]
    return sorted(projects, key=lambda p: (p.area != area, p.number or 0))


@panel("area_works")
def area_works(context: Context) -> Html:
    """Draw the largest funded measures of the area: funded and paid."""
    rows = context.data.rows("funded_by_measure", area=context.area.id)
    most = max([r["funding"] or 0 for r in rows], default=0) or 1
    return context.panel("area/works.html", "area-works card", rows=rows, most=most)


@heading("area")
def area_heading(context: Context) -> Heading:
    """Say how many of the area's values went the right way."""
    position = context.position
    name = context.translate(context.area.short or context.area.title)
    loaded = tuple(i for i in context.data.indicators if i.area == context.area.id)
    return Heading(
        title=context.text("heading.area", area=name, sentence=narrative.area(context, loaded)),
        tab=name,
        crumbs=(breadcrumbs.home(context), Crumb(context.text("heading.area_label", n=position))),
        actions=True,
        slide=position + 1,
    )
