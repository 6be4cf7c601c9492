"""The portfolio as a slide: the progress of each selected project."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.pages.common.slides import project_row
from dashboard.pages.projects.selection import selected_projects
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Slide

if TYPE_CHECKING:
    from dashboard.context import Context

MOST_ROWS = 10


@slide("projects")
def projects_slide(context: Context) -> Slide:
    """List the projects of the page; of many, those that are furthest behind."""
    heading = HEADINGS["projects"](context)
    projects = selected_projects(context)
    if len(projects) > MOST_ROWS:
        projects = sorted(projects, key=lambda p: -(p.delay_days or 0))[:MOST_ROWS]
    today = date.fromisoformat(context.today)
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(project_row(context, project) for project in projects),
        plan_name=context.text("slide.plan"),
        source=context.text("slide.reports", day=context.format.day(today)),
        demonstration=heading.demonstration,
    )
