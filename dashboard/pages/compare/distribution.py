"""Municipalities within each zone, and whether they converge over time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING

from dashboard.figures.dots import MOST_NAMED
from dashboard.figures.paths import Band, Path, paths
from dashboard.figures.strips import Strip, strips
from dashboard.figures.table import Table, Value
from dashboard.pages.common import sources
from dashboard.pages.compare.choice import (
    choice,
    current_lines,
    mean_in,
    municipal_period,
    municipalities,
    subject,
)
from dashboard.pages.compare.over_time import breaks
from dashboard.pages.compare.subject_menu import subject_menu
from dashboard.points import Point
from dashboard.registry import panel
from dashboard.series import Series, crosses_break, segments
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.figures.table import Row
    from dashboard.pages.compare.choice import Choice
    from dashboard.release_data import ReleaseData
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

FEWEST = 4  # values that have quarters
SMALL = 0.05  # share of a distance below which its change is none
MOST_PERIODS = 10  # in the table beside the chart of the spread
FEWEST_PLACES = 20  # municipalities whose spread is worth a line


@dataclass(frozen=True, slots=True)
class History:
    """The quarters and tenths of the same `municipalities` in each period; empty of too few."""

    municipalities: int
    quarters: Mapping[str, Sequence[float]]
    tenths: Mapping[str, Sequence[float]]


@panel("compare_distribution")
def distribution(context: Context) -> Html:
    """Draw the municipalities of each zone on one scale."""
    compared = choice(context)
    indicator = subject(context, compared)
    period = context.data.once(municipal_period, indicator.id)
    values = municipal_values(context, indicator, period)
    return context.panel(
        "compare/distribution.html",
        "compare-distribution card",
        has_picture=bool(values),
        title=context.translate(indicator.short),
        unit=context.format.unit(indicator),
        period=context.format.period(period),
        menu=subject_menu(context, compared, indicator),
        plot=distribution_plot(context, indicator, period, values) if values else "",
        missing=len(municipalities(context)) - len(values),
        sources=sources.short(context, indicator),
    )


def distribution_plot(
    context: Context, indicator: Indicator, period: str | None, values: Mapping[str, float]
) -> str:
    """Draw the municipalities of each zone, with a line at the metropolitan value."""
    compared = choice(context)
    rows = [
        _strip(context, compared, indicator, zone, values, period) for zone in context.catalog.zones
    ]
    mean = mean_in(context, indicator, period)
    mean_label = (
        context.text("indicator.mean", value=context.format.value(mean.value, indicator))
        if mean
        else ""
    )

    def write(value: float) -> str:
        decimals = 0 if value == int(value) else indicator.decimals
        return context.format.number(value, decimals)

    return strips(rows, mean.value if mean else None, write, mean_label)


def municipal_values(
    context: Context, indicator: Indicator, period: str | None
) -> dict[str, float]:
    """Return the value of each present municipality in a period."""
    return context.data.values(indicator.id, municipalities(context), period)


def _strip(
    context: Context,
    compared: Choice,
    indicator: Indicator,
    zone: Territory,
    values: Mapping[str, float],
    period: str | None,
) -> Strip:
    inside = [p for p in context.data.municipalities[zone.territory] if p.territory in values]
    positions = {place.code: place.position for place in compared.places}
    line = context.data.aggregate(indicator.id, zone.territory)
    point = line.point(period) if line and period and indicator.aggregate != "sum" else None
    numbers = [values[place.territory] for place in inside]

    def name(place: Territory) -> str:
        return f"{place.name} {context.format.value(values[place.territory], indicator)}"

    return Strip(
        name=zone.short,
        dots=[
            (values[p.territory], name(p) if len(values) <= MOST_NAMED else "")
            for p in inside
            if p.territory not in positions
        ],
        value=point.value if point else None,
        half=_half(numbers),
        marked=[
            (values[p.territory], positions[p.territory])
            for p in inside
            if p.territory in positions
        ],
        position=positions.get(zone.territory),
    )


def _half(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) < FEWEST:
        return None
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


@panel("compare_convergence")
def convergence(context: Context) -> Html:
    """Draw the spread of the municipalities over time, always the same municipalities."""
    compared = choice(context)
    indicator = subject(context, compared)
    history = context.data.once(history_of, indicator.id)
    if not history.quarters:
        return context.panel(
            "compare/no_convergence.html",
            "compare-convergence card",
            has_picture=False,
            title=context.translate(indicator.short),
        )
    table = quarters_table(context, indicator)
    return context.panel(
        "compare/convergence.html",
        "compare-convergence card",
        columns=[table.titles[0], *((title, "num") for title in table.titles[1:])],
        rows=table.rows[-MOST_PERIODS:],
        title=context.translate(indicator.short),
        unit=context.format.unit(indicator),
        count=history.municipalities,
        menu=subject_menu(context, compared, indicator),
        plot=convergence_plot(context, indicator),
        sentence=_sentence(context, indicator, history.quarters),
        sources=sources.short(context, indicator),
    )


def quarters_table(context: Context, indicator: Indicator) -> Table:
    """Return the quarters of the municipalities in each period."""
    text = context.text
    quarters = context.data.once(history_of, indicator.id).quarters
    rows: tuple[Row, ...] = tuple(
        (
            context.format.period(period),
            *(Value(context.format.value(v, indicator), v) for v in values),
        )
        for period, values in quarters.items()
    )
    quarters_of = ("first_quarter", "median", "third_quarter")
    columns = (text("indicator.period"), *(text(f"compare.{name}") for name in quarters_of))
    return Table(columns, rows)


def convergence_plot(context: Context, indicator: Indicator) -> str:
    """Draw the median and the spread around it."""
    history = context.data.once(history_of, indicator.id)
    quarters = history.quarters
    middle = Series(
        indicator.id,
        context.catalog.metro.territory,
        tuple(Point(period, q[1], 1, "A") for period, q in quarters.items()),
    )
    return paths(
        [_median(context, indicator, middle)],
        lambda value: context.format.value(value, indicator),
        bands=_bands(indicator, history),
        breaks=breaks(context, indicator, {("", None): middle}),
    )


def history_of(data: ReleaseData, indicator: str) -> History:
    """Return the spread of the municipalities that have a value in each of the fullest periods."""
    values = [{p.period: p.value for p in of.points} for of in current_lines(data, indicator)]
    counts = Counter(period for points in values for period in points)
    most = max(counts.values(), default=0)
    full = sorted((p for p, n in counts.items() if n >= most / 2), key=formatting.start)
    same = [points for points in values if points.keys() >= set(full)]
    if len(same) < FEWEST_PLACES or len(full) < 2:  # noqa: PLR2004  # a change needs two
        return History(len(same), {}, {})
    by_period = {period: [points[period] for points in same] for period in full}
    quarters, tenths = (
        {period: quantiles(column, n=n, method="inclusive") for period, column in by_period.items()}
        for n in (4, 10)
    )
    return History(len(same), quarters, tenths)


def _median(context: Context, indicator: Indicator, middle: Series) -> Path:
    points = [
        (formatting.start(p.period), p.value, context.format.period(p.period))
        for p in middle.points
    ]
    return Path(context.text("compare.median"), points, segments(middle, indicator))


def _bands(
    indicator: Indicator,
    history: History,
) -> list[Band]:
    """Return the bands of the outer tenths and of the middle half, each cut at every break."""
    bands = []
    quarters, tenths = history.quarters, history.tenths
    for periods in _runs(indicator, list(quarters)):
        days = [(period, formatting.start(period)) for period in periods]
        bands.append(Band("range", [(day, tenths[p][0], tenths[p][-1]) for p, day in days]))
        bands.append(Band("half", [(day, quarters[p][0], quarters[p][-1]) for p, day in days]))
    return bands


def _runs(indicator: Indicator, periods: Sequence[str]) -> list[list[str]]:
    """Return the periods in groups without a break of the series."""
    runs = [[periods[0]]]
    for before, after in pairwise(periods):
        if crosses_break(indicator, before, after):
            runs.append([])
        runs[-1].append(after)
    return runs


def _sentence(
    context: Context, indicator: Indicator, quarters: Mapping[str, Sequence[float]]
) -> str:
    """Say how the distance between the quarters changed since the first comparable period."""
    comparable = _runs(indicator, list(quarters))[-1]
    first, last = comparable[0], comparable[-1]
    before, after = (
        round(quarters[p][-1] - quarters[p][0], indicator.decimals) for p in (first, last)
    )
    if first == last:
        return context.text(
            "compare.spread_only",
            value=context.format.value(after, indicator),
            period=context.format.period(last),
        )
    is_small = abs(after - before) <= SMALL * before
    key = "same" if is_small else "closer" if after < before else "apart"
    return context.text(
        f"compare.spread_{key}",
        before=context.format.value(before, indicator),
        after=context.format.value(after, indicator),
        start=context.format.period(first),
        end=context.format.period(last),
        unit=context.format.unit(indicator),
    )
