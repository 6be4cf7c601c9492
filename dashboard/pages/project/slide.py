"""A project of the plan as a slide: its key figures, then its milestones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.pages.common.progress import progress
from dashboard.pages.common.project import current_project
from dashboard.pages.common.slides import planned_share, project_sign
from dashboard.pages.project.milestones import milestone_rows
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Judgement, Row, Slide

if TYPE_CHECKING:
    from dashboard.context import Context

MOST_ROWS = 8


@slide("project")
def project_slide(context: Context) -> Slide:
    """List the milestones: when each was planned to end, when it ends, how far it is."""
    heading = HEADINGS["project"](context)
    today = date.fromisoformat(context.today)
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(
            Row(label=step.title, note=step.plan, value=step.completed, movement=step.end)
            for step in milestone_rows(context)[:MOST_ROWS]
        ),
        signs=_signs(context),
        source=context.text("slide.reports", day=context.format.day(today)),
        demonstration=heading.demonstration,
        notes=tuple(
            " ".join(filter(None, (f"{figure.label}: {figure.value}.", figure.note)))
            for figure in heading.figures
        ),
    )


def _signs(context: Context) -> tuple[Judgement, ...]:
    """Return the state of the project with its reason, and what was planned by now."""
    current = current_project(context)
    project = next(p for p in progress(context, current.level) if p.project == current.project)
    state = project_sign(project)
    if project.planned is None:
        return (state,)
    why = "; ".join(filter(None, (state.why, planned_share(context, project))))
    return (replace(state, why=why),)
