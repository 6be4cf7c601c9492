"""Compared territories over time: values, an index, or values per inhabitant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.figures.paths import Path, paths
from dashboard.indexed import DECIMALS, base_period, indexed
from dashboard.pages.common import sources
from dashboard.pages.compare.choice import choice, line_of, subject
from dashboard.pages.compare.subject_menu import subject_menu
from dashboard.points import Point
from dashboard.registry import panel
from dashboard.series import Series, segments
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.pages.compare.choice import Choice
    from warehouse.declarations.models import Indicator

Values = Literal["plain", "index", "head"]
RESIDENTS = "resident_population"
HEADS = 1000  # per inhabitant is written per thousand


@dataclass(frozen=True, slots=True)
class Switch:
    """A way to write the values, as a link."""

    label: str
    address: str
    key: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The compared territories over time: their lines, how values are written, the unit."""

    indicator: Indicator
    mode: Values
    lines: Mapping[tuple[str, int | None], Series]
    write: Callable[[float], str]
    unit: str
    plot: str


def course(context: Context) -> Course:
    """Return the lines of the compared territories, and their drawing."""
    compared = choice(context)
    indicator = subject(context, compared)
    mode = _mode(context, indicator)
    series: dict[tuple[str, int | None], Series] = {
        (place.territory.short, place.position): line
        for place in compared.places
        if (line := line_of(context, indicator, place.territory))
    }
    metro = line_of(context, indicator, context.catalog.metro)
    if (
        metro
        and indicator.aggregate != "sum"
        and context.catalog.metro.territory not in compared.codes
    ):
        series[context.text("metro").capitalize(), None] = metro
    first = base_period(indicator, series.values())
    lines = {
        key: converted
        for key, line in series.items()
        if (converted := _converted(context, line, mode, first))
    }
    write = _writer(context, indicator, mode)
    timeline = [_path(context, indicator, *key, line) for key, line in lines.items()]
    plot = paths(timeline, write, breaks=breaks(context, indicator, lines)) if lines else ""
    unit = _unit(context, indicator, mode, first)
    return Course(indicator, mode, lines, write, unit, plot)


@panel("compare_over_time")
def over_time(context: Context) -> Html:
    """Draw the compared territories over time."""
    compared, timeline = choice(context), course(context)
    indicator, lines = timeline.indicator, timeline.lines
    return context.panel(
        "compare/over_time.html",
        "compare-over-time card",
        has_picture=bool(lines),
        title=context.translate(indicator.short),
        unit=timeline.unit,
        menu=subject_menu(context, compared, indicator),
        switches=_switches(context, compared, indicator, timeline.mode),
        plot=timeline.plot,
        breaks=[
            (context.format.period(period), context.translate(text))
            for period, text in indicator.breaks.items()
        ],
        missing=[
            p.territory.short
            for p in compared.places
            if (p.territory.short, p.position) not in lines
        ],
        sources=sources.short(context, indicator),
    )


def _mode(context: Context, indicator: Indicator) -> Values:
    mode = context.selection.values
    if mode == "index":
        return "index"
    return "head" if mode == "head" and has_heads(context, indicator) else "plain"


def has_heads(context: Context, indicator: Indicator) -> bool:
    """Say whether values per inhabitant make sense: of a sum, but of the residents themselves."""
    return (
        indicator.aggregate == "sum"
        and indicator.id != RESIDENTS
        and RESIDENTS in context.catalog.indicators
    )


def _converted(context: Context, line: Series, mode: Values, first: str | None) -> Series | None:
    """Return the series in the chosen way; None where it cannot be written so."""
    if mode == "plain":
        return line
    if mode == "index":
        return indexed(line, first)
    residents = context.data.series(RESIDENTS, line.territory)
    pairs = ((p, residents.point(p.period) if residents else None) for p in line.points)
    points = [(p, HEADS * p.value / r.value) for p, r in pairs if r and r.value]
    if not points:
        return None
    return Series(
        line.indicator,
        line.territory,
        tuple(Point(p.period, value, p.coverage, p.status) for p, value in points),
    )


def _unit(context: Context, indicator: Indicator, mode: Values, first: str | None) -> str:
    if mode == "index":
        return context.text("compare.index_unit", period=context.format.period(first))
    unit = context.format.unit(indicator)
    return context.text("compare.head_unit", unit=unit) if mode == "head" else unit


def _writer(context: Context, indicator: Indicator, mode: Values) -> Callable[[float], str]:
    decimals = indicator.decimals if mode == "plain" else DECIMALS
    return lambda value: context.format.number(value, decimals)


def _path(
    context: Context, indicator: Indicator, name: str, position: int | None, line: Series
) -> Path:
    points = [
        (formatting.start(p.period), p.value, context.format.period(p.period)) for p in line.points
    ]
    return Path(name, points, segments(line, indicator), position)


def breaks(
    context: Context, indicator: Indicator, lines: Mapping[tuple[str, int | None], Series]
) -> list[tuple[date, str]]:
    """Return the breaks within the timeline periods: the day, and its name."""
    starts = [formatting.start(p.period) for line in lines.values() for p in line.points]
    if not starts:
        return []
    return [
        (day, context.text("compare.break_at", period=context.format.period(period)))
        for period in indicator.breaks
        if min(starts) < (day := formatting.start(period)) <= max(starts)
    ]


def _switches(
    context: Context, compared: Choice, indicator: Indicator, mode: Values
) -> list[Switch]:
    modes: list[Values] = ["plain", "index"]
    if has_heads(context, indicator):
        modes.append("head")
    return [
        Switch(
            context.text(f"compare.values_{name}"),
            context.href(
                territory=compared.codes,
                indicators=compared.names,
                subject=indicator.id,
                values=None if name == "plain" else name,
            ),
            f"values-{name}",
            name == mode,
        )
        for name in modes
    ]
