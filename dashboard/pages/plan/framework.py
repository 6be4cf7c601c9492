"""The framework of the plan: nodes, their projects and the budget programmes that pay for them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.pages.plan.cycle import cycle_rows, selected_cycle
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.common.records import Row

ZONE_AGENDA = "zone_agenda"  # the nodes of this type have a panel of their own


@dataclass(frozen=True, slots=True)
class Programme:
    """A mission and programme of the budget."""

    mission: str
    programme: str
    title: str


@dataclass(frozen=True, slots=True)
class PlanProject:
    """A project in the tree, with its budget programmes and its operational projects."""

    project: str
    level: str
    title: str
    programmes: tuple[Programme, ...]
    children: tuple[PlanProject, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A node of the framework with the projects it is primary for."""

    title: str
    projects: tuple[PlanProject, ...]


@panel("framework")
def framework(context: Context) -> Html:
    """Draw the tree: node → strategic project → operational project → budget programme."""
    rows = [row for row in cycle_rows(context, "plan_nodes") if row["type"] != ZONE_AGENDA]
    projects = _projects_by_node(context)
    title = f"title_{context.language}"
    kinds = [
        (kind, [PlanNode(row[title], projects.get(row["node"], ())) for row in group])
        for kind, group in groupby(rows, key=lambda row: row["type"])
    ]
    return context.panel(
        "plan/framework.html",
        "framework card",
        cycles=context.catalog.plan.cycles,
        selected=selected_cycle(context),
        kinds=kinds,
        demonstration=context.is_demonstration(projects.values()),
    )


def _projects_by_node(context: Context) -> dict[str, tuple[PlanProject, ...]]:
    """Return projects by node: strategic ones with their children, operational ones without."""
    rows_of: dict[str, list[Row]] = {}
    for row in cycle_rows(context, "plan_attached"):
        rows_of.setdefault(row["project"], []).append(row)
    children: dict[str, list[str]] = {}
    roots: dict[str, list[str]] = {}
    for project, (row, *_) in rows_of.items():
        if row["parent"] in rows_of:
            children.setdefault(row["parent"], []).append(project)
        else:
            roots.setdefault(row["node"], []).append(project)

    def build(project: str) -> PlanProject:
        parts = tuple(build(child) for child in children.get(project, ()))
        return _plan_project(context, rows_of[project], parts)

    return {node: tuple(build(name) for name in names) for node, names in roots.items()}


def _plan_project(
    context: Context, rows: list[Row], children: tuple[PlanProject, ...]
) -> PlanProject:
    """Return a project from its rows, one for each budget programme."""
    first = rows[0]
    title = first[f"title_{context.language}"]
    programmes = tuple(_programmes(context, rows))
    return PlanProject(first["project"], first["level"], title, programmes, children)


def _programmes(context: Context, rows: list[Row]) -> Iterable[Programme]:
    for row in rows:
        if row["mission"]:
            title = row[f"programme_{context.language}"]
            yield Programme(row["mission"], row["programme"], title)
