"""The small multiples of a policy area as a picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.figures import multiples as figure
from dashboard.figures.spine import SIGNS
from dashboard.pages.area.multiples import multiple_rows
from dashboard.pages.area.other_indicators import shown_indicators
from dashboard.pages.common import sources
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.pages.area.multiples import MultipleCell, MultipleRow

NAMES, HEAD, ROW, GAP = 200, 34, 138, 14


@picture("multiples")
def multiples_picture(context: Context) -> Picture | None:
    """Draw a row for each indicator, a column for each zone; nothing without values."""
    rows = multiple_rows(context)
    if not rows:
        return None
    step = (WIDTH - NAMES) / len(context.catalog.zones)
    heads = "".join(
        f'<text x="{NAMES + step * i + 4:.1f}" y="16" font-size="13" font-weight="600">'
        f"{escape(zone.short)}</text>"
        for i, zone in enumerate(context.catalog.zones)
    )
    drawing = heads + "".join(_row(row, HEAD + ROW * i, step) for i, row in enumerate(rows))
    return Picture(
        title=HEADINGS["area"](context).title,
        subtitle=f"{context.translate(context.area.title)} · {context.text('area.multiples_sub')}",
        drawing=drawing,
        height=HEAD + ROW * len(rows),
        source=sources.short(context, *shown_indicators(context)),
    )


def _row(row: MultipleRow, top: float, step: float) -> str:
    words = "".join(
        f'<text class="{kind}" y="{top + y}" font-size="{size}" font-weight="{weight}">'
        f"{escape(text)}</text>"
        for text, y, size, weight, kind in (
            (row.title, 20, 14, 600, ""),
            (row.unit_and_period, 40, 13, 400, "quiet-text"),
            (row.metro_value, 68, 18, 600, ""),
        )
    )
    cells = "".join(
        f'<g class="multiple" transform="translate({NAMES + step * i:.1f} {top})">'
        f"{_cell(cell, step - GAP, is_single=row.is_single)}</g>"
        for i, cell in enumerate(row.cells)
    )
    return f'<path class="rule" d="M0 {top}H{WIDTH}"/>{words}{cells}'


def _cell(cell: MultipleCell, width: float, *, is_single: bool) -> str:
    """Draw the value with its sign over the chart, or over a bar of a single period."""
    if not cell.value:
        return '<text class="quiet-text" x="4" y="24" font-size="13">–</text>'
    sign = f'<g class="spine" transform="translate(11 18) scale(.8)">{SIGNS[cell.sign]}</g>'
    value = f'<text x="23" y="23" font-size="14" font-weight="600">{escape(cell.value)}</text>'
    if is_single:
        left, length = (share * width / 100 for share in cell.bar)
        bar = f'<rect class="whole" y="44" width="{width:.1f}" height="8"/>'
        bar += f'<rect class="part" x="{left:.1f}" y="44" width="{length:.1f}" height="8"/>'
        return sign + value + bar
    height = width * figure.HEIGHT / figure.WIDTH
    return (
        f'{sign}{value}<svg class="plot-small" y="34" width="{width:.1f}" height="{height:.1f}"'
        f' viewBox="0 0 {figure.WIDTH} {figure.HEIGHT}" overflow="visible">{cell.chart}</svg>'
    )
