"""Beside the portfolio: the operational projects by area, and the funded works by zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common.progress import progress
from dashboard.pages.works import panels as funded
from dashboard.pages.works import works_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.components.html import Html
    from dashboard.context import Page


def works_by_zone(page: Page) -> Html:
    """Draw the real funded works of each zone, those of a single municipality."""
    rows = page.facts.rows("funded_by_zone")
    totals = page.facts.rows("funded_totals")[0]
    return page.html(
        "projects/works_by_zone.html",
        "works-by-zone card",
        rows=rows,
        count=lambda n: formatting.number(n, 0, page.lang),
        totals={
            k: formatting.number(totals[k], 0, page.lang) for k in ("projects", "single_projects")
        },
        day=formatting.period(totals["paid_on"], page.lang),
    )


def operational(page: Page) -> Html:
    """List the operational projects by policy area."""
    found = progress(page, "operational")
    groups = [(n, [r for r in found if r["area"] == n.id]) for n in page.catalog.areas]
    return page.html(
        "projects/operational.html", "operational card", groups=groups, total=len(found)
    )


PANELS: dict[str, Callable[[Page], Component]] = {
    "works_by_zone": works_by_zone,
    "operational": operational,
    "works_find": funded.find,
    "works_map": works_map.works_map,
    "works_moved": funded.moved,
    "works": funded.works,
}
HEADINGS: dict[str, Callable[[Page], dict[str, Any]]] = {"works": funded.works_heading}
