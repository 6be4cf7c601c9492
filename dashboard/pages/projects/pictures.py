"""The timelines of the portfolio as a picture."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures.gantt import timeline
from dashboard.pages.projects.portfolio import TIMELINE_HEIGHT, portfolio_rows
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING, NBSP

if TYPE_CHECKING:
    from dashboard.context import Context


@picture("portfolio")
def portfolio_picture(context: Context) -> Picture | None:
    """Draw the selected projects with their progress; nothing where none is selected."""
    rows, axis = portfolio_rows(context)
    if not rows:
        return None
    today = date.fromisoformat(context.today)
    day = context.format.day(today)
    drawing, height = timeline(
        [
            (
                row.project.title,
                MISSING if row.project.physical is None else f"{row.project.physical}{NBSP}%",
                row.timeline,
            )
            for row in rows
        ],
        axis,
        (today, day),
        TIMELINE_HEIGHT,
        WIDTH,
    )
    return Picture(
        title=HEADINGS["projects"](context).title,
        subtitle=context.text("projects.portfolio_sub", day=day),
        drawing=drawing,
        height=height,
        source=context.text("slide.reports", day=day),
        demonstration=context.is_demonstration(rows),
    )
