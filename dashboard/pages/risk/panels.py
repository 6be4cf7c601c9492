"""Risks: milestones coming due or late, silent projects, missing money and missing links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.progress import PLAN_LEVELS, ProjectProgress, progress
from dashboard.pages.common.records import Row, record
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

WITHIN = (30, 60, 90)  # days


@dataclass(frozen=True, slots=True)
class RiskyMilestone:
    """An open milestone; `days` is how many are left, below zero for an overdue one.

    `when` says it in words.
    """

    title: str
    project: str
    project_title: str
    owner: str | None
    owner_name: str | None
    first_plan: str
    due: str
    late_text: str
    days: int
    when: str


@dataclass(frozen=True, slots=True)
class SilentProject:
    """A project without a recent report; `last_report` is empty where there was none."""

    project: str
    title: str
    last_report: str


@dataclass(frozen=True, slots=True)
class UnfundedProject:
    """A project with money still to be found; the amounts as text, the bar in percent."""

    project: str
    short: str
    missing: str
    total: str
    width: float


@dataclass(frozen=True, slots=True)
class UnlinkedProject:
    """A project that names no indicator."""

    project: str
    title: str


@panel("risk_upcoming")
def upcoming(context: Context) -> Html:
    """List open milestones, and count those overdue and due within 30, 60, 90 days."""
    milestones = open_milestones(context)
    counts = [(context.text("risk.overdue"), sum(m.days < 0 for m in milestones))]
    since = 0
    for days in WITHIN:
        due = sum(since <= m.days <= days for m in milestones)
        counts.append((context.text("risk.within", n=days), due))
        since = days + 1
    return context.panel(
        "risk/upcoming.html",
        "risk-upcoming card",
        has_picture=bool(milestones),
        milestones=milestones,
        counts=counts,
        today=context.format.day(date.fromisoformat(context.today)),
    )


@panel("risk_late")
def late(context: Context) -> Html:
    """List the milestones that the first plan expected by now, by owner."""
    milestones = late_milestones(context)
    owners = [list(group) for _, group in groupby(milestones, key=lambda m: m.owner_name)]
    return context.panel(
        "risk/late.html", "risk-late card", has_picture=bool(owners), owners=owners
    )


@panel("risk_silent")
def silent(context: Context) -> Html:
    """List the open projects without a report for longer than the rule allows."""
    projects = silent_projects(context)
    return context.panel(
        "risk/silent.html", "risk-silent card", has_picture=bool(projects), projects=projects
    )


def silent_projects(context: Context) -> list[SilentProject]:
    """Return the open projects without a report for longer than the rule allows."""
    limit = context.data.rows("progress_rules")[0]["report_days"]
    return [
        SilentProject(p.project, p.title, context.format.day(p.reported) if p.reported else "")
        for p in _plan_projects(context)
        if p.state not in {"done", "revoked"} and (p.silent_days is None or p.silent_days > limit)
    ]


@panel("risk_unfunded")
def unfunded(context: Context) -> Html:
    """List the money that is still to be found, the largest amount first."""
    projects = unfunded_projects(context)
    largest = max((p.funding_total or 0 for p in projects), default=1)
    return context.panel(
        "risk/unfunded.html",
        "risk-unfunded card",
        has_picture=bool(projects),
        projects=[_unfunded_project(context, project, largest) for project in projects],
    )


def unfunded_projects(context: Context) -> list[ProjectProgress]:
    """Return the projects with money to be found, the largest amount first."""
    projects = [p for p in _plan_projects(context) if p.to_be_found]
    return sorted(projects, key=lambda p: -(p.to_be_found or 0))


def _unfunded_project(
    context: Context, project: ProjectProgress, largest: float
) -> UnfundedProject:
    return record(
        UnfundedProject,
        {"project": project.project, "short": project.short},
        missing=context.format.millions(project.to_be_found),
        total=context.format.millions(project.funding_total),
        width=round(100 * (project.to_be_found or 0) / largest, 1),
    )


@panel("risk_links")
def links(context: Context) -> Html:
    """List projects without an indicator, and indicators without a project, by policy area."""
    unlinked = {row["indicator"] for row in context.data.rows("indicators_without_project")}
    indicators = [i for i in context.data.indicators if i.id in unlinked]
    areas = [
        (node, sorted((i for i in indicators if i.area == node.id), key=lambda i: i.id))
        for node in context.catalog.areas
    ]
    return context.panel(
        "risk/links.html",
        "risk-links card",
        projects=[
            UnlinkedProject(row["project"], row[f"title_{context.language}"])
            for row in context.data.rows("projects_without_indicator")
        ],
        areas=[(node, members) for node, members in areas if members],
    )


def _plan_projects(context: Context) -> list[ProjectProgress]:
    return [project for level in PLAN_LEVELS for project in progress(context, level)]


def open_milestones(context: Context) -> list[RiskyMilestone]:
    """Return the milestones that are overdue or due within 90 days, the earliest first."""
    rows = context.data.rows("open_milestones", today=context.today, days=WITHIN[-1])
    return [_risky_milestone(context, row, row["days"]) for row in rows]


def late_milestones(context: Context) -> list[RiskyMilestone]:
    """Return the milestones that the first plan expected by now, by owner."""
    rows = context.data.rows("late_milestones", today=context.today)
    return [_risky_milestone(context, row, -row["late_days"]) for row in rows]


def _risky_milestone(context: Context, row: Row, days: int) -> RiskyMilestone:
    late_days = context.format.number(row["late_days"], 0)
    return RiskyMilestone(
        title=row[f"title_{context.language}"],
        project=row["project"],
        project_title=row[f"project_{context.language}"],
        owner=row["owner"],
        owner_name=row["name"],
        first_plan=context.format.month(row["baseline_end"]),
        due=context.format.month(row["planned_end"]),
        late_text=context.text("risk.late_days", n=late_days),
        days=days,
        when=time_left(context, days),
    )


def time_left(context: Context, days: int) -> str:
    """Say in how many days a milestone is due, or for how many it is overdue."""
    if days == 0:
        return context.text("risk.today")
    return context.text("risk.since" if days < 0 else "risk.in", n=context.format.number(abs(days)))


@heading("risk")
def risk_heading(context: Context) -> Heading:
    """Count the milestones that are late and those due soon."""
    crumb = context.text("risk.tab")
    soon = sum(1 for milestone in open_milestones(context) if milestone.days >= 0)
    late_count = len(late_milestones(context))
    day = context.format.day(date.fromisoformat(context.today))
    return Heading(
        title=context.text("risk.title", day=day, late=late_count, soon=soon),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), breadcrumbs.projects(context), Crumb(crumb)),
        demonstration=bool(context.data.invented_projects),
        actions=True,
    )
