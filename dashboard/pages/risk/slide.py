"""Risks and deadlines as a slide: the milestones that are due, the most urgent first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.pages.risk.panels import open_milestones
from dashboard.registry import HEADINGS, slide
from dashboard.slides import Row, Slide

if TYPE_CHECKING:
    from dashboard.context import Context

MOST_ROWS = 8


@slide("risk")
def risk_slide(context: Context) -> Slide:
    """List the open milestones with their owner and the month in which they are due."""
    heading = HEADINGS["risk"](context)
    milestones = open_milestones(context)[:MOST_ROWS]
    return Slide(
        title=heading.title,
        tab=heading.tab,
        address=context.href(),
        rows=tuple(Row(m.title, f"{m.project_title} · {m.owner_name}", m.due) for m in milestones),
        source=context.text(
            "slide.reports", day=context.format.day(date.fromisoformat(context.today))
        ),
        demonstration=heading.demonstration,
    )
