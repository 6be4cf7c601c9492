"""The funded works on the map: money or number by municipality, of the works that are chosen."""

from __future__ import annotations

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
    from dash.development.base_component import Component

    from dashboard.context import Context
    from warehouse.declarations.territories import Territory

COUNT = "count"  # the level of the address that shows numbers instead of money
MILLION = 1e6


@panel("works_map")
def works_map(context: Context) -> Component:
    """Draw the municipalities by money or number; a click chooses the works of the grid."""
    rows = {r["territory"]: r for r in filters.rows(context, "funded_by_municipality")}
    by_count = context.selection.level == COUNT
    column = "projects" if by_count else "funding"
    values = {code: r[column] for code, r in rows.items() if r[column] is not None}
    scale = 1 if by_count else MILLION
    steps = classes([v / scale for v in values.values()], 0 if by_count else 1)
    head = context.render(
        "works/map_head.html", by_count=by_count, steps=len(steps.counts), some=values
    )
    boundaries = context.catalog.datasets.get("municipal_boundaries")
    places = [
        p for zone in context.catalog.zones for p in context.data.municipalities[zone.territory]
    ]
    foot = context.render(
        "common/map_foot.html",
        legend=legend(context, steps, 0 if by_count else 1),
        without_data=len(places) - len(values),
        strip=None,
        boundaries=context.translate(boundaries.attribution) if boundaries else "",
    )
    cells: dict[str, tuple[int | None, str]] = {
        p.territory: (
            steps.class_of(values[p.territory] / scale),
            _said(context, p, rows[p.territory]),
        )
        if p.territory in values
        else (None, context.text("works.map_none", place=p.name))
        for p in places
    }
    unshared = sum(r["unshared"] for r in rows.values())
    note = context.text("works.map_unshared", n=context.format.number(unshared, 0))
    tail = "" if by_count or not unshared else f'<p class="source">{note}</p>'
    return html.Section(
        [
            Html(head, className="head", id="works-map-head"),
            _drawn(context, cells),
            Html(foot + tail, id="works-map-foot"),
        ],
        className="panel panel-works-map card",
    )


def _said(context: Context, place: Territory, row: dict[str, Any]) -> str:
    key = "works.map_count" if context.selection.level == COUNT else "works.map_money"
    count = context.format.number(row["projects"], 0)
    return context.text(
        key, place=place.name, value=context.format.millions(row["funding"]), n=count
    )


def _drawn(context: Context, cells: dict[str, tuple[int | None, str]]) -> Choropleth:
    shapes = context.data.shapes
    at = filters.territory_of(context)
    place = context.catalog.territories[at] if at else None
    inside = place.parent if place and place.level == "municipality" else at
    zones = [z for z in context.catalog.zones if z.territory in shapes.centres]
    return Choropleth(
        id="works-map",
        shapes=f"/shapes/{context.data.store.release}.svg",
        size=[shapes.width, shapes.height],
        level="municipality",
        cells=cells,
        zones=list(shapes.zones),
        chosen=list(context.highlighted),
        focus=inside,
        address=context.href(territory=("TERRITORY",)),
        names=labels_svg([Label(*shapes.centres[z.territory], wrap(z.short)) for z in zones]),
        title=context.text(
            "works.map_projects" if context.selection.level == COUNT else "works.map_funding"
        ),
    )


def legend(context: Context, steps: Classes, decimals: int) -> list[dict[str, Any]]:
    """Return the classes with the words of their limits and how many places each has."""
    if not sum(steps.counts):
        return []
    text = [context.format.number(b, decimals) for b in steps.breaks]
    most = max([*steps.counts, 1])
    labels = [context.text("indicator.same", value="")] if not text else []
    if text:
        labels = [
            context.text("indicator.below", value=text[0]),
            *(context.text("indicator.between", low=a, high=b) for a, b in pairwise(text)),
            context.text("indicator.above", value=text[-1]),
        ]
    return [
        {"step": i + 1, "label": label, "count": count, "share": count / most}
        for i, (label, count) in enumerate(zip(labels, steps.counts, strict=True))
    ]
