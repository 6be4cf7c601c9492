"""The source of one number: its municipalities, its formula, its files."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from dashboard.pages.common import changes
from dashboard.pages.common.records import record
from dashboard.pages.indicator.panels import variable_title
from dashboard.pages.indicator.query import municipalities, point_of, selected_period
from dashboard.registry import panel
from warehouse import formatting

MAX_PARTS = 8
NO_DECIMALS_FROM = 100  # larger figures are written without decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.components.html import Html
    from dashboard.context import Context
    from dashboard.points import Point
    from dashboard.release_data import ReleaseData
    from dashboard.series import Series
    from warehouse.declarations.models import Indicator
    from warehouse.declarations.territories import Territory


@dataclass(frozen=True, slots=True)
class Part:
    """A municipality in the formula: numerator and denominator, or value and weight."""

    place: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part as it is written."""

    place: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a variable of the indicator was read from, in one period."""

    variable: str
    period: str
    file: str
    sha256: str


@panel("source")
def source(context: Context) -> Html:
    """Show where one number comes from: its municipalities, its formula, its files."""
    indicator, period = context.indicator, selected_period(context)
    place = place_of_number(context)
    code = place.territory
    point = point_of(context, place, period)
    lines = _lines(context, place, period)
    return context.panel(
        "indicator/source.html",
        "source-of card",
        place=place,
        value=context.format.value(point.value, indicator) if point else formatting.MISSING,
        unit=context.format.unit(indicator),
        partial=changes.coverage_note(context, point) if point else "",
        published=context.text("show.published", place=place.name)
        if period in context.data.published.get((indicator.id, code), ())
        else "",
        period=context.format.period(period),
        rows=_rows(context, _points(lines[:MAX_PARTS], period)),
        count=len(lines),
        chart="source" if lines else "",
        files=_files(context, period),
        numerator=variable_title(context, indicator.numerator),
        denominator=variable_title(context, indicator.denominator or indicator.weight or ""),
        formula=_formula(context),
    )


def place_of_number(context: Context) -> Territory:
    """Return the territory whose number is explained.

    It is the first highlighted, or the municipality that is highlighted inside it, else the whole.
    """
    places = [context.catalog.territories[code] for code in context.highlighted]
    if not places:
        return context.catalog.metro
    inside = (place for place in places[1:] if place.parent == places[0].territory)
    return next(inside, places[0])


def parts_of(context: Context) -> list[tuple[Part, PartRow]]:
    """Return what the number is made of, each with its text."""
    period = selected_period(context)
    points = _points(_lines(context, place_of_number(context), period), period)
    parts = [_part(context.indicator, place, point) for place, point in points]
    return list(zip(parts, _rows(context, points), strict=True))


def _lines(
    context: Context, place: Territory, period: str | None
) -> list[tuple[Territory, Series]]:
    """Return the series of the municipalities inside a place, the largest in a period first."""
    inside = context.data.municipalities.get(place.territory, ())
    if place == context.catalog.metro:
        inside = municipalities(context)
    data, indicator = context.data, context.indicator.id
    aggregates, municipal = data.aggregate_series, data.municipal_series(indicator)
    sizes = []
    for part in inside or (place,):
        key = indicator, part.territory
        line = municipal.get(key) or aggregates.get(key)
        if period and line and (parts := line.parts(period)):
            sizes.append((parts[0] or line.value(period) or 0, part, line))
    return [(part, line) for _, part, line in sorted(sizes, key=lambda row: -row[0])]


def _points(
    lines: Iterable[tuple[Territory, Series]], period: str | None
) -> list[tuple[Territory, Point]]:
    """Return the observations of series in a period."""
    points = ((part, line.point(period) if period else None) for part, line in lines)
    return [(part, point) for part, point in points if point]


def _rows(context: Context, points: list[tuple[Territory, Point]]) -> list[PartRow]:
    parts = [_part(context.indicator, place, point) for place, point in points]
    above = _decimals(part.numerator for part in parts)
    below = _decimals(part.denominator for part in parts)
    return [
        PartRow(
            place=part.place,
            numerator=context.format.number(part.numerator, above),
            denominator=context.format.number(part.denominator, below),
        )
        for part in parts
    ]


def _part(indicator: Indicator, place: Territory, point: Point) -> Part:
    """Return what the formula sums of one municipality; of a weighted mean, rate and weight."""
    numerator, denominator = point.numerator, point.denominator
    if numerator is None:
        return Part(place.short, point.value, denominator)
    if indicator.aggregate == "weighted_mean" and denominator:
        return Part(place.short, numerator / denominator, denominator)
    return Part(place.short, numerator, denominator)


def _decimals(column: Iterable[float | None]) -> int:
    """Return with how many decimals a column is written: none for counts and large figures."""
    values = [value for value in column if value is not None and not isnan(value)]
    return 0 if all(v == int(v) or abs(v) >= NO_DECIMALS_FROM for v in values) else 2


def _formula(context: Context) -> str:
    indicator = context.indicator
    above = variable_title(context, indicator.numerator)
    below = variable_title(context, indicator.denominator or indicator.weight or "")
    if indicator.aggregate == "ratio":
        multiplier = f"{indicator.multiplier:g} × " if indicator.multiplier != 1 else ""
        return f"{multiplier}Σ {above} ÷ Σ {below}"
    if indicator.aggregate == "weighted_mean":
        return f"Σ ({above} × {below}) ÷ Σ {below}"
    return f"Σ {above}"


def files_by_indicator(data: ReleaseData) -> dict[str, list[dict[str, Any]]]:
    """Return the files that each indicator is computed from, by variable and period."""
    files: dict[str, list[dict[str, Any]]] = {}
    for row in data.store.rows("files_of_indicators"):
        files.setdefault(row["indicator"], []).append(row)
    return files


def _files(context: Context, period: str | None) -> list[SourceFile]:
    """Return each variable's files: of the selected period, or of the nearest one it has."""
    if period is None:
        return []
    by_variable: dict[str, list[SourceFile]] = {}
    for row in context.data.once(files_by_indicator).get(context.indicator.id, ()):
        by_variable.setdefault(row["variable"], []).append(record(SourceFile, row))
    files: dict[str, SourceFile] = {}
    for rows in by_variable.values():
        nearest = min(rows, key=lambda row: _distance(row.period, period)).period
        files |= {row.sha256: row for row in rows if row.period == nearest}
    return list(files.values())


def _distance(first: str, second: str) -> int:
    return abs((formatting.start(first) - formatting.start(second)).days)
