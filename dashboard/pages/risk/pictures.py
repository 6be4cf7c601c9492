"""The panels of risks as pictures: milestones due and late, silent projects, missing money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.table import Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common.pictures import millions, of_projects
from dashboard.pages.risk.panels import (
    late_milestones,
    open_milestones,
    silent_projects,
    unfunded_projects,
)
from dashboard.registry import picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.pages.risk.panels import RiskyMilestone
    from dashboard.pictures import Picture


@picture("risk_upcoming")
def upcoming_picture(context: Context) -> Picture | None:
    """Draw the open milestones, the earliest first."""
    return _milestones(context, "risk.upcoming", open_milestones(context), days="risk.days")


@picture("risk_late")
def late_picture(context: Context) -> Picture | None:
    """Draw the milestones that the first plan expected by now."""
    return _milestones(context, "risk.late", late_milestones(context), days="")


def _milestones(
    context: Context, title: str, steps: Sequence[RiskyMilestone], *, days: str
) -> Picture | None:
    text = context.text
    rows = tuple(
        (
            step.title,
            step.project_title,
            step.owner_name or MISSING,
            step.first_plan,
            step.due,
            Value(context.format.number(step.days, 0), step.days) if days else step.late_text,
        )
        for step in steps
    )
    columns = (
        text("actors.step"),
        text("picture.project"),
        text("risk.owner"),
        text("actors.plan"),
        text("risk.due"),
        text(days) if days else text("project.drift"),
    )
    names = [step.project for step in steps]
    return of_projects(context, text(title), Table(columns, rows), names)


@picture("risk_unfunded")
def unfunded_picture(context: Context) -> Picture | None:
    """Draw the money that is still to be found, against the whole."""
    text, projects = context.text, unfunded_projects(context)
    largest = max((p.funding_total or 0 for p in projects), default=0) or 1
    rows = tuple(
        (
            project.title,
            bar(
                100 * (project.funding_total or 0) / largest,
                [(100 * (project.to_be_found or 0) / largest, "att")],
            ),
            millions(context, project.to_be_found),
            millions(context, project.funding_total),
        )
        for project in projects
    )
    columns = (
        text("picture.project"),
        "",
        f"{text('risk.unfunded')}, M€",
        f"{text('project.funding')}, M€",
    )
    return of_projects(context, text("risk.unfunded"), Table(columns, rows), projects)


@picture("risk_silent")
def silent_picture(context: Context) -> Picture | None:
    """Draw the open projects without a recent report."""
    text, projects = context.text, silent_projects(context)
    rows = tuple((p.title, p.last_report or text("risk.never")) for p in projects)
    columns = (text("picture.project"), text("risk.last_report"))
    return of_projects(context, text("risk.silent"), Table(columns, rows), projects)
