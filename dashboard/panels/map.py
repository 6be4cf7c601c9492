"""The map panel of an indicator: choropleth, classes, and the municipalities as dots."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dashboard import narrative, numbers
from dashboard.figures.choropleth import Area, Mark, choropleth, wrap
from dashboard.figures.classes import Classes, classes
from dashboard.panels.shown import focus, municipalities, shown_period, values_at

EDGE_OF_NORTH = 0.42  # share of the map's height: names of places above it stand on top
BELOW = 0.86  # share of the height at which the other names stand, left of the exclave

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.page import Page
    from warehouse.declarations import Territory


def map_panel(page: Page) -> Html:
    """Draw the map, its classes, and below it every municipality as a dot by zone."""
    indicator, period = page.indicator, shown_period(page)
    by_zone = page.selection.map == "zone"
    level = page.catalog.zones if by_zone else municipalities(page)
    values = values_at(page, level, period)
    steps = classes(list(values.values()), indicator.decimals)
    areas = [_area(page, place, values.get(place.territory), steps, period) for place in level]
    shapes = page.facts.shapes
    chosen = [f"zone-{c}" if c in shapes.zones else c for c in page.highlighted]
    if by_zone:
        areas = [Area(f"zone-{a.key}", a.label, a.step, a.href) for a in areas]
    drawing = choropleth(
        areas,
        _marks(page, values, by_zone=by_zone),
        shapes=f"/shapes/{page.facts.store.release}.svg",
        size=(shapes.width, shapes.height),
        zones=list(shapes.zones),
        chosen=[c for c in chosen if c.removeprefix("zone-") in {**shapes.zones, **shapes.paths}],
        title=narrative.extremes(page, indicator, period),
    )
    return page.html(
        "map.html",
        "map card",
        drawing=drawing,
        legend=_legend(page, steps),
        level=page.selection.map,
        count=len(level),
        nodata=len(level) - len(values),
        period=numbers.period(period, page.lang),
        strip=_strip(page, period),
        boundaries=page.say(page.catalog.datasets["municipal_boundaries"].attribution)
        if "municipal_boundaries" in page.catalog.datasets
        else "",
    )


def _area(
    page: Page, place: Territory, value: float | None, steps: Classes, period: str | None
) -> Area:
    said = page.words("matrix.no_data")
    if value is not None:
        said = f"{page.value(value, page.indicator)} {page.unit(page.indicator)}"
    label = f"{place.name}: {said}, {numbers.period(period, page.lang)}"
    step = steps.of(value) if value is not None else None
    target = place.territory if place.level == "zone" else (place.parent or place.territory)
    path = None if place.level == "zone" else f"/territori/{place.territory}"
    if path is None:
        return Area(place.territory, label, step, page.href(territory=(target,)))
    return Area(place.territory, label, step, page.href(territory=_toward(page, place)))


def _toward(page: Page, place: Territory) -> tuple[str, ...]:
    """From the whole map a click chooses the zone; inside a chosen zone, the municipality."""
    inside = focus(page)
    if inside and place.parent == inside.territory:
        return (inside.territory, place.territory)
    return (place.parent,) if place.parent else (place.territory,)


def _marks(page: Page, values: dict[str, float], *, by_zone: bool) -> list[Mark]:
    centres = page.facts.shapes.centres
    zones = [z for z in page.catalog.zones if z.territory in centres]
    marks = [Mark(*centres[z.territory], wrap(z.short)) for z in zones]
    if by_zone or len(values) < 2:  # noqa: PLR2004  # no lowest and highest to tell apart
        return marks
    for pick in (min, max):
        code = pick(values, key=lambda c: values[c])
        if code in centres and code not in page.facts.shapes.zones:
            text = (
                f"{page.catalog.territories[code].short} {page.value(values[code], page.indicator)}"
            )
            marks.append(_extreme(page, centres[code], text, len(marks) - len(zones)))
    return marks


def _extreme(page: Page, at: tuple[int, int], text: str, before: int) -> Mark:
    """Put a name above or below the map, nearest to its place, with a leader."""
    height = page.facts.shapes.height
    above = at[1] < EDGE_OF_NORTH * height
    x = min(max(at[0], 150), 850)
    y = 16 + 30 * before if above else round(height * BELOW) + 30 * before
    return Mark(x, y, [text], at)


def _legend(page: Page, steps: Classes) -> list[dict[str, Any]]:
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
