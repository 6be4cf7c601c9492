"""The map panel of an indicator: choropleth, classes, and the municipalities as dots."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dash import html

from dashboard import narrative
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.figures.dots import MOST_NAMED
from dashboard.figures.map_classes import Classes, classes
from dashboard.figures.map_labels import Label, inside, labels_svg, wrap
from dashboard.figures.marks import highlight_key
from dashboard.pages.indicator.dot_strip import dot_strip
from dashboard.pages.indicator.query import focus, municipalities, selected_period, values_in
from dashboard.place_notes import MARK, moved_values
from dashboard.registry import panel

NORTH_EDGE = 0.42  # share of the map's height: labels of places above it go on top
MARK_SIZE, ABOVE_NAME = 38, 46  # of the marks on the map, in its units
BOTTOM_EDGE = 0.86  # share of the height of the other labels, left of the exclave

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dash.development.base_component import Component

    from dashboard.context import Context
    from warehouse.declarations.annotations import Annotation
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A class of the map, and how many places are in it; `share` is of the largest class."""

    step: int
    label: str
    count: int
    share: float


@panel("map")
def map_panel(context: Context) -> Component:
    """Draw the map, its classes, and below it every municipality as a dot by zone."""
    period = selected_period(context)
    places, values, steps = classed_values(context)
    is_zones = context.selection.map == "zone"
    dots = values_in(context, municipalities(context), period) if is_zones else values
    boundaries = context.catalog.datasets.get("municipal_boundaries")
    foot = context.render(
        "common/map_foot.html",
        legend=legend(context, steps),
        without_data=len(places) - len(values),
        strip=dot_strip(context, dots),
        boundaries=context.translate(boundaries.attribution) if boundaries else "",
    )
    return html.Section(
        [
            Html(_head(context, len(places), steps), className="head", id="map-head"),
            _choropleth(context, places, values, steps),
            Html(foot, id="map-foot"),
        ],
        className="panel panel-map card",
    )


def classed_values(
    context: Context,
) -> tuple[tuple[Territory, ...], dict[str, float], Classes]:
    """Return the places of the map, their values in the selected period, and the classes."""
    places = context.catalog.zones if context.selection.map == "zone" else municipalities(context)
    values = values_in(context, places, selected_period(context))
    return places, values, classes(list(values.values()), context.indicator.decimals)


def _head(context: Context, places: int, steps: Classes) -> str:
    title = context.text(
        f"indicator.map_title_{context.selection.map}", n=places, zones=len(context.catalog.zones)
    )
    subtitle = ""
    if sum(steps.counts):
        period = context.format.period(selected_period(context))
        subtitle = context.text("indicator.classes", n=len(steps.counts), period=period)
    return context.render("indicator/map_head.html", title=title, subtitle=subtitle)


def _choropleth(
    context: Context, places: tuple[Territory, ...], values: dict[str, float], steps: Classes
) -> Choropleth:
    shapes, zone = context.data.shapes, focus(context)
    tooltips, extra = places, {}
    if len(context.catalog.municipalities) > MOST_NAMED:
        is_large = len(places) > MOST_NAMED
        digits = steps_of(shapes.at_level(context.selection.map), values, steps)
        extra = {"steps": digits if is_large else "", "page": context.href()}
        tooltips = places[:1] if is_large else places
    return Choropleth(
        shapes,
        id="map",
        shapes=context.shapes,
        size=[shapes.width, shapes.height],
        level=context.selection.map,
        cells=map_cells(context, tooltips, values, steps),
        zones=list(shapes.zones),
        highlighted=list(context.highlighted),
        focus=zone.territory if zone else None,
        address=context.href(territory=("TERRITORY",)),
        names=names_svg(context, values),
        title=narrative.extremes(context, context.indicator, selected_period(context)),
        **extra,
    )


def steps_of(outlines: Iterable[str], values: Mapping[str, float], steps: Classes) -> str:
    """Return the class of each outlined place as a digit, 0 without data."""
    return "".join(str(steps.class_of(values[c])) if c in values else "0" for c in outlines)


def every_cell(context: Context) -> dict[str, tuple[int | None, str]]:
    """Return the class of every place of the map and its tooltip."""
    return map_cells(context, *classed_values(context))


