"""The indicators that a project names, and how they moved since it began: beside it, not by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard import formatting
from dashboard.pages.common.progress import project_of, projects_rows

if TYPE_CHECKING:
    from dashboard.context import Page


def beside(page: Page) -> list[dict[str, Any]]:
    """Return the loaded indicators of the project with their last value and both changes."""
    metro = page.catalog.metro.territory
    project = project_of(page)
    start = project["actual_start"] or project["planned_start"]
    found = []
    for name in (r["indicator"] for r in projects_rows(page, "project_indicators")):
        series = page.facts.upper.get((name, metro))
        if series is None:
            continue
        indicator, change = page.catalog.indicators[name], page.facts.change(series)
        before = series.since(start or date.min)
        since = page.facts.change(series, before) if before and start else None
        found.append(
            {
                "indicator": indicator,
                "spark": page.spark(series),
                "value": page.value(series.last.value, indicator),
                "period": formatting.period(series.last.period, page.lang),
                "change": change,
                "text": page.movement(series, change),
                "since": since,
                "since_text": page.movement(series, since) if since != change else "",
            }
        )
    return found
