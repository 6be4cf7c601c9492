"""The panels of the overview as pictures: areas, matrix, strategic projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures.sparkline import HEIGHT, WIDTH
from dashboard.figures.table import Sketch, Table, Value
from dashboard.pages.common import changes, sources
from dashboard.pages.common.headlines import headline_indicators, lead_indicators
from dashboard.pages.common.pictures import of_projects, progress_table, subtitle
from dashboard.pages.common.progress import progress
from dashboard.pictures import Picture
from dashboard.registry import HEADINGS, picture
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Cell
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.plan import Node


@picture("areas")
def areas_picture(context: Context) -> Picture | None:
    """Draw the headlines of each policy area, with their lines."""
    pairs = [(n, i) for n in context.catalog.areas for i in headline_indicators(context, n)]
    rows = tuple(row for node, indicator in pairs if (row := _headline(context, node, indicator)))
    if not rows:
        return None
    text = context.text
    columns = (
        text("sight.area"),
        text("data.indicator"),
        text("signs.value"),
        text("data.unit"),
        text("indicator.period"),
        "",
        text("strip.change"),
        text("strip.direction"),
    )
    return Picture(
        title=HEADINGS["overview"](context).title,
        subtitle=subtitle(context, text("metro").capitalize()),
        table=Table(columns, rows),
        source=sources.short(context, *(indicator for _, indicator in pairs)),
    )


def _headline(context: Context, node: Node, indicator: Indicator) -> tuple[Cell, ...] | None:
    line = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    if line is None:
        return None
    direction = context.data.sign(indicator.id, line.territory)
    return (
        context.translate(node.short or node.title),
        context.translate(indicator.short),
        Value(context.format.value(line.last_value, indicator), line.last_value),
        context.format.unit(indicator),
        context.format.period(line.last_period),
        Sketch(changes.sparkline(context, line), WIDTH, HEIGHT),
        changes.movement(context, line, context.data.change(line)),
        Value(context.text(f"direction.{direction}"), sign=direction),
    )


@picture("matrix")
def matrix_picture(context: Context) -> Picture | None:
    """Draw the lead indicators by zone, each value with the sign of its direction."""
    indicators = lead_indicators(context)
    if not indicators:
        return None
    text, zones = context.text, context.catalog.zones
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("indicator.period"),
        *(zone.short for zone in zones),
    )
    rows = tuple(_matrix_row(context, indicator) for indicator in indicators)
    return Picture(
        title=text("matrix.title", areas=len(rows), zones=len(zones)),
        subtitle=subtitle(context, text("matrix.subtitle")),
        table=Table(columns, rows),
        source=sources.short(context, *indicators),
    )


def _matrix_row(context: Context, indicator: Indicator) -> tuple[Cell, ...]:
    metro = context.data.aggregate_series[indicator.id, context.catalog.metro.territory]
    cells: list[Cell] = []
    for zone in context.catalog.zones:
        line = context.data.aggregate(indicator.id, zone.territory)
        if line is None:
            cells.append(Value(MISSING))
            continue
        sign = context.data.sign(indicator.id, zone.territory)
        partial = changes.partial_note(context, line)
        period = "" if line.last_period == metro.last_period else line.last_period
        notes = (context.text(f"direction.{sign}"), period and context.format.period(period))
        value = context.format.value(line.last_value, indicator) + ("*" if partial else "")
        note = ", ".join(filter(None, (*notes, partial)))
        cells.append(Value(value, line.last_value, sign, note=note))
    return (
        context.translate(indicator.short),
        context.format.unit(indicator),
        context.format.period(metro.last_period),
        *cells,
    )


@picture("delivery")
def delivery_picture(context: Context) -> Picture | None:
    """Draw the strategic projects: physical progress against what was planned to date."""
    projects = progress(context, "strategic")
    title = context.text("delivery.title", n=len(projects))
    table = progress_table(context, [(project, "") for project in projects])
    return of_projects(context, title, table, projects)
