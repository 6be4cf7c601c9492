"""What stands behind a project of the plan: its parts, its reports, its budget and tenders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.components.html import Html
from dashboard.pages.common.progress import FUNDED, progress, project_of, projects_rows, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.context import Page


def _nothing(name: str) -> Html:
    """Return the place of a panel that this kind of project does not have."""
    return Html("", id=f"panel-{name}", className=f"panel panel-{name} none", tag="section")


def children(page: Page) -> Html:
    """Draw the operational projects of a strategic one with their weights, and their mean."""
    project = project_of(page)
    if project["level"] == FUNDED:
        return _nothing("children")
    every = page.facts.rows("portfolio", level="operational", today=page.today)
    found = [r for r in every if r["parent"] == project["project"]]
    rows = [said(page, r) for r in sorted(found, key=lambda r: -(r["weight"] or 0))]
    known = [r for r in found if r["physical"] is not None and r["weight"]]
    weights = sum(r["weight"] for r in known)
    mean = sum(r["physical"] * r["weight"] for r in known) / weights if weights else None
    parent = next(
        (r for r in progress(page, "strategic") if r["project"] == project["parent"]), None
    )
    return page.html(
        "project/children.html",
        "children card",
        rows=rows,
        mean=mean,
        counted=len(known),
        parent=parent,
        level=project["level"],
        weight=project["weight"],
    )


def reports(page: Page) -> Html:
    """Tell what was reported, the latest first; reports are only ever added."""
    if project_of(page)["level"] == FUNDED:
        return _nothing("reports")
    rows = [
        r
        | {
            "day": formatting.day(r["reported"], page.lang),
            "said": r[f"said_{page.lang}"],
            "risk": r[f"risk_{page.lang}"] or r["risk_it"],
            "at": r["reported"].isoformat(),
        }
        for r in projects_rows(page, "project_reports")
        if r["reported"].isoformat() <= page.today
    ]
    return page.html("project/reports.html", "reports card", rows=rows)


def paid_for(page: Page) -> Html:
    """Name the budget programmes, tenders and targets of the project."""
    if project_of(page)["level"] == FUNDED:
        return _nothing("paid-for")
    tenders = [
        r | {"day": formatting.day(r["published"], page.lang) if r["published"] else "–"}
        for r in projects_rows(page, "project_procedures")
    ]
    return page.html(
        "project/paid_for.html",
        "paid-for card",
        budget=projects_rows(page, "project_budget_lines"),
        tenders=tenders,
        targets=[_target(page, r) for r in projects_rows(page, "project_targets")],
        resources=project_of(page)["resources"],
    )


def _target(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    indicator = page.catalog.indicators.get(row["indicator"])
    if indicator is None:
        return row | {"name": row["indicator"], "unit": "", "indicator": None}
    values = {k: page.value(row[k], indicator) for k in ("baseline", "target", "realised")}
    return row | values | {"name": page.say(indicator.short), "unit": page.unit(indicator)}


PANELS: dict[str, Callable[[Page], Component]] = {
    "children": children,
    "reports": reports,
    "paid_for": paid_for,
}
