"""The funded works on the map: money or number by municipality, of the works that are chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import formatting
from dashboard.components.choropleth import Choropleth
from dashboard.components.html import Html
from dashboard.figures.map_classes import Classes, classes
from dashboard.figures.map_labels import Name, names, wrap
from dashboard.pages.works import filters as chosen

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Page
    from warehouse.declarations.territories import Territory

COUNT = "count"  # the level of the address that shows numbers instead of money
MILLION = 1e6


def works_map(page: Page) -> Component:
    """Draw the municipalities by money or number; a click chooses the works of the grid."""
    rows = {r["territory"]: r for r in chosen.rows(page, "funded_by_municipality")}
    by_count = page.selection.level == COUNT
    column = "projects" if by_count else "funding"
    values = {code: r[column] for code, r in rows.items() if r[column] is not None}
    scale = 1 if by_count else MILLION
    steps = classes([v / scale for v in values.values()], 0 if by_count else 1)
    head = page.markup(
        "works/map_head.html", by_count=by_count, steps=len(steps.counts), some=values
    )
    boundaries = page.catalog.datasets.get("municipal_boundaries")
    places = [p for zone in page.catalog.zones for p in page.facts.municipalities[zone.territory]]
    foot = page.markup(
        "indicator/map.html",
        legend=legend(page, steps, 0 if by_count else 1),
        nodata=len(places) - len(values),
        strip=None,
        boundaries=page.say(boundaries.attribution) if boundaries else "",
    )
    cells: dict[str, tuple[int | None, str]] = {
        p.territory: (steps.of(values[p.territory] / scale), _said(page, p, rows[p.territory]))
        if p.territory in values
        else (None, page.words("works.map_none", place=p.name))
        for p in places
    }
    unshared = sum(r["unshared"] for r in rows.values())
    note = page.words("works.map_unshared", n=formatting.number(unshared, 0, page.lang))
    tail = "" if by_count or not unshared else f'<p class="source">{note}</p>'
    return html.Section(
        [
            Html(head, className="head", id="works-map-head"),
            _drawn(page, cells),
            Html(foot + tail, id="works-map-foot"),
        ],
        className="panel panel-works-map card",
    )


def _said(page: Page, place: Territory, row: dict[str, Any]) -> str:
    key = "works.map_count" if page.selection.level == COUNT else "works.map_money"
    count = formatting.number(row["projects"], 0, page.lang)
    return page.words(key, place=place.name, value=page.millions(row["funding"]), n=count)


def _drawn(page: Page, cells: dict[str, tuple[int | None, str]]) -> Choropleth:
    shapes = page.facts.shapes
    at = chosen.place_of(page)
    place = page.catalog.territories[at] if at else None
    inside = place.parent if place and place.level == "municipality" else at
    zones = [z for z in page.catalog.zones if z.territory in shapes.centres]
    return Choropleth(
        id="works-map",
        shapes=f"/shapes/{page.facts.store.release}.svg",
        size=[shapes.width, shapes.height],
        level="municipality",
        cells=cells,
        zones=list(shapes.zones),
        chosen=list(page.highlighted),
        focus=inside,
        address=page.href(territory=("TERRITORY",)),
        names=names([Name(*shapes.centres[z.territory], wrap(z.short)) for z in zones]),
        title=page.words(
            "works.map_projects" if page.selection.level == COUNT else "works.map_funding"
        ),
    )


def legend(page: Page, steps: Classes, decimals: int) -> list[dict[str, Any]]:
    """Return the classes with the words of their limits and how many places each has."""
    if not sum(steps.counts):
        return []
    text = [formatting.number(b, decimals, page.lang) for b in steps.breaks]
    most = max([*steps.counts, 1])
    labels = [page.words("indicator.same", value="")] if not text else []
    if text:
        labels = [
            page.words("indicator.below", value=text[0]),
            *(page.words("indicator.between", low=a, high=b) for a, b in pairwise(text)),
            page.words("indicator.above", value=text[-1]),
        ]
    return [
        {"step": i + 1, "label": label, "count": count, "share": count / most}
        for i, (label, count) in enumerate(zip(labels, steps.counts, strict=True))
    ]
