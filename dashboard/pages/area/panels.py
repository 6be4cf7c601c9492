"""The page of a policy area: its indicators as small multiples, its reading, its projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting, narrative
from dashboard.figures import multiples as small
from dashboard.pages.area import other_indicators
from dashboard.pages.area.other_indicators import drawn
from dashboard.pages.common import not_loaded
from dashboard.pages.common.progress import progress
from dashboard.pages.overview.panels import partial
from dashboard.series import segments

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Page
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator


def points(series: Series, indicator: Indicator) -> small.Points:
    """Return a series for a small chart: day, value, how it is joined to the next."""
    joined = [*segments(series, indicator), "solid"]
    return [
        (formatting.start(point.period).toordinal(), point.value, segment)
        for point, segment in zip(series.points, joined, strict=True)
    ]


def multiples(page: Page) -> Html:
    """Draw the area's first indicators by zone, or all of them, each row on one scale."""
    rows = [row for i in drawn(page) if (row := _row(page, i))]
    return page.html(
        "area/multiples.html",
        "multiples card",
        rows=rows,
        zones=page.catalog.zones,
        size=f"{small.WIDTH} {small.HEIGHT}",
    )


def _row(page: Page, indicator: Indicator) -> dict[str, Any] | None:
    zones = [(z, page.facts.upper.get((indicator.id, z.territory))) for z in page.catalog.zones]
    lines = {z.territory: points(s, indicator) for z, s in zones if s}
    if not lines:
        return None
    metro = page.facts.upper.get((indicator.id, page.catalog.metro.territory))
    mean = points(metro, indicator) if metro and indicator.aggregate != "sum" else None
    on = small.scale([*lines.values(), *([mean] if mean else [])])
    longest = max((s for _, s in zones if s), key=lambda s: len(s.points))
    single = on.first == on.last
    values = [s.last.value for _, s in zones if s]
    return {
        "indicator": indicator,
        "metro": metro,
        "change": page.facts.change(metro) if metro else None,
        "scale": on,
        "single": single,
        "axis": "" if single else small.axis(on, lambda v: _tick(page, v)),
        "background": "" if single else small.background(lines, on),
        "cells": [
            {
                "zone": zone,
                "series": found,
                "change": page.facts.change(found) if found else None,
                "partial": partial(page, found) if found else "",
                "drawing": small.foreground(
                    lines[zone.territory],
                    mean,
                    on,
                    (
                        formatting.period(longest.points[0].period, page.lang)[-4:],
                        formatting.period(longest.last.period, page.lang)[-4:],
                    ),
                )
                if found and not single
                else "",
                "bar": bar_from_zero(found.last.value, values) if found else (0, 0),
            }
            for zone, found in zones
        ],
        "period": formatting.period(longest.last.period, page.lang),
        "source": page.words("source.line", sources=page.providers(indicator)),
    }


def bar_from_zero(value: float, values: list[float]) -> tuple[float, float]:
    """Return left end and length of a bar from zero, in percent of what all bars span."""
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    return 100 * (min(value, 0) - low) / span, 100 * abs(value) / span


def _tick(page: Page, value: float) -> str:
    return formatting.number(value, 0 if value == round(value) else 1, page.lang)


def reading(page: Page) -> Html:
    """Say in sentences what the charts show, and name what is not loaded."""
    known = {i.id for i in page.facts.indicators}
    said = [
        {
            "indicator": i,
            "text": narrative.extremes(page, i, None),
            "move": _move(page, i),
            "limits": page.say(i.limits) if i.limits else "",
        }
        for i in drawn(page)
    ]
    lacking = [
        (
            i,
            ", ".join(c.provider(page.lang) for c in page.catalog.citations(i)),
            not_loaded.of(page, i),
        )
        for i in page.catalog.in_area(page.area.id)
        if i.id not in known
    ]
    return page.html("area/reading.html", "reading card", said=said, waiting=lacking)


def _move(page: Page, indicator: Indicator) -> str:
    moves = []
    for zone in page.catalog.zones:
        found = page.facts.upper.get((indicator.id, zone.territory))
        change = page.facts.change(found) if found else None
        if found and change:
            moves.append((change.amount, zone, change, found))
    if not moves:
        return ""
    amount, zone, change, found = max(moves, key=lambda m: abs(m[0]))
    if amount == 0:
        return page.words("area.still")
    return page.words(
        "area.move",
        zone=zone.name,
        amount=page.amount(change, indicator),
        span=page.span(change.since, found.last.period),
    )


def area_projects(page: Page) -> Html:
    """List the strategic projects of the area with their progress."""
    frame = _of_area(page, "strategic")
    return page.html("area/projects.html", "area-projects card", projects=frame)


def area_operational(page: Page) -> Html:
    """List the operational projects of the area."""
    frame = _of_area(page, "operational")
    return page.html("area/operational.html", "area-operational card", projects=frame)


def _of_area(page: Page, level: str) -> list[dict[str, Any]]:
    mine = [
        r | {"primary": r["area"] == page.area.id}
        for r in progress(page, level)
        if page.area.id in (r["areas"] or "").split()
    ]
    return sorted(mine, key=lambda r: (not r["primary"], r["number"] or 0))


def area_works(page: Page) -> Html:
    """Draw the largest funded measures of the area: funded and paid."""
    rows = page.facts.rows("funded_by_measure", area=page.area.id)
    most = max([r["funding"] or 0 for r in rows], default=0) or 1
    return page.html("area/works.html", "area-works card", rows=rows, most=most)


PANELS = {
    "multiples": multiples,
    "reading": reading,
    **other_indicators.PANELS,
    "area_projects": area_projects,
    "area_operational": area_operational,
    "area_works": area_works,
}
