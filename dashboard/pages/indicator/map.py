"""The map panel of an indicator: choropleth, classes, and the municipalities as dots."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import formatting, narrative
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.figures.map_classes import Classes, classes
from dashboard.figures.map_labels import Name, names, wrap
from dashboard.pages.indicator.query import focus, municipalities, shown_period, values_at

EDGE_OF_NORTH = 0.42  # share of the map's height: names of places above it stand on top
BELOW = 0.86  # share of the height at which the other names stand, left of the exclave

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Page
    from warehouse.declarations.territories import Territory


def map_panel(page: Page) -> Component:
    """Draw the map, its classes, and below it every municipality as a dot by zone."""
    level = page.catalog.zones if page.selection.map == "zone" else municipalities(page)
    period = shown_period(page)
    values = values_at(page, level, period)
    steps = classes(list(values.values()), page.indicator.decimals)
    said = formatting.period(period, page.lang)
    title = page.words(
        f"indicator.map_title_{page.selection.map}", n=len(level), zones=len(page.catalog.zones)
    )
    subtitle = page.words("indicator.classes", n=len(steps.counts), period=said) if values else ""
    head = page.markup("macros/panel_head.html", title=title, subtitle=subtitle)
    boundaries = page.catalog.datasets.get("municipal_boundaries")
    foot = page.markup(
        "indicator/map.html",
        legend=_legend(page, steps),
        nodata=len(level) - len(values),
        strip=_strip(page, period),
        boundaries=page.say(boundaries.attribution) if boundaries else "",
    )
    return html.Section(
        [
            Html(head, className="head", id="map-head"),
            _choropleth(page, level, values, steps),
            Html(foot, id="map-foot"),
        ],
        className="panel panel-map card",
    )


def _choropleth(
    page: Page, level: tuple[Territory, ...], values: dict[str, float], steps: Classes
) -> Choropleth:
    shapes, inside = page.facts.shapes, focus(page)
    return Choropleth(
        id="map",
        shapes=f"/shapes/{page.facts.store.release}.svg",
        size=[shapes.width, shapes.height],
        level=page.selection.map,
        cells={p.territory: _cell(page, p, values.get(p.territory), steps) for p in level},
        zones=list(shapes.zones),
        chosen=list(page.highlighted),
        focus=inside.territory if inside else None,
        address=page.href(territory=("TERRITORY",)),
        names=names(_names(page, values)),
        title=narrative.extremes(page, page.indicator, shown_period(page)),
    )


def _cell(
    page: Page, place: Territory, value: float | None, steps: Classes
) -> tuple[int | None, str]:
    if value is None:
        return None, f"{place.name}: {page.words('matrix.no_data')}"
    said = f"{page.value(value, page.indicator)} {page.unit(page.indicator)}"
    return steps.of(value), f"{place.name}: {said}"


def _names(page: Page, values: dict[str, float]) -> list[Name]:
    centres = page.facts.shapes.centres
    zones = [z for z in page.catalog.zones if z.territory in centres]
    found = [Name(*centres[z.territory], wrap(z.short)) for z in zones]
    if page.selection.map == "zone" or len(values) < 2:  # noqa: PLR2004  # no lowest and highest to tell apart
        return found
    for pick in (min, max):
        code = pick(values, key=lambda c: values[c])
        if code in centres and code not in page.facts.shapes.zones:
            text = (
                f"{page.catalog.territories[code].short} {page.value(values[code], page.indicator)}"
            )
            found.append(_extreme(page, centres[code], text, len(found) - len(zones)))
    return found


def _extreme(page: Page, at: tuple[int, int], text: str, before: int) -> Name:
    """Put a name above or below the map, nearest to its place, with a leader."""
    height = page.facts.shapes.height
    above = at[1] < EDGE_OF_NORTH * height
    x = min(max(at[0], 150), 850)
    y = 16 + 30 * before if above else round(height * BELOW) + 30 * before
    return Name(x, y, [text], at)


def _legend(page: Page, steps: Classes) -> list[dict[str, Any]]:
    if not sum(steps.counts):
        return []
    most = max([*steps.counts, 1])
    text = [page.value(b, page.indicator) for b in steps.breaks]
    labels = [page.words("indicator.same", value="")] if not text else []
    if text:
        middle = [page.words("indicator.between", low=a, high=b) for a, b in pairwise(text)]
        labels = [
            page.words("indicator.below", value=text[0]),
            *middle,
            page.words("indicator.above", value=text[-1]),
        ]
    return [
        {"step": i + 1, "label": label, "count": count, "share": count / most}
        for i, (label, count) in enumerate(zip(labels, steps.counts, strict=True))
    ]


def _strip(page: Page, period: str | None) -> dict[str, Any] | None:
    indicator = page.indicator
    values = values_at(page, municipalities(page), period)
    if indicator.aggregate == "sum" or not values:
        return None
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1
    zones = dict(narrative.zone_values(page, indicator, period))
    ordered = sorted(page.catalog.zones, key=lambda z: -zones.get(z, low))
    rows = [
        {
            "zone": zone,
            "chosen": zone.territory in page.highlighted,
            "mark": 100 * (zones[zone] - low) / span if zone in zones else None,
            "dots": [
                (
                    100 * (values[p.territory] - low) / span,
                    p,
                    page.value(values[p.territory], indicator),
                )
                for p in page.facts.municipalities[zone.territory]
                if p.territory in values
            ],
        }
        for zone in ordered
    ]
    ticks = [(100 * i / 4, page.value(low + span * i / 4, indicator)) for i in range(5)]
    return {"rows": rows, "ticks": ticks}
