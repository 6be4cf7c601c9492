"""The projects that the address selects by level, filters and territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common.filters import matches
from dashboard.pages.common.progress import PLAN_LEVELS, ProjectProgress, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context


def selected_level(context: Context) -> str:
    """Return the selected level of projects, by default the strategic one."""
    level = context.selection.level
    return level if level in PLAN_LEVELS else PLAN_LEVELS[0]


def selected_projects(context: Context) -> list[ProjectProgress]:
    """Return the projects of the selected level that match every filter."""
    return filtered(context, progress(context, selected_level(context)))


def filtered(context: Context, projects: Sequence[ProjectProgress]) -> list[ProjectProgress]:
    """Return the projects that match every filter and concern the highlighted territories."""
    projects = [p for p in projects if matches(context, p)]
    for territory in context.highlighted:
        rows = context.data.rows("projects_of_territory", territory=territory)
        names = {row["project"] for row in rows}
        projects = [project for project in projects if project.project in names]
    return list(projects)
