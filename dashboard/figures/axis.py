"""Axes of charts drawn as SVG: round gridlines, and places of values on a length."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.ticks import round_ticks

MARGIN = 0.06  # share of the range beyond the extreme values


@dataclass(frozen=True, slots=True)
class Axis:
    """A line from `low` to `high`, drawn from `start` to `end` in pixels."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return the pixel of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int = 5) -> list[float]:
        """Return at most `count` round values on the line."""
        return list(round_ticks(self.low, self.high, count))


def axis(values: list[float], start: float, end: float) -> Axis:
    """Return the axis that holds `values` with a margin; one from zero stays there."""
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1) * MARGIN
    return Axis(0.0 if 0 <= low < margin else low - margin, high + margin, start, end)
