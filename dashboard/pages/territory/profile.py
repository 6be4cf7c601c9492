"""Profile of a territory: its agenda, its key figures, its map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures.locator import PlaceLink, locator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from warehouse.declarations.territories import Territory

INDICATORS = ("resident_population", "population_density")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a territory with its unit and period."""

    label: str
    value: str
    unit: str = ""


def facts(context: Context, place: Territory) -> list[Fact]:
    """Return the municipalities, area, population and density of a territory."""
    inside = municipalities_of(context, place)
    rows = []
    if inside:
        rows.append(Fact(context.text("territory.municipalities"), str(len(inside))))
    area = place.area_km2 or sum(p.area_km2 or 0 for p in inside)
    if area:
        rows.append(Fact(context.text("territory.area"), context.format.number(area, 1), "km²"))
    for name in INDICATORS:
        indicator = context.catalog.indicators.get(name)
        line = context.data.series(name, place.territory) if indicator else None
        if indicator and line:
            period = context.format.period(line.last_period)
            rows.append(
                Fact(
                    label=context.text(f"territory.{name}"),
                    value=context.format.value(line.last_value, indicator),
                    unit=f"{context.format.unit(indicator)}, {period}",
                )
            )
    return rows


def municipalities_of(context: Context, place: Territory) -> tuple[Territory, ...]:
    """Return the municipalities of a zone or of the metropolitan city."""
    if place.level == "metro":
        return tuple(p for places in context.data.municipalities.values() for p in places)
    return context.data.municipalities.get(place.territory, ())


def agenda_title(context: Context, place: Territory) -> str:
    """Return the title of a territory's agenda in the current plan; empty without one."""
    for node in context.catalog.plan.current.framework:
        if node.territory == place.territory:
            return context.translate(node.title)
    return ""


def locator_map(
    context: Context, links: Sequence[PlaceLink], selected: Sequence[str], title: str = ""
) -> str:
    """Draw the map of the territory with the selected outlines."""
    shapes = context.data.shapes
    return locator(
        links,
        shapes=context.shapes,
        size=(shapes.width, shapes.height),
        selected=selected,
        title=title,
    )
