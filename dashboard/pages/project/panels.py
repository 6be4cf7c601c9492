"""The actors of a project, its parent and its children in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common.filters import TRAITS
from dashboard.pages.common.progress import ProjectProgress, progress
from dashboard.pages.common.project import current_project, project_rows
from dashboard.pages.common.records import record
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor with a part in the project; `actor` is the name of its page."""

    actor: str | None
    name: str
    role: str
    demonstration: bool


@panel("actors")
def actors(context: Context) -> Html:
    """List who takes part and as what, and which traits the plan recognises."""
    project = current_project(context)
    participants = participants_of(context)
    return context.panel(
        "project/actors.html",
        "actors card",
        has_picture=bool(participants),
        participants=participants,
        invented_actors=any(participant.demonstration for participant in participants),
        traits=[(t, t in project.traits) for t in TRAITS] if project.traits else [],
        invented_traits=project.demonstration,
    )


def participants_of(context: Context) -> list[Participant]:
    """Return who takes part in the project."""
    return [record(Participant, row) for row in project_rows(context, "project_actors")]


@panel("children")
def children(context: Context) -> Html:
    """Draw a strategic project's operational ones with their weights and mean, or the parent."""
    project = current_project(context)
    parents = progress(context, "strategic")
    projects = [p for p in progress(context, "operational") if p.parent == project.project]
    mean, number = _mean_progress(projects)
    return context.panel(
        "project/children.html",
        "children card",
        has_picture=bool(projects),
        strategic=project.level == "strategic",
        children=sorted(projects, key=lambda child: -(child.weight or 0)),
        mean=mean,
        number=number,
        parent=next((p for p in parents if p.project == project.parent), None),
        weight=project.weight,
    )


def _mean_progress(projects: list[ProjectProgress]) -> tuple[float | None, int]:
    """Return the physical progress by weight, and of how many projects it is."""
    shares = [
        (project.physical_share, project.weight)
        for project in projects
        if project.physical_share is not None and project.weight
    ]
    total = sum(weight for _, weight in shares)
    mean = sum(share * weight for share, weight in shares) / total if total else None
    return mean, len(shares)
