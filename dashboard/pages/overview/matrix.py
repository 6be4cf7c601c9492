"""The matrix of the overview: lead indicators of the policy areas by zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.pages.common import changes, sources
from dashboard.pages.common.headlines import lead_indicators
from dashboard.registry import panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A lead indicator with its values by zone."""

    address: str
    area: str
    indicator: str
    period: str
    span: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The value of a zone, or nothing; `description` is for screen readers."""

    address: str = ""
    value: str = ""
    sign: Sign = "none"
    change: Change | None = None
    amount: str = ""
    target: str = ""
    reliability: str = ""
    partial: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class PhoneColumn:
    """An area in the head of the table for phones; `address` chooses it."""

    number: int
    area: str
    address: str
    is_chosen: bool


@panel("matrix")
def matrix(context: Context) -> Html:
    """Draw the lead indicators by zone, with the three signs of each.

    On a phone the zones are the rows: a sign for each area, the value of one area.
    """
    indicators = lead_indicators(context)
    rows = [_row(context, indicator) for indicator in indicators]
    zones = context.catalog.zones
    chosen = _chosen(context, indicators)
    return context.panel(
        "overview/matrix.html",
        "matrix card",
        has_picture=bool(rows),
        title=context.text("matrix.title", areas=len(rows), zones=len(zones)),
        rows=rows,
        zones=zones,
        columns=[
            PhoneColumn(number, row.area, _choice(context, indicator), number - 1 == chosen)
            for number, (row, indicator) in enumerate(zip(rows, indicators, strict=True), 1)
        ],
        chosen=chosen,
        sources=context.text("source.line", sources=sources.short(context, *indicators)),
    )


def _chosen(context: Context, indicators: Sequence[Indicator]) -> int:
    """Return the position of the area whose values are shown on a phone.

    It is the one that the address names, else the first with a target, else the first.
    """
    areas = [indicator.area for indicator in indicators]
    if context.selection.area in areas:
        return areas.index(context.selection.area)
    for position, indicator in enumerate(indicators):
        for zone in context.catalog.zones:
            status = context.data.status(indicator.id, zone.territory)
            if status and status.target_sign:
                return position
    return 0


def _choice(context: Context, indicator: Indicator) -> str:
    return context.href(area=indicator.area) + "#panel-matrix"


def _row(context: Context, indicator: Indicator) -> MatrixRow:
    node = next(n for n in context.catalog.areas if n.id == indicator.area)
    metro = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    before = metro.reference
    return MatrixRow(
        address=context.href(f"/indicatori/{indicator.id}"),
        area=context.translate(node.short or node.title),
        indicator=f"{context.translate(indicator.short)}, {context.format.unit(indicator)}",
        period=context.format.short_period(metro.last_period),
        span=changes.span(context, before.period, metro.last_period) if before else "",
        cells=tuple(_cell(context, indicator, zone) for zone in context.catalog.zones),
    )


def _cell(context: Context, indicator: Indicator, zone: Territory) -> MatrixCell:
    line = context.data.aggregate(indicator.id, zone.territory)
    if line is None:
        return MatrixCell()
    change = context.data.change(line)
    status = context.data.status(indicator.id, zone.territory)
    sign = status.direction if status else "none"
    words = [context.format.unit(indicator), context.text(f"direction.{sign}")]
    if status and status.target_sign:
        words.append(
            f"{context.text('target.name')}: {context.text(f'target.{status.target_sign}')}"
        )
    if status:
        words.append(context.text(f"reliability.{status.reliability}"))
    return MatrixCell(
        address=context.href(f"/indicatori/{indicator.id}", territory=(zone.territory,)),
        value=context.format.value(line.last_value, indicator),
        sign=sign,
        change=change,
        amount=changes.amount(context, change, indicator) if change else "",
        partial=changes.partial_note(context, line),
        target=(status.target_sign or "") if status else "",
        reliability=status.reliability if status else "",
        description=", ".join([*words, zone.name]),
    )
