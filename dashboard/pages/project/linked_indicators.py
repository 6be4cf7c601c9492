"""The indicators that a project names, and how they moved since it began: beside it, not by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.pages.common import changes
from dashboard.pages.common.progress import project_of, projects_rows

if TYPE_CHECKING:
    from dashboard.context import Context


def beside(context: Context) -> list[dict[str, Any]]:
    """Return the loaded indicators of the project with their last value and both changes."""
    metro = context.catalog.metro.territory
    project = project_of(context)
    start = project["actual_start"] or project["planned_start"]
    found = []
    for name in (r["indicator"] for r in projects_rows(context, "project_indicators")):
        series = context.data.aggregate(name, metro)
        if series is None:
            continue
        indicator, change = context.catalog.indicators[name], context.data.change(series)
        before = series.since(start or date.min)
        since = context.data.change(series, before) if before and start else None
        found.append(
            {
                "indicator": indicator,
                "spark": changes.sparkline(context, series),
                "value": context.format.value(series.last.value, indicator),
                "period": context.format.period(series.last.period),
                "change": change,
                "text": changes.movement(context, series, change),
                "since": since,
                "since_text": changes.movement(context, series, since) if since != change else "",
            }
        )
    return found
