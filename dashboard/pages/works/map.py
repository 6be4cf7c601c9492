"""Map of the selected funded works: money or number by municipality."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.figures.map_classes import Classes, classes
from dashboard.figures.map_labels import Label, labels_svg, wrap
from dashboard.pages.works import filters
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.context import Context
    from warehouse.declarations.territories import Territory

COUNT = "count"  # the level of the address that shows numbers instead of money
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A class of the map, its limits, and how many places it has."""

    step: int
    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class WorksValues:
    """The municipalities, their rows and values, and the classes of these."""

    title: str
    places: list[Territory]
    rows: Mapping[str, dict[str, Any]]
    values: Mapping[str, float]
    steps: Classes
    legend: tuple[LegendEntry, ...]


@panel("works_map")
def works_map(context: Context) -> Component:
    """Draw the municipalities by money or number; a click filters the works by place."""
    content = works_values(context)
    places, rows, values, steps = content.places, content.rows, content.values, content.steps
    boundaries = context.catalog.datasets.get("municipal_boundaries")
    return html.Section(
        [
            Html(_head(context, steps), className="head", id="works-map-head"),
            _choropleth(context, content),
            Html(
                context.render(
                    "works/map_foot.html",
                    legend=content.legend,
                    without_data=len(places) - len(values),
                    strip=None,
                    boundaries=context.translate(boundaries.attribution) if boundaries else "",
                    unshared=0
                    if _is_by_count(context)
                    else sum(row["unshared"] for row in rows.values()),
                ),
                id="works-map-foot",
            ),
        ],
        className="panel panel-works-map card",
    )


def works_values(context: Context) -> WorksValues:
    """Return what the map shows of each municipality: money in millions, or numbers."""
    rows = {r["territory"]: r for r in filters.rows(context, "funded_by_municipality")}
    by_count = _is_by_count(context)
    decimals = 0 if by_count else 1
    values = {
        territory: row["projects"] if by_count else row["funding"] / MILLION
        for territory, row in rows.items()
        if by_count or row["funding"] is not None
    }
    steps = classes(list(values.values()), decimals)
    legend = tuple(_legend(context, steps, decimals))
    return WorksValues(_title(context), _municipalities(context), rows, values, steps, legend)


def _is_by_count(context: Context) -> bool:
    return context.selection.level == COUNT


def _municipalities(context: Context) -> list[Territory]:
    by_zone = context.data.municipalities
    return [place for zone in context.catalog.zones for place in by_zone[zone.territory]]


def _head(context: Context, steps: Classes) -> str:
    return context.render(
        "works/map_head.html",
        title=_title(context),
        by_count=_is_by_count(context),
        classes=len(steps.counts) if sum(steps.counts) else 0,
    )


def _title(context: Context) -> str:
    return context.text("works.map_projects" if _is_by_count(context) else "works.map_funding")


def _choropleth(context: Context, content: WorksValues) -> Choropleth:
    shapes = context.data.shapes
    return Choropleth(
        shapes,
        id="works-map",
        shapes=context.shapes,
        size=[shapes.width, shapes.height],
        level="municipality",
        cells={p.territory: works_cell(context, p, content) for p in content.places},
        zones=list(shapes.zones),
        highlighted=list(context.highlighted),
        focus=_focus(context),
        address=context.href(territory=("TERRITORY",)),
        names=labels_svg(zone_labels(context)),
        title=_title(context),
    )


def zone_labels(context: Context) -> list[Label]:
    """Return the names of the zones on the map."""
    centres = context.data.shapes.centres
    zones = [z for z in context.catalog.zones if z.territory in centres]
    return [Label(*centres[z.territory], wrap(z.short)) for z in zones]


def works_cell(context: Context, place: Territory, content: WorksValues) -> tuple[int | None, str]:
    """Return the class of a municipality and its tooltip."""
    if place.territory not in content.values:
        return None, context.text("works.map_none", place=place.name)
    row = content.rows[place.territory]
    tooltip = context.text(
        "works.map_count" if _is_by_count(context) else "works.map_money",
        place=place.name,
        value=context.format.millions(row["funding"]),
        n=context.format.number(row["projects"], 0),
    )
    return content.steps.class_of(content.values[place.territory]), tooltip


def _focus(context: Context) -> str | None:
    """Return the zone whose municipalities a click selects."""
    territory = filters.territory_of(context)
    place = context.catalog.territories[territory] if territory else None
    return place.parent if place and place.level == "municipality" else territory


def _legend(context: Context, steps: Classes, decimals: int) -> list[LegendEntry]:
    if not sum(steps.counts):
        return []
    limits = [context.format.number(limit, decimals) for limit in steps.breaks]
    labels = [context.text("indicator.same", value="")]
    if limits:
        labels = [
            context.text("indicator.below", value=limits[0]),
            *(context.text("indicator.between", low=a, high=b) for a, b in pairwise(limits)),
            context.text("indicator.above", value=limits[-1]),
        ]
    most = max(steps.counts)
    return [
        LegendEntry(step, label, count, count / most)
        for step, (label, count) in enumerate(zip(labels, steps.counts, strict=True), start=1)
    ]
