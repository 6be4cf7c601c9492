"""The operational projects by policy area, and the funded works by zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.progress import ProjectProgress, progress
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from warehouse.declarations.plan import Node


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """The funded works of a zone, as text; the bar in percent."""

    territory: str
    name: str
    projects: str
    funding: str
    paid: str
    width: float


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """The operational projects of a policy area, with its number in the plan."""

    node: Node
    number: int
    projects: list[ProjectProgress]


@panel("works_by_zone")
def works_by_zone(context: Context) -> Html:
    """Draw the funded works of each zone, those of a single municipality."""
    (totals,) = context.data.rows("funded_totals")
    return context.panel(
        "projects/works_by_zone.html",
        "works-by-zone card",
        zones=[
            ZoneRow(
                territory=row["territory"],
                name=row["short"],
                projects=context.format.number(row["projects"], 0),
                funding=context.format.millions(row["funding"]),
                paid=context.format.percent(row["paid_share"]),
                width=100 * (row["paid_share"] or 0),
            )
            for row in context.data.rows("funded_by_zone")
        ],
        single=context.format.number(totals["single_projects"], 0),
        total=context.format.number(totals["projects"], 0),
        day=context.format.period(totals["paid_on"]),
    )


@panel("operational")
def operational(context: Context) -> Html:
    """List the operational projects by policy area."""
    projects = progress(context, "operational")
    groups = [
        AreaGroup(node, number, [p for p in projects if p.area == node.id])
        for number, node in enumerate(context.catalog.areas, 1)
    ]
    return context.panel(
        "projects/operational.html",
        "operational card",
        has_picture=bool(projects),
        groups=[group for group in groups if group.projects],
        total=len(projects),
    )
