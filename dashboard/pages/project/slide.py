"""A project of the plan as a slide: its key figures, then its milestones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.pages.project.milestones import milestone_rows
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Row, Slide

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
        source=context.text("slide.reports", day=context.format.day(today)),
        demonstration=heading.demonstration,
        notes=tuple(
            " ".join(filter(None, (f"{figure.label}: {figure.value}.", figure.note)))
            for figure in heading.figures
        ),
    )
