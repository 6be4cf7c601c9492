"""The actors of a funded work, and the works near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.project import current_project, places, project_rows
from dashboard.pages.common.records import record
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

PLACES_LINKED = 3


@dataclass(frozen=True, slots=True)
class Participant:
    """A body with a part in the work."""

    name: str
    role: str


@panel("work_actors")
def work_actors(context: Context) -> Html:
    """List who takes part in the work, and as what."""
    rows = project_rows(context, "project_actors")
    participants = [record(Participant, row) for row in rows]
    return context.panel(
        "work/actors.html",
        "work-actors card",
        has_picture=bool(participants),
        participants=participants,
    )


@panel("related_works")
def related_works(context: Context) -> Html:
    """Link to the works of the same municipality, measure and policy area."""
    project = current_project(context)
    return context.panel(
        "work/related_works.html",
        "related-works card",
        measure=project.measure,
        places=places(context)[:PLACES_LINKED],
        area=next((node for node in context.catalog.areas if node.id == project.area), None),
    )
