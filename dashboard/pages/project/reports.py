"""What stands behind a project of the plan: its parts, its reports, its budget and tenders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.pages.common.progress import progress, project_of, projects_rows, said
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


@panel("children")
def children(context: Context) -> Html:
    """Draw the operational projects of a strategic one with their weights, and their mean."""
    project = project_of(context)
    every = context.data.rows("portfolio", level="operational", today=context.today)
    found = [r for r in every if r["parent"] == project["project"]]
    rows = [said(context, r) for r in sorted(found, key=lambda r: -(r["weight"] or 0))]
    known = [r for r in found if r["physical"] is not None and r["weight"]]
    weights = sum(r["weight"] for r in known)
    mean = sum(r["physical"] * r["weight"] for r in known) / weights if weights else None
    parent = next(
        (r for r in progress(context, "strategic") if r["project"] == project["parent"]), None
    )
    return context.panel(
        "project/children.html",
        "children card",
        rows=rows,
        mean=mean,
        counted=len(known),
        parent=parent,
        level=project["level"],
        weight=project["weight"],
    )


@panel("reports")
def reports(context: Context) -> Html:
    """Tell what was reported, the latest first; reports are only ever added."""
    rows = [
        r
        | {
            "day": context.format.day(r["reported"]),
            "said": r[f"said_{context.language}"],
            "risk": r[f"risk_{context.language}"] or r["risk_it"],
            "at": r["reported"].isoformat(),
        }
        for r in projects_rows(context, "project_reports")
        if r["reported"].isoformat() <= context.today
    ]
    return context.panel("project/reports.html", "reports card", rows=rows)


@panel("paid_for")
def paid_for(context: Context) -> Html:
    """Name the budget programmes, tenders and targets of the project."""
    tenders = [
        r | {"day": context.format.day(r["published"]) if r["published"] else "–"}
        for r in projects_rows(context, "project_procedures")
    ]
    return context.panel(
        "project/paid_for.html",
        "paid-for card",
        budget=projects_rows(context, "project_budget_lines"),
        tenders=tenders,
        targets=[_target(context, r) for r in projects_rows(context, "project_targets")],
        resources=project_of(context)["resources"],
    )


def _target(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    indicator = context.catalog.indicators.get(row["indicator"])
    if indicator is None:
        return row | {"name": row["indicator"], "unit": "", "indicator": None}
    values = {
        k: context.format.value(row[k], indicator) for k in ("baseline", "target", "realised")
    }
    return (
        row
        | values
        | {"name": context.translate(indicator.short), "unit": context.format.unit(indicator)}
    )
