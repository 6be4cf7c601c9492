"""The panels that compare as pictures."""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING

from dashboard.figures.table import Sketch, Table, Value
from dashboard.figures.table_drawing import bar
from dashboard.pages.common import sources
from dashboard.pages.common.pictures import fitted, subtitle
from dashboard.pages.compare.choice import (
    choice,
    common_period,
    mean_in,
    municipal_period,
    municipalities,
    point_in,
    subject,
    written,
    written_interval,
)
from dashboard.pages.compare.distribution import (
    FEWEST,
    convergence_plot,
    distribution_plot,
    history_of,
    municipal_values,
    quarters_table,
)
from dashboard.pages.compare.over_time import course
from dashboard.pages.compare.ranks import rank_tables, ranks_plot
from dashboard.pages.compare.scatter import (
    scatter_dots,
    scatter_pair,
    scatter_periods,
    scatter_plot,
)
from dashboard.pages.compare.similar import COLUMNS, similar_rows, similar_to
from dashboard.pages.compare.spine import spine_rows
from dashboard.pictures import Picture
from dashboard.registry import HEADINGS, picture
from warehouse import formatting
from warehouse.formatting import MISSING

if TYPE_CHECKING:
    from dashboard.context import Context
    from dashboard.figures.table import Row
    from dashboard.points import Point
    from warehouse.declarations.models import Indicator

LANES = 300  # px


@picture("compare_spine")
def spine_picture(context: Context) -> Picture | None:
    """Draw every indicator around its metropolitan value."""
    table = _values(context, has_lanes=True)
    return _picture(context, context.text("compare.spine"), table, *choice(context).indicators)


@picture("compare_table")
def table_picture(context: Context) -> Picture | None:
    """Draw every value with its interval, beside the metropolitan one."""
    table = _values(context, has_lanes=False)
    return _picture(context, context.text("compare.table"), table, *choice(context).indicators)


def _values(context: Context, *, has_lanes: bool) -> Table:
    """Return an indicator a row and a territory a column."""
    compared, text = choice(context), context.text
    drawings = spine_rows(context)
    rows: list[Row] = []
    for indicator, row in zip(compared.indicators, drawings, strict=True):
        places = [place.territory for place in compared.places]
        period = common_period(context, indicator, places)
        points = [point_in(context, indicator, place, period) for place in places]
        mean = mean_in(context, indicator, period)
        lanes = row.lanes.replace("<svg ", f'<svg width="{LANES}" ', 1)
        rows.append(
            (
                row.title,
                row.unit,
                row.period,
                *([Sketch(lanes, LANES, 6 + 16 * len(places))] if has_lanes else []),
                *(_cell(context, indicator, point) for point in points),
                Value(row.mean, mean.value if mean else None),
            )
        )
    columns = (
        text("data.indicator"),
        text("data.unit"),
        text("indicator.period"),
        *([""] if has_lanes else []),
        *(place.territory.short for place in compared.places),
        text("metro").capitalize(),
    )
    return Table(columns, tuple(rows))


def _cell(context: Context, indicator: Indicator, point: Point | None) -> Value:
    interval = written_interval(context, indicator, point)
    value = written(context, indicator, point)
    return Value(f"{value} ({interval})" if interval else value, point.value if point else None)


@picture("compare_scatter")
def scatter_picture(context: Context) -> Picture | None:
    """Draw two indicators against each other."""
    pair = scatter_pair(context, choice(context))
    if pair is None:
        return None
    text, periods = context.text, scatter_periods(context, *pair)
    rows: list[Row] = []
    for place in municipalities(context):
        points = [point_in(context, i, place, p) for i, p in zip(pair, periods, strict=True)]
        if all(points):
            cells = (
                Value(context.format.value(p.value, i), p.value)
                for p, i in zip(points, pair, strict=True)
                if p
            )
            rows.append((place.name, *cells))
    heads = (
        f"{context.translate(i.short)}, {context.format.unit(i)}, {context.format.period(p)}"
        for i, p in zip(pair, periods, strict=True)
    )
    names = [context.translate(indicator.short) for indicator in pair]
    title = text("compare.scatter", across=names[0], up=names[1])
    table = Table((text("drivers.municipality"), *heads), tuple(rows))
    if not rows:
        return None
    plot = scatter_plot(context, pair, scatter_dots(context, pair))
    return _picture(context, title, table, *pair, plot=plot)


