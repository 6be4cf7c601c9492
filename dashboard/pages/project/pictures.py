"""The timeline of a project as a picture."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures.gantt import timeline
from dashboard.pages.project.milestones import timeline_of
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("gantt")
def gantt_picture(context: Context) -> Picture | None:
    """Draw the milestones of the project; nothing where it has none."""
    steps = timeline_of(context)
    if not steps.rows:
        return None
    today = date.fromisoformat(context.today)
    heading = HEADINGS["project"](context)
    rows = [(row.title, row.completed, row.drawing) for row in steps.rows]
    drawing, height = timeline(
        rows, steps.axis, (today, context.format.day(today)), steps.height, WIDTH
    )
    day = context.format.day(today)
    return Picture(
        title=heading.title,
        subtitle=f"{heading.tab} · {context.text('project.gantt')} · {day}",
        drawing=drawing,
        height=height,
        source=context.text("slide.reports", day=day),
        demonstration=steps.demonstration,
    )
