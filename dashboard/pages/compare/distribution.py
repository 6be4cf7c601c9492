"""Municipalities within each zone, and whether they converge over time."""

from __future__ import annotations

from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING

from dashboard.figures.paths import Band, Path, paths
from dashboard.figures.strips import Strip, strips
from dashboard.pages.common import sources
from dashboard.pages.compare.choice import choice, common_period, mean_in, municipalities, subject
from dashboard.pages.compare.over_time import breaks
from dashboard.pages.compare.subject_menu import subject_menu
from dashboard.registry import panel
from dashboard.series import Point, Series, crosses_break, segments
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory

FEWEST = 4  # values that have quarters
SMALL = 0.05  # share of a distance below which its change is none
FEWEST_PLACES = 20  # municipalities whose spread is worth a line


@panel("compare_distribution")
def distribution(context: Context) -> Html:
    """Draw the municipalities of each zone on one scale."""
    compared = choice(context)
    indicator = subject(context, compared)
    period = common_period(context, indicator, municipalities(context))
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
    whole = (
        context.text("indicator.mean", value=context.format.value(mean.value, indicator))
        if mean
        else ""
    )

    def write(value: float) -> str:
        decimals = 0 if value == int(value) else indicator.decimals
        return context.format.number(value, decimals)

    return strips(rows, mean.value if mean else None, write, whole)


def municipal_values(
    context: Context, indicator: Indicator, period: str | None
) -> dict[str, float]:
    """Return the value of each present municipality in a period."""
    lines = context.data.municipal_series(indicator.id)
    points = {code: line.point(period) for (_, code), line in lines.items() if period}
    current = {place.territory for place in municipalities(context)}
    return {code: p.value for code, p in points.items() if p and code in current}


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
    return Strip(
        name=zone.short,
        dots=[
            (
                values[p.territory],
                f"{p.name} {context.format.value(values[p.territory], indicator)}",
            )
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
    history = _history(context, indicator)
    quarters = quarters_of(history)
    if not quarters:
        return context.panel(
            "compare/no_convergence.html",
            "compare-convergence card",
            has_picture=False,
            title=context.translate(indicator.short),
        )
    return context.panel(
        "compare/convergence.html",
        "compare-convergence card",
        title=context.translate(indicator.short),
        unit=context.format.unit(indicator),
        count=len(history),
        menu=subject_menu(context, compared, indicator),
        plot=convergence_plot(context, indicator),
        sentence=_sentence(context, indicator, quarters),
        sources=sources.short(context, indicator),
    )


def quarters_by_period(context: Context, indicator: Indicator) -> dict[str, list[float]]:
    """Return the quarters of the municipalities in each period; nothing of too few."""
    return quarters_of(_history(context, indicator))


def quarters_of(history: Mapping[str, Mapping[str, float]]) -> dict[str, list[float]]:
    """Return the quarters of some histories in each period; nothing of too few."""
    periods = list(next(iter(history.values()), {}))
    if len(history) < FEWEST_PLACES or len(periods) < 2:  # noqa: PLR2004  # a change needs two
        return {}
    return {
        period: quantiles([points[period] for points in history.values()], n=4, method="inclusive")
        for period in periods
    }


def convergence_plot(context: Context, indicator: Indicator) -> str:
    """Draw the median and the spread around it."""
    history = _history(context, indicator)
    quarters = quarters_of(history)
    middle = Series(
        indicator.id,
        context.catalog.metro.territory,
        tuple(Point(period, q[1], 1, "A") for period, q in quarters.items()),
    )
    return paths(
        [_median(context, indicator, middle)],
        lambda value: context.format.value(value, indicator),
        bands=_bands(indicator, history, quarters),
        breaks=breaks(context, indicator, {("", None): middle}),
    )


def _history(context: Context, indicator: Indicator) -> dict[str, dict[str, float]]:
    """Return the values of the municipalities that have one in each of the fullest periods."""
    lines = context.data.municipal_series(indicator.id)
    current = {place.territory for place in municipalities(context)}
    values = {
        code: {p.period: p.value for p in line.points}
        for (_, code), line in lines.items()
        if code in current
    }
    counts: dict[str, int] = {}
    for points in values.values():
        for period in points:
            counts[period] = counts.get(period, 0) + 1
    most = max(counts.values(), default=0)
    full = sorted((p for p, n in counts.items() if n >= most / 2), key=formatting.start)
    return {
        code: {period: points[period] for period in full}
        for code, points in values.items()
        if points.keys() >= set(full)
    }


def _median(context: Context, indicator: Indicator, middle: Series) -> Path:
    points = [
        (formatting.start(p.period), p.value, context.format.period(p.period))
        for p in middle.points
    ]
    return Path(context.text("compare.median"), points, segments(middle, indicator))


def _bands(
    indicator: Indicator,
    history: Mapping[str, Mapping[str, float]],
    quarters: Mapping[str, Sequence[float]],
) -> list[Band]:
    """Return the bands of the outer tenths and of the middle half, each cut at every break."""
    bands = []
    for periods in _runs(indicator, list(quarters)):
        days = [(period, formatting.start(period)) for period in periods]
        tenths = {period: _tenths(history, period) for period in periods}
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


def _tenths(history: Mapping[str, Mapping[str, float]], period: str) -> list[float]:
    return quantiles([points[period] for points in history.values()], n=10, method="inclusive")


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