@picture("compare_ranks")
def ranks_picture(context: Context) -> Picture | None:
    """Draw how the zones change places."""
    indicator = subject(context, choice(context))
    tables = rank_tables(context, indicator)
    rows: tuple[Row, ...] = tuple(
        (zone.name, *(_rank(table.get(zone.territory)) for table in tables.values()))
        for zone in context.catalog.zones
    )
    periods = map(context.format.period, tables)
    table = Table((context.text("indicator.territory"), *periods), rows)
    if not tables:
        return None
    plot = ranks_plot(context, indicator, tables)
    return _picture(context, _about(context, "ranks", indicator), table, indicator, plot=plot)


def _rank(place: tuple[int, int] | None) -> Value:
    return Value(str(place[1]), place[1]) if place else Value(MISSING)


@picture("compare_similar")
def similar_picture(context: Context) -> Picture | None:
    """Draw the municipalities most similar to one."""
    text, compared = context.text, choice(context)
    rows = similar_rows(context)
    if len(rows) == 1:
        return None
    indicators = compared.indicators[:COLUMNS]
    columns = (
        text("drivers.municipality"),
        text("territory.zone"),
        "",
        text("compare.distance"),
        *(f"{context.translate(i.short)}, {context.format.unit(i)}" for i in indicators),
    )
    table: tuple[Row, ...] = tuple(
        (
            row.name,
            row.zone,
            bar(100, [(row.width, "none")]),
            row.distance or MISSING,
            *map(Value, row.cells, row.amounts),
        )
        for row in rows
    )
    title = text("compare.similar", name=similar_to(context).name)
    return _picture(context, title, Table(columns, table), *indicators)


@picture("compare_over_time")
def over_time_picture(context: Context) -> Picture | None:
    """Draw the compared territories over time."""
    timeline = course(context)
    if not timeline.lines:
        return None
    available = sorted(
        {p.period for line in timeline.lines.values() for p in line.points}, key=formatting.start
    )
    rows: tuple[Row, ...] = tuple(
        (
            name,
            *(
                Value(timeline.write(p.value), p.value) if (p := line.point(period)) else MISSING
                for period in available
            ),
        )
        for (name, _), line in timeline.lines.items()
    )
    periods = map(context.format.period, available)
    table = Table((context.text("indicator.territory"), *periods), rows)
    title = f"{_about(context, 'over_time', timeline.indicator)}, {timeline.unit}"
    return _picture(context, title, table, timeline.indicator, plot=timeline.plot)


@picture("compare_distribution")
def distribution_picture(context: Context) -> Picture | None:
    """Draw the municipalities of each zone on one scale."""
    text, indicator = context.text, subject(context, choice(context))
    period = context.data.once(municipal_period, indicator.id)
    values = municipal_values(context, indicator, period)
    if not values:
        return None
    rows: list[Row] = []
    for zone in context.catalog.zones:
        places = context.data.municipalities[zone.territory]
        inside = sorted(values[p.territory] for p in places if p.territory in values)
        if inside:
            low, high = _half(inside)
            ends = (inside[0], low, high, inside[-1])
            cells = (Value(context.format.value(v, indicator), v) for v in ends)
            rows.append((zone.name, *cells, Value(str(len(inside)), len(inside))))
    columns = (
        text("indicator.territory"),
        text("compare.lowest"),
        text("compare.first_quarter"),
        text("compare.third_quarter"),
        text("compare.highest"),
        text("territory.municipalities"),
    )
    about = _about(context, "distribution", indicator)
    title = f"{about}, {context.format.unit(indicator)}, {context.format.period(period)}"
    plot = distribution_plot(context, indicator, period, values)
    return _picture(context, title, Table(columns, tuple(rows)), indicator, plot=plot)


def _half(values: list[float]) -> tuple[float | None, float | None]:
    if len(values) < FEWEST:
        return None, None
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


@picture("compare_convergence")
def convergence_picture(context: Context) -> Picture | None:
    """Draw the spread of the municipalities over time."""
    indicator = subject(context, choice(context))
    if not context.data.once(history_of, indicator.id).quarters:
        return None
    title = f"{_about(context, 'convergence', indicator)}, {context.format.unit(indicator)}"
    plot = convergence_plot(context, indicator)
    return _picture(context, title, quarters_table(context, indicator), indicator, plot=plot)


def _about(context: Context, name: str, indicator: Indicator) -> str:
    return f"{context.text(f'compare.{name}')}: {context.translate(indicator.short)}"


def _picture(
    context: Context, name: str, table: Table, *indicators: Indicator, plot: str = ""
) -> Picture:
    drawing, height = fitted(plot)
    return Picture(
        title=name,
        subtitle=subtitle(context, HEADINGS["compare"](context).title),
        table=table,
        source=sources.short(context, *indicators),
        drawing=drawing,
        height=height,
    )
