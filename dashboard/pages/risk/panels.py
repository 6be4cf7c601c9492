"""What may go wrong: milestones coming due or late, silence, money to be found, missing links."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard.pages.common import breadcrumbs
from dashboard.pages.common.progress import progress
from dashboard.registry import Crumb, Heading, heading, panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context

WITHIN = (30, 60, 90)  # days


@panel("risk_upcoming")
def upcoming(context: Context) -> Html:
    """List open milestones: overdue, and due within 30, 60, 90 days."""
    rows = [_step(context, r) for r in _open(context)]
    groups = [(context.text("risk.overdue"), [r for r in rows if r["days"] < 0])]
    since = 0
    for days in WITHIN:
        found = [r for r in rows if since <= r["days"] <= days]
        groups.append((context.text("risk.within", n=days), found))
        since = days + 1
    return context.panel(
        "risk/upcoming.html",
        "risk-upcoming card",
        groups=[(title, found) for title, found in groups if found],
        today=context.format.day(date.fromisoformat(context.today)),
    )


@panel("risk_late")
def late(context: Context) -> Html:
    """List the milestones that the first plan wanted reached by now, by owner."""
    rows = [_step(context, r) for r in _late(context)]
    owners = [(name, list(group)) for name, group in groupby(rows, key=lambda r: r["name"])]
    return context.panel("risk/late.html", "risk-late card", owners=owners)


@panel("risk_silent")
def silent(context: Context) -> Html:
    """List the open projects that told nothing for longer than the rule allows."""
    limit = context.data.rows("progress_rules")[0]["report_days"]
    rows = [
        r | {"day": context.format.day(r["reported"]) if r["reported"] else ""}
        for r in _projects(context)
        if r["state"] not in ("done", "revoked")
        and (r["silent_days"] is None or r["silent_days"] > limit)
    ]
    return context.panel("risk/silent.html", "risk-silent card", rows=rows)


@panel("risk_unfunded")
def unfunded(context: Context) -> Html:
    """List the money that is still to be found, the most first."""
    rows = sorted(
        (r for r in _projects(context) if r["to_be_found"]), key=lambda r: -r["to_be_found"]
    )
    return context.panel(
        "risk/unfunded.html",
        "risk-unfunded card",
        rows=rows,
        most=max((r["funding_total"] for r in rows), default=1),
    )


@panel("risk_links")
def unlinked(context: Context) -> Html:
    """List projects with no indicator, and indicators with no project, by policy area."""
    alone = context.data.rows("indicators_without_project")
    loaded = {i.id for i in context.data.indicators}
    areas = [
        (node, [context.catalog.indicators[r["indicator"]] for r in alone if r["area"] == node.id])
        for node in context.catalog.areas
    ]
    return context.panel(
        "risk/links.html",
        "risk-links card",
        projects=context.data.rows("projects_without_indicator"),
        areas=[(n, [i for i in found if i.id in loaded]) for n, found in areas if found],
    )


def _projects(context: Context) -> list[dict[str, Any]]:
    return [r for level in ("strategic", "operational") for r in progress(context, level)]


def _open(context: Context) -> list[dict[str, Any]]:
    return context.data.rows("open_milestones", today=context.today, days=WITHIN[-1])


def _late(context: Context) -> list[dict[str, Any]]:
    return context.data.rows("late_milestones", today=context.today)


def _step(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "title": row[f"title_{context.language}"],
        "of": row[f"project_{context.language}"],
        "first": context.format.month(row["baseline_end"]),
        "due": context.format.month(row["planned_end"]),
        "late_text": context.text("risk.late_days", n=context.format.number(row["late_days"], 0)),
    }


@heading("risk")
def _heading(context: Context) -> Heading:
    crumb = context.text("risk.tab")
    soon = sum(1 for row in _open(context) if row["days"] >= 0)
    return Heading(
        title=context.text("risk.title", late=len(_late(context)), soon=soon),
        tab=crumb,
        crumbs=(
            breadcrumbs.home(context),
            breadcrumbs.projects(context),
            Crumb(crumb),
        ),
        demonstration=True,
    )
