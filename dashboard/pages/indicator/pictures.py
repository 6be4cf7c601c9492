"""The panels of an indicator as pictures: trend, map, ranking, drivers, table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.drivers import Drivers
from dashboard.figures.choropleth import MapClass, choropleth
from dashboard.figures.contribution import contribution
from dashboard.figures.line_chart import line_drawing
from dashboard.figures.ranking import RankedBar, ranked_bars
from dashboard.figures.table import Sketch, Table, Value
from dashboard.pages.common import sources
from dashboard.pages.common.changes import coverage_note
from dashboard.pages.indicator import index
from dashboard.pages.indicator.drivers import drivers_of
from dashboard.pages.indicator.map import classed_values, legend, map_cells, names_svg
from dashboard.pages.indicator.panels import variable_title
from dashboard.pages.indicator.query import (
    point_of,
    reference_series,
    selected_period,
    zone_series,
)
from dashboard.pages.indicator.ranking import ranking_of
from dashboard.pages.indicator.source import parts_of, place_of_number
from dashboard.pages.indicator.table import MARKED_STATUSES
from dashboard.pages.indicator.title import page_title
from dashboard.pages.indicator.trend import trend_figure, trend_key
from dashboard.pictures import WIDTH, Picture
from dashboard.registry import picture
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.context import Context
    from dashboard.figures.table import Row
    from dashboard.points import Point
    from warehouse.declarations.territories import Territory

TREND_HEIGHT = 460
BAR = '<svg width="200" '


@picture("trend")
def trend_picture(context: Context) -> Picture | None:
    """Draw the trend; nothing where there is a single period."""
    figure = trend_figure(context, TREND_HEIGHT)
    if figure is None:
        return None
    every_period = index.drawn_periods(context)
    first, last = (context.format.period(period) for period in (every_period[0], every_period[-1]))
    drawing = line_drawing(figure, context.format.number, WIDTH)
    span = context.text("picture.span", first=first, last=last)
    codes = [*zone_series(context), *context.highlighted, *reference_series(context)]
    table = _over_time(context, list(dict.fromkeys(codes)))
    if index.selected_base(context):
        table = _index_over_time(context, list(dict.fromkeys(codes)))
    picture = _picture(context, span, table, drawing, TREND_HEIGHT)
    subtitle = _subtitle(context, index.unit(context), span)
    return replace(picture, subtitle=subtitle, key=trend_key(context))


@picture("map")
def map_picture(context: Context) -> Picture | None:
    """Draw the map with its classes; nothing without values."""
    places, values, steps = classed_values(context)
    if not values:
        return None
    shapes = context.data.shapes
    classes = [MapClass(e.label, e.count) for e in legend(context, steps)]
    drawing, height = choropleth(
        [
            (shapes.paths.get(code) or shapes.zones.get(code, ""), *cell)
            for code, cell in map_cells(context, places, values, steps).items()
        ],
        list(shapes.zones.values()),
        [shapes.paths.get(c) or shapes.zones.get(c, "") for c in context.highlighted],
        names_svg(context, values),
        (shapes.width, shapes.height),
        classes,
        (context.text("matrix.no_data"), len(places) - len(values)),
    )
    period = context.format.period(selected_period(context))
    table = _in_period(context, [place for place in places if place.territory in values])
    return _picture(context, period, table, drawing, height)


@picture("ranking")
def ranking_picture(context: Context) -> Picture | None:
    """Draw the ranked places as bars; nothing without values."""
    ranking = ranking_of(context)
    if not ranking.rows:
        return None
    bars = [
        RankedBar(
            row.name,
            f"{row.value}{'*' if row.is_partial else ''}{'†' if row.is_annotated else ''}",
            row.left,
            row.width,
            row.is_highlighted,
        )
        for row in ranking.rows
    ]
    mean = context.text("indicator.mean", value=ranking.mean_text)
    line = None if ranking.mean is None else (ranking.mean, mean)
    period = context.format.period(selected_period(context))
    table = _in_period(
        context, [context.catalog.territories[row.territory] for row in ranking.rows]
    )
    return _picture(context, period, table, *ranked_bars(bars, line, WIDTH))


@picture("table")
def table_picture(context: Context) -> Picture | None:
    """Draw every zone's value in every period."""
    codes = [*zone_series(context), *reference_series(context)]
    if not codes:
        return None
    return _picture(context, "", _over_time(context, codes))


@picture("source")
def source_picture(context: Context) -> Picture | None:
    """Draw the municipalities that one number is made of."""
    parts, indicator, text = parts_of(context), context.indicator, context.text
    if not parts:
        return None
    below = variable_title(context, indicator.denominator or indicator.weight or "")
    rows: tuple[Row, ...] = tuple(
        (
            part.place,
            Value(row.numerator, part.numerator),
            *([Value(row.denominator, part.denominator)] if below else []),
        )
        for part, row in parts
    )
    columns = (
        text("drivers.municipality"),
        variable_title(context, indicator.numerator) or text("signs.value"),
        *([below] if below else []),
    )
    period = context.format.period(selected_period(context))
    name = f"{place_of_number(context).name}, {period}"
    return _picture(context, name, Table(columns, rows))


