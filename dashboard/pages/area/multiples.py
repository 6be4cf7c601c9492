"""The small multiples of a policy area: its first indicators by zone, each row on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.figures import multiples as figure
from dashboard.pages.area.other_indicators import shown_indicators
from dashboard.pages.common import changes, sources
from dashboard.registry import panel
from dashboard.series import segments
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.series import Change, Series
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class MultipleRow:
    """An indicator: its metropolitan value, then a cell for each zone."""

    address: str
    title: str
    unit_and_period: str
    metro_value: str
    sign: Sign
    amount: str
    is_single: bool
    cells: tuple[MultipleCell, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MultipleCell:
    """A zone: its value, and its chart or, of a single period, a bar (left end and length)."""

    address: str
    description: str
    value: str = ""
    sign: Sign = "none"
    target: str = ""
    change: Change | None = None
    amount: str = ""
    partial: str = ""
    chart: str = ""
    bar: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class Charts:
    """What the charts of a row share; `is_single` where there is one period to draw."""

    lines: Mapping[str, figure.Points]
    paths: Mapping[str, figure.Paths]
    mean: figure.Paths | None
    scale: figure.Scale
    ends: tuple[str, str]
    values: tuple[float, ...]

    @property
    def is_single(self) -> bool:
        """Whether there is only one period, so that bars are drawn."""
        return self.scale.first == self.scale.last


@panel("multiples")
def multiples(context: Context) -> Html:
    """Draw the area's first indicators by zone, or all of them, each row on one scale."""
    rows = multiple_rows(context)
    return context.panel(
        "area/multiples.html",
        "multiples card",
        has_picture=bool(rows),
        rows=rows,
        zones=context.catalog.zones,
        size=f"{figure.WIDTH} {figure.HEIGHT}",
    )


def multiple_rows(context: Context) -> list[MultipleRow]:
    """Return the shown indicators that have values, each with a cell for each zone."""
    return [row for i in shown_indicators(context) if (row := _row(context, i))]


def _row(context: Context, indicator: Indicator) -> MultipleRow | None:
    zones = {z: context.data.aggregate(indicator.id, z.territory) for z in context.catalog.zones}
    lines = {zone: line for zone, line in zones.items() if line}
    if not lines:
        return None
    metro = context.data.aggregate(indicator.id, context.catalog.metro.territory)
    change = context.data.change(metro) if metro else None
    longest = max(lines.values(), key=lambda line: len(line.points))
    period = context.format.period(longest.last_period)
    charts = _charts(context, indicator, lines, metro)
    return MultipleRow(
        address=context.href(f"/indicatori/{indicator.id}"),
        title=context.translate(indicator.short),
        unit_and_period=f"{context.format.unit(indicator)}, {period}",
        metro_value=context.format.value(metro.last_value, indicator) if metro else "",
        sign=context.data.sign(indicator.id, context.catalog.metro.territory),
        amount=changes.amount(context, change, indicator) if change else "",
        is_single=charts.is_single,
        cells=_cells(context, indicator, zones, charts),
        source=context.text("source.line", sources=sources.short(context, indicator)),
    )


def _charts(
    context: Context,
    indicator: Indicator,
    lines: Mapping[Territory, Series],
    metro: Series | None,
) -> Charts:
    points = {zone.territory: _points(line, indicator) for zone, line in lines.items()}
    mean = _points(metro, indicator) if metro and indicator.aggregate != "sum" else None
    longest = max(lines.values(), key=lambda line: len(line.points))
    first, last = (context.format.period(p.period) for p in (longest.points[0], longest.last))
    scale = figure.shared_scale([*points.values(), *([mean] if mean else [])])
    return Charts(
        lines=points,
        paths={code: figure.paths(line, scale) for code, line in points.items()},
        mean=figure.paths(mean, scale) if mean else None,
        scale=scale,
        ends=(first[-4:], last[-4:]),
        values=tuple(line.last_value for line in lines.values()),
    )


def _points(line: Series, indicator: Indicator) -> figure.Points:
    """Return a series for a small chart: day, value, segment to the next point."""
    kinds = [*segments(line, indicator), "solid"]
    return [
        (formatting.start(point.period).toordinal(), point.value, kind)
        for point, kind in zip(line.points, kinds, strict=True)
    ]


def _cells(
    context: Context,
    indicator: Indicator,
    zones: Mapping[Territory, Series | None],
    charts: Charts,
) -> tuple[MultipleCell, ...]:
    """Return the cells; the axis is drawn in the first with a chart."""
    background = "" if charts.is_single else figure.background(charts.paths.values(), charts.scale)
    axis = "" if charts.is_single else figure.axis(charts.scale, lambda v: _tick(context, v))
    cells = []
    for zone, line in zones.items():
        cell = MultipleCell(
            address=context.href(f"/indicatori/{indicator.id}", territory=(zone.territory,)),
            description=f"{zone.name}, {context.translate(indicator.short)}:",
        )
        if line:
            cell = _with_values(context, cell, line, charts)
            cell = replace(cell, chart=background + axis + cell.chart)
            axis = ""
        cells.append(cell)
    return tuple(cells)


def _with_values(
    context: Context, cell: MultipleCell, line: Series, charts: Charts
) -> MultipleCell:
    indicator = context.catalog.indicators[line.indicator]
    change = context.data.change(line)
    status = context.data.status(line.indicator, line.territory)
    points = charts.lines[line.territory]
    chart = ""
    if not charts.is_single:
        path = charts.paths[line.territory]
        chart = figure.foreground(points, path, charts.mean, charts.scale, charts.ends)
    return replace(
        cell,
        value=context.format.value(line.last_value, indicator),
        sign=status.direction if status else "none",
        target=(status.target_sign or "") if status else "",
        change=change,
        amount=changes.amount(context, change, indicator) if change else "",
        partial=changes.partial_note(context, line),
        chart=chart,
        bar=bar_from_zero(line.last_value, charts.values),
    )


def bar_from_zero(value: float, values: Sequence[float]) -> tuple[float, float]:
    """Return left end and length of a bar from zero, in percent of what all bars span."""
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    return 100 * (min(value, 0) - low) / span, 100 * abs(value) / span


def _tick(context: Context, value: float) -> str:
    return context.format.number(value, 0 if value == round(value) else 1)
