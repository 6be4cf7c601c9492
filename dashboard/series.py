"""The values of an indicator in a territory through time, and how the last one changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from sys import intern
from typing import TYPE_CHECKING, Any

from warehouse import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.figures.trend import Segment
    from dashboard.status import Sign
    from warehouse.declarations.models import Indicator, Unit


PROVISIONAL = "P"
YEAR = 365
MONTHLY = len("2023-06")
DAILY = len("2023-06-30")
COLUMNS = (
    "indicator", "territory", "period", "value", "coverage", "obs_status", "numerator",
    "denominator",
)  # fmt: skip
MIN_DAYS = 28  # between two readings of single days that are compared


@dataclass(frozen=True, slots=True)
class Point:
    """One observation; `coverage` is the share of residents behind a zone's value."""

    period: str
    value: float
    coverage: float
    status: str
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one indicator in one territory, oldest first; never empty."""

    indicator: str
    territory: str
    points: tuple[Point, ...]

    @property
    def last(self) -> Point:
        """The newest observation."""
        return self.points[-1]

    @property
    def reference(self) -> Point | None:
        """What the newest is compared with: a year before if monthly, else the one before.

        Readings of single days are compared over a month at least, where there is one.
        """
        if len(self.points) == 1:
            return None
        newest = self.last.period
        if len(newest) == DAILY:
            month_before = formatting.start(newest) - timedelta(days=MIN_DAYS)
            return self.since(month_before) or self.points[-2]
        if len(newest) == MONTHLY and newest[5].isdigit():
            year_before = f"{int(newest[:4]) - 1}{newest[4:]}"
            for point in self.points:
                if point.period == year_before:
                    return point
        return self.points[-2]

    def since(self, day: date) -> Point | None:
        """Return what held on a day, else the first after it; None if nothing came later."""
        before = [p for p in self.points[:-1] if formatting.start(p.period) <= day]
        return before[-1] if before else next(iter(self.points[:-1]), None)

    def point(self, period: str) -> Point | None:
        """Return the observation of `period`, if there is one."""
        return next((p for p in self.points if p.period == period), None)


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
) -> Change | None:
    """Return the change of the last value since `before`; None across a declared break.

    It is the difference of the values as printed, since a reader will do that sum; where one of
    the periods is incomplete, that of `comparison`.
    """
    if crosses_break(indicator, before.period, series.last.period):
        return None
    new = round(comparison.after if comparison else series.last.value, indicator.decimals)
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
    )


def first_break(indicator: Indicator, before: str, after: str) -> str | None:
    """Return the period of the first declared break after one period and up to another."""
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
    for before, after in pairwise(series.points):
        follow = trend and consecutive(before.period, after.period)
        broken = crosses_break(indicator, before.period, after.period)
        kinds.append("broken" if broken else "solid" if follow else "dashed")
    return kinds


def read(columns: Mapping[str, Sequence[Any]]) -> Mapping[tuple[str, str], Series]:
    """Group observations (indicator, territory, period, value, coverage, status, parts) to series.

    They are sorted by indicator, territory, period; those without a value are left out.
    """
    points: dict[tuple[str, str], list[Point]] = {}
    rows = zip(*(columns[name] for name in COLUMNS), strict=True)
    for indicator, territory, period, value, coverage, status, *parts in rows:
        if value is not None:
            # few different texts, each kept once
            point = Point(intern(period), value, coverage, intern(status), *parts)
            points.setdefault((indicator, territory), []).append(point)
    return {
        (intern(indicator), intern(territory)): Series(
            intern(indicator), intern(territory), tuple(line)
        )
        for (indicator, territory), line in points.items()
    }
