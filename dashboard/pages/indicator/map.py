"""The map panel of an indicator: choropleth, classes, and the municipalities as dots."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import narrative
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.figures.map_classes import Classes, classes
from dashboard.figures.map_labels import Name, names, wrap
from dashboard.pages.indicator.query import focus, municipalities, shown_period, values_at
from dashboard.registry import panel

EDGE_OF_NORTH = 0.42  # share of the map's height: names of places above it stand on top
BELOW = 0.86  # share of the height at which the other names stand, left of the exclave

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Context
    from warehouse.declarations.territories import Territory


@panel("map")
def map_panel(context: Context) -> Component:
    """Draw the map, its classes, and below it every municipality as a dot by zone."""
    level = context.catalog.zones if context.selection.map == "zone" else municipalities(context)
    period = shown_period(context)
    values = values_at(context, level, period)
    steps = classes(list(values.values()), context.indicator.decimals)
    said = context.format.period(period)
    title = context.text(
        f"indicator.map_title_{context.selection.map}",
        n=len(level),
        zones=len(context.catalog.zones),
    )
    subtitle = context.text("indicator.classes", n=len(steps.counts), period=said) if values else ""
    head = context.render("macros/panel_head.html", title=title, subtitle=subtitle)
    boundaries = context.catalog.datasets.get("municipal_boundaries")
    foot = context.render(
        "indicator/map.html",
        legend=_legend(context, steps),
        nodata=len(level) - len(values),
        strip=_strip(context, period),
        boundaries=context.translate(boundaries.attribution) if boundaries else "",
    )
    return html.Section(
        [
            Html(head, className="head", id="map-head"),
            _choropleth(context, level, values, steps),
            Html(foot, id="map-foot"),
        ],
        className="panel panel-map card",
    )


def _choropleth(
    context: Context, level: tuple[Territory, ...], values: dict[str, float], steps: Classes
) -> Choropleth:
    shapes, inside = context.data.shapes, focus(context)
    return Choropleth(
        id="map",
        shapes=f"/shapes/{context.data.store.release}.svg",
        size=[shapes.width, shapes.height],
        level=context.selection.map,
        cells={p.territory: _cell(context, p, values.get(p.territory), steps) for p in level},
        zones=list(shapes.zones),
        chosen=list(context.highlighted),
        focus=inside.territory if inside else None,
        address=context.href(territory=("TERRITORY",)),
        names=names(_names(context, values)),
        title=narrative.extremes(context, context.indicator, shown_period(context)),
    )


def _cell(
    context: Context, place: Territory, value: float | None, steps: Classes
) -> tuple[int | None, str]:
    if value is None:
        return None, f"{place.name}: {context.text('matrix.no_data')}"
    said = (
        f"{context.format.value(value, context.indicator)} {context.format.unit(context.indicator)}"
    )
    return steps.of(value), f"{place.name}: {said}"


def _names(context: Context, values: dict[str, float]) -> list[Name]:
    centres = context.data.shapes.centres
    zones = [z for z in context.catalog.zones if z.territory in centres]
    found = [Name(*centres[z.territory], wrap(z.short)) for z in zones]
    if context.selection.map == "zone" or len(values) < 2:  # noqa: PLR2004  # no lowest and highest to tell apart
        return found
    for pick in (min, max):
        code = pick(values, key=lambda c: values[c])
        if code in centres and code not in context.data.shapes.zones:
            value = context.format.value(values[code], context.indicator)
            text = f"{context.catalog.territories[code].short} {value}"
            found.append(_extreme(context, centres[code], text, len(found) - len(zones)))
    return found


def _extreme(context: Context, at: tuple[int, int], text: str, before: int) -> Name:
    """Put a name above or below the map, nearest to its place, with a leader."""
    height = context.data.shapes.height
    above = at[1] < EDGE_OF_NORTH * height
    x = min(max(at[0], 150), 850)
    y = 16 + 30 * before if above else round(height * BELOW) + 30 * before
    return Name(x, y, [text], at)


def _legend(context: Context, steps: Classes) -> list[dict[str, Any]]:
    if not sum(steps.counts):
        return []
    most = max([*steps.counts, 1])
    text = [context.format.value(b, context.indicator) for b in steps.breaks]
    labels = [context.text("indicator.same", value="")] if not text else []
    if text:
        middle = [context.text("indicator.between", low=a, high=b) for a, b in pairwise(text)]
        labels = [
            context.text("indicator.below", value=text[0]),
            *middle,
            context.text("indicator.above", value=text[-1]),
        ]
    return [
        {"step": i + 1, "label": label, "count": count, "share": count / most}
        for i, (label, count) in enumerate(zip(labels, steps.counts, strict=True))
    ]


def _strip(context: Context, period: str | None) -> dict[str, Any] | None:
    indicator = context.indicator
    values = values_at(context, municipalities(context), period)
    if indicator.aggregate == "sum" or not values:
        return None
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1
    zones = dict(narrative.zone_values(context, indicator, period))
    ordered = sorted(context.catalog.zones, key=lambda z: -zones.get(z, low))
    rows = [
        {
            "zone": zone,
            "chosen": zone.territory in context.highlighted,
            "mark": 100 * (zones[zone] - low) / span if zone in zones else None,
            "dots": [
                (
                    100 * (values[p.territory] - low) / span,
                    p,
                    context.format.value(values[p.territory], indicator),
                )
                for p in context.data.municipalities[zone.territory]
                if p.territory in values
            ],
        }
        for zone in ordered
    ]
    ticks = [(100 * i / 4, context.format.value(low + span * i / 4, indicator)) for i in range(5)]
    return {"rows": rows, "ticks": ticks}