@picture("drivers")
def drivers_picture(context: Context) -> Picture | None:
    """Draw what each municipality adds to the change of the territory."""
    split = drivers_of(context)
    if not isinstance(split, Drivers):
        return None
    text, indicator = context.text, context.indicator
    rows: list[Row] = []
    for part in split.contributions:
        line = context.data.series(indicator.id, part.place)
        points = [line.point(p) if line else None for p in (split.before, split.after)]
        largest = max(abs(p.total) for p in split.contributions) or 1
        signed = context.format.number(part.total, indicator.decimals, signed=True)
        rows.append(
            (
                context.catalog.territories[part.place].short,
                *(_value(context, point) for point in points),
                Sketch(contribution(part.total, largest).replace("<svg ", BAR, 1), 200, 14),
                Value(signed, part.total),
            )
        )
    periods = [context.format.period(period) for period in (split.before, split.after)]
    columns = (text("drivers.municipality"), *periods, "", text("drivers.contribution"))
    place = context.catalog.territories[split.territory]
    name = f"{text('drivers.title')}, {place.name}"
    return _picture(context, name, Table(columns, tuple(rows)))


def _in_period(context: Context, places: Sequence[Territory]) -> Table:
    """Return the values of the selected period, the highest first."""
    period, text = selected_period(context), context.text
    pairs = [(p, q) for p in places if (q := point_of(context, p, period))]
    zones = {zone.territory: zone.short for zone in context.catalog.zones}
    rows: tuple[Row, ...] = tuple(
        (
            place.name,
            *([zones.get(place.parent or "", "")] if place.level == "municipality" else []),
            _value(context, point),
            context.format.unit(context.indicator),
            context.format.period(period),
        )
        for place, point in sorted(pairs, key=lambda pair: -pair[1].value)
    )
    is_municipal = bool(pairs) and pairs[0][0].level == "municipality"
    columns = (
        text("indicator.territory"),
        *([text("territory.zone")] if is_municipal else []),
        text("signs.value"),
        text("data.unit"),
        text("indicator.period"),
    )
    return Table(columns, rows)


def _over_time(context: Context, codes: Sequence[str]) -> Table:
    """Return a row for each territory and a column for each period."""
    lines = [line for code in codes if (line := context.data.series(context.indicator.id, code))]
    available = sorted({p.period for line in lines for p in line.points}, key=formatting.start)
    rows: tuple[Row, ...] = tuple(
        (
            context.catalog.territories[line.territory].name,
            *(_value(context, line.point(period)) for period in available),
        )
        for line in lines
    )
    periods = (context.format.period(period) for period in available)
    return Table((context.text("indicator.territory"), *periods), rows)


def _index_over_time(context: Context, codes: Sequence[str]) -> Table:
    """Return the index of each territory in each period from the base on."""
    series = ((code, context.data.series(context.indicator.id, code)) for code in codes)
    lines = index.as_index(context, {code: line for code, line in series if line})
    available = sorted(
        {p.period for line in lines.values() for p in line.points}, key=formatting.start
    )
    points = {code: {p.period: p.value for p in line.points} for code, line in lines.items()}
    rows: tuple[Row, ...] = tuple(
        (
            context.catalog.territories[code].name,
            *(Value(index.write(context, v.get(p)), v.get(p)) for p in available),
        )
        for code, v in points.items()
    )
    unit = index.unit(context)
    periods = (f"{context.format.period(period)} ({unit})" for period in available)
    return Table((context.text("indicator.territory"), *periods), rows)


def _value(context: Context, point: Point | None) -> Value:
    if point is None:
        return Value(formatting.MISSING)
    partial = coverage_note(context, point)
    is_marked = point.status in MARKED_STATUSES
    status = context.text(f"status.{point.status}") if is_marked else ""
    text = context.format.value(point.value, context.indicator)
    text += ("*" if partial else "") + (f" {point.status.lower()}" if is_marked else "")
    return Value(text, point.value, note=", ".join(filter(None, (status, partial))))


def _picture(
    context: Context, period: str, table: Table, drawing: str = "", height: float = 0
) -> Picture:
    indicator = context.indicator
    return Picture(
        title=page_title(context, selected_period(context)),
        subtitle=_subtitle(context, context.format.unit(indicator), period),
        table=table,
        source=sources.full(context, indicator),
        drawing=drawing,
        height=height,
    )


def _subtitle(context: Context, unit: str, period: str) -> str:
    return " · ".join(filter(None, (context.translate(context.indicator.title), unit, period)))
