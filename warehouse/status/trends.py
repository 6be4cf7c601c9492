"""Trends of short series: the weighted slope test, Theil and Sen's slope, changes of the ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations
from math import inf, sqrt
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHI_SQUARE = 9.5495357  # p < 0.002, one degree of freedom
Z_OF_ENDS = sqrt(CHI_SQUARE)
# Student's t, p < 0.005 on both sides, by degrees of freedom from 3 to 8.
STUDENT = (7.453, 5.598, 4.773, 4.317, 4.029, 3.833)
FIRST_FREEDOM = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """A slope, the statistic of its test, and whether its sign holds without any one point."""

    slope: float
    statistic: float
    limit: float
    holds: bool

    @property
    def is_real(self) -> bool:
        """Say whether chance alone does not explain the slope."""
        return self.holds and self.statistic > self.limit


def weighted_slope(values: Sequence[float], errors: Sequence[float]) -> Trend:
    """Test the slope a step of values with their standard errors (x = 1, 2, …)."""
    rows = [(float(x), y, 1 / e**2) for x, (y, e) in enumerate(zip(values, errors, strict=True), 1)]
    slope, variance = _weighted(rows)
    without = (_weighted(rows[:i] + rows[i + 1 :])[0] for i in range(len(rows)))
    return Trend(slope, slope**2 / variance, CHI_SQUARE, _holds(slope, without))


def theil_sen(years: Sequence[float], values: Sequence[float]) -> Trend:
    """Take the median slope a year, and Student's t of the straight line."""
    points = list(zip(years, values, strict=True))
    slopes = sorted(
        ((points[j][1] - points[i][1]) / (points[j][0] - points[i][0]), i, j)
        for i, j in combinations(range(len(points)), 2)
    )
    slope = _middle([s for s, _, _ in slopes])
    holds = slope != 0 and _median_holds(slopes, slope, len(points))
    limit = STUDENT[min(len(points) - 2 - FIRST_FREEDOM, len(STUDENT) - 1)]
    return Trend(slope, _student(years, values), limit, holds)


def change_of_ends(values: Sequence[float], errors: Sequence[float]) -> float:
    """Return the change from first to last in standard errors, without its sign."""
    return abs(values[-1] - values[0]) / sqrt(errors[0] ** 2 + errors[-1] ** 2)


def _weighted(rows: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the slope of least squares of (x, y, weight), and its variance."""
    w = wx = wy = wxx = wxy = 0.0
    for x, y, weight in rows:
        w += weight
        wx += weight * x
        wy += weight * y
        wxx += weight * x * x
        wxy += weight * x * y
    divisor = w * wxx - wx**2
    return (w * wxy - wx * wy) / divisor, w / divisor


def _median_holds(slopes: Sequence[tuple[float, int, int]], slope: float, points: int) -> bool:
    """Say whether the median of the sorted slopes keeps its sign with each point left out.

    Counting the slopes of that sign says so; the median is computed where they are just half.
    """
    pairs = [(i, j) for s, i, j in slopes if s * slope > 0]
    of_point = Counter(chain.from_iterable(pairs))
    half, is_odd = divmod((points - 1) * (points - 2) // 2, 2)
    for left_out in range(points):
        same = len(pairs) - of_point[left_out]
        if same == half and not is_odd:
            if slope * _middle([s for s, i, j in slopes if left_out not in (i, j)]) <= 0:
                return False
        elif same <= half:
            return False
    return True


def _middle(ascending: Sequence[float]) -> float:
    """Return the median of sorted values."""
    half, is_odd = divmod(len(ascending), 2)
    return ascending[half] if is_odd else (ascending[half - 1] + ascending[half]) / 2


def _student(years: Sequence[float], values: Sequence[float]) -> float:
    """Return Student's t of the slope of a straight line, without its sign."""
    year, value = fmean(years), fmean(values)
    spread = sum((x - year) ** 2 for x in years)
    slope = sum((x - year) * (y - value) for x, y in zip(years, values, strict=True)) / spread
    residuals = [y - value - slope * (x - year) for x, y in zip(years, values, strict=True)]
    variance = sum(r * r for r in residuals) / (len(values) - 2)
    tiny = 1e-20 * max(abs(y) for y in values) ** 2  # what rounding leaves of a straight line
    if variance <= tiny:
        return inf if slope**2 * spread > tiny else 0.0
    return abs(slope) / sqrt(variance / spread)


def _holds(slope: float, without: Iterable[float]) -> bool:
    """Say whether the slope keeps its sign with each point left out."""
    return slope != 0 and all(slope * other > 0 for other in without)
