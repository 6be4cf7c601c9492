"""What may go wrong: milestones coming due or late, silence, money to be found, missing links."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.components.html import Html
    from dashboard.context import Page

WITHIN = (30, 60, 90)  # days


def upcoming(page: Page) -> Html:
    """List open milestones: overdue, and due within 30, 60, 90 days."""
    rows = [_step(page, r) for r in _open(page)]
    groups = [(page.words("risk.overdue"), [r for r in rows if r["days"] < 0])]
    since = 0
    for days in WITHIN:
        found = [r for r in rows if since <= r["days"] <= days]
        groups.append((page.words("risk.within", n=days), found))
        since = days + 1
    return page.html(
        "risk/upcoming.html",
        "risk-upcoming card",
        groups=[(title, found) for title, found in groups if found],
        today=formatting.day(date.fromisoformat(page.today), page.lang),
    )


def late(page: Page) -> Html:
    """List the milestones that the first plan wanted reached by now, by owner."""
    rows = [_step(page, r) for r in _late(page)]
    owners = [(name, list(group)) for name, group in groupby(rows, key=lambda r: r["name"])]
    return page.html("risk/late.html", "risk-late card", owners=owners)


def silent(page: Page) -> Html:
    """List the open projects that told nothing for longer than the rule allows."""
    limit = page.facts.rows("progress_rules")[0]["report_days"]
    rows = [
        r | {"day": formatting.day(r["reported"], page.lang) if r["reported"] else ""}
        for r in _projects(page)
        if r["state"] not in ("done", "revoked")
        and (r["silent_days"] is None or r["silent_days"] > limit)
    ]
    return page.html("risk/silent.html", "risk-silent card", rows=rows)


def unfunded(page: Page) -> Html:
    """List the money that is still to be found, the most first."""
    rows = sorted((r for r in _projects(page) if r["to_be_found"]), key=lambda r: -r["to_be_found"])
    return page.html(
        "risk/unfunded.html",
        "risk-unfunded card",
        rows=rows,
        most=max((r["funding_total"] for r in rows), default=1),
    )


def unlinked(page: Page) -> Html:
    """List projects with no indicator, and indicators with no project, by policy area."""
    alone = page.facts.rows("indicators_without_project")
    loaded = {i.id for i in page.facts.indicators}
    areas = [
        (node, [page.catalog.indicators[r["indicator"]] for r in alone if r["area"] == node.id])
        for node in page.catalog.areas
    ]
    return page.html(
        "risk/links.html",
        "risk-links card",
        projects=page.facts.rows("projects_without_indicator"),
        areas=[(n, [i for i in found if i.id in loaded]) for n, found in areas if found],
    )


def _projects(page: Page) -> list[dict[str, Any]]:
    return [r for level in ("strategic", "operational") for r in progress(page, level)]


def _open(page: Page) -> list[dict[str, Any]]:
    return page.facts.rows("open_milestones", today=page.today, days=WITHIN[-1])


def _late(page: Page) -> list[dict[str, Any]]:
    return page.facts.rows("late_milestones", today=page.today)


def _step(page: Page, row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "title": row[f"title_{page.lang}"],
        "of": row[f"project_{page.lang}"],
        "first": formatting.month(row["baseline_end"], page.lang),
        "due": formatting.month(row["planned_end"], page.lang),
        "late_text": page.words(
            "risk.late_days", n=formatting.number(row["late_days"], 0, page.lang)
        ),
    }


def _heading(page: Page) -> dict[str, Any]:
    crumb = page.words("risk.tab")
    soon = sum(1 for row in _open(page) if row["days"] >= 0)
    return {
        "title": page.words("risk.title", late=len(_late(page)), soon=soon),
        "tab": crumb,
        "crumbs": [
            (page.words("nav.overview"), "/"),
            (page.words("nav.projects"), "/progetti"),
            (crumb, None),
        ],
        "demonstration": True,
    }


PANELS: dict[str, Callable[[Page], Component]] = {
    "risk_upcoming": upcoming,
    "risk_late": late,
    "risk_silent": silent,
    "risk_unfunded": unfunded,
    "risk_links": unlinked,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {"risk": _heading}
