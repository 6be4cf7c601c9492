"""The control chart of single values (XmR): limits, special causes, assurance of a target.

Values are arrays with a row per series and a column per point.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Literal

import numpy as np

from warehouse.status.arrays import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.status.arrays import Flags, Reals, Words

    Breaks = Callable[[Reals, Reals], Flags]

Signal = Literal["outside", "trend", "near_limit", "shift"]

BASE = 12  # points that the limits are taken from
WIDTH = 2.66
SCREEN = 3.267
DEVIATION = 1.128  # mean moving range of one standard deviation
RUN = 7
NEAR = 3  # points of which two lie beyond the near limit
STRICT = 4.5  # standard errors between the points of a signal and the centre


@dataclass(frozen=True, slots=True)
class Chart:
    """Centres and limits; `low` and `high` are three standard deviations away."""

    centre: Reals
    reach: Reals

    @property
    def low(self) -> Reals:
        """The lower limit."""
        return self.centre - self.reach

    @property
    def high(self) -> Reals:
        """The upper limit."""
        return self.centre + self.reach

    @property
    def deviation(self) -> Reals:
        """One standard deviation, from the mean moving range."""
        return self.reach / WIDTH / DEVIATION


@dataclass(frozen=True, slots=True)
class Cause:
    """A special cause: whose last point has it, and how far its points lie from the centre."""

    signal: Signal
    is_broken: Flags
    shift: Reals
    points: int

    def is_real(self, chart: Chart) -> Flags:
        """Say whether the shift is more than limits taken from twelve points leave to chance."""
        if self.signal == "trend":  # seven steps one way: chance gives them once in 2,500
            return self.is_broken
        error = chart.deviation * sqrt(1 / self.points + 1 / BASE)
        return self.is_broken & (np.abs(self.shift) > STRICT * error)


def chart(values: Reals, *, screen: bool = True) -> Chart:
    """Return centres and limits; large moving ranges are left out once."""
    ranges = np.abs(np.diff(values, axis=1))
    mean = ranges.mean(axis=1)
    if screen:
        is_usual = ranges < SCREEN * mean[:, None]
        count = is_usual.sum(axis=1)
        usual = np.where(is_usual, ranges, 0).sum(axis=1) / np.maximum(count, 1)
        mean = np.where(count > 0, usual, mean)
    # the exact mean: seven points on one side of it must not depend on the order of a sum
    centre = np.array([fmean(row) for row in values.tolist()], dtype=float)
    return Chart(centre, WIDTH * mean)


def special_causes(values: Reals, drawn: Chart) -> list[Cause]:
    """Return the rules that there are points for, in the order in which they are named."""
    distances = values - drawn.centre[:, None]
    return [
        _cause(signal, distances[:, -points:], drawn.reach, breaks)
        for signal, points, breaks in _RULES
        if values.shape[1] >= points
    ]


def _cause(signal: Signal, distances: Reals, reach: Reals, breaks: Breaks) -> Cause:
    is_broken = breaks(distances, reach)
    if signal == "trend":
        return Cause(signal, is_broken, distances[:, -1] - distances[:, 0], 1)
    points = NEAR - 1 if signal == "near_limit" else distances.shape[1]
    order = np.argsort(np.abs(distances), axis=1, kind="stable")[:, -points:]
    farthest = np.take_along_axis(distances, order, axis=1)
    return Cause(signal, is_broken, farthest.mean(axis=1), points)


def assurance(low: Reals, high: Reals, target: Reals, *, at_least: Flags | bool) -> Words:
    """Say whether values between the limits meet a target always, never or now and then."""
    below, above = target <= low, target >= high
    return choose(
        len(low),
        (np.where(at_least, below, above & ~below), "met"),
        (below | above, "missed"),
        (~np.isnan(low) & ~np.isnan(target), "hit_and_miss"),
    )


def _outside(distances: Reals, reach: Reals) -> Flags:
    is_beyond: Flags = np.abs(distances[:, -1]) > reach
    return is_beyond


def _trend(distances: Reals, _reach: Reals) -> Flags:
    return _one_side(np.diff(distances, axis=1))


def _near_limit(distances: Reals, reach: Reals) -> Flags:
    side = np.where(distances[:, -1] > 0, 1, -1)
    beyond = side[:, None] * distances > (reach * 2 / 3)[:, None]
    is_broken: Flags = beyond[:, -1] & (beyond.sum(axis=1) >= NEAR - 1)
    return is_broken


def _shift(distances: Reals, _reach: Reals) -> Flags:
    return _one_side(distances)


def _one_side(values: Reals) -> Flags:
    is_one_side: Flags = np.all(values > 0, axis=1) | np.all(values < 0, axis=1)
    return is_one_side


_RULES: tuple[tuple[Signal, int, Breaks], ...] = (
    ("outside", 1, _outside),
    ("trend", RUN, _trend),
    ("near_limit", NEAR, _near_limit),
    ("shift", RUN, _shift),
)
