"""The page of a zone, a municipality or the metropolitan city: its profile, projects and works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.figures.locator import PlaceLink
from dashboard.pages.common import breadcrumbs, findings
from dashboard.pages.common.progress import projects_near
from dashboard.pages.common.records import record
from dashboard.pages.territory.profile import agenda_title, facts, locator_map
from dashboard.pages.territory.standing import (
    outline_of,
    place_of,
    zone_of,
)
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of a zone's agenda; one made for demonstration is marked."""

    title: str
    demonstration: bool


@heading("territory")
def territory_heading(context: Context) -> Heading:
    """Say the largest news of the territory among the headlines of all areas."""
    place = place_of(context)
    zone = zone_of(context, place)
    is_inside = zone and zone != place
    parent = (Crumb(zone.name, f"/territori/{zone.territory}"),) if zone and is_inside else ()
    return Heading(
        title=_title(context, place),
        tab=place.name,
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.territories(context),
            *parent,
            Crumb(place.name),
        ),
        favourite=None if place.level == "metro" else (place.territory, place.name),
        actions=True,
        compare=context.href(
            "/confronta", territory=() if place.level == "metro" else (place.territory,)
        ),
    )


def _title(context: Context, place: Territory) -> str:
    headlines = findings.headlines_of_all(context)
    sentence = findings.finding(context, headlines, place.territory)
    return context.text("heading.area", area=place.name, sentence=sentence)


@panel("identity")
def identity(context: Context) -> Html:
    """Say what and where the territory is; the map links to its neighbours and its parts."""
    place = place_of(context)
    zone = zone_of(context, place)
    return context.panel(
        "territory/identity.html",
        "identity card",
        zone=zone if place.level == "municipality" else None,
        map=_map(context, place, zone),
        facts=facts(context, place),
        agenda=agenda_title(context, zone) if zone else "",
        objectives=_objectives(context, zone) if zone else [],
    )


def _objectives(context: Context, zone: Territory) -> list[Objective]:
    rows = context.data.rows("plan_agendas", cycle=context.catalog.plan.current.id)
    return [
        record(Objective, row, title=row[f"objective_{context.language}"])
        for row in rows
        if row["territory"] == zone.territory and row["objective_it"]
    ]


def _map(context: Context, place: Territory, zone: Territory | None) -> str:
    """Draw the place among the other zones and the municipalities of its own."""
    shapes = context.data.shapes
    parts = context.data.municipalities[zone.territory] if zone else ()
    neighbours = [
        *(z for z in context.catalog.zones if z != zone),
        *(parts if len(parts) > 1 else ()),
    ]
    links = [
        PlaceLink(outline_of(p), p.name, context.href(f"/territori/{p.territory}"))
        for p in neighbours
        if p.territory in (shapes.zones if p.level == "zone" else shapes.paths)
    ]
    selected = [outline_of(p) for p in context.data.municipalities.get(place.territory, ())]
    if place.territory in shapes.paths:
        selected = [place.territory]
    title = context.text("territory.map", name=place.name)
    return locator_map(context, links, selected, title)


@panel("zone_projects")
def zone_projects(context: Context) -> Html:
    """Draw the plan's strategic projects that concern the territory, the local ones first."""
    projects = projects_near(context, place_of(context).territory)
    strategic = [pair for pair in projects if pair[0].level == "strategic"]
    return context.panel(
        "territory/zone_projects.html",
        "zone-projects card",
        has_picture=bool(strategic),
        projects=strategic,
        operational=sum(1 for project, _ in projects if project.level == "operational"),
    )