def map_cells(
    context: Context, places: tuple[Territory, ...], values: dict[str, float], steps: Classes
) -> dict[str, tuple[int | None, str]]:
    """Return the class of each place and its tooltip."""
    indicator, unit = context.indicator, context.format.unit(context.indicator)
    period, notes = selected_period(context) or "", moved_values(context.data, context.indicator)

    def cell(place: Territory) -> tuple[int | None, str]:
        value = values.get(place.territory)
        if value is None:
            return None, f"{place.name}: {context.text('matrix.no_data')}"
        note = notes.get((place.territory, period))
        mark = _mark(context, place, note) if note else ""
        text = context.format.value(value, indicator)
        return steps.class_of(value), f"{place.name}: {text} {unit}{mark}"

    return {place.territory: cell(place) for place in places}


def _mark(context: Context, place: Territory, note: Annotation) -> str:
    """Return the note on a value, with the place it is about where that is another."""
    origin = context.catalog.territories[note.territory]
    name = "" if origin == place else f"{origin.name}: "
    return f" {MARK} {name}{context.translate(note.text)}"


def names_svg(context: Context, values: dict[str, float]) -> str:
    """Draw the names on the map, and the marks of several highlighted territories."""
    shapes, codes = context.data.shapes, context.highlighted
    is_zone = {code: code in shapes.zones for code in codes}
    marks = "".join(
        f'<svg class="map-mark" x="{x - MARK_SIZE / 2:g}" y="{y - MARK_SIZE / 2:g}"'
        f' width="{MARK_SIZE}" height="{MARK_SIZE}" viewBox="0 0 14 14">{key}</svg>'
        for code in codes
        if (key := highlight_key(codes, code)) and code in shapes.centres
        for x, y in [_beside(shapes.centres[code], is_name_there=is_zone[code])]
    )
    return labels_svg(labels(context, values)) + marks


def _beside(centre: tuple[int, int], *, is_name_there: bool) -> tuple[int, int]:
    """Return the place of a mark: above the name of a zone."""
    return centre[0], centre[1] - (ABOVE_NAME if is_name_there else 0)


def labels(context: Context, values: dict[str, float]) -> list[Label]:
    """Return the names of the zones, and of the municipalities with lowest and highest value."""
    shapes = context.data.shapes
    zones = [
        Label(*shapes.centres[zone.territory], wrap(zone.short))
        for zone in context.catalog.zones
        if zone.territory in shapes.centres
    ]
    if context.selection.map == "zone" or len(values) < 2:  # noqa: PLR2004  # no lowest and highest to tell apart
        return zones
    extremes: list[Label] = []
    for pick in (min, max):
        code = pick(values, key=lambda c: values[c])
        if code in shapes.centres and code not in shapes.zones:
            value = context.format.value(values[code], context.indicator)
            text = f"{context.catalog.territories[code].short} {value}"
            extremes.append(_extreme(context, shapes.centres[code], text, len(extremes)))
    return [*zones, *extremes]


def _extreme(context: Context, centre: tuple[int, int], text: str, position: int) -> Label:
    """Return a label above or below the map, nearest to its place, with a leader."""
    width, height = context.data.shapes.width, context.data.shapes.height
    is_above = centre[1] < NORTH_EDGE * height
    x = inside(centre[0], text, width)
    y = 16 + 30 * position if is_above else round(height * BOTTOM_EDGE) + 30 * position
    return Label(x, y, [text], centre)


def legend(context: Context, steps: Classes) -> list[LegendEntry]:
    """Return the classes with their limits and counts."""
    if not sum(steps.counts):
        return []
    largest = max([*steps.counts, 1])
    return [
        LegendEntry(step, label, count, count / largest)
        for step, (label, count) in enumerate(
            zip(_class_names(context, steps), steps.counts, strict=True), start=1
        )
    ]


def _class_names(context: Context, steps: Classes) -> list[str]:
    limits = [context.format.value(limit, context.indicator) for limit in steps.breaks]
    if not limits:
        return [context.text("indicator.same", value="")]
    return [
        context.text("indicator.below", value=limits[0]),
        *(context.text("indicator.between", low=low, high=high) for low, high in pairwise(limits)),
        context.text("indicator.above", value=limits[-1]),
    ]
