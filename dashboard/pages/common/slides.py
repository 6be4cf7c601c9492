"""Rows of slides that several pages have: indicators of a place, projects of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import changes
from dashboard.slides import Row
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.common.progress import ProjectProgress
    from warehouse.declarations.models import Indicator


def indicator_row(
    context: Context, indicator: Indicator, territory: str, label: str | None = None
) -> Row:
    """Return the last value of an indicator in a territory; `label` is its title by default."""
    line = context.data.series(indicator.id, territory)
    title = context.translate(indicator.short)
    period = context.format.period(line.last.period if line else None)
    return Row(
        label=label or title,
        note=f"{title}, {period}" if label else period,
        value=context.format.value(line.last.value if line else None, indicator),
        unit=context.format.unit(indicator),
        movement=changes.movement(context, line, context.data.change(line)) if line else "",
        amount=line.last.value if line else None,
        decimals=indicator.decimals,
    )


def project_row(context: Context, project: ProjectProgress) -> Row:
    """Return the physical progress of a project against the plan, and its state."""
    percent = context.format.percent
    planned = None if project.planned is None else project.planned / 100
    return Row(
        label=project.short,
        note=f"{project.word}: {project.why}" if project.why else project.word,
        value=MISSING if project.physical is None else str(project.physical),
        unit="%",
        movement=context.text("slide.planned", share=percent(planned)),
        amount=project.physical,
    )
