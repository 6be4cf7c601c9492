"""The panels of a policy area as pictures: multiples, other indicators, projects, works."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.figures import multiples as figure
from dashboard.figures import sparkline
from dashboard.figures.spine import SIGNS
from dashboard.figures.table import Sketch, Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.area.multiples import multiple_rows
from dashboard.pages.area.other_indicators import other_indicator, shown_indicators
from dashboard.pages.area.panels import area_projects_of, measures_of
from dashboard.pages.common import sources
from dashboard.pages.common.headlines import loaded_indicators
from dashboard.pages.common.pictures import millions, of_projects, of_works, progress_table, share
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Cell
    from dashboard.pages.area.multiples import MultipleCell, MultipleRow
    from warehouse.declarations.models import Indicator

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
        table=_multiples_table(context),
    )


def _multiples_table(context: Context) -> Table:
    """Return every period of the drawn lines: a row for each indicator and zone."""
    text, rows = context.text, []
    places = (*context.catalog.zones, context.catalog.metro)
    for indicator in shown_indicators(context):
        for place in places:
            line = context.data.aggregate(indicator.id, place.territory)
            rows += [
                (
                    context.translate(indicator.short),
                    context.format.unit(indicator),
                    place.short,
                    context.format.period(point.period),
                    Value(context.format.value(point.value, indicator), point.value),
                )
                for point in (line.points if line else ())
            ]
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("indicator.territory"),
        text("indicator.period"),
        text("signs.value"),
    )
    return Table(columns, tuple(rows))


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


@picture("others")
def others_picture(context: Context) -> Picture | None:
    """Draw the indicators without small multiples, with their lines."""
    multiples = {indicator.id for indicator in shown_indicators(context)}
    indicators = [i for i in loaded_indicators(context, context.area) if i.id not in multiples]
    if not indicators:
        return None
    text = context.text
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("indicator.period"),
        text("territory.metro_short"),
        text("territory.change"),
        "",
        text("area.lowest"),
        text("area.highest"),
    )
    rows = tuple(_other(context, indicator) for indicator in indicators)
    return Picture(
        title=text("area.others", n=len(rows)),
        subtitle=context.translate(context.area.title),
        table=Table(columns, rows),
        source=sources.short(context, *indicators),
    )


def _other(context: Context, indicator: Indicator) -> tuple[Cell, ...]:
    row = other_indicator(context, indicator)
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    amount = f"{row.amount} {row.span}" if row.change else row.absence
    ends = [f"{end.value} {end.zone}" for end in row.ends] or ["", ""]
    return (
        row.title,
        row.unit,
        row.period,
        Value(row.value, metro.last_value if metro else None),
        Value(amount, sign=row.sign if row.change else ""),
        Sketch(row.sparkline, sparkline.WIDTH, sparkline.HEIGHT),
        ends[0],
        ends[-1],
    )


@picture("area_projects")
def projects_picture(context: Context) -> Picture | None:
    """Draw the strategic projects of the area with their progress."""
    projects = area_projects_of(context, "strategic")
    pairs = [
        (p, context.text("area.primary" if p.area == context.area.id else "area.secondary"))
        for p in projects
    ]
    table = progress_table(context, pairs, context.text("sight.area"))
    return of_projects(context, context.text("area.strategic"), table, projects)


@picture("area_works")
def works_picture(context: Context) -> Picture | None:
    """Draw the largest funded measures of the area: funded and paid."""
    text = context.text
    rows = tuple(
        (
            row.measure or MISSING,
            Value(context.format.number(row.projects, 0), row.projects),
            bar(row.width, [(row.width * row.paid_width / 100, "paid")]),
            millions(context, row.funding),
            share(context, row.paid_share),
        )
        for row in measures_of(context)
    )
    columns = (text("area.measure"), text("area.count"), "", "M€", text("area.paid"))
    return of_works(context, text("works.of_area"), Table(columns, rows))
