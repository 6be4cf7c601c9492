"""The headings of the data and the method page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.common import breadcrumbs
from dashboard.registry import Crumb, Heading, KeyFigure, heading

if TYPE_CHECKING:
    from dashboard.context import Context


@heading("data")
def data_heading(context: Context) -> Heading:
    """Say how much the release holds."""
    crumb = context.text("nav.data")
    observations = context.data.store.manifest.tables.get("observation")
    rows = observations.rows if observations else 0
    return Heading(
        title=context.text(
            "heading.data",
            indicators=len(context.data.indicators),
            datasets=len(context.data.rows("datasets")),
            rows=context.format.number(rows, 0),
        ),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
        figures=_key_figures(context),
    )


def _key_figures(context: Context) -> tuple[KeyFigure, ...]:
    datasets, audit_rows = context.data.rows("datasets"), context.data.rows("audits")
    counts = {
        "indicators": (len(context.data.indicators), len(context.catalog.indicators)),
        "datasets": (sum(1 for d in datasets if d["files"]), len(datasets)),
        "audits": (sum(1 for a in audit_rows if a["failures"]), len(audit_rows)),
    }
    rejected = context.format.number(len(context.data.rows("quarantine")), 0)
    return (
        *(
            KeyFigure(
                context.text(f"data.figures_{key}"),
                str(count),
                context.text("data.of_all", n=total),
            )
            for key, (count, total) in counts.items()
        ),
        KeyFigure(context.text("data.figures_refused"), rejected),
    )


@heading("method")
def method_heading(context: Context) -> Heading:
    """Say what the method page explains."""
    crumb = context.text("nav.method")
    return Heading(
        title=context.text("heading.method"),
        tab=crumb,
        crumbs=(breadcrumbs.home(context), Crumb(crumb)),
    )
