"""Beside the portfolio: the operational projects by area, and the funded works by zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common.progress import progress
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context


@panel("works_by_zone")
def works_by_zone(context: Context) -> Html:
    """Draw the real funded works of each zone, those of a single municipality."""
    rows = context.data.rows("funded_by_zone")
    totals = context.data.rows("funded_totals")[0]
    return context.panel(
        "projects/works_by_zone.html",
        "works-by-zone card",
        rows=rows,
        count=lambda n: context.format.number(n, 0),
        totals={k: context.format.number(totals[k], 0) for k in ("projects", "single_projects")},
        day=context.format.period(totals["paid_on"]),
    )


@panel("operational")
def operational(context: Context) -> Html:
    """List the operational projects by policy area."""
    found = progress(context, "operational")
    groups = [(n, [r for r in found if r["area"] == n.id]) for n in context.catalog.areas]
    return context.panel(
        "projects/operational.html", "operational card", groups=groups, total=len(found)
    )
