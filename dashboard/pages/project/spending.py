"""Payments of a project, beside the planned payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard import theme
from dashboard.components.html import Html
from dashboard.figures import spending as figure
from dashboard.figures.line_chart import line_chart
from dashboard.pages.common.project import project_rows
from dashboard.pages.common.records import record
from dashboard.registry import panel
from warehouse.periods import Period

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.context import Context


@dataclass(frozen=True, slots=True)
class SpendingPoint:
    """Euro paid and planned to be paid, in total up to a period."""

    period: str
    amount: float | None
    planned: float | None
    demonstration: bool


@panel("spending")
def spending(context: Context) -> Component:
    """Draw what was paid and was planned to be, up to each period."""
    points = spending_points(context)
    last = context.format.period(points[-1].period if points else None)
    head = context.render(
        "project/spending.html",
        has_points=bool(points),
        chart="spending" if points else "",
        demonstration=any(point.demonstration for point in points),
        last=last,
    )
    body: list[Component] = []
    if points:
        caption = context.text(
            "project.spending_caption",
            paid=context.format.millions(points[-1].amount),
            planned=context.format.millions(points[-1].planned),
            period=last,
        )
        chart = spending_figure(context, points)
        drawing = Html(line_chart(chart, context.format.number, caption), className="chart")
        body = [html.Figure([drawing, html.Figcaption(caption, className="sr")])]
    return html.Section([Html(head), *body], className="panel panel-spending card")


def spending_points(context: Context) -> list[SpendingPoint]:
    """Return what was paid and planned, up to each period."""
    rows = project_rows(context, "project_payments", today=context.today)
    points = [record(SpendingPoint, row) for row in rows]
    return [p for p in points if p.amount is not None or p.planned is not None]


def spending_figure(context: Context, points: list[SpendingPoint]) -> dict[str, Any]:
    """Return the chart of the payments."""
    return figure.spending(
        [
            (Period.parse(p.period).end, context.format.period(p.period), p.amount, p.planned)
            for p in points
        ],
        layout=theme.chart(theme.PROPERTIES),
        token=theme.PROPERTIES,
        names=(context.text("project.paid"), context.text("project.planned")),
        write=context.format.millions,
    )
