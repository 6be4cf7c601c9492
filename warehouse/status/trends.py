"""Trends of short series: the weighted slope test, Theil and Sen's slope, changes of the ends.

Values, errors and years are arrays with a row per series and a column per point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from warehouse.status.critical import CHI_SQUARE

if TYPE_CHECKING:
    from warehouse.status.arrays import Flags, Reals

# Student's t, p < 0.005 on both sides, by degrees of freedom from 3 to 8.
STUDENT = (7.453, 5.598, 4.773, 4.317, 4.029, 3.833)
FIRST_FREEDOM = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """Slopes, the statistics of their test, and whether the sign holds without any one point."""

    slope: Reals
    statistic: Reals
    limit: float
    holds: Flags

    @property
    def is_real(self) -> Flags:
        """Say whether chance alone does not explain the slope."""
        return self.holds & (self.statistic > self.limit)


def weighted_slope(values: Reals, errors: Reals) -> Trend:
    """Test the slope a step of values with their standard errors (x = 1, 2, …)."""
    weights = 1 / errors**2
    slope, variance = _weighted(values, weights)
    holds = slope != 0
    for left_out in range(values.shape[1]):
        others = weights.copy()
        others[:, left_out] = 0
        holds &= slope * _weighted(values, others)[0] > 0
    return Trend(slope, slope**2 / variance, CHI_SQUARE, holds)


def theil_sen(years: Reals, values: Reals) -> Trend:
    """Take the median slope a year, and Student's t of the straight line."""
    points = values.shape[1]
    first, second = np.triu_indices(points, 1)
    slopes = (values[:, second] - values[:, first]) / (years[:, second] - years[:, first])
    slope = _median(slopes)
    without = np.arange(points)[:, None]
    holds = (slope != 0) & _median_holds(slopes, slope, (first != without) & (second != without))
    limit = STUDENT[min(points - 2 - FIRST_FREEDOM, len(STUDENT) - 1)]
    return Trend(slope, _student(years, values), limit, holds)


def change_of_ends(values: Reals, errors: Reals) -> Reals:
    """Return the change from first to last in standard errors, without its sign."""
    ends: Reals = np.abs(values[:, -1] - values[:, 0])
    return ends / np.sqrt(errors[:, 0] ** 2 + errors[:, -1] ** 2)


def _weighted(values: Reals, weights: Reals) -> tuple[Reals, Reals]:
    """Return the slope of least squares of values at 1, 2, …, and its variance."""
    w = wx = wy = wxx = wxy = np.zeros(len(values))
    for x, (y, weight) in enumerate(zip(values.T, weights.T, strict=True), 1):
        w = w + weight
        wx = wx + weight * x
        wy = wy + weight * y
        wxx = wxx + weight * x * x
        wxy = wxy + weight * x * y
    divisor = w * wxx - wx**2
    return (w * wxy - wx * wy) / divisor, w / divisor


def _median_holds(slopes: Reals, slope: Reals, others: Flags) -> Flags:
    """Say whether the median of the slopes keeps its sign with each point left out.

    `others`: for each point the slopes that it has no part in. Counting those of the same sign
    says so; the median is computed where they are just half.
    """
    half, is_odd = divmod(int(others[0].sum()), 2)
    same = (slopes * slope[:, None] > 0).astype(float) @ others.T.astype(float)
    holds = same > half
    if not is_odd:
        for left_out, remaining in enumerate(others):
            rows = np.flatnonzero(same[:, left_out] == half)
            medians = _median(slopes[np.ix_(rows, np.flatnonzero(remaining))])
            holds[rows, left_out] = medians * slope[rows] > 0
    holds_always: Flags = holds.all(axis=1)
    return holds_always


def _median(values: Reals) -> Reals:
    """Return the median of each row."""
    half, is_odd = divmod(values.shape[1], 2)
    middle = np.partition(values, half if is_odd else (half - 1, half), axis=1)
    return middle[:, half] if is_odd else (middle[:, half - 1] + middle[:, half]) / 2


def _student(years: Reals, values: Reals) -> Reals:
    """Return Student's t of the slope of a straight line, without its sign."""
    x = years - years.mean(axis=1, keepdims=True)
    y = values - values.mean(axis=1, keepdims=True)
    spread = (x**2).sum(axis=1)
    slope = (x * y).sum(axis=1) / spread
    variance = ((y - slope[:, None] * x) ** 2).sum(axis=1) / (values.shape[1] - 2)
    # what rounding leaves of a straight line
    tiny = 1e-20 * np.abs(values).max(axis=1) ** 2
    is_straight = variance <= tiny
    error = np.sqrt(np.where(is_straight, 1.0, variance) / spread)
    straight = np.where(slope**2 * spread > tiny, np.inf, 0.0)
    return np.where(is_straight, straight, np.abs(slope) / error)
