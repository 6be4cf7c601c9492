"""Every zone's value in every period, as the table beside the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.indicator.earlier import earlier_day, earlier_value
from dashboard.pages.indicator.query import periods, reference_series, zone_series
from dashboard.pages.indicator.strip import absence
from dashboard.place_notes import moved_values, place_notes
from dashboard.registry import panel

if TYPE_CHECKING:
    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.points import Point

MARKED_STATUSES = ("E", "P")  # estimated, provisional


@dataclass(frozen=True, slots=True)
class TableCell:
    """A value as it is printed, its status where it is marked, whether partial or annotated."""

    value: str
    status: str
    is_partial: bool
    is_annotated: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A territory with a cell for each period, and the last value that an earlier release had.

    Region and country have no page.
    """

    name: str
    address: str
    cells: tuple[TableCell | None, ...]
    earlier: str


@panel("table")
def table(context: Context) -> Html:
    """Give every zone's value in every period."""
    available = periods(context)
    lines = zone_series(context) | reference_series(context)
    annotated = moved_values(context.data, context.indicator)
    rows = []
    for code, line in lines.items():
        place = context.catalog.territories[code]
        is_reference = place in context.catalog.references
        points = {point.period: point for point in line.points}
        cells = tuple(
            _cell(context, points.get(period), is_annotated=(code, period) in annotated)
            for period in available
        )
        address = "" if is_reference else context.href(f"/territori/{code}")
        rows.append(TableRow(place.name, address, cells, earlier_value(context, code)))
    return context.panel(
        "indicator/table.html",
        "table card",
        has_picture=bool(rows),
        rows=rows,
        absence="" if rows else absence(context, context.catalog.metro),
        earlier=earlier_day(context),
        periods=[context.format.period(period) for period in available],
        unit=context.format.unit(context.indicator),
        notes=place_notes(context, available),
        share=context.format.number(100 * context.config.thresholds.complete_coverage, 1),
    )


def _cell(context: Context, point: Point | None, *, is_annotated: bool) -> TableCell | None:
    if point is None:
        return None
    return TableCell(
        value=context.format.value(point.value, context.indicator),
        status=point.status if point.status in MARKED_STATUSES else "",
        is_partial=point.coverage < context.config.thresholds.complete_coverage,
        is_annotated=is_annotated,
    )
