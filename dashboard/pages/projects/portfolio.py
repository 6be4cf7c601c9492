"""The portfolio: each selected project of the plan as a row with its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures.gantt import Axis, Bar, row, time_axis
from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.filters import portfolio_menus
from dashboard.pages.common.progress import (
    PLAN_LEVELS,
    ProjectProgress,
    progress,
    write_likely_end,
)
from dashboard.pages.projects.selection import selected_level, selected_projects
from dashboard.registry import Crumb, Heading, KeyFigure, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

TIMELINE_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """A project with its timeline (SVG, and as a sentence) and its dates as text."""

    project: ProjectProgress
    areas: str
    financial: str
    funding: str
    timeline: str
    timeline_text: str
    next_date: str
    finish: str
    likely: str


@panel("portfolio")
def portfolio(context: Context) -> Html:
    """Draw each project as a row: what, how far, how much, when, what next."""
    level, today = selected_level(context), date.fromisoformat(context.today)
    rows, scale = portfolio_rows(context)
    return context.panel(
        "projects/portfolio.html",
        "portfolio card",
        has_picture=bool(rows),
        level=level,
        levels=PLAN_LEVELS,
        menus=portfolio_menus(context, progress(context, level)),
        rows=rows,
        axis=scale,
        today=context.format.day(today),
        today_x=scale.x(today),
    )


def portfolio_rows(context: Context) -> tuple[list[PortfolioRow], Axis]:
    """Return the selected projects with their timelines, and the axis of these."""
    projects, today = selected_projects(context), date.fromisoformat(context.today)
    bars = [_bar(project, today) for project in projects]
    scale = time_axis([today, *(day for bar in bars for day in bar.days)])
    rows = [_row(context, project, bar, scale) for project, bar in zip(projects, bars, strict=True)]
    return rows, scale


def _bar(project: ProjectProgress, today: date) -> Bar:
    start, end = project.baseline_start, project.baseline_end
    low, high = project.finish_low, project.finish_high
    last = project.finish if project.done else today
    return Bar(
        planned=(start, end) if start and end else None,
        start=project.actual_start,
        done=last if project.actual_start else None,
        forecast=None if project.done else project.finish,
        range=(low, high) if low and high and not project.done else None,
        reached=project.done,
        late=project.late,
    )


def _row(context: Context, project: ProjectProgress, bar: Bar, scale: Axis) -> PortfolioRow:
    month, today = context.format.month, date.fromisoformat(context.today)
    next_date, low, high = project.next_date, project.finish_low, project.finish_high
    key = "projects.ended" if project.done else "projects.expected"
    return PortfolioRow(
        project=project,
        areas=_areas(context, project),
        financial=context.format.percent(project.financial),
        funding=context.format.millions(project.funding),
        timeline=row(bar, scale, today, height=TIMELINE_HEIGHT, marks=False),
        timeline_text=_timeline_text(context, bar),
        next_date=context.text("projects.by", month=month(next_date)) if next_date else "",
        finish=context.text(key, month=month(project.finish)),
        likely="" if project.done else write_likely_end(context, low, high, project.finish),
    )


def _timeline_text(context: Context, bar: Bar) -> str:
    """Describe the timeline for screen readers."""
    if not bar.planned:
        return ""
    start, end = (context.format.month(day) for day in bar.planned)
    return context.text("projects.spoken", start=start, end=end)


def _areas(context: Context, project: ProjectProgress) -> str:
    """Name the first policy area of a project and count the others."""
    nodes = {node.id: node for node in context.catalog.areas}
    first = nodes.get(project.area or "")
    name = context.translate(first.short or first.title) if first else ""
    more = len(project.areas) - 1
    if more < 1:
        return name
    key = "projects.more_areas" if more > 1 else "projects.more_area"
    return f"{name} · {context.text(key, n=more)}"


@heading("projects")
def projects_heading(context: Context) -> Heading:
    """Count the late projects."""
    projects, level = selected_projects(context), selected_level(context)
    late = sum(1 for project in projects if project.late)
    title = context.text("projects.none")
    if projects:
        title = context.text(f"projects.title_{level}", n=late, total=len(projects))
    crumb = context.text("nav.projects")
    return Heading(
        title=title,
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        demonstration=context.is_demonstration(projects),
        figures=_figures(context, projects, late),
        actions=True,
    )


def _figures(context: Context, projects: list[ProjectProgress], late: int) -> tuple[KeyFigure, ...]:
    """Return late projects, progress weighted by funding, the paid share and the funding."""
    funding = sum(p.funding or 0 for p in projects)
    paid = sum(p.paid or 0 for p in projects)
    weighted = sum((p.physical or 0) / 100 * (p.funding or 0) for p in projects)
    text, percent = context.text, context.format.percent
    return (
        KeyFigure(text("projects.late"), text("projects.of", n=late, total=len(projects))),
        KeyFigure(text("projects.weighted"), percent(weighted / funding if funding else None)),
        KeyFigure(text("projects.paid"), percent(paid / funding if funding else None)),
        KeyFigure(text("projects.funded"), f"{context.format.millions(funding)} M€"),
    )
