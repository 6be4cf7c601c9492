"""Outlook: the trend of a series continued to a later year, with an interval of prediction."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Slope = Literal["slope", "theil_sen"]

# Student's t, 95 per cent on both sides, by degrees of freedom from 3 to 8 (5 to 10 points).
STUDENT = (3.182, 2.776, 2.571, 2.447, 2.365, 2.306)
LEAST = 5  # points
FIRST_FREEDOM = 3


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the trend is in a year if it continues: value and ends of the 95 per cent interval."""

    year: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Continuation:
    """The straight line through the points with the slope of the status, and its spread."""

    years: tuple[float, ...]
    slope: float
    intercept: float
    deviation: float  # of the residuals

    def in_year(self, year: float, bounds: tuple[float, float]) -> Outlook:
        """Return the outlook for a year, within what the indicator can be."""
        count, mean = len(self.years), fmean(self.years)
        spread = sum((x - mean) ** 2 for x in self.years)
        student = STUDENT[min(count - 2 - FIRST_FREEDOM, len(STUDENT) - 1)]
        width = student * self.deviation * sqrt(1 + 1 / count + (year - mean) ** 2 / spread)
        value = self.intercept + self.slope * year
        low, high = (_within(end, bounds) for end in (value - width, value + width))
        return Outlook(year, _within(value, bounds), low, high)


def continuation(
    years: Sequence[float], values: Sequence[float], slope: float, rule: Slope
) -> Continuation | None:
    """Lay the line of a slope a year through the points; None of fewer than five.

    Through the means for the weighted slope, through the median intercept for Theil and Sen's.
    """
    if len(years) < LEAST:
        return None
    intercepts = [y - slope * x for x, y in zip(years, values, strict=True)]
    intercept = median(intercepts) if rule == "theil_sen" else fmean(intercepts)
    residuals = [value - intercept for value in intercepts]
    deviation = sqrt(sum(r * r for r in residuals) / (len(years) - 2))
    return Continuation(tuple(years), slope, intercept, deviation)


def _within(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return min(max(value, low), high)
