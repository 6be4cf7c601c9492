"""The values of an indicator in a territory through time, and how the last one changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from sys import intern
from typing import TYPE_CHECKING, Any

from dashboard.points import Points, read_columns
from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dashboard.figures.trend import Segment
    from dashboard.points import Point
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator, Unit

    Lines = Mapping[tuple[str, str], "Series"]  # by (indicator, territory)

PROVISIONAL = "P"
YEAR = 365
MONTHLY = len("2023-06")
DAILY = len("2023-06-30")
MIN_DAYS = 28  # between two readings of single days that are compared


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one indicator in one territory, oldest first; never empty."""

    indicator: str
    territory: str
    points: Sequence[Point]

    @property
    def last(self) -> Point:
        """The newest observation."""
        return self.points[-1]

    @property
    def last_period(self) -> str:
        """The period of the newest observation."""
        return self.points.last_period if isinstance(self.points, Points) else self.last.period

    @property
    def last_value(self) -> float:
        """The newest value."""
        return self.points.last_value if isinstance(self.points, Points) else self.last.value

    @property
    def reference(self) -> Point | None:
        """What the newest is compared with: a year before if monthly, else the one before.

        Readings of single days are compared over a month at least, where there is one.
        """
        if len(self.points) == 1:
            return None
        newest = self.last_period
        if len(newest) == DAILY:
            month_before = formatting.start(newest) - timedelta(days=MIN_DAYS)
            return self.since(month_before) or self.points[-2]
        if len(newest) == MONTHLY and newest[5].isdigit():
            year_before = f"{int(newest[:4]) - 1}{newest[4:]}"
            return self.point(year_before) or self.points[-2]
        return self.points[-2]

    def since(self, day: date) -> Point | None:
        """Return what held on a day, else the first after it; None if nothing came later."""
        before = [p for p in self.points[:-1] if formatting.start(p.period) <= day]
        return before[-1] if before else next(iter(self.points[:-1]), None)

    def point(self, period: str) -> Point | None:
        """Return the observation of `period`, if there is one."""
        if isinstance(self.points, Points):
            return self.points.of_period(period)
        return next((p for p in reversed(self.points) if p.period == period), None)

    def parts(self, period: str) -> tuple[float | None, float | None] | None:
        """Return numerator and denominator of `period`, if there is an observation."""
        if isinstance(self.points, Points):
            return self.points.parts_of(period)
        point = self.point(period)
        return (point.numerator, point.denominator) if point else None

    def value(self, period: str) -> float | None:
        """Return the value of `period`, if there is one."""
        if isinstance(self.points, Points):
            return self.points.value_of(period)
        return next((p.value for p in reversed(self.points) if p.period == period), None)

    def periods(self) -> Iterator[str]:
        """Yield the period of each observation."""
        if isinstance(self.points, Points):
            return self.points.periods()
        return (point.period for point in self.points)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of an incomplete series over the `municipalities` that have a figure in both."""

    before: float
    after: float
    coverage_before: float  # share of residents, 0 to 1
    coverage_after: float
    municipalities: int


@dataclass(frozen=True, slots=True)
class Change:
    """The last value against its reference, as the printed values give it.

    `amount` is in points, percent or the unit itself, as the unit's `change` says. `municipalities`
    is set where the change is over those alone that have a figure in both periods. `direction` is
    that of the series' status: a change alone does not judge.
    """

    amount: float
    since: str
    kind: str
    municipalities: int | None = None
    direction: Sign = "none"


def change(
    series: Series,
    indicator: Indicator,
    unit: Unit,
    before: Point,
    comparison: Comparison | None = None,
    direction: Sign = "none",
) -> Change | None:
    """Return the change of the last value since `before`; None across a declared break.

    It is the difference of the values as printed, since a reader will do that sum; where one of
    the periods is incomplete, that of `comparison`.
    """
    if crosses_break(indicator, before.period, series.last_period):
        return None
    new = round(comparison.after if comparison else series.last_value, indicator.decimals)
    old = round(comparison.before if comparison else before.value, indicator.decimals)
    amount = new - old
    if unit.change == "percent":
        if old == 0:
            return None
        amount = 100 * amount / abs(old)
    decimals = indicator.decimals if unit.change != "percent" else 1
    amount = round(amount, decimals)
    return Change(
        amount,
        before.period,
        unit.change,
        comparison.municipalities if comparison else None,
        direction,
    )


def first_break(indicator: Indicator, before: str, after: str) -> str | None:
    """Return the period of the first declared break after one period and up to another."""
    if not indicator.breaks:
        return None
    start, end = formatting.start(before), formatting.start(after)
    periods = sorted(indicator.breaks, key=formatting.start)
    return next((p for p in periods if start < formatting.start(p) <= end), None)


def crosses_break(indicator: Indicator, before: str, after: str) -> bool:
    """Say whether a declared break of the series lies after one period and up to another."""
    return first_break(indicator, before, after) is not None


def consecutive(before: str, after: str) -> bool:
    """Say whether two periods follow each other, so that a line may join them."""
    gap = (formatting.start(after) - formatting.start(before)).days
    if len(after) == DAILY:
        return False
    if "S" in after:
        return gap <= YEAR / 2 + 5
    if len(after) == MONTHLY:
        return gap <= 2 * 31
    return gap <= YEAR + 1


def segments(series: Series, indicator: Indicator) -> list[Segment]:
    """Say how each point of a series is joined to the next; two points are not a trend."""
    trend = len(series.points) > 2  # noqa: PLR2004  # two points are not a trend
    kinds: list[Segment] = []
    for before, after in pairwise(series.periods()):
        follow = trend and consecutive(before, after)
        broken = crosses_break(indicator, before, after)
        kinds.append("broken" if broken else "solid" if follow else "dashed")
    return kinds


def read(columns: Mapping[str, Sequence[Any]]) -> Lines:
    """Group observations (indicator, territory, period, value, coverage, status, parts) to series.

    They are sorted by indicator, territory, period; those without a value are left out.
    """
    rows = [row for row, value in enumerate(columns["value"]) if value is not None]
    observations = read_columns(columns, rows)
    indicators, territories = columns["indicator"], columns["territory"]
    lines: dict[tuple[str, str], Series] = {}
    start = 0
    for key, run in groupby((indicators[row], territories[row]) for row in rows):
        end = start + sum(1 for _ in run)
        indicator, territory = map(intern, key)
        points = Points(observations, range(start, end))
        lines[indicator, territory] = Series(indicator, territory, points)
        start = end
    return lines
