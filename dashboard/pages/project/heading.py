"""The heading of a project: how far it is and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.progress import ProjectProgress, progress, write_delay
from dashboard.pages.common.project import current_project
from dashboard.registry import Crumb, Heading, KeyFigure, heading
from warehouse import formatting

if TYPE_CHECKING:
    from dashboard.context import Context


@heading("project")
def project_heading(context: Context) -> Heading:
    """Say how far the project is and how much later than planned it ends."""
    project = current_project(context)
    label = context.text(f"project.level_{project.level}", n=project.number or "").strip()
    state = next(p for p in progress(context, project.level) if p.project == project.project)
    return Heading(
        title=_title(context, state),
        tab=state.title,
        crumbs=(breadcrumbs.home(context), breadcrumbs.projects(context), Crumb(label)),
        demonstration=project.demonstration,
        figures=_figures(context, state),
        actions=True,
    )


def _title(context: Context, project: ProjectProgress) -> str:
    if project.physical is None:
        return context.text("project.title_plain", name=project.title)
    days = project.delay_days or 0
    months = write_delay(context, abs(days)).lstrip("+")
    finish = context.text("project.on_time")
    if months != formatting.MISSING:
        finish = context.text("project.after" if days > 0 else "project.before", n=months)
    key = "project.title_done" if project.done else "project.title"
    return context.text(key, name=project.short, physical=project.physical, finish=finish)


def _figures(context: Context, project: ProjectProgress) -> tuple[KeyFigure, ...]:
    text = context.text
    state = KeyFigure(text("projects.state"), project.word, project.why)
    if project.physical is None:
        return (state,)
    physical = KeyFigure(
        text("project.physical"),
        f"{project.physical}{formatting.NBSP}%",
        text("project.physical_note", planned=project.planned),
    )
    finish = KeyFigure(
        text("project.finished" if project.done else "project.finish"),
        context.format.month(project.finish),
        text("project.finish_note", month=context.format.month(project.baseline_end)),
    )
    drift = KeyFigure(text("project.drift"), project.delay, text("project.drift_note"))
    return (state, physical, *_financial(context, project), finish, drift)


def _financial(context: Context, project: ProjectProgress) -> tuple[KeyFigure, ...]:
    """Return the paid share of the funding; nothing for a project without funding."""
    if not project.funding:
        return ()
    amounts = context.format.millions(project.paid), context.format.millions(project.funding)
    note = context.text("project.financial_note", paid=amounts[0], funding=amounts[1])
    share = context.format.percent(project.financial)
    return (KeyFigure(context.text("project.financial"), share, note),)
